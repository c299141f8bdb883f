"""Take pictures of every page in light and dark, on a phone and a desk: `make screenshots`, then look at them.

Without an argument the README's pictures in `docs/` are written; with a folder, all states in both themes and widths.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from quizapp.database.account_tables import PersonRow
from quizapp.domain.questions.question_types.question_type import NotGradable
from quizapp.domain.roles import Actor, Role
from quizapp.services.quizzes import AskedQuestion
from tests.browser.account_states import states_of_accounts
from tests.browser.bank_states import states_of_banks
from tests.browser.chromium import launch_options
from tests.browser.clicks import answer, follow, quiz_of, send
from tests.browser.highlight_states import states_of_highlighting
from tests.browser.live_server import LiveServer, article, serve
from tests.browser.manage_states import states_of_managing
from tests.browser.review_states import states_of_reviewing
from tests.browser.signing import become_instructor
from tests.browser.study_states import states_of_study
from tests.browser.writing_states import states_of_writing
from tests.every_type import every_type_bank
from tests.players import Form, partial_response_to, response_to
from tests.shelves import add_class

WIDTHS = {"390": (390, 844), "1280": (1280, 800)}
THEMES = ("light", "dark")
README_PICTURES = Path("docs")
MOODLE = Path(__file__).parents[1] / "files" / "moodle-4-export.xml"


def states(page: Page, server: LiveServer) -> Iterator[str]:
    """Walk through the app as a guest; yield the name of each state worth a picture."""
    page.goto(server.url)
    yield "home"
    follow(page.get_by_role("link", name="Look inside first"))
    yield "bank"
    yield from states_of_reading(page, server)
    page.goto(f"{server.url}/banks/{server.bank.name}")
    page.locator(".choose-item", has_text="20").click()
    follow(page.get_by_role("button", name="Start"))
    yield "question"
    follow(page.get_by_role("button", name="Check answer"))
    yield "question-empty"
    for position in range(1, 21):
        answer(page, server, right=position % 3 == 0)
        follow(page.locator("[data-next]"))
    yield "result"
    result = page.url
    follow(page.get_by_role("link", name="See it in the article"))
    yield "reading-missed"
    follow(page.locator(".fact-ask.is-missed").first)
    yield "fact-open"
    answer(page, server, right=True)
    yield "fact-right"
    follow(page.locator("[data-next]"))
    yield "reading-mended"
    page.goto(result)
    follow(page.get_by_role("button", name="Tell them apart").first)
    yield "contrast"
    answer(page, server, right=False)
    yield "contrast-wrong"
    page.goto(result)
    follow(page.get_by_role("button", name="Retry only the missed"))
    answer(page, server, right=True)
    page.goto(f"{quiz_of(page)}/finish")
    yield "finish"
    follow(page.get_by_role("button", name="Finish now"))
    page.goto(f"{server.url}/history")
    yield "history"
    page.goto(f"{server.url}/about")
    yield "about"
    page.goto(f"{server.url}/nowhere")
    yield "not-found"


def states_of_reading(page: Page, server: LiveServer) -> Iterator[str]:
    """Read the article in every marking, with a pretest before it."""
    follow(page.get_by_role("link", name="Read it, fact by fact"))
    yield "reading"
    follow(page.get_by_role("link", name="Nothing"))
    yield "reading-plain"
    follow(page.get_by_role("link", name="Ask me"))
    yield "reading-ask"
    follow(page.get_by_role("button", name="Try five first"))
    yield "pretest"
    for position in range(1, 6):
        answer(page, server, right=position % 2 == 0)
        if position == 1:
            yield "pretest-wrong"
        follow(page.locator("[data-next]"))
    yield "reading-after-pretest"


def _states_of_questions(page: Page, server: LiveServer) -> Iterator[str]:
    """Look at an import that is refused, at one with a row of each kind, and at what a file does not carry."""
    page.goto(f"{server.url}/import?bank={server.bank.name}")
    yield "import"
    follow(page.get_by_role("button", name="Look before importing"))
    yield "import-mistake"
    page.locator("[name=file]").set_input_files(MOODLE)
    follow(page.get_by_role("button", name="Look before importing"))
    yield "import-plan"
    page.goto(f"{server.url}/banks/{server.bank.name}/export")
    yield "export"
    follow(page.get_by_role("link", name="GIFT"))
    yield "export-losses"


def states_of_sharing(page: Page, server: LiveServer) -> Iterator[str]:
    """Become the instructor by a link, import a deck, and say who can see it."""
    become_instructor(page, server, "a-link-for-sharing")
    page.goto(f"{server.url}/import")
    page.locator("[name=text]").fill("Which bank of the river?,the left one\nWhich month?,May\n")
    page.locator("[name=title]").fill("Rivers")
    follow(page.get_by_role("button", name="Look before importing"))
    yield "deck-plan"
    yield from _states_of_questions(page, server)
    page.goto(f"{server.url}/import")
    page.locator("[name=text]").fill("Which bank of the river?,the left one\nWhich month?,May\n")
    page.locator("[name=title]").fill("Rivers")
    follow(page.get_by_role("button", name="Look before importing"))
    follow(page.get_by_role("button", name="Import them"))
    yield "bank-draft"
    follow(page.get_by_role("link", name="Who can see it"))
    yield "access-without-class"
    page.get_by_label("The classes I choose").check()
    follow(page.get_by_role("button", name="Save"))
    yield "access-mistake"
    with server.runtime.writing() as session:
        instructor = session.scalars(select(PersonRow.id).where(PersonRow.role == Role.ADMIN)).one()
        for name in ("Class 7b", "Evening course"):
            add_class(session, name, Actor(instructor, Role.ADMIN))
    page.goto(f"{server.url}/banks/rivers/access")
    page.get_by_label("The classes I choose").check()
    page.get_by_label("Class 7b").check()
    yield "access"
    follow(page.get_by_role("button", name="Save"))
    yield "bank-shared"
    page.goto(f"{server.url}/banks/{server.bank.name}/access")
    yield "access-of-a-file"
    page.goto(server.url)
    yield "home-with-shared"


def states_of_each_type(page: Page, server: LiveServer) -> Iterator[str]:
    """Show a question of each type open, answered wrongly, partly and rightly, and with a slip of the pen."""
    wrong, partly, right = (start_all(page, server) for _ in range(3))
    for kind in sorted(wrong):
        shown(page, wrong[kind][0])
        yield f"{kind}-open"
        send(page, response_to(wrong[kind][0], right=False))
        yield f"{kind}-wrong"
        part = next(((asked, form) for asked in partly[kind] if (form := partial_response_to(asked))), None)
        if part:
            shown(page, part[0])
            send(page, part[1])
            yield f"{kind}-partly"
        slip = next(((asked, form) for asked in right[kind] if (form := slip_in(asked))), None)
        if slip:
            shown(page, slip[0])
            send(page, slip[1])
            yield f"{kind}-slip"
        shown(page, right[kind][-1])
        send(page, response_to(right[kind][-1]))
        yield f"{kind}-right"


def start_all(page: Page, server: LiveServer) -> dict[str, list[AskedQuestion]]:
    """Start a quiz with all questions of the bank; return them by type."""
    page.goto(f"{server.url}/banks/{server.bank.name}")
    page.locator(".choose-item", has_text="All").click()
    follow(page.get_by_role("button", name="Start"))
    asked: dict[str, list[AskedQuestion]] = {}
    for one in server.questions(int(quiz_of(page).rsplit("/", 1)[1])):
        asked.setdefault(one.snapshot.question.type, []).append(one)
    return asked


def shown(page: Page, asked: AskedQuestion) -> None:
    """Open a question."""
    page.goto(f"{quiz_of(page).rsplit('/', 1)[0]}/{asked.attempt_id}/{asked.position}")


def slip_in(asked: AskedQuestion) -> Form | None:
    """Return the right answer with a letter too many; None where that is no slip of the pen."""
    if asked.snapshot.question.type not in ("short_answer", "cloze"):
        return None
    form = {name: f"{text}x" for name, text in response_to(asked).items()}
    return form if isinstance(asked.read(form), NotGradable) else None


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
    walks = (
        ("", article(), states),
        ("", article(), states_of_writing),
        ("", article(), states_of_sharing),
        ("", article(), states_of_highlighting),
        ("", article(), states_of_study),
        ("", article(), states_of_reviewing),
        ("", article(), states_of_managing),
        ("account-", article(), states_of_accounts),
        ("own-bank-", article(), lambda page, server: states_of_banks(page, server, folder)),
        ("every-type-", every_type_bank(), states_of_each_type),
    )
    for (prefix, bank, walk), width, theme in product(walks, WIDTHS, THEMES):
        with TemporaryDirectory() as instance, serve(Path(instance), bank) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            with opened(browser, width, theme) as page:
                for state in walk(page, server):
                    page.screenshot(path=folder / f"{prefix}{state}-{width}-{theme}.png", full_page=True)


def take_for_readme(folder: Path) -> None:
    """Take the README's pictures: small, in the light theme."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"home": "home", "single_choice-wrong": "feedback"}
    with TemporaryDirectory() as instance, serve(Path(instance), article()) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        with opened(browser, "1280", "light") as page:
            for state in chain(states(page, server), states_of_each_type(page, server)):
                if state in wanted:
                    page.screenshot(path=folder / f"{wanted[state]}.png")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take_all(Path(sys.argv[1]))
    else:
        take_for_readme(README_PICTURES)
