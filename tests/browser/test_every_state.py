"""Every state of every page, in both themes and at the narrowest and a wide width: axe, reflow, targets, requests."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.browser.account_states import states_of_accounts
from tests.browser.bank_states import states_of_banks
from tests.browser.clicks import follow
from tests.browser.highlight_states import states_of_highlighting
from tests.browser.manage_states import states_of_managing
from tests.browser.review_states import states_of_reviewing
from tests.browser.screenshots import states, states_of_each_type, states_of_sharing
from tests.browser.study_states import states_of_study
from tests.browser.writing_states import states_of_writing

TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary, label.option")]
  .filter(one => one.type !== "hidden")
  .filter(one => one.checkVisibility() && !one.closest("p:not([class]), .skip, dialog:not([open])"))
  .filter(one => !one.matches(".skip, .option input, .choose-item input, .tick input"))
  .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 24)
  .map(([html, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`)"""
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTRAST_ALONE = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
WIDE = {"width": 1280, "height": 800}
STYLE_TAG = "() => document.querySelectorAll('style, [style]').length"


# A look is a width and a theme. What a page shows in the others takes minutes to see and is run with -m long.
LOOKS = [(320, "light"), (1280, "dark"), (320, "dark"), (1280, "light")]


def looks(number: int) -> pytest.MarkDecorator:
    """Run a test in the first few looks, and in all of them with -m long."""
    rest = [pytest.param(*look, marks=pytest.mark.long) for look in LOOKS[number:]]
    return pytest.mark.parametrize(("width", "theme"), [*LOOKS[:number], *rest])


EVERY_TYPE = {f"{kind}-{state}" for kind in QUESTION_TYPES for state in ("open", "wrong", "right")}
PARTLY = {f"{kind}-partly" for kind in ("multiple_choice", "cloze", "matching", "ordering")}
SLIPS = {"short_answer-slip", "cloze-slip"}


@looks(1)
def test_each_state_is_accessible_and_fits(open_page, server, width, theme):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, looked_at_both_ways(page, states(page, server), theme))
    assert len(seen) == len(set(seen)) >= 18


@looks(1)
def test_each_state_of_each_question_type_is_accessible_and_fits(open_page, every_type_server, width, theme):
    page = open_page(every_type_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, states_of_each_type(page, every_type_server))
    assert set(seen) == EVERY_TYPE | PARTLY | SLIPS


@looks(2)
def test_each_state_of_highlighting_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    assert len(checked_states(page, states_of_highlighting(page, empty_server))) == 9


@looks(1)
def test_each_state_of_writing_a_question_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, states_of_writing(page, empty_server))
    assert {f"own-new-{kind}" for kind in QUESTION_TYPES} < set(seen) and len(seen) == len(set(seen)) >= 27


@looks(1)
def test_each_state_of_sharing_a_bank_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    assert len(checked_states(page, states_of_sharing(page, empty_server))) == 13


@looks(1)
def test_each_state_of_studying_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, states_of_study(page, empty_server))
    assert len(seen) == len(set(seen)) >= 21


@looks(1)
def test_each_state_of_managing_questions_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    assert len(checked_states(page, states_of_managing(page, empty_server))) == 10


@looks(1)
def test_each_state_of_a_bank_of_ones_own_is_accessible_and_fits(open_page, empty_server, tmp_path, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, states_of_banks(page, empty_server, tmp_path))
    assert len(seen) == len(set(seen)) == 18


@looks(1)
def test_each_state_of_an_account_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, states_of_accounts(page, empty_server))
    assert len(seen) == len(set(seen)) >= 13


@looks(1)
def test_each_state_of_reviewing_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    assert len(checked_states(page, states_of_reviewing(page, empty_server))) == 15


def looked_at_both_ways(page: Page, walk: Iterator[str], theme: str) -> Iterator[str]:
    """Hold every state to what a theme and a width can change, in the other theme and on a wide screen."""
    narrow = page.viewport_size
    for state in walk:
        page.emulate_media(color_scheme="light" if theme == "dark" else "dark")
        found = Axe().run(page, options=CONTRAST_ALONE)
        assert found.violations_count == 0, f"{state} in the other theme: {found.generate_report()}"
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(WIDE)
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0, f"{state} scrolls sideways when it is wide"
        assert page.evaluate(TOO_SMALL) == [], f"{state} when it is wide"
        page.set_viewport_size(narrow)
        yield state


def checked_states(page: Page, walk: Iterator[str]) -> list[str]:
    """Hold every state to the rules; return the names of all."""
    seen = []
    for state in walk:
        seen.append(state)
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0, f"{state} scrolls sideways"
        assert page.evaluate(TOO_SMALL) == [], state
        assert page.evaluate(STYLE_TAG) == 0, state
        found = Axe().run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.title() and page.locator("meta[name=description]").get_attribute("content")
        assert page.locator("h1").count() == 1, state
    assert page.complaints == []
    return seen


def test_answers_and_the_main_button_are_in_reach_of_a_thumb(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto("/")
    follow(page.get_by_role("button", name="Start ten questions"))
    while page.locator(".option input[type=radio]").count() < 3:
        follow(page.get_by_role("link", name="Skip for now"))
    box = page.get_by_role("button", name="Check answer").bounding_box()
    assert box["y"] > 0.4 * 844 and box["y"] + box["height"] < 844
