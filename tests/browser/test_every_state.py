"""Every state of every page, in both themes and at the narrowest and a wide width: axe, reflow, targets, requests."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.screenshots import states

TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary, label.option")]
  .filter(one => one.checkVisibility() && !one.closest("p:not([class]), .skip, dialog:not([open])"))
  .filter(one => !one.matches(".skip, .option input, .choose-item input, .tick input"))
  .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 24)
  .map(([html, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`)"""
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
STYLE_TAG = "() => document.querySelectorAll('style, [style]').length"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_each_state_is_accessible_and_fits(open_page, server, width, theme):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = []
    for state in states(page, server):
        seen.append(state)
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0, f"{state} scrolls sideways"
        assert page.evaluate(TOO_SMALL) == [], state
        assert page.evaluate(STYLE_TAG) == 0, state
        found = Axe().run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.title() and page.locator("meta[name=description]").get_attribute("content")
        assert page.locator("h1").count() == 1, state
    assert len(seen) == len(set(seen)) >= 18
    assert page.complaints == []


def test_answers_and_the_main_button_are_in_reach_of_a_thumb(open_page, server):
    page = open_page(viewport={"width": 390, "height": 844})
    for state in states(page, server):
        if state == "question":
            box = page.get_by_role("button", name="Check answer").bounding_box()
            assert box["y"] > 0.4 * 844 and box["y"] + box["height"] < 844
            return
