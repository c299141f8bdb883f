from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from quizapp.app import make_runtime
from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.upgrade import upgrade
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.facts.retelling import Part, Passage, Section
from quizapp.domain.questions.bank_formats.stored import retelling_from_text
from quizapp.domain.questions.question import Bank
from quizapp.services import quizzes, results
from quizapp.services.bank_transfer import LoadReport, load_bank, retire_bank
from quizapp.services.banks import bank_overview, list_banks
from tests.factories import NOON, harbour_facts, make_bank
from tests.services.taking import take

LATER = NOON + timedelta(days=1)
BANK = make_bank()
CHANGED = BANK.questions[0].id
TABLES = ("facts", "questions", "question_revisions")
COUNTS = f"SELECT {', '.join(f'(SELECT count(*) FROM {name})' for name in TABLES)}"  # noqa: S608


def with_stem(bank: Bank, question_id: str, stem: str) -> Bank:
    questions = tuple(replace(one, stem=stem) if one.id == question_id else one for one in bank.questions)
    return replace(bank, questions=questions)


def without(bank: Bank, question_id: str) -> Bank:
    return replace(bank, questions=tuple(one for one in bank.questions if one.id != question_id))


def revisions(session, question_id):
    return session.execute(
        select(QuestionRevisionRow.number, QuestionRevisionRow.content)
        .join(QuestionRow)
        .where(QuestionRow.name == question_id)
        .order_by(QuestionRevisionRow.number)
    ).all()


def question_row(session, question_id):
    return session.scalars(select(QuestionRow).where(QuestionRow.name == question_id)).one()


def test_loading_twice_changes_nothing(session):
    before = session.execute(text(COUNTS)).one()
    report = load_bank(session, BANK, LATER)
    assert report == LoadReport("harbour", unchanged=len(BANK.questions))
    assert not report.changed
    assert session.execute(text(COUNTS)).one() == before
    assert session.scalars(select(BankRow.loaded_at)).one() == NOON


def test_loading_twice_writes_nothing(runtime, statements):
    with runtime.writing() as session:
        load_bank(session, BANK, LATER)
    assert {one.split()[0] for one in statements()} == {"SELECT"}


def test_a_first_load_adds_everything(empty_engine):
    upgrade(empty_engine)
    with make_runtime(empty_engine).writing() as session:
        report = load_bank(session, BANK, NOON)
        assert report == LoadReport(
            "harbour", added=len(BANK.questions), facts_changed=len(BANK.facts), words_changed=True
        )


def test_a_changed_stem_adds_revision_two_and_keeps_the_first(session):
    (first,) = revisions(session, CHANGED)
    report = load_bank(session, with_stem(BANK, CHANGED, "New words?"), LATER)
    assert (report.revised, report.unchanged) == (1, len(BANK.questions) - 1)
    kept, added = revisions(session, CHANGED)
    assert kept == first
    assert (added.number, "New words?" in added.content) == (2, True)
    assert question_row(session, CHANGED).revision_number == 2
    assert session.scalars(select(BankRow.loaded_at)).one() == LATER


def test_going_back_to_the_first_words_is_revision_three(session):
    load_bank(session, with_stem(BANK, CHANGED, "New words?"), LATER)
    load_bank(session, BANK, LATER)
    assert [number for number, _ in revisions(session, CHANGED)] == [1, 2, 3]


def test_a_changed_fact_revises_the_questions_that_show_it(session):
    facts = tuple(replace(one, paragraphs=(4,)) if one.id == "catch-1" else one for one in BANK.facts)
    report = load_bank(session, replace(BANK, facts=facts), LATER)
    citing = [one for one in BANK.questions if "catch-1" in one.cited_facts]
    assert (report.facts_changed, report.revised) == (1, len(citing))


def test_a_removed_question_is_retired_not_deleted_and_may_come_back(session):
    report = load_bank(session, without(BANK, CHANGED), LATER)
    assert report.retired == 1
    assert question_row(session, CHANGED).retired_at == LATER
    assert len(revisions(session, CHANGED)) == 1
    assert not load_bank(session, without(BANK, CHANGED), LATER + timedelta(1)).changed
    report = load_bank(session, BANK, LATER + timedelta(2))
    assert (report.added, report.retired) == (0, 0)
    assert report.changed
    assert question_row(session, CHANGED).retired_at is None
    assert len(revisions(session, CHANGED)) == 1


def test_a_removed_fact_is_retired_not_deleted_and_may_come_back(session):
    def retired() -> dict[str, object]:
        rows = session.scalars(select(FactRow).where(FactRow.retired_at.is_not(None)))
        return {row.name: row.retired_at for row in rows}

    load_bank(session, make_bank([one for one in harbour_facts() if one.id != "pay-claim"]), LATER)
    assert retired() == {"pay-claim": LATER}
    load_bank(session, BANK, LATER + timedelta(1))
    assert retired() == {}


