"""Clicking, filling in and sending, with the wait that each of them needs."""

from playwright.sync_api import Locator, Page

from tests.browser.live_server import LiveServer
from tests.players import Form, response_to


def follow(link: Locator) -> None:
    """Click and wait until the page it leads to is there: clicking alone returns before the page has changed."""
    with link.page.expect_navigation():
        link.click()


def quiz_of(page: Page) -> str:
    """Return the address of the quiz whose question is open."""
    return page.url.split("#")[0].rsplit("/", 1)[0]


def answer(page: Page, server: LiveServer, right: bool) -> None:
    """Answer the question shown."""
    quiz, position = page.url.split("#")[0].rsplit("/", 1)
    asked = server.questions(int(quiz.rsplit("/", 1)[1]))[int(position) - 1]
    send(page, response_to(asked, right))


def send(page: Page, form: Form) -> None:
    """Fill the question shown and send it."""
    for name, value in form.items():
        field = page.locator(f"[name='{name}']")
        if field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.first.get_attribute("type") == "text":
            field.fill(value)
        else:
            page.locator(f"[name='{name}'][value='{value}']").check()
    follow(page.get_by_role("button", name="Check answer"))
