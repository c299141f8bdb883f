"""What people write in drafts and reports is text on every page that shows it: the fields that came with the studio."""

import pytest

from quizapp.database.studio_tables import Decision
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.roles import Role
from quizapp.services import quizzes, reports
from quizapp.services.studio.drafts import decide
from tests.browser.class_states import sign_in
from tests.browser.injected import HEAR, look, payload
from tests.browser.live_server import serve
from tests.browser.payloads import PAYLOADS
from tests.factories import NOON, make_bank
from tests.people import add_person
from tests.services.taking import take
from tests.waiting_drafts import waiting_draft

DRAFT = ("stem", "line", "explanation", "key", "wrong", "reason", "decided because")
ROWS = range(0, len(PAYLOADS), 3)
"""In these rows, over seven columns, every payload stands somewhere."""


@pytest.fixture(scope="module")
def injected(tmp_path_factory):
    """A served app with drafts and reports of nothing but payloads; and who reviews them."""
    with serve(tmp_path_factory.mktemp("drafts"), make_bank()) as server:
        with server.runtime.writing() as session:
            reviewer = add_person(session, Role.ADMIN, PAYLOADS[1])
            drafts = {row: _draft(session, reviewer, row).id for row in ROWS}
            attempt_id = take(session, reviewer, None)
            positions = quizzes.asked_question(session, reviewer, attempt_id, 1).length
            told = list(zip(range(1, positions + 1), PAYLOADS, strict=False))
            for position, words in told:
                about = reports.answered_in_quiz(session, reviewer, attempt_id, position)
                reports.report(session, reviewer, about, ReportKind.OTHER, words, NOON)
        yield server, reviewer, drafts, attempt_id, dict(told)


def _draft(session, author, row):
    at = {name: payload(row, column) for column, name in enumerate(DRAFT)}
    plain = {"text": f"another thing {row}", "reason": "The report does not have this.", "fact": ""}
    wrong = [{"text": at["wrong"], "reason": at["reason"], "fact": ""}, plain]
    body = {"key": at["key"], "in_order": False, "distractors": wrong}
    text = DraftText("single_choice", at["line"], "3", topic="trade", stem=at["stem"], body=body)
    stored = waiting_draft(session, author, row, text=DraftText(**{**_fields(text), "explanation": at["explanation"]}))
    decide(session, author, stored.id, Decision.EDITED, NOON, at["decided because"])
    return stored


def _fields(text):
    return {name: getattr(text, name) for name in DraftText.__slots__}


@pytest.fixture
def opened(open_page, injected):
    server, reviewer, *_ = injected
    page = open_page(server, viewport={"width": 1280, "height": 800})
    sign_in(page, server, reviewer)
    page.add_init_script(HEAR)
    page.on("dialog", lambda dialog: page.complaints.append(f"dialog: {dialog.message}"))
    return page


def test_every_payload_stands_in_some_draft():
    assert {payload(row, column) for row in ROWS for column in range(len(DRAFT))} == set(PAYLOADS)


def test_a_draft_under_review_shows_it_as_text(opened, injected):
    for row, draft_id in injected[2].items():
        look(opened, f"/studio/review/{draft_id}", [payload(row, column) for column in range(len(DRAFT))])


def test_reports_show_it_as_text_to_instructors_and_to_whoever_reported(opened, injected):
    _, _, _, attempt_id, told = injected
    look(opened, "/studio/reports", told.values())
    look(opened, f"/results/{attempt_id}", told.values())
    look(opened, f"/quizzes/{attempt_id}/1", [told[1]])
    for address in ("/studio", "/studio/attention", "/studio/harbour/steps"):
        look(opened, address)
