"""Tests of the second approver: whoever wrote a question does not put it before learners, by whatever way."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.database.bank_tables import BankRow, QuestionRow
from quizapp.domain.errors import Conflict
from quizapp.domain.roles import Role
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio import questions, reviewing
from quizapp.services.studio.bulk_plan import Action, Order, plan_bulk
from quizapp.services.studio.drafts import begin_draft, submit_draft
from quizapp.services.studio.own_work import OWN_WORDS
from quizapp.services.studio.restoring import restore
from quizapp.services.studio.steps import steps_of, undo_step
from quizapp.services.studio.versions import history_of
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, boat_facts, make_bank
from tests.people import add_person
from tests.waiting_drafts import text_of_boat, waiting_draft

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def author(session):
    return add_person(session, Role.INSTRUCTOR, "Ada")


@pytest.fixture
def admin(session):
    return add_person(session, Role.ADMIN, "Bea")


@pytest.fixture
def approved(session, author, admin):
    """What became of a draft in a bank with a second approver: its author handed it in, an admin approved it."""
    session.execute(update(BankRow).values(second_approver=True))
    return approve(session, admin, waiting_draft(session, author))


def approve(session, admin, stored):
    return reviewing.approve(session, admin, stored.id, stored.version, {}, "", LATER)


def is_asked(session, question_id):
    session.flush()
    return session.get_one(QuestionRow, question_id).retired_at is None


def test_what_was_approved_undone_and_rejected_is_not_brought_back_by_its_author(session, author, admin, approved):
    undo_step(session, admin, approved.step_id, LATER)
    reviewing.reject(session, admin, approved.draft.id, approved.draft.version, "Nobody needs it.", LATER)
    with pytest.raises(Conflict, match=OWN_WORDS):
        questions.set_retired(session, author, approved.question_id, False, LATER)
    plan = plan_bulk(session, author, Order(Action.BRING_BACK, (approved.question_id,)))
    assert [one.reason for one in plan.refused] == [OWN_WORDS] and not plan.changes
    assert not is_asked(session, approved.question_id)
    assert questions.own_questions(session, author, "harbour")[1][0].for_another
    assert not questions.own_questions(session, admin, "harbour")[1][0].for_another
    questions.set_retired(session, admin, approved.question_id, False, LATER)
    assert is_asked(session, approved.question_id)


def test_an_edit_that_was_taken_back_is_not_brought_back_by_its_author(session, author, admin, approved):
    edit = begin_draft(session, author, "harbour", text_of_boat(2), "edit-1", NOON, edits=(approved.question_id, 1))
    again = approve(session, admin, submit_draft(session, author, edit.id, NOON))
    undo_step(session, admin, again.step_id, LATER)
    history = history_of(session, author, approved.question_id)
    assert [history.may_return(one) for one in history.versions] == [False, False, False]
    with pytest.raises(Conflict, match=OWN_WORDS):
        restore(session, author, approved.question_id, 2, 3, None, LATER)
    assert restore(session, admin, approved.question_id, 2, 3, None, LATER)


def test_what_somebody_else_stopped_asking_is_not_asked_again_by_undoing_that(session, author, admin, approved):
    order = (session, author, approved.question_id)
    questions.set_retired(session, admin, approved.question_id, True, LATER)
    step_id = last_step(session)
    with pytest.raises(Conflict, match=OWN_WORDS):
        undo_step(session, author, step_id, LATER)
    undo_step(session, admin, step_id, LATER)
    questions.set_retired(*order, True, LATER)
    undo_step(session, author, last_step(session), LATER)  # their own slip: it was approved before
    assert is_asked(session, approved.question_id)


def last_step(session):
    return steps_of(session, add_person(session, Role.ADMIN), "harbour")[0].id


def test_where_nobody_else_is_asked_for_everybody_brings_back_their_own(session, author):
    question_id = questions.add_question(session, author, "harbour", DRAFT, "own-1", NOON)
    questions.set_retired(session, author, question_id, True, LATER)
    assert plan_bulk(session, author, Order(Action.BRING_BACK, (question_id,))).changes
    questions.set_retired(session, author, question_id, False, LATER)
    assert is_asked(session, question_id)


def test_nobody_moves_their_own_into_a_bank_where_somebody_else_approves(session, author, admin):
    load_bank(session, make_bank(boat_facts()[:6], "fleet"), NOON)
    question_id = questions.add_question(session, author, "harbour", DRAFT, "own-1", NOON)
    order = Order(Action.MOVE, (question_id,), "fleet")
    assert plan_bulk(session, author, order).changes
    session.execute(update(BankRow).where(BankRow.name == "fleet").values(second_approver=True))
    session.expire_all()
    assert [one.reason for one in plan_bulk(session, author, order).refused] == [OWN_WORDS]
    assert plan_bulk(session, admin, order).changes
