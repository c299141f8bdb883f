"""Take pictures of every page in light and dark, on a phone and a desk: `make screenshots`, then look at them.

Without an argument the README's pictures in `docs/` are written; with a folder, all states in both themes and widths.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.chromium import launch_options
from tests.browser.live_server import LiveServer, serve_article
from tests.players import response_to

WIDTHS = {"390": (390, 844), "1280": (1280, 800)}
THEMES = ("light", "dark")
README_PICTURES = Path("docs")


def states(page: Page, server: LiveServer) -> Iterator[str]:
    """Walk through the app as a guest; yield the name of each state worth a picture."""
    page.goto(server.url)
    yield "home"
    follow(page.get_by_role("link", name="Look inside first"))
    yield "bank"
    page.locator(".choose-item", has_text="20").click()
    follow(page.get_by_role("button", name="Start"))
    yield "question"
    follow(page.get_by_role("button", name="Check answer"))
    yield "question-empty"
    for position in range(1, 21):
        answer(page, server, right=position % 3 == 0)
        follow(page.locator("[data-next]"))
    yield "result"
    follow(page.get_by_role("button", name="Retry only the missed"))
    answer(page, server, right=True)
    page.goto(f"{quiz_of(page)}/finish")
    yield "finish"
    follow(page.get_by_role("button", name="Finish now"))
    yield from states_of_each_type(page, server)
    page.goto(f"{server.url}/history")
    yield "history"
    page.goto(f"{server.url}/about")
    yield "about"
    page.goto(f"{server.url}/nowhere")
    yield "not-found"


def states_of_each_type(page: Page, server: LiveServer) -> Iterator[str]:
    """Show one question of each type: open, answered wrongly with a mix-up where there is one, and rightly."""
    page.goto(f"{server.url}/banks/karabakh-talks")
    page.locator(".choose-item", has_text="All").click()
    follow(page.get_by_role("button", name="Start"))
    quiz = quiz_of(page)
    asked = server.questions(int(quiz.rsplit("/", 1)[1]))
    for kind in sorted({one.snapshot.question.type for one in asked}):
        first, second = [one.position for one in asked if one.snapshot.question.type == kind][:2]
        page.goto(f"{quiz}/{first}")
        yield f"{kind}-open"
        answer(page, server, right=False)
        yield f"{kind}-wrong"
        page.goto(f"{quiz}/{second}")
        answer(page, server, right=True)
        yield f"{kind}-right"


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
    response = response_to(asked, right)
    if page.locator(".number-line").count():
        page.locator("input[name=response]").fill(response)
    else:
        page.locator(f"input[name=response][value='{response}']").check()
    follow(page.get_by_role("button", name="Check answer"))


@contextmanager
def opened(browser: Browser, width: str, theme: str) -> Iterator[Page]:
    """Open a page of one width and theme."""
    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def take_all(folder: Path) -> None:
    """Take every state in both widths and themes into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as instance, serve_article(Path(instance)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for width in WIDTHS:
            for theme in THEMES:
                with opened(browser, width, theme) as page:
                    for state in states(page, server):
                        page.screenshot(path=folder / f"{state}-{width}-{theme}.png", full_page=True)


def take_for_readme(folder: Path) -> None:
    """Take the README's pictures: small, in the light theme."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"home": "home", "single_choice-wrong": "feedback"}
    with TemporaryDirectory() as instance, serve_article(Path(instance)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        with opened(browser, "1280", "light") as page:
            for state in states(page, server):
                if state in wanted:
                    page.screenshot(path=folder / f"{wanted[state]}.png")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take_all(Path(sys.argv[1]))
    else:
        take_for_readme(README_PICTURES)
