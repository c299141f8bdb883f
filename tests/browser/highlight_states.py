"""A walk through highlighting: a text is pasted, a passage marked, and drafts are decided of."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer
from tests.browser.signing import become_instructor
from tests.domain.questions.drafting.corpus import TEXTS


def states_of_highlighting(page: Page, server: LiveServer) -> Iterator[str]:
    """Become the instructor by a link, paste a text, and go from a mark to drafts, kept, dropped and refused."""
    become_instructor(page, server, "a-link-for-highlighting")
    page.goto(f"{server.url}/studio/paste")
    yield "paste"
    follow(page.get_by_role("button", name="Store it"))
    yield "paste-nothing"
    page.get_by_label("Title").fill("Tenants and landlords")
    page.locator("[name=text]").fill(TEXTS["law"].text)
    follow(page.get_by_role("button", name="Store it"))
    yield "highlight"
    page.get_by_text("Mark it by its words").click()
    page.get_by_label("The words of the passage").fill("The Tenancy Act took effect on 1 March 2019")
    page.get_by_label("What it states, in one line").fill("It took effect on 1 March 2019.")
    page.get_by_label("Value asked for").fill("1 March 2019")
    page.get_by_text("not with “It”").first.wait_for()
    yield "highlight-refused"
    page.get_by_label("What it states, in one line").fill("The Tenancy Act took effect on 1 March 2019.")
    page.locator("[data-draft]").first.wait_for()
    yield "highlight-drafts"
    page.locator("[data-draft]").first.press("Enter")
    page.locator("[data-done]").wait_for()
    page.locator("[data-draft]").first.press("Delete")
    page.get_by_text("1 dropped before").wait_for()
    yield "highlight-kept"
    page.get_by_label("Who says it").select_option(label="Somebody new")
    page.get_by_label("Name of whoever says it").fill("Maria Feld")
    page.get_by_text("Ask it in your own words").click()
    page.locator(".fact-reads", has_text="Maria Feld said").wait_for()
    yield "highlight-somebodys-word"
    page.get_by_label("Value asked for").fill("Act")
    page.get_by_label("What it states, in one line").fill("The number of the Act is 17 by the records.")
    page.get_by_label("Value asked for").fill("17")
    page.locator(".reason").first.wait_for()
    yield "highlight-advice"
    page.goto(f"{server.url}/studio/{server.bank.name}/highlight")
    yield "highlight-of-a-file"
