"""Take pictures of every page in light and dark, on a phone and a desk: `make screenshots`, then look at them.

Without an argument the README's pictures in `docs/` are written; with a folder, all states in both themes and widths.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch_options
from tests.browser.live_server import LiveServer, serve_article

WIDTHS = {"390": (390, 844), "1280": (1280, 800)}
THEMES = ("light", "dark")
README_PICTURES = Path("docs")


def states(page: Page, server: LiveServer) -> Iterator[str]:
    """Walk through the app as a guest; yield the name of each state worth a picture."""
    page.goto(server.url)
    yield "home"
    page.get_by_role("link", name="Look inside first").click()
    yield "bank"
    page.get_by_role("radio", name="20").check(force=True)
    page.get_by_role("button", name="Start").click()
    yield "question"
    page.get_by_role("button", name="Check answer").click()
    yield "question-empty"
    seen: set[str] = set()
    for number in range(20):
        answer(page, wrong=number % 2 == 0)
        kind = "number" if page.locator(".option.is-plain").count() else "choice"
        state = f"{kind}-{page.locator('.verdict').inner_text()}"
        if state not in seen:
            seen.add(state)
            yield f"answered-{state.lower().replace(' ', '-')}"
        page.locator("[data-next]").click()
        if page.locator(".number-line").count() and "number" not in seen:
            seen.add("number")
            yield "number"
    yield "result"
    page.get_by_role("button", name="Retry only the missed").click()
    answer(page, wrong=False)
    for _ in range(page.locator(".progress").evaluate("bar => bar.max") - 1):
        page.goto(page.url.rsplit("/", 1)[0] + f"/{int(page.url.split('#')[0].rsplit('/', 1)[1]) + 1}")
    page.get_by_role("link", name="Skip for now").click()
    yield "finish"
    page.get_by_role("button", name="Finish now").click()
    page.goto(f"{server.url}/history")
    yield "history"
    page.goto(f"{server.url}/about")
    yield "about"
    page.goto(f"{server.url}/nowhere")
    yield "not-found"


def answer(page: Page, wrong: bool) -> None:
    """Answer the question shown with its first or second option, or a number."""
    if page.locator(".number-line").count():
        page.locator("input[name=response]").fill("7" if wrong else "40")
    else:
        page.locator("input[name=response]").nth(0 if wrong else 1).check()
    page.get_by_role("button", name="Check answer").click()


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
    wanted = {"home", "answered-choice-not-this-one"}
    with TemporaryDirectory() as instance, serve_article(Path(instance)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        with opened(browser, "1280", "light") as page:
            for state in states(page, server):
                if state in wanted:
                    page.screenshot(path=folder / f"{state}.png")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take_all(Path(sys.argv[1]))
    else:
        take_for_readme(README_PICTURES)
