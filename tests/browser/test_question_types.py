"""Each question type by keyboard alone, without JavaScript, and as a screen reader meets it."""

import re

import pytest
from playwright.sync_api import Page, expect

from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.browser.clicks import follow, send
from tests.browser.keyboard import Keyboard
from tests.browser.live_server import LiveServer
from tests.browser.screenshots import shown, slip_in, start_all
from tests.players import response_to

every_type = pytest.mark.parametrize("kind", QUESTION_TYPES)
typed = pytest.mark.parametrize("kind", ["short_answer", "cloze"])


@pytest.fixture
def page(open_page, every_type_server: LiveServer) -> Page:
    return open_page(every_type_server, viewport={"width": 1280, "height": 800})


@every_type
def test_it_is_answered_by_keys_alone(page, every_type_server, kind):
    asked = start_all(page, every_type_server)[kind][-1]
    shown(page, asked)
    Keyboard(page).answer(asked)
    expect(page.locator(".verdict")).to_be_focused()
    expect(page.locator(".verdict")).to_have_text("Right")
    assert page.complaints == []


@every_type
def test_it_is_answered_without_javascript(open_page, every_type_server, kind):
    page = open_page(every_type_server, java_script_enabled=False, viewport={"width": 390, "height": 844})
    asked = start_all(page, every_type_server)[kind]
    shown(page, asked[0])
    follow(page.get_by_role("button", name="Check answer"))
    expect(page.get_by_role("alert")).to_contain_text("Answer first, or skip")
    send(page, response_to(asked[0]))
    expect(page.locator(".verdict")).to_have_text("Right")


@typed
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_slip_is_announced_where_it_was_typed_and_can_be_mended(open_page, every_type_server, kind, scripts):
    page = open_page(every_type_server, java_script_enabled=scripts)
    asked = start_all(page, every_type_server)[kind][-1]
    shown(page, asked)
    form = slip_in(asked)
    send(page, form)
    expect(page.get_by_role("alert")).to_contain_text("Almost. Check the spelling")
    field = page.locator("input[name^=response]").first
    expect(field).to_have_value(next(iter(form.values())))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Almost. Check the spelling"))
    if scripts:
        expect(field).to_be_focused()
    send(page, response_to(asked))
    expect(page.locator(".verdict")).to_have_text("Right")


@typed
def test_a_slip_sent_again_is_graded(page, every_type_server, kind):
    asked = start_all(page, every_type_server)[kind][0]
    shown(page, asked)
    send(page, slip_in(asked))
    follow(page.get_by_role("button", name="Check answer"))
    expect(page.locator(".verdict")).to_have_text("Not this one")
    expect(page.locator(".option.is-wrong")).to_contain_text(next(iter(slip_in(asked).values())))


def test_number_keys_tick_and_take_the_tick_away(page, every_type_server):
    shown(page, start_all(page, every_type_server)["multiple_choice"][0])
    ticked = page.locator(".option input:checked")
    for keys, count in (("1", 1), ("3", 2), ("1", 1), ("9", 1), ("3", 0)):
        page.keyboard.press(keys)
        expect(ticked).to_have_count(count)
    page.keyboard.press("2")
    expect(page.locator("input[name=response-2]")).to_be_focused()
    page.keyboard.press("Space")
    expect(ticked).to_have_count(0)


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_each_select_is_named_after_its_row(page, every_type_server, kind):
    asked = start_all(page, every_type_server)[kind][0]
    shown(page, asked)
    rows = asked.presented().rows if kind == "matching" else asked.presented()
    for row in rows:
        expect(page.get_by_role("combobox", name=row.text, exact=True)).to_have_value("")
    expect(page.get_by_role("combobox")).to_have_count(len(rows))
    expect(page.get_by_role("group")).to_have_accessible_name(asked.snapshot.question.stem)
    expect(page.get_by_role("group")).to_have_accessible_description(QUESTION_TYPES[kind].instruction)


def test_a_gap_is_named_after_the_sentence_around_it(page, every_type_server):
    asked = start_all(page, every_type_server)["cloze"]
    for one in asked:
        shown(page, one)
        parts = one.presented()
        for number in range(1, len(parts)):
            name = f"Gap {number}: " if len(parts) > 2 else "Gap: "
            expect(page.locator(f"[name=response-{number}]")).to_have_accessible_name(name + " … ".join(parts).strip())


def test_a_choice_by_keys_does_not_reach_into_a_field(page, every_type_server):
    shown(page, start_all(page, every_type_server)["short_answer"][0])
    page.keyboard.type("1?2")
    expect(page.get_by_label("Your answer")).to_have_value("1?2")
    expect(page.get_by_role("dialog")).to_have_count(0)