def test_an_old_attempt_still_shows_the_old_words(session, guest):
    attempt_id = take(session, guest, None, wrong=(1, 2))
    before = results.attempt_result(session, guest, attempt_id)
    changed = replace(BANK, questions=tuple(replace(one, stem="New words?") for one in BANK.questions[5:]))
    load_bank(session, changed, LATER)
    session.flush()
    after = results.attempt_result(session, guest, attempt_id)
    assert [line.snapshot for line in after.lines] == [line.snapshot for line in before.lines]
    fresh = quizzes.start_attempt(session, guest, "harbour", 1, seed=1, now=LATER)
    assert quizzes.asked_question(session, guest, fresh, 1).snapshot.question.stem == "New words?"


def test_a_running_attempt_keeps_the_words_it_was_started_with(session, guest):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", 3, seed=1, now=NOON)
    before = [quizzes.asked_question(session, guest, attempt_id, n).snapshot for n in (1, 2, 3)]
    load_bank(session, replace(BANK, questions=BANK.questions[:1]), LATER)
    session.flush()
    assert [quizzes.asked_question(session, guest, attempt_id, n).snapshot for n in (1, 2, 3)] == before


def test_a_load_that_fails_half_way_writes_nothing(runtime):
    with runtime.reading() as session:
        before = session.execute(text(COUNTS)).one()

    halfway = iter(range(len(make_bank(harbour_facts()[1:]).questions) // 2))

    def fail() -> None:
        if next(halfway, None) is None:
            raise ZeroDivisionError

    changed = replace(
        make_bank(harbour_facts()[1:]),
        title="Another title",
        questions=tuple(replace(one, stem="New words?") for one in make_bank(harbour_facts()[1:]).questions),
    )
    with pytest.raises(ZeroDivisionError), runtime.writing() as session:
        load_bank(session, changed, LATER, progress=fail)
    with runtime.reading() as session:
        assert session.execute(text(COUNTS)).one() == before
        assert session.scalars(select(BankRow.title)).one() == BANK.title
        assert session.scalar(select(func.count()).where(FactRow.retired_at.is_not(None))) == 0


def test_a_second_bank_on_one_source_is_refused_since_each_load_would_undo_the_other(session):
    with pytest.raises(Conflict, match="give it its own"):
        load_bank(session, replace(BANK, name="harbour-again"), LATER)


def test_a_retired_bank_is_neither_shown_nor_asked_but_its_old_results_stay(session, guest):
    attempt_id = take(session, guest)
    retire_bank(session, "harbour", LATER)
    session.flush()
    assert list_banks(session, None) == []
    with pytest.raises(NotFound):
        bank_overview(session, None, "harbour")
    with pytest.raises(NotFound):
        quizzes.start_attempt(session, guest, "harbour", 5, seed=1, now=LATER)
    assert results.attempt_result(session, guest, attempt_id).bank_title == BANK.title


def test_loading_a_retired_bank_brings_it_back(session):
    retire_bank(session, "harbour", LATER)
    assert load_bank(session, BANK, LATER).changed
    session.flush()
    assert [bank.name for bank in list_banks(session, None)] == ["harbour"]


def test_an_unknown_bank_cannot_be_retired(session):
    with pytest.raises(NotFound):
        retire_bank(session, "nowhere", LATER)


def test_progress_is_told_once_a_question(session):
    told: list[bool] = []
    load_bank(session, BANK, LATER, progress=lambda: told.append(True))
    assert len(told) == len(BANK.questions)


def test_the_retelling_is_stored_and_a_changed_one_counts_as_changed_words(session):
    told = replace(BANK, retelling=(Section("All", (Passage((1,), None, (Part("words"),)),)),))
    assert load_bank(session, told, LATER).words_changed
    row = session.scalars(select(SourceRow)).one()
    assert retelling_from_text(row.retelling) == told.retelling
    assert not load_bank(session, told, LATER).changed
    assert load_bank(session, BANK, LATER).words_changed


@pytest.mark.parametrize("origin", [Origin.INSTRUCTOR, Origin.CONTRAST])
def test_what_did_not_come_from_a_file_is_left_alone(session, origin):
    question = session.scalars(select(QuestionRow).where(QuestionRow.name == CHANGED)).one()
    fact = session.get_one(FactRow, question.fact_id)
    for row in (question, fact):
        row.origin = origin
        row.name = f"own-{row.id}"
    session.flush()
    load_bank(session, replace(BANK, questions=BANK.questions[-1:]), LATER)
    assert question.retired_at is None and fact.retired_at is None
    assert question.revision_number == 1


def test_a_file_cannot_take_the_name_of_something_added_here(session):
    for row in (
        session.scalars(select(QuestionRow).where(QuestionRow.name == CHANGED)).one(),
        session.scalars(select(FactRow).where(FactRow.name == BANK.facts[0].id)).one(),
    ):
        row.origin = Origin.INSTRUCTOR
        session.flush()
        with pytest.raises(Conflict, match=row.name):
            load_bank(session, BANK, LATER)
        row.origin = Origin.FILE
        session.flush()
    load_bank(session, BANK, LATER)
