"""Tests of doing one thing to many questions: what is shown is what is done, as one step, or nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRow
from quizapp.database.studio_tables import QuestionTagRow, StudioStepRow
from quizapp.domain.errors import Conflict, InvalidContent, NotFound
from quizapp.domain.roles import Role
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio import questions
from quizapp.services.studio.bulk import carry_out_bulk
from quizapp.services.studio.bulk_plan import Action, Order, plan_bulk
from quizapp.services.studio.steps import undo_step
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, boat_facts, make_bank
from tests.people import add_person

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


@pytest.fixture
def own(session, instructor):
    """Two questions on one fact of an instructor's, and one on another."""
    other = replace(DRAFT, line="The report gives 70 tons as what was left.", paragraph=5)
    drafts = (DRAFT, replace(DRAFT, stem="In the report, how big was the last catch?"), other)
    return [
        questions.add_question(session, instructor, "harbour", draft, f"own-{number}", NOON)
        for number, draft in enumerate(drafts)
    ]


@pytest.fixture
def of_file(session):
    return session.scalars(select(QuestionRow.id).where(QuestionRow.origin == "file").order_by(QuestionRow.id)).first()


def do(session, actor, action, ids, value=""):
    order = Order(action, tuple(ids), value)
    plan = plan_bulk(session, actor, order)
    return carry_out_bulk(session, actor, order, plan.fingerprint, LATER)


def question(session, question_id) -> QuestionRow:
    session.flush()
    session.expire_all()
    return session.get_one(QuestionRow, question_id)


def fact_of(session, question_id) -> FactRow:
    return session.get_one(FactRow, question(session, question_id).fact_id)


def tags(session):
    return {(row.question_id, row.tag) for row in session.scalars(select(QuestionTagRow))}


def test_a_tag_is_put_on_those_that_lack_it_and_taken_off_again(session, instructor, own, of_file):
    do(session, instructor, Action.TAG, own[:1], "Exam")
    plan, step_id = do(session, instructor, Action.TAG, [*own, of_file], " EXAM ")
    assert (len(plan.changes), plan.unchanged, plan.refused) == (3, 1, ())
    assert tags(session) == {(one, "exam") for one in (*own, of_file)}
    undo_step(session, instructor, step_id, LATER)
    assert tags(session) == {(own[0], "exam")}
    plan, _ = do(session, instructor, Action.UNTAG, own, "exam")
    assert (len(plan.changes), plan.unchanged, tags(session)) == (1, 2, set())


def test_a_step_says_what_was_done_and_to_how_many(session, instructor, own):
    do(session, instructor, Action.TAG, own, "exam")
    do(session, instructor, Action.WEIGH, own[:1], "2")
    said = session.scalars(select(StudioStepRow.words).order_by(StudioStepRow.id.desc()).limit(2)).all()
    assert said == [f"Set the weight of 1 question: each counts twice: “{DRAFT.stem}”", "Tagged 3 questions “exam”"]


def test_a_weight_counts_for_questions_of_files_too(session, instructor, own, of_file):
    plan, step_id = do(session, instructor, Action.WEIGH, [*own, of_file], "0.5")
    assert (len(plan.changes), question(session, of_file).weight) == (4, 0.5)
    load_bank(session, make_bank(), LATER)
    assert question(session, of_file).weight == 0.5
    undo_step(session, instructor, step_id, LATER)
    assert question(session, of_file).weight == 1.0


def test_those_of_a_file_are_not_archived_and_an_own_fact_goes_with_its_last_question(
    session, instructor, own, of_file
):
    plan, _ = do(session, instructor, Action.ARCHIVE, [own[0], own[2], of_file])
    assert [one.id for one in plan.changes] == [own[0], own[2]]
    assert [(one.id, "came from a file" in one.reason) for one in plan.refused] == [(of_file, True)]
    assert question(session, of_file).retired_at is None
    assert (fact_of(session, own[0]).retired_at, fact_of(session, own[2]).retired_at) == (None, LATER)
    _, step_id = do(session, instructor, Action.ARCHIVE, own[1:2])
    assert fact_of(session, own[0]).retired_at == LATER
    undo_step(session, instructor, step_id, LATER)
    assert fact_of(session, own[0]).retired_at is None
    plan, _ = do(session, instructor, Action.BRING_BACK, own)
    assert (len(plan.changes), plan.unchanged) == (2, 1)
    assert fact_of(session, own[2]).retired_at is None and question(session, own[2]).retired_at is None


