"""Tests of what becomes of a guest's reports and of their work in the studio when they turn out to have an account."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.studio_tables import QuestionReportRow
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.services import reports
from quizapp.services.merging import merge_guest
from tests.factories import NOON
from tests.people import add_person
from tests.services.taking import take

LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize("guest_is_first", [True, False])
def test_of_two_reports_on_one_revision_the_earlier_is_kept_and_the_others_move(session, guest, guest_is_first):
    account = add_person(session)
    mine, theirs = take(session, account, 5), take(session, guest, 5)
    times = (NOON, LATER) if guest_is_first else (LATER, NOON)
    for who, attempt_id, position, words, when in (
        (guest, theirs, 1, "by the guest", times[0]),
        (account, mine, 1, "by the account", times[1]),
        (guest, theirs, 2, "of another", NOON),
    ):
        about = reports.answered_in_quiz(session, who, attempt_id, position)
        reports.report(session, who, about, ReportKind.OTHER, words, when)
    merge_guest(session, guest.id, account.id, LATER)
    rows = session.scalars(select(QuestionReportRow).order_by(QuestionReportRow.id)).all()
    assert {row.person_id for row in rows} == {account.id}
    assert {row.words for row in rows} == {"by the guest" if guest_is_first else "by the account", "of another"}


def test_two_reports_of_one_moment_are_one_afterwards(session, guest):
    account = add_person(session)
    about = reports.answered_in_quiz(session, guest, take(session, guest, 5), 1)
    for who in (guest, account):
        elsewhere = replace(about, attempt_id=None, position=None)
        reports.report(session, who, elsewhere, ReportKind.OTHER, "", NOON)
    merge_guest(session, guest.id, account.id, LATER)
    assert session.scalars(select(QuestionReportRow.person_id)).all() == [account.id]
