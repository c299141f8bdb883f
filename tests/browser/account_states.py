"""The states of accounts: making one, its mistakes, signing in, settings, and people as an admin sees them."""

from collections.abc import Iterator

from playwright.sync_api import Page

from quizapp.services.setup import new_setup_link
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer
from tests.browser.signing import PASSWORD, sign_up

SETUP_TOKEN = "a-link-of-the-tests"


def states_of_setting_up(page: Page, server: LiveServer) -> Iterator[str]:
    """Open the link of a first start, make an account on the way, and become the instructor."""
    with server.runtime.writing() as session:
        new_setup_link(session, SETUP_TOKEN, server.clock())
    page.goto(f"{server.url}/setup/{SETUP_TOKEN}")
    yield "setup-first"
    follow(page.get_by_role("link", name="First make an account"))
    yield "sign-up"
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("E-mail address").fill("nowhere")
    follow(page.get_by_role("button", name="Make the account"))
    yield "sign-up-mistakes"
    page.get_by_label("E-mail address").fill("")
    sign_up(page)
    yield "setup"
    follow(page.get_by_role("button", name="Become the instructor"))
    yield "set-up"


def states_of_accounts(page: Page, server: LiveServer) -> Iterator[str]:
    """Walk through the pages of one's account, as the admin of a new installation."""
    page.goto(f"{server.url}/settings")
    yield "settings-nobody"
    for _ in states_of_setting_up(page, server):
        pass
    page.goto(f"{server.url}/settings")
    yield "settings"
    name = page.locator(".lede b").inner_text()
    page.get_by_label("E-mail address").fill("nowhere")
    follow(page.get_by_role("button", name="Keep"))
    yield "settings-mistake"
    follow(page.get_by_role("link", name="Change the password"))
    yield "password"
    page.get_by_label("Password now").fill("wrong")
    page.get_by_label("New password").fill("short")
    follow(page.get_by_role("button", name="Change it"))
    yield "password-mistake"
    page.goto(f"{server.url}/people")
    yield "people"
    follow(page.locator("main table a").first)
    yield "person-self"
    follow(page.get_by_role("button", name="Make a link for a new password"))
    yield "person-link"
    link = page.locator("main .note p.input").inner_text()
    page.goto(link)
    yield "reset"
    page.goto(f"{server.url}/settings")
    follow(page.get_by_role("button", name="Sign out of this browser"))
    follow(page.get_by_role("link", name="Sign in"))
    yield "sign-in"
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill("wrong")
    follow(page.get_by_role("button", name="Sign in"))
    yield "sign-in-mistake"
    follow(page.get_by_role("link", name="Name or password forgotten"))
    yield "forgotten"
    page.get_by_label("Sign-in name or e-mail address").fill(name)
    follow(page.get_by_role("button", name="Send me a link"))
    yield "forgotten-told"
    follow(page.get_by_role("main").get_by_role("link", name="Sign in"))
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    yield "signed-in"