def test_a_review_date_is_set_on_facts_and_taken_away(session, instructor, own, of_file):
    plan, step_id = do(session, instructor, Action.REVIEW, [*own, of_file], "2026-06-01")
    assert len(plan.changes) == 4
    for one in (*own, of_file):
        assert fact_of(session, one).review_by == date(2026, 6, 1)
    assert fact_of(session, own[0]).content["review_by"] == "2026-06-01"
    load_bank(session, make_bank(), LATER)
    assert fact_of(session, of_file).review_by == date(2026, 6, 1)
    assert not load_bank(session, make_bank(), LATER).changed
    undo_step(session, instructor, step_id, LATER)
    assert (fact_of(session, own[0]).review_by, "review_by" in fact_of(session, own[0]).content) == (None, False)
    do(session, instructor, Action.REVIEW, own, "2026-06-01")
    plan, _ = do(session, instructor, Action.REVIEW, [*own, of_file], "")
    assert (len(plan.changes), fact_of(session, own[0]).review_by) == (3, None)


def test_a_review_date_that_stands_in_the_file_is_changed_there(session, instructor):
    facts = [replace(fact, review_by="2027-01-02") for fact in boat_facts()[:6]]
    load_bank(session, make_bank(facts, "boats"), NOON)
    dated = select(QuestionRow.id).join(BankRow, BankRow.id == QuestionRow.bank_id).where(BankRow.name == "boats")
    question_id = session.scalars(dated).first()
    assert fact_of(session, question_id).review_by == date(2027, 1, 2)
    plan = plan_bulk(session, instructor, Order(Action.REVIEW, (question_id,), "2026-06-01"))
    assert plan.changes == () and "file" in plan.refused[0].reason
    with pytest.raises(Conflict):
        carry_out_bulk(session, instructor, plan.order, plan.fingerprint, LATER)


def test_nothing_is_done_when_something_has_changed_since_it_was_shown(session, instructor, own):
    order = Order(Action.ARCHIVE, tuple(own))
    shown = plan_bulk(session, instructor, order).fingerprint
    do(session, instructor, Action.ARCHIVE, own[:1])
    with pytest.raises(Conflict):
        carry_out_bulk(session, instructor, order, shown, LATER)
    assert question(session, own[1]).retired_at is None


def test_one_question_that_is_not_theirs_stops_all(session, instructor, own):
    load_bank(session, make_bank(boat_facts()[:6], "boats"), NOON)
    other = add_person(session, Role.INSTRUCTOR)
    session.execute(update(BankRow).where(BankRow.name == "boats").values(owner_id=other.id))
    foreign = session.scalars(
        select(QuestionRow.id).join(BankRow, BankRow.id == QuestionRow.bank_id).where(BankRow.name == "boats")
    ).first()
    for ids in ((*own, foreign), (foreign,), (2**30,)):
        with pytest.raises(NotFound):
            do(session, instructor, Action.TAG, ids, "exam")
    with pytest.raises(NotFound):
        do(session, instructor, Action.MOVE, own, "boats")
    assert tags(session) == set()


def test_a_step_over_two_banks_is_undone_only_by_who_may_change_both(session, instructor, own):
    load_bank(session, make_bank(boat_facts()[:6], "boats"), NOON)
    other, admin = add_person(session, Role.INSTRUCTOR), add_person(session, Role.ADMIN)
    boat = session.scalars(
        select(QuestionRow.id).join(BankRow, BankRow.id == QuestionRow.bank_id).where(BankRow.name == "boats")
    ).first()
    session.execute(update(BankRow).where(BankRow.name == "boats").values(owner_id=other.id))
    _, step_id = do(session, admin, Action.TAG, [own[0], boat], "exam")
    with pytest.raises(NotFound):
        undo_step(session, instructor, step_id, LATER)
    undo_step(session, admin, step_id, LATER)
    assert tags(session) == set()


@pytest.mark.parametrize(
    ("action", "value", "place"),
    [
        (Action.TAG, "", "tag"),
        (Action.TAG, "x" * 51, "tag"),
        (Action.MOVE, "", "bank"),
        (Action.WEIGH, "7", "weight"),
        (Action.WEIGH, "nan", "weight"),
        (Action.REVIEW, "soon", "review_by"),
    ],
)
def test_what_is_no_value_is_told_at_its_field(session, instructor, action, value, place):
    with pytest.raises(InvalidContent) as refused:
        plan_bulk(session, instructor, Order(action, (1,), value))
    assert [problem.place for problem in refused.value.problems] == [place]
    with pytest.raises(InvalidContent):
        plan_bulk(session, instructor, Order(action, (), value))


def test_a_plan_takes_as_many_statements_for_one_as_for_many(session, instructor, own, of_file, statements):
    session.flush()
    counts = []
    for ids in (own[:1], (*own, of_file)):
        statements()
        plan_bulk(session, instructor, Order(Action.ARCHIVE, tuple(ids)))
        counts.append(len(statements()))
    assert counts == [2, 2]
