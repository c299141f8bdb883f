"""What becomes of a draft on a highlighted passage is stored once, and the same draft is not offered again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRow, SourceRow
from quizapp.database.studio_tables import Decision, DraftDecisionRow, DraftRow, DraftState
from quizapp.domain.errors import Conflict, NotAllowed, NotFound
from quizapp.domain.facts.passage import paragraphs_of
from quizapp.domain.questions.drafting.highlight import Highlight
from quizapp.domain.roles import Role
from quizapp.services.reading import reading_page
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio import highlights, own_texts
from quizapp.services.studio.highlights import NEW_SPEAKER, Outcome
from quizapp.services.studio.steps import undo_step
from tests.domain.questions.drafting.corpus import TEXTS
from tests.factories import NOON
from tests.people import add_person

TEXT = TEXTS["history"].text
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


@pytest.fixture
def bank(session, instructor) -> str:
    return own_texts.make_bank_of_text(session, instructor, "Class notes", TEXT, "0123456789abcdef", NOON)


def highlight(words="The stone bridge at Aldheim was opened in 1754", **changes) -> Highlight:
    start = TEXT.index(words)
    one = Highlight(
        "The stone bridge of Aldheim was opened in 1754.", "1754", topic="text", start=start, end=start + len(words)
    )
    return replace(one, **changes)


def names(session, actor, bank, one=None, **more):
    made = highlights.offer(session, actor, bank, one or highlight(), **more)
    return [offered.drafted.name for offered in made.open]


def keep(session, actor, bank, name, one=None, reasons=None, **more):
    return highlights.keep(session, actor, bank, one or highlight(), name, reasons or {}, LATER, **more)


def decisions(session):
    return list(session.scalars(select(DraftDecisionRow.decision).order_by(DraftDecisionRow.id)))


def count(session, row):
    return session.scalar(select(func.count()).select_from(row))


def test_a_pasted_text_becomes_one_private_bank_of_its_instructor(session, instructor, bank):
    again = own_texts.make_bank_of_text(session, instructor, "Class notes", TEXT, "0123456789abcdef", NOON)
    row = session.scalars(select(BankRow).where(BankRow.name == bank)).one()
    assert (again, row.owner_id, row.visibility.value, row.origin.value) == (
        bank,
        instructor.id,
        "private",
        "instructor",
    )
    found = stored_bank(session, bank, editable(instructor)).bank
    assert (found.text, found.source.paragraphs) == (TEXT, len(paragraphs_of(TEXT)))
    with pytest.raises(NotFound):
        own_texts.make_bank_of_text(session, add_person(session, Role.INSTRUCTOR), "x", TEXT, "0123456789abcdef", NOON)


def test_drafting_writes_nothing(session, instructor, bank):
    before = count(session, QuestionRow), count(session, FactRow)
    assert len(names(session, instructor, bank)) == 4
    assert (count(session, QuestionRow), count(session, FactRow)) == before and count(session, DraftRow) == 0


def test_a_kept_draft_is_asked_with_its_passage_and_decided_once(session, instructor, bank):
    first, *rest = names(session, instructor, bank)
    done = keep(session, instructor, bank, first)
    assert done.outcome is Outcome.PUBLISHED and keep(session, instructor, bank, first).draft_id == done.draft_id
    found = stored_bank(session, bank, editable(instructor)).bank
    (question,), (fact,) = found.questions, found.facts
    assert (question.recipe, question.type) == ("when", "single_choice")
    assert fact.passage.stands_in(TEXT) and fact.value.kind == "date by year" and fact.ask
    assert decisions(session) == [Decision.APPROVED]
    made = highlights.offer(session, instructor, bank, highlight())
    assert [one.drafted.name for one in made.open] == rest and [one.drafted.name for one in made.kept] == [first]


def test_every_form_kept_tests_the_same_fact(session, instructor, bank):
    for name in names(session, instructor, bank):
        assert keep(session, instructor, bank, name).outcome is Outcome.PUBLISHED
    found = stored_bank(session, bank, editable(instructor)).bank
    assert len(found.questions) == 4 and len(found.facts) == 1


def test_keeping_can_be_undone_and_done_again(session, instructor, bank):
    first = names(session, instructor, bank)[0]
    undo_step(session, instructor, keep(session, instructor, bank, first).step_id, LATER)
    assert stored_bank(session, bank, editable(instructor)).bank.questions == ()
    assert first in names(session, instructor, bank)
    again = keep(session, instructor, bank, first)
    assert again.outcome is Outcome.PUBLISHED and first not in names(session, instructor, bank)
    assert len(stored_bank(session, bank, editable(instructor)).bank.questions) == 1


def test_a_dropped_draft_is_not_offered_again(session, instructor, bank):
    first, *rest = names(session, instructor, bank)
    highlights.drop(session, instructor, bank, highlight(), first, LATER)
    highlights.drop(session, instructor, bank, highlight(), first, LATER)
    made = highlights.offer(session, instructor, bank, highlight())
    assert [one.drafted.name for one in made.open] == rest and made.dropped == 1
    assert decisions(session) == [Decision.DROPPED]


def test_an_edited_draft_is_open_for_the_editor(session, instructor, bank):
    first = names(session, instructor, bank)[0]
    draft_id = highlights.edit(session, instructor, bank, highlight(), first, LATER)
    assert highlights.edit(session, instructor, bank, highlight(), first, LATER) == draft_id
    assert session.get_one(DraftRow, draft_id).state is DraftState.OPEN and decisions(session) == [Decision.EDITED]
    keep(session, instructor, bank, first)
    with pytest.raises(Conflict):
        highlights.drop(session, instructor, bank, highlight(), first, LATER)


def test_where_a_second_approver_is_wanted_a_kept_draft_waits(session, instructor, bank):
    session.execute(update(BankRow).where(BankRow.name == bank).values(second_approver=True))
    first = names(session, instructor, bank)[0]
    assert keep(session, instructor, bank, first).outcome is Outcome.WAITING
    assert keep(session, instructor, bank, first).outcome is Outcome.WAITING
    assert decisions(session) == [Decision.SUBMITTED] and count(session, DraftRow) == 1


def test_a_warning_without_a_reason_leaves_the_draft_open_until_one_is_given(session, instructor, bank):
    one = highlight(line="The number of the bridge is 17 by the records.", value="17")
    made = highlights.offer(session, instructor, bank, one).open[0].drafted
    (rule,) = {finding.rule for finding in made.warnings}
    left = keep(session, instructor, bank, made.name, one)
    assert left.outcome is Outcome.OPEN and session.get_one(DraftRow, left.draft_id).state is DraftState.OPEN
    assert keep(session, instructor, bank, made.name, one, {rule: "it counts nothing"}).outcome is Outcome.PUBLISHED


def test_somebody_new_becomes_a_speaker_when_a_draft_is_kept(session, instructor, bank):
    one = highlight(speaker=NEW_SPEAKER)
    first = names(session, instructor, bank, one, new_speaker="Johanna Reiss")[0]
    assert stored_bank(session, bank, editable(instructor)).bank.source.speakers == ()
    keep(session, instructor, bank, first, one, new_speaker="Johanna Reiss")
    found = stored_bank(session, bank, editable(instructor)).bank
    assert [speaker.name for speaker in found.source.speakers] == ["Johanna Reiss"]
    assert found.facts[0].speaker == "johanna-reiss" and "Johanna Reiss said that" in found.facts[0].text
    assert highlights.offer(session, instructor, bank, one, "").drafting.problems[0].place == "new_speaker"


def test_a_text_is_put_into_a_bank_that_was_made_here_and_once(session, instructor, bank):
    session.execute(update(SourceRow).where(SourceRow.text.is_not(None)).values(text=None))
    step = own_texts.store_text(session, instructor, bank, "One.\n\nTwo.", NOON)
    assert own_texts.store_text(session, instructor, bank, "One.\r\n\r\nTwo. ", NOON) is None
    assert stored_bank(session, bank, editable(instructor)).bank.source.paragraphs == 2
    with pytest.raises(Conflict):
        own_texts.store_text(session, instructor, bank, "Another.", NOON)
    undo_step(session, instructor, step, LATER)
    assert stored_bank(session, bank, editable(instructor)).bank.text == ""
    with pytest.raises(Conflict):
        own_texts.store_text(session, instructor, "harbour", "A text.", NOON)


def test_facts_from_before_a_text_keep_their_paragraphs_when_it_is_put_in(session, instructor, bank):
    keep(
        session,
        instructor,
        bank,
        names(
            session,
            instructor,
            bank,
            far := highlight(
                "The station opened in May 1852", line="The station was opened in May 1852.", value="May 1852"
            ),
        )[0],
        far,
    )
    session.execute(update(SourceRow).where(SourceRow.text.is_not(None)).values(text=None))
    own_texts.store_text(session, instructor, bank, "One.\n\nTwo.", NOON)
    session.flush()
    assert stored_bank(session, bank, editable(instructor)).bank.source.paragraphs == 5
    assert reading_page(session, bank, instructor).balance


def test_a_draft_that_is_not_made_any_more_is_a_conflict_and_strangers_find_nothing(session, instructor, bank, guest):
    with pytest.raises(Conflict):
        keep(session, instructor, bank, "highlight-0000000000000000")
    other = add_person(session, Role.INSTRUCTOR)
    with pytest.raises(NotFound):
        names(session, other, bank)
    with pytest.raises(NotAllowed):
        names(session, guest, bank)


def test_drafts_take_five_statements(session, instructor, bank, statements):
    statements()
    names(session, instructor, bank)
    assert len(statements()) == 5
