"""Tests of reporting a problem: only of what one has answered, once for each person and revision."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.memory_tables import ReviewRow
from quizapp.database.studio_tables import QuestionReportRow
from quizapp.domain.errors import NotFound
from quizapp.domain.questions.report_kind import KIND_WORDS, ReportKind
from quizapp.services import quizzes, reports
from tests.factories import NOON
from tests.services import studying
from tests.services.taking import answer

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def attempt_id(session, guest):
    made = quizzes.start_attempt(session, guest, "harbour", 5, seed=1, now=NOON)
    answer(session, guest, made, 2, right=False)
    return made


def report(session, actor, about, kind=ReportKind.UNCLEAR, words="Which boat?", now=NOON):
    reports.report(session, actor, about, kind, words, now)


def test_every_kind_has_words():
    assert set(KIND_WORDS) == set(ReportKind)


def test_an_answered_question_can_be_reported_with_its_revision_and_place(session, guest, attempt_id):
    about = reports.answered_in_quiz(session, guest, attempt_id, 2)
    report(session, guest, about)
    row = session.scalars(select(QuestionReportRow)).one()
    asked = quizzes.asked_question(session, guest, attempt_id, 2)
    assert (row.question_revision_id, row.attempt_id, row.position) == (asked.revision_id, attempt_id, 2)
    assert (row.person_id, row.kind, row.words, row.settled_at) == (guest.id, "unclear", "Which boat?", None)
    assert asked.score == 0, "the answer stays"


def test_what_was_not_answered_or_is_somebody_elses_is_not_there(session, guest, stranger, attempt_id):
    for actor, attempt, position in (
        (guest, attempt_id, 1),
        (guest, attempt_id, 99),
        (guest, attempt_id + 1, 2),
        (stranger, attempt_id, 2),
    ):
        with pytest.raises(NotFound):
            reports.answered_in_quiz(session, actor, attempt, position)


def test_an_answer_in_study_can_be_reported_and_a_card_that_was_turned_cannot(session, guest, stranger):
    kinds = {}
    while len(kinds) < 2:
        turn = studying.take(session, guest, right=False)
        review_id = session.scalars(select(ReviewRow.id).order_by(ReviewRow.id.desc())).first()
        kinds.setdefault(turn.snapshot is None, review_id)
    about = reports.answered_in_study(session, guest, kinds[False])
    report(session, guest, about)
    row = session.scalars(select(QuestionReportRow)).one()
    assert (row.attempt_id, row.position) == (None, None)
    for actor, review_id in ((guest, kinds[True]), (stranger, kinds[False]), (guest, kinds[False] + 1_000)):
        with pytest.raises(NotFound):
            reports.answered_in_study(session, actor, review_id)


def test_a_second_report_changes_the_first_and_opens_it_again(session, guest, stranger, attempt_id):
    about = reports.answered_in_quiz(session, guest, attempt_id, 2)
    report(session, guest, about)
    row = session.scalars(select(QuestionReportRow)).one()
    row.settled_at, row.settlement = NOON, "No fault."
    session.flush()
    assert reports.own_report(session, guest, about.revision_id).settlement == "No fault."
    report(session, guest, about, ReportKind.TYPO, "", LATER)
    session.expire_all()
    row = session.scalars(select(QuestionReportRow)).one()
    assert (row.kind, row.words, row.reported_at, row.settled_at, row.settlement) == ("typo", "", LATER, None, "")
    report(session, stranger, replace(about, attempt_id=None, position=None))
    assert len(session.scalars(select(QuestionReportRow)).all()) == 2


def test_what_became_of_it_stands_with_its_position_in_one_statement(session, guest, stranger, attempt_id, statements):
    report(session, guest, reports.answered_in_quiz(session, guest, attempt_id, 2))
    statements()
    told = reports.own_reports_in(session, guest, attempt_id)
    assert len(statements()) == 1
    assert {position: one.words for position, one in told.items()} == {2: "Which boat?"}
    assert reports.own_reports_in(session, stranger, attempt_id) == {}
