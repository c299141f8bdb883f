"""Tests of what instructors are told of reports, and of settling them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow
from quizapp.database.studio_tables import QuestionReportRow
from quizapp.domain.errors import Conflict, NotAllowed, NotFound
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.roles import Role
from quizapp.services import erasure
from quizapp.services import reports as learners
from quizapp.services.studio import reports
from quizapp.services.studio.steps import undo_step
from tests.factories import NOON
from tests.people import add_person
from tests.services.taking import take

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


def reported(session, actor, position=1, kind=ReportKind.UNCLEAR, now=NOON, seed_of=None):
    """Take a quiz, report one of its questions and return that."""
    attempt_id = seed_of or take(session, actor, 5)
    about = learners.answered_in_quiz(session, actor, attempt_id, position)
    learners.report(session, actor, about, kind, f"Position {position}.", now)
    return about


def met_elsewhere(about):
    """Return the same question as somebody else meets it on a card."""
    return replace(about, attempt_id=None, position=None)


def test_questions_are_told_with_their_reports_the_most_reported_first(session, guest, stranger, instructor):
    attempt_id = take(session, guest, 5)
    reported(session, guest, 1, seed_of=attempt_id)
    twice = reported(session, guest, 2, ReportKind.TYPO, seed_of=attempt_id)
    learners.report(session, stranger, met_elsewhere(twice), ReportKind.UNCLEAR, "", LATER)
    first, second = reports.reported_questions(session, instructor)
    assert (first.question_id, len(first.reports), len(second.reports)) == (twice.question_id, 2, 1)
    assert first.kinds == {ReportKind.UNCLEAR: 1, ReportKind.TYPO: 1}
    assert (first.newest, first.reports[0].revision, first.revision) == (LATER, 1, 1)
    assert (first.snapshot.question.stem, first.may_be_edited) == (twice.snapshot.question.stem, False)


def test_only_who_may_change_the_bank_is_told_and_can_settle(session, guest, instructor):
    about = reported(session, guest)
    owner = add_person(session, Role.INSTRUCTOR)
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=owner.id))
    assert reports.reported_questions(session, instructor) == []
    assert len(reports.reported_questions(session, owner)) == 1
    with pytest.raises(NotFound):
        reports.settle(session, instructor, about.question_id, NOON, "Mended.", LATER)
    for ask in (reports.reported_questions, lambda *_: reports.settle(session, guest, 1, NOON, "x", NOON)):
        with pytest.raises(NotAllowed):
            ask(session, guest)


def test_settling_tells_those_who_reported_and_leaves_what_came_later(session, guest, stranger, instructor):
    about = reported(session, guest)
    learners.report(session, stranger, met_elsewhere(about), ReportKind.OTHER, "", LATER)
    assert reports.settle(session, instructor, about.question_id, NOON, "Mended.", LATER)
    assert learners.own_report(session, guest, about.revision_id).settlement == "Mended."
    assert learners.own_report(session, stranger, about.revision_id).settled_at is None
    assert len(reports.reported_questions(session, instructor)[0].reports) == 1
    assert reports.settle(session, instructor, about.question_id, NOON, "Mended.", LATER) is None


def test_settling_can_be_undone_unless_it_was_reported_again(session, guest, instructor):
    about = reported(session, guest)
    step_id = reports.settle(session, instructor, about.question_id, NOON, "No fault.", LATER)
    undo_step(session, instructor, step_id, LATER)
    assert learners.own_report(session, guest, about.revision_id).settlement == ""
    step_id = reports.settle(session, instructor, about.question_id, NOON, "No fault.", LATER)
    learners.report(session, guest, about, ReportKind.OTHER, "It is one.", LATER)
    session.expire_all()
    with pytest.raises(Conflict):
        undo_step(session, instructor, step_id, LATER)


def test_a_report_whose_author_is_gone_does_not_keep_the_others_from_being_undone(session, guest, instructor):
    about = reported(session, guest)
    other = add_person(session)
    learners.report(session, other, met_elsewhere(about), ReportKind.OTHER, "", NOON)
    step_id = reports.settle(session, instructor, about.question_id, NOON, "No fault.", LATER)
    erasure.ask_for_deletion(session, guest, LATER)
    undo_step(session, instructor, step_id, LATER)
    assert session.scalars(select(QuestionReportRow.settled_at)).all() == [None]
