"""Accounts in a real browser: sign up, and become the instructor by the link of a first start."""

from playwright.sync_api import Page

from quizapp.services.setup import new_setup_link
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer

PASSWORD = "quiet otter lake"


def sign_up(page: Page) -> str:
    """Fill the form of a new account that the page shows; return the sign-in name it gives."""
    name = page.get_by_label("Your sign-in name").input_value()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Make the account"))
    return name


def become_instructor(page: Page, server: LiveServer, token: str) -> str:
    """Open the link of a first start, make an account on the way, and use the link; return the sign-in name."""
    with server.runtime.writing() as session:
        new_setup_link(session, token, server.clock())
    page.goto(f"{server.url}/setup/{token}")
    follow(page.get_by_role("link", name="First make an account"))
    name = sign_up(page)
    follow(page.get_by_role("button", name="Become the instructor"))
    return name
