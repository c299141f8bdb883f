"""The pages of classes, state by state, held to the rules of every other page."""

from tests.browser.class_states import states_of_classes
from tests.browser.test_every_state import checked_states, looks


@looks(1)
def test_each_state_of_classes_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    seen = checked_states(page, states_of_classes(page, empty_server))
    assert len(seen) == len(set(seen)) >= 17


def test_a_page_to_hand_out_prints_slips_and_nothing_else(open_page, empty_server):
    page = open_page(empty_server)
    for state in states_of_classes(page, empty_server):
        if state == "handout":
            break
    page.emulate_media(media="print")
    assert page.locator(".slip").count() == 3
    assert not any(page.locator(hidden).is_visible() for hidden in ("header", "footer", "h1"))
