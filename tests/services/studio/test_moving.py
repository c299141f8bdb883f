"""Tests of questions that go over to another bank, with their facts and what learners remember of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.memory_tables import CardRow
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.roles import Role
from quizapp.services import quizzes
from quizapp.services.askable import current_questions
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio import questions
from quizapp.services.studio.bulk import carry_out_bulk
from quizapp.services.studio.bulk_plan import Action, Order, plan_bulk
from quizapp.services.studio.steps import undo_step
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, boat_facts, make_bank
from tests.people import add_person
from tests.services.taking import answer

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def instructor(session):
    actor = add_person(session, Role.INSTRUCTOR)
    load_bank(session, make_bank(boat_facts()[:6], "boats"), NOON)
    return actor


@pytest.fixture
def question_id(session, instructor):
    return questions.add_question(session, instructor, "harbour", DRAFT, "own-1", NOON)


def move(session, actor, *ids, to="boats"):
    order = Order(Action.MOVE, tuple(ids), to)
    return carry_out_bulk(session, actor, order, plan_bulk(session, actor, order).fingerprint, LATER)


def plan(session, actor, *ids, to="boats"):
    return plan_bulk(session, actor, Order(Action.MOVE, tuple(ids), to))


def bank(session, name) -> BankRow:
    return session.scalars(select(BankRow).where(BankRow.name == name)).one()


def row_of(session, question_id) -> QuestionRow:
    session.flush()
    session.expire_all()
    return session.get_one(QuestionRow, question_id)


def says(session, question_id):
    row = row_of(session, question_id)
    statement = select(QuestionRevisionRow).filter_by(question_id=question_id, number=row.revision_number)
    revision = session.scalars(statement).one()
    return snapshot_from_text(revision.content), revision.fact_ids


def test_a_question_goes_with_its_fact_and_is_asked_there(session, instructor, guest, question_id):
    fact_id = row_of(session, question_id).fact_id
    shown = plan(session, instructor, question_id)
    assert "said to stand in" in shown.notes[0] and "Wrong answers that lose" in shown.notes[1]
    move(session, instructor, question_id)
    row, there = row_of(session, question_id), bank(session, "boats")
    assert (row.bank_id, row.fact_id, row.revision_number) == (there.id, fact_id, 2)
    assert session.get_one(FactRow, fact_id).source_id == there.source_id
    snapshot, fact_ids = says(session, question_id)
    assert snapshot.source.id == "boats-article" and fact_ids == {"own-1": fact_id}
    assert all(one.fact is None and one.reason for one in snapshot.question.body.distractors)
    asked = session.execute(current_questions(guest).where(QuestionRow.id == question_id)).one()
    assert asked.bank_id == there.id
    assert questions.edit_question(
        session, instructor, question_id, replace(DRAFT, stem="In the report, how big was it?"), "own-9", 2, LATER
    )


def test_what_learners_remember_of_its_fact_goes_along_and_back(session, instructor, guest, question_id):
    asked = session.execute(current_questions(guest).where(QuestionRow.id == question_id)).all()
    answer(session, guest, quizzes.store_attempt(session, guest, asked, None, 1, NOON), 1)
    here, there = bank(session, "harbour").id, bank(session, "boats").id
    fact_id = row_of(session, question_id).fact_id
    card = select(CardRow.bank_id).where(CardRow.fact_id == fact_id)
    assert session.scalars(card).all() == [here]
    _, step_id = move(session, instructor, question_id)
    assert session.scalars(card).all() == [there]
    undo_step(session, instructor, step_id, LATER)
    row = row_of(session, question_id)
    assert (row.bank_id, row.fact_id, row.revision_number) == (here, fact_id, 3)
    assert session.scalars(card).all() == [here]
    snapshot, fact_ids = says(session, question_id)
    assert snapshot.source.id == "harbour-article" and fact_ids["own-1"] == fact_id
    assert any(one.fact for one in snapshot.question.body.distractors)


def test_a_fact_that_others_need_is_copied(session, instructor, question_id):
    again = replace(DRAFT, stem="In the report, how big was the last catch?")
    other = questions.add_question(session, instructor, "harbour", again, "own-2", NOON)
    fact_id = row_of(session, question_id).fact_id
    both = plan(session, instructor, question_id, other)
    assert len(both.changes) == 2 and not any("copied" in note for note in both.notes)
    shown = plan(session, instructor, question_id)
    assert any("copied" in note for note in shown.notes)
    _, step_id = move(session, instructor, question_id)
    copy = session.get_one(FactRow, row_of(session, question_id).fact_id)
    assert (copy.id != fact_id, copy.source_id) == (True, bank(session, "boats").source_id)
    assert row_of(session, other).fact_id == fact_id and session.get_one(FactRow, fact_id).retired_at is None
    undo_step(session, instructor, step_id, LATER)
    assert row_of(session, question_id).fact_id == fact_id
    assert session.get_one(FactRow, copy.id).retired_at == LATER


def test_a_fact_of_the_file_is_copied_and_one_that_is_there_is_taken(session, instructor):
    fact = make_bank().facts[0]
    on_file = replace(DRAFT, line=fact.text, paragraph=fact.paragraphs[0])
    question_id = questions.add_question(session, instructor, "harbour", on_file, "own-1", NOON)
    of_file = row_of(session, question_id).fact_id
    move(session, instructor, question_id)
    copy = session.get_one(FactRow, row_of(session, question_id).fact_id)
    assert (copy.origin, session.get_one(FactRow, of_file).source_id != copy.source_id) == (Origin.INSTRUCTOR, True)
    move(session, instructor, question_id, to="harbour")
    assert row_of(session, question_id).fact_id == of_file
    assert session.get_one(FactRow, copy.id).retired_at == LATER


def test_what_cannot_go_is_told_one_by_one_and_the_others_go(session, instructor, question_id):
    of_file = session.scalars(
        select(QuestionRow.id).where(QuestionRow.bank_id == bank(session, "harbour").id).order_by(QuestionRow.id)
    ).first()
    far = questions.add_question(
        session, instructor, "harbour", replace(DRAFT, line="Another line.", paragraph=12), "own-3", NOON
    )
    source = session.get_one(BankRow, bank(session, "boats").id)
    session.execute(update(BankRow).where(BankRow.id == source.id).values(topics={"trade": "TRADE"}))
    shown = plan(session, instructor, question_id, far, of_file)
    reasons = {one.id: one.reason for one in shown.refused}
    assert set(reasons) | {one.id for one in shown.changes} == {question_id, far, of_file}
    assert "came from a file" in reasons[of_file]
    assert question_id in {one.id for one in shown.changes}
    assert plan(session, instructor, question_id, to="harbour").unchanged == 1


def test_a_topic_goes_by_its_label_and_is_made_where_the_bank_may_have_one(session, instructor, question_id):
    there = bank(session, "boats")
    there.topics = {"t1": "trade"}
    session.flush()
    assert plan(session, instructor, question_id).notes[0].startswith("Their facts")
    there.topics = {"t1": "Sails"}
    for fact in session.scalars(select(FactRow).where(FactRow.source_id == there.source_id)):
        fact.content = {**fact.content, "topic": "t1"}
    session.flush()
    assert "no topic “Trade”" in plan(session, instructor, question_id).refused[0].reason
    there.origin = Origin.INSTRUCTOR
    session.flush()
    assert "New topics there: Trade." in plan(session, instructor, question_id).notes
    _, step_id = move(session, instructor, question_id)
    assert row_of(session, question_id).topic == "trade"
    assert bank(session, "boats").topics == {"t1": "Sails", "trade": "Trade"}
    undo_step(session, instructor, step_id, LATER)
    session.expire_all()
    assert bank(session, "boats").topics == {"t1": "Sails"}
