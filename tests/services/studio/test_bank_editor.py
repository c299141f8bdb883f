from dataclasses import replace

import pytest
from sqlalchemy import func, select

from quizapp.database.bank_tables import BankRow, Change, QuestionRevisionRow, Visibility
from quizapp.database.studio_tables import StudioStepRow
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound
from quizapp.domain.facts.bank_words import BankWords
from quizapp.domain.facts.fact import Topic
from quizapp.domain.facts.passage import passage_at
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from quizapp.domain.roles import Role
from quizapp.services.bank_transfer import load_bank
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.bank_editor import change_bank, edited_bank, new_bank, set_archived
from quizapp.services.studio.questions import add_question
from quizapp.services.studio.steps import steps_of, undo_step
from tests.factories import NOON, make_bank, make_source
from tests.people import add_person

NONCE = "0123456789abcdef"
TEXT = "The ice came early.\n\nThe boats stayed. Nobody sailed.\n\nThe ice went late."
WORDS = BankWords(
    title="Ice in the bay",
    summary="What one report says.",
    language="en",
    licence="Ours.",
    topics=(Topic("ice", "Ice"), Topic("boats", "Boats")),
    source=make_source(paragraphs=3),
    text=TEXT,
)


@pytest.fixture
def ines(session):
    return add_person(session, Role.INSTRUCTOR, "Ines")


@pytest.fixture
def made(session, ines):
    return new_bank(session, ines, WORDS, NONCE, NOON)


def marked(words):
    start = TEXT.index(words)
    return passage_at(TEXT, start, start + len(words))


def ask(session, actor, bank, name="own-1", words="Nobody sailed", speaker=None):
    passage = marked(words)
    draft = Draft(
        type="true_false",
        line=f"The report says: {words}.",
        paragraph=2,
        speaker=speaker,
        topic="boats",
        stem="True or false, according to the report: nobody sailed.",
        body=TrueFalseBody(True, "The report does say this."),
        paragraphs=(2,),
        passage=passage,
    )
    return add_question(session, actor, bank, draft, name, NOON)


def bank_of(session, actor, name):
    return stored_bank(session, name, editable(actor)).bank


def save(session, actor, name, **changes):
    edited = edited_bank(session, actor, name)
    return change_bank(session, actor, name, replace(edited.words, **changes), edited.words.version, NOON)


def test_a_new_bank_is_ones_own_and_a_draft_however_often_the_form_is_sent(session, ines, made):
    assert new_bank(session, ines, replace(WORDS, title="Again"), NONCE, NOON) == made == "ice-in-the-bay"
    row = session.scalars(select(BankRow).where(BankRow.name == made)).one()
    assert (row.owner_id, row.visibility, row.origin) == (ines.id, Visibility.PRIVATE, "instructor")
    words = edited_bank(session, ines, made).words
    assert words == replace(WORDS, source=replace(WORDS.source, id=f"own-{NONCE}", retrieved="1 May 2026"))


def test_a_second_bank_of_a_title_gets_a_name_of_its_own_and_a_form_of_somebody_else_makes_none(session, ines, made):
    other = add_person(session, Role.INSTRUCTOR, "Otto")
    assert new_bank(session, other, WORDS, "fedcba9876543210", NOON) == "ice-in-the-bay-fedc"
    with pytest.raises(NotFound):
        new_bank(session, other, WORDS, NONCE, NOON)


def test_nobody_else_edits_it_and_a_learner_makes_none(session, made):
    for actor in (add_person(session, Role.INSTRUCTOR, "Otto"), add_person(session, Role.ADMIN)):
        if actor.role is Role.ADMIN:
            assert edited_bank(session, actor, made).name == made
            continue
        with pytest.raises(NotFound):
            edited_bank(session, actor, made)
        with pytest.raises(NotFound):
            change_bank(session, actor, made, WORDS, WORDS.version, NOON)
        with pytest.raises(NotFound):
            set_archived(session, actor, made, True, NOON)
    with pytest.raises(NotAllowed):
        new_bank(session, add_person(session), WORDS, "fedcba9876543210", NOON)


def test_other_words_are_stored_and_questions_say_them_in_a_revision(session, ines, made):
    question_id = ask(session, ines, made)
    add_person(session, Role.ADMIN)
    source = replace(edited_bank(session, ines, made).words.source, outlet="The Bay Times")
    assert save(session, ines, made, title="Ice", source=source, second_approver=True).step_id
    words = edited_bank(session, ines, made).words
    assert (words.title, words.source.outlet, words.second_approver) == ("Ice", "The Bay Times", True)
    revisions = session.scalars(
        select(QuestionRevisionRow)
        .where(QuestionRevisionRow.question_id == question_id)
        .order_by(QuestionRevisionRow.number)
    ).all()
    assert [one.change for one in revisions] == [None, Change.TYPO]
    assert "The Bay Times" in revisions[1].content
    assert save(session, ines, made).step_id is None


def test_who_saves_what_somebody_has_changed_since_is_told(session, ines, made):
    opened = edited_bank(session, ines, made).words
    save(session, ines, made, title="First")
    with pytest.raises(Conflict):
        change_bank(session, ines, made, replace(opened, title="Second"), opened.version, NOON)
    assert edited_bank(session, ines, made).words.title == "First"


