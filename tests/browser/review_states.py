"""A walk through reports, the review queue and what needs attention."""

from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Page
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow, FactRow, SourceRow
from quizapp.domain.roles import Actor, Role
from quizapp.services.studio.drafts import StoredDraft
from tests.browser.class_states import sign_in
from tests.browser.clicks import answer, follow
from tests.browser.live_server import LiveServer
from tests.people import add_person
from tests.waiting_drafts import waiting_draft

PARAGRAPH = (
    "At berth 3 lay the Auk 3, a small boat that had come in with the ice. Nobody on the quay could say whose it was, "
    "and the harbour master wrote its name into his book."
)
BALLAST = "In the report, there are berths. What is the name of the boat at berth 3?"
OPTIONS = {
    "key": "the Heron 5",
    "in_order": False,
    "distractors": [
        {"text": f"the {name}", "reason": "The report does not have this name.", "fact": ""}
        for name in ("Puffin 9", "Gull 8", "Skua 7")
    ],
}


def hand_in(server: LiveServer, author: Actor, count: int) -> list[StoredDraft]:
    """Let drafts wait in the server's bank: of the third the passage is marked, and a rule gives advice on it."""
    with server.runtime.writing() as session:
        source = session.scalars(select(SourceRow).join(BankRow).where(BankRow.name == server.bank.name)).one()
        source.text = "\n\n".join(["It was cold."] * 3 + [PARAGRAPH] + ["It went on."] * 20)
        topic = server.bank.topics[0].id
        return [
            waiting_draft(
                session, author, number, server.bank.name, server.clock(), topic=topic, **_more(source, number)
            )
            for number in range(1, count + 1)
        ]


def _more(source: SourceRow, number: int) -> dict[str, object]:
    assert source.text is not None
    if number == 3:
        start = source.text.index("the Auk 3")
        return {"start": start, "end": start + len("the Auk 3, a small boat"), "stem": BALLAST}
    return {"type": "single_choice", "body": OPTIONS} if number == 5 else {}


def states_of_reviewing(page: Page, server: LiveServer) -> Iterator[str]:
    """Report a problem as a guest, then decide about drafts and settle the report; yield the name of each state."""
    with server.runtime.writing() as session:
        author = add_person(session, Role.INSTRUCTOR, "Ada Author", server.clock())
        reviewer = add_person(session, Role.INSTRUCTOR, "Rea Reviewer", server.clock())
    yield from _reporting(page, server)
    guest = page.context.cookies()
    result = page.url.partition("#")[0]
    sign_in(page, server, reviewer)
    page.goto(f"{server.url}/studio/review")
    yield "review-none"
    drafts = hand_in(server, author, 6)
    with server.runtime.writing() as session:
        facts = session.scalars(select(FactRow).order_by(FactRow.id).limit(2)).all()
        facts[0].review_by, facts[1].content = date(2026, 1, 31), {**facts[1].content, "paragraphs": [99]}
    page.goto(f"{server.url}/studio/attention")
    yield "attention"
    follow(page.get_by_role("link", name="6 drafts to review"))
    yield "review-plain"
    page.goto(f"{server.url}/studio/review/{drafts[2].id}")
    yield "review-advice"
    follow(page.get_by_role("button", name="Approve"))
    yield "review-wants-a-reason"
    page.goto(f"{server.url}/studio/review/{drafts[4].id}")
    yield "review-choice"
    follow(page.get_by_role("button", name="Reject", exact=True))
    yield "review-rejected-without-a-reason"
    page.get_by_label("Why is it rejected?").fill("Nobody needs to know it.")
    follow(page.get_by_role("button", name="Reject", exact=True))
    yield "review-rejected"
    with server.runtime.writing() as session:
        session.scalars(select(BankRow).where(BankRow.name == server.bank.name)).one().second_approver = True
    sign_in(page, server, author)
    page.goto(f"{server.url}/studio/review")
    yield "review-own"
    follow(page.get_by_role("link", name=drafts[0].text.stem))
    yield "review-own-draft"
    sign_in(page, server, reviewer)
    page.goto(f"{server.url}/studio/reports")
    yield "reports"
    follow(page.get_by_role("button", name="No fault"))
    yield "reports-settled"
    page.context.clear_cookies()
    page.context.add_cookies(guest)  # type: ignore[arg-type]
    page.goto(result)
    yield "result-with-report"


def _reporting(page: Page, server: LiveServer) -> Iterator[str]:
    page.goto(server.url)
    follow(page.get_by_role("button", name="Start ten questions"))
    answer(page, server, right=False)
    page.get_by_text("Report a problem with this question").click()
    yield "report-open"
    page.get_by_label("It is unclear what is asked").check()
    page.get_by_label("More about it, if you like").fill("Which of the two talks does it mean?")
    follow(page.get_by_role("button", name="Send the report"))
    yield "report-thanks"
    for _ in range(9):
        follow(page.locator("[data-next]"))
        answer(page, server, right=True)
    follow(page.locator("[data-next]"))
