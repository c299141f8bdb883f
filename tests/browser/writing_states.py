"""A walk through the editor: each type empty, then a question with mistakes, advice, a draft, a conflict, a merge."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect
from sqlalchemy import update

from quizapp.database.bank_tables import BankRow, SourceRow
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.browser.account_states import states_of_setting_up
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer

TEXT = "Two trucks came in August.\n\nThey carried 40 tons of flour and waited for a week.\n\nThen 15 tons of aid came."
REASON = "The article has another weight for it."
WRONG = ("25 tons", "40 tons", "60 tons")
NEGATIVE = "In the article, what did the aid that came at last not weigh?"


def states_of_writing(page: Page, server: LiveServer) -> Iterator[str]:
    """Become the instructor by a link, and write a question with mistakes, with advice, and well."""
    yield from states_of_setting_up(page, server)
    of_bank = f"{server.url}/questions/{server.bank.name}"
    page.goto(of_bank)
    yield "own-none"
    for kind in QUESTION_TYPES.values():
        page.goto(of_bank)
        follow(page.get_by_role("link", name=kind.label, exact=True))
        yield f"own-new-{kind.name}"
    page.goto(f"{of_bank}/new/single_choice")
    page.locator("[name=line]").fill("The article gives 15 tons as the weight of the aid that came at last.")
    page.locator("[name=stem]").fill(NEGATIVE)
    page.locator("[name=body_key]").fill("15 tons")
    for number, text in enumerate(WRONG):
        page.locator(f"[name=body_distractors-{number}-text]").fill(text)
    _settled(page)
    yield "own-typed"
    follow(page.get_by_role("button", name="Save", exact=True))
    yield "own-mistakes"
    page.locator("[name=paragraph]").fill("9")
    for number in range(3):
        page.locator(f"[name=body_distractors-{number}-reason]").fill(REASON)
    _settled(page)
    page.locator("[data-slot=see] .option", has_text="40 tons").click()
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("[data-slot=see] .verdict")).to_be_visible()
    yield "own-tried"
    follow(page.get_by_role("button", name="Save", exact=True))
    yield "own-advice"
    page.goto(f"{of_bank}/drafts")
    yield "own-drafts"
    follow(page.get_by_role("link", name="Go on with it"))
    draft = page.url
    page.get_by_text("Explanation, status, card").click()
    yield "own-draft"
    page.locator("[name=version]").evaluate("one => one.value = '1'")
    page.locator("[name=explanation]").fill("It is told where the first delivery is.")
    follow(page.get_by_role("button", name="Keep as draft"))
    yield "own-conflict"
    with server.runtime.writing() as session:
        session.execute(update(SourceRow).values(text=TEXT))
        session.execute(update(BankRow).values(second_approver=True))
    page.goto(draft)
    page.get_by_text("The text, to mark them in").click()
    yield "own-draft-with-text"
    with server.runtime.writing() as session:
        session.execute(update(SourceRow).values(text=None))
        session.execute(update(BankRow).values(second_approver=False))
    page.goto(draft)
    for reason in page.locator("[name^=reason-]").all():
        reason.fill("It is what the exercise is about.")
    follow(page.get_by_role("button", name="Save", exact=True))
    yield "own-one"
    page.goto(f"{of_bank}/new/short_answer")
    page.locator("[name=stem]").fill(NEGATIVE)
    page.locator("[name=body_answer]").fill("15 tons")
    _settled(page)
    page.locator("[data-slot=likes] summary").first.click()
    yield "own-like"
    follow(page.get_by_role("button", name="Take that one instead of mine").first)
    yield "own-merged"
    page.goto(of_bank)
    follow(page.get_by_role("button", name="Try it out"))
    page.locator(".option", has_text="15 tons").click()
    follow(page.get_by_role("button", name="Check answer"))
    page.goto(of_bank)
    follow(page.get_by_role("link", name="Edit"))
    yield "own-answered"
    page.goto(f"{server.url}/reading/{server.bank.name}")
    yield "reading-with-own"


def _settled(page: Page) -> None:
    """Wait until what is typed is shown and kept."""
    page.wait_for_function("() => document.querySelector('[data-editor]').dataset.looked")
    expect(page.locator("[data-state]")).to_contain_text("Kept as a draft")