def test_a_topic_or_a_speaker_in_use_stays(session, ines, made):
    ask(session, ines, made, speaker="harbour-master")
    words = edited_bank(session, ines, made).words
    assert edited_bank(session, ines, made).topics_in_use == {"boats"}
    source = replace(words.source, speakers=words.source.speakers[1:])
    with pytest.raises(InvalidContent) as refused:
        save(session, ines, made, topics=words.topics[:1], source=source)
    assert [problem.place for problem in refused.value.problems] == ["topics", "speakers"]
    save(session, ines, made, topics=words.topics[1:], source=replace(words.source, speakers=words.source.speakers[:1]))


def test_a_changed_text_takes_its_passages_along_and_lists_those_that_are_gone(session, ines, made):
    ask(session, ines, made)
    ask(session, ines, made, "own-2", "boats stayed")
    text = "Something new.\n\n" + TEXT.replace("boats stayed", "ships stayed")
    saved = save(session, ines, made, text=text)
    assert [fact.id for fact in saved.lost] == ["own-2"]
    bank = bank_of(session, ines, made)
    facts = bank.facts_by_id()
    assert facts["own-1"].passage.stands_in(text)
    assert facts["own-1"].paragraphs == (3,)
    assert not facts["own-2"].passage.stands_in(text)
    assert bank.source.paragraphs == 4
    assert session.scalar(select(func.max(QuestionRevisionRow.number))) == 2


def test_all_of_a_change_is_one_step_and_is_undone_at_once(session, ines, made):
    ask(session, ines, made)
    before = bank_of(session, ines, made)
    source = replace(before.source, outlet="The Bay Times", speakers=before.source.speakers[:1])
    saved = save(session, ines, made, text=f"New.\n\n{TEXT}", source=source, topics=(*WORDS.topics, Topic("x", "X")))
    assert bank_of(session, ines, made) != before
    undo_step(session, ines, saved.step_id, NOON)
    session.flush()
    assert bank_of(session, ines, made) == before


def test_a_shorter_text_leaves_no_fact_outside_the_source(session, ines, made):
    ask(session, ines, made)
    assert save(session, ines, made, text="Only this.").lost
    assert edited_bank(session, ines, made).words.source.paragraphs == 2
    assert save(session, ines, made).step_id is None


def test_topics_in_another_order_are_kept_in_it(session, ines, made):
    save(session, ines, made, topics=WORDS.topics[::-1])
    session.expire_all()
    assert edited_bank(session, ines, made).words.topics == WORDS.topics[::-1]


def test_the_words_of_a_bank_from_a_file_are_changed_there(session, ines):
    edited = edited_bank(session, ines, "harbour")
    assert not edited.made_here
    with pytest.raises(Conflict):
        change_bank(session, ines, "harbour", edited.words, edited.words.version, NOON)


def test_a_file_takes_no_bank_that_was_made_here(session, ines, made):
    with pytest.raises(Conflict, match="made the bank"):
        load_bank(session, make_bank(name=made), NOON)


def test_an_archived_bank_is_gone_from_the_shelf_until_it_is_brought_back(session, ines, made):
    set_archived(session, ines, made, True, NOON)
    with pytest.raises(NotFound):
        edited_bank(session, ines, made)
    steps = select(func.count()).select_from(StudioStepRow)
    count = session.scalar(steps)
    assert set_archived(session, ines, made, True, NOON) == WORDS.title
    assert session.scalar(steps) == count
    set_archived(session, ines, made, False, NOON)
    assert edited_bank(session, ines, made).words.title == WORDS.title
    with pytest.raises(NotFound):
        set_archived(session, ines, "harbour", True, NOON)


def test_somebody_else_approves_only_where_there_is_somebody_else(session, ines, made):
    for ask_for in (
        lambda: save(session, ines, made, second_approver=True),
        lambda: new_bank(session, ines, replace(WORDS, second_approver=True), "fedcba9876543210", NOON),
    ):
        with pytest.raises(InvalidContent) as caught:
            ask_for()
        assert [problem.place for problem in caught.value.problems] == ["second_approver"]
    add_person(session, Role.ADMIN, suspended_at=NOON)
    add_person(session, Role.INSTRUCTOR)
    with pytest.raises(InvalidContent, match="Nobody else may change this bank"):
        save(session, ines, made, second_approver=True)
    admin = add_person(session, Role.ADMIN)
    assert save(session, ines, made, second_approver=True).step_id
    save(session, ines, made, second_approver=False)
    assert save(session, admin, made, second_approver=True).step_id  # the owner approves what the admin writes


def test_making_an_empty_bank_is_undone_but_not_that_of_one_that_holds_a_question(session, ines, made):
    ask(session, ines, made)
    written, making = steps_of(session, ines, made)
    assert (written.may_undo, making.may_undo) == (True, False)
    with pytest.raises(Conflict, match="Archive the bank instead: it holds questions"):
        undo_step(session, ines, making.id, NOON)
    undo_step(session, ines, written.id, NOON)
    assert all(step.may_undo for step in steps_of(session, ines, made))
    undo_step(session, ines, making.id, NOON)
    assert session.scalars(select(BankRow.retired_at).where(BankRow.name == made)).one() == NOON
