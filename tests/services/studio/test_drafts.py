"""Tests of drafts: kept as they are typed, never asked, and published through every rule."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import BankRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import Decision, DraftDecisionRow, DraftState
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound
from quizapp.domain.questions.draft_text import DraftText, text_of
from quizapp.domain.roles import Role
from quizapp.services.studio.drafts import (
    REJECTED_FOR,
    begin_draft,
    draft,
    drafts_of,
    drafts_to_go_on_with,
    drop_draft,
    save_draft,
    submit_draft,
)
from quizapp.services.studio.publishing import publish
from quizapp.services.studio.questions import edited_question
from quizapp.services.studio.reviewing import reject
from quizapp.services.studio.steps import undo_step
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person

LATER = NOON + timedelta(hours=1)
HALF = DraftText("single_choice", line=DRAFT.line)
WHOLE = DraftText(
    "short_answer",
    line="The report gives 70 tons as the catch of the last boat.",
    paragraph="4",
    topic="trade",
    stem="In the report, how much did the last boat catch?",
    body={"answer": "70 tons", "accepted": []},
)


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


def begin(session, actor, text=HALF, name="own-1", **more):
    return begin_draft(session, actor, "harbour", text, name, NOON, **more)


def count(session):
    return session.scalar(select(func.count()).select_from(QuestionRow))


def test_a_draft_is_kept_as_it_was_typed(session, instructor):
    kept = begin(session, instructor)
    assert (kept.text, kept.state, kept.version, kept.author_id) == (HALF, DraftState.OPEN, 1, instructor.id)
    assert draft(session, instructor, kept.id) == kept
    assert [one.id for one in drafts_of(session, instructor, "harbour")] == [kept.id]


def test_beginning_a_draft_twice_makes_one(session, instructor):
    assert begin(session, instructor) == begin(session, instructor, replace(HALF, line="Another."))


def test_whoever_saves_an_older_state_is_told_and_nothing_is_lost(session, instructor):
    kept = begin(session, instructor)
    saved = save_draft(session, instructor, kept.id, replace(HALF, stem="Whose?"), 1, LATER)
    assert saved.version == 2
    with pytest.raises(Conflict):
        save_draft(session, instructor, kept.id, replace(HALF, stem="Who?"), 1, LATER)
    assert draft(session, instructor, kept.id).text.stem == "Whose?"


def test_saving_what_is_there_already_is_no_conflict(session, instructor):
    kept = begin(session, instructor)
    save_draft(session, instructor, kept.id, replace(HALF, stem="Whose?"), 1, LATER)
    assert save_draft(session, instructor, kept.id, replace(HALF, stem="Whose?"), 1, LATER).version == 2


def test_nobody_finds_a_draft_of_a_bank_they_may_not_change(session, instructor):
    kept = begin(session, instructor)
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=instructor.id))
    other = add_person(session, Role.INSTRUCTOR)
    assert drafts_of(session, other) == []
    for action in (draft, lambda *those: drop_draft(*those, LATER), lambda *those: submit_draft(*those, LATER)):
        with pytest.raises(NotFound):
            action(session, other, kept.id)
    with pytest.raises(NotAllowed):
        drafts_of(session, add_person(session, Role.LEARNER))


def test_a_whole_draft_becomes_a_question(session, instructor):
    kept = begin(session, instructor, WHOLE)
    published = publish(session, instructor, kept.id, 1, LATER)
    row = session.get_one(QuestionRow, published.question_id)
    assert (row.name, row.origin, row.type) == ("own-1", Origin.INSTRUCTOR, "short_answer")
    assert published.draft.state is DraftState.APPROVED
    made = session.scalars(select(DraftDecisionRow.decision).where(DraftDecisionRow.draft_id == kept.id)).all()
    assert made == [Decision.APPROVED]


def test_undoing_a_publication_opens_the_draft_again_and_stops_asking(session, instructor):
    kept = begin(session, instructor, WHOLE)
    published = publish(session, instructor, kept.id, 1, LATER)
    undo_step(session, instructor, published.step_id, LATER)
    assert draft(session, instructor, kept.id).state is DraftState.OPEN
    assert session.get_one(QuestionRow, published.question_id).retired_at == LATER


def test_half_a_draft_is_refused_field_by_field_and_nothing_is_written(session, instructor):
    kept, before = begin(session, instructor), count(session)
    with pytest.raises(InvalidContent) as caught:
        publish(session, instructor, kept.id, 1, LATER)
    assert {"stem", "paragraph", "topic", "body.key"} <= {problem.place for problem in caught.value.problems}
    assert count(session) == before
    assert draft(session, instructor, kept.id).state is DraftState.OPEN


def test_a_warning_wants_a_reason_and_the_reason_is_kept(session, instructor):
    wrong = [{"text": text, "reason": "The report does not have this.", "fact": ""} for text in ("41 tons", "92 tons")]
    body = {"key": "70 tons", "distractors": wrong, "in_order": True}
    asked = "In the report, how much did the last boat not catch?"
    flawed = replace(WHOLE, type="single_choice", stem=asked, body=body)
    kept = begin(session, instructor, flawed)
    with pytest.raises(InvalidContent) as caught:
        publish(session, instructor, kept.id, 1, LATER)
    reasons = {problem.place: "It is what the exercise is about." for problem in caught.value.problems}
    save_draft(session, instructor, kept.id, replace(flawed, reasons=reasons), 1, LATER)
    published = publish(session, instructor, kept.id, 2, LATER)
    revision = session.scalars(select(QuestionRevisionRow).filter_by(question_id=published.question_id)).one()
    assert json.loads(revision.reasons) == reasons


def test_a_draft_of_an_edit_becomes_a_revision(session, instructor):
    first = publish(session, instructor, begin(session, instructor, WHOLE).id, 1, LATER)
    own = edited_question(session, instructor, first.question_id).question
    typed = replace(
        text_of(own.snapshot.question, own.snapshot.fact), stem="In the report, what did the last boat get?"
    )
    again = begin(session, instructor, typed, "edit-1", edits=(first.question_id, 1))
    published = publish(session, instructor, again.id, 1, LATER)
    assert published.question_id == first.question_id
    assert session.get_one(QuestionRow, first.question_id).revision_number == 2
    late = begin(session, instructor, typed, "edit-2", edits=(first.question_id, 1))
    with pytest.raises(Conflict, match="this question"):
        publish(session, instructor, late.id, 1, LATER)


def test_where_a_second_approver_is_asked_for_nobody_approves_their_own(session, instructor):
    session.execute(update(BankRow).values(second_approver=True))
    kept = begin(session, instructor, WHOLE)
    submit_draft(session, instructor, kept.id, LATER)
    with pytest.raises(NotAllowed):
        publish(session, instructor, kept.id, 1, LATER)
    other = add_person(session, Role.INSTRUCTOR)
    assert publish(session, other, kept.id, 1, LATER).draft.state is DraftState.APPROVED


@pytest.mark.parametrize("finish", [lambda *those: drop_draft(*those, LATER)])
def test_a_finished_draft_is_not_touched_again(session, instructor, finish):
    kept = begin(session, instructor, WHOLE)
    finish(session, instructor, kept.id)
    with pytest.raises(Conflict):
        publish(session, instructor, kept.id, 1, LATER)
    with pytest.raises(Conflict):
        save_draft(session, instructor, kept.id, HALF, 1, LATER)


def test_a_rejected_draft_is_gone_on_with_and_says_why_until_it_is_handed_in_again(session, instructor):
    kept = submit_draft(session, instructor, begin(session, instructor, WHOLE).id, NOON)
    reject(session, add_person(session, Role.INSTRUCTOR), kept.id, 1, "Which boat?", LATER)

    def shown(now=LATER):
        found = drafts_to_go_on_with(session, instructor, "harbour", now)
        return [(one.state, one.rejection) for one in found]

    assert shown() == shown(LATER + REJECTED_FOR) == [(DraftState.REJECTED, "Which boat?")]
    assert shown(LATER + REJECTED_FOR + timedelta(seconds=1)) == []
    assert save_draft(session, instructor, kept.id, WHOLE, 1, LATER, by_itself=True).is_rejected
    assert save_draft(session, instructor, kept.id, replace(WHOLE, note="Mended."), 1, LATER).version == 2
    assert shown() == [(DraftState.OPEN, "Which boat?")]
    submit_draft(session, instructor, kept.id, LATER)
    assert shown() == [(DraftState.WAITING, "")]


def test_a_rejected_draft_can_be_dropped(session, instructor):
    kept = submit_draft(session, instructor, begin(session, instructor, WHOLE).id, NOON)
    reject(session, add_person(session, Role.INSTRUCTOR), kept.id, 1, "Which boat?", LATER)
    assert drop_draft(session, instructor, kept.id, LATER).state is DraftState.DROPPED
