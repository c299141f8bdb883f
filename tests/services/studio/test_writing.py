"""Tests of writing: what is typed is kept once, saved once, and gives way without being lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import BankRow, Change, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import DraftRow, DraftState
from quizapp.domain.errors import Conflict, InvalidContent, NotFound
from quizapp.domain.roles import Role
from quizapp.services import quizzes
from quizapp.services.studio.drafts import draft
from quizapp.services.studio.questions import edited_question
from quizapp.services.studio.steps import undo_step
from quizapp.services.studio.writing import Typed, draft_named, drafting_desk, keep_draft, merge_typed, save_typed
from tests.factories import NOON
from tests.people import add_person
from tests.services.studio.test_drafts import WHOLE
from tests.services.taking import answer

LATER = NOON + timedelta(hours=1)
TYPED = Typed(WHOLE, "own-1")


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


def keep(session, actor, typed=TYPED, **more):
    return keep_draft(session, actor, "harbour", typed, LATER, **more)


def save(session, actor, typed=TYPED):
    return save_typed(session, actor, "harbour", typed, LATER)


def count(session):
    return session.scalar(select(func.count()).select_from(QuestionRow))


def test_a_form_that_does_not_know_its_draft_yet_goes_on_with_it(session, instructor):
    first = keep(session, instructor)
    second = keep(session, instructor, replace(TYPED, text=replace(WHOLE, note="More.")))
    assert (first.id, second.version, second.text.note) == (second.id, 2, "More.")
    with pytest.raises(Conflict):
        keep(session, instructor, replace(TYPED, text=replace(WHOLE, note="Older."), version=1))


def test_the_same_form_saved_twice_makes_one_question(session, instructor):
    before = count(session)
    assert save(session, instructor).question_id == save(session, instructor).question_id
    assert count(session) == before + 1


def test_where_somebody_else_approves_saving_lets_it_wait(session, instructor):
    session.execute(update(BankRow).values(second_approver=True))
    written = save(session, instructor)
    assert (written.question_id, written.draft.state) == (None, DraftState.WAITING)
    assert save(session, instructor).draft.state is DraftState.WAITING
    other = add_person(session, Role.INSTRUCTOR)
    approved = save(session, other, replace(TYPED, draft_id=written.draft.id, version=1))
    assert approved.question_id is not None


def test_an_answered_question_is_not_edited_before_somebody_says_what_the_edit_is(session, instructor):
    question_id = save(session, instructor).question_id
    attempt = quizzes.try_question(session, instructor, question_id, 7, LATER)
    answer(session, instructor, attempt, 1)
    assert edited_question(session, instructor, question_id).answered
    text = replace(WHOLE, stem="In the report, what was the catch of the last boat?")
    edit = Typed(text, "own-2", edits=(question_id, 1))
    with pytest.raises(InvalidContent, match="typo or a different question"):
        save(session, instructor, edit)
    written = save(session, instructor, replace(edit, text=replace(text, change="typo"), version=1))
    assert written.changed
    revisions = select(QuestionRevisionRow.change).where(QuestionRevisionRow.question_id == question_id)
    assert session.scalars(revisions.order_by(QuestionRevisionRow.number)).all() == [None, Change.TYPO]


def test_an_edit_that_is_saved_knowing_of_another_is_based_on_that_one(session, instructor):
    question_id = save(session, instructor).question_id
    mine = Typed(replace(WHOLE, stem="In the report, what was the last catch?"), "own-2", edits=(question_id, 1))
    kept = keep(session, instructor, mine)
    theirs = replace(mine, name="own-3", text=replace(WHOLE, stem="In the report, how large was the last catch?"))
    save(session, instructor, theirs)
    knowing = replace(mine, draft_id=kept.id, version=1, edits=(question_id, 2))
    with pytest.raises(Conflict):
        save(session, instructor, replace(knowing, edits=(question_id, 1)))
    assert save(session, instructor, knowing).question_id == question_id


def test_what_was_published_and_undone_can_be_published_again(session, instructor):
    written = save(session, instructor)
    undo_step(session, instructor, written.step_id, LATER)
    again = save(session, instructor, replace(TYPED, draft_id=written.draft.id, version=1))
    names = select(QuestionRow.name).where(QuestionRow.id.in_([written.question_id, again.question_id]))
    assert sorted(session.scalars(names)) == ["own-1", "own-1-2"]


def test_what_gives_way_is_dropped_in_one_step_and_comes_back_by_undo(session, instructor):
    other = save(session, instructor)
    mine = replace(TYPED, name="own-2", text=replace(WHOLE, explanation="Home."))
    merged = merge_typed(session, instructor, "harbour", mine, "own-1", LATER)
    assert (merged.question_id, merged.draft.state) == (other.question_id, DraftState.DROPPED)
    assert (
        merge_typed(session, instructor, "harbour", replace(mine, name="own-3"), "catch-1", LATER).question_id is None
    )
    undo_step(session, instructor, merged.step_id, LATER)
    assert draft(session, instructor, merged.draft.id).state is DraftState.OPEN


def test_a_draft_of_a_bank_that_is_not_theirs_is_found_by_nobody(session, instructor):
    kept = keep(session, instructor)
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=instructor.id))
    stranger = add_person(session, Role.INSTRUCTOR)
    assert draft_named(session, instructor, "harbour", "own-1") == kept.id
    assert draft_named(session, stranger, "harbour", "own-1") is None
    for action in (lambda: drafting_desk(session, stranger, kept.id), lambda: save(session, stranger)):
        with pytest.raises(NotFound):
            action()
    assert session.get_one(DraftRow, kept.id).version == 1
