"""Studying in a real browser: by keyboard alone, by touch, without JavaScript, and back again."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.memory.study_days import day_number
from tests.browser.clicks import answer, follow
from tests.browser.keyboard import Keyboard
from tests.browser.study_states import PAUSE_MS, actor_of, flip, grade, take, turn_of

CARDS = "/study/cards/karabakh-talks"


def reviews(server, page):
    with server.runtime.reading() as session:
        own = select(func.count()).select_from(ReviewRow).where(ReviewRow.person_id == actor_of(page, server).id)
        return session.scalar(own)


def reviews_or_none(server, page):
    return reviews(server, page) if actor_of(page, server) else 0


def state(page):
    return page.locator("[data-study]").get_attribute("data-study")


def press(page, key):
    """Press a key once the pause after the last card is over, as a person does."""
    page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press(key)


def card_by_keys(page, grade_key):
    press(page, "Space")
    page.locator("[data-study=back]").wait_for()
    before = page.title()
    press(page, grade_key)
    page.wait_for_function("before => document.title !== before", arg=before)


def test_from_a_link_the_first_card_is_graded_in_two_activations(open_page, server):
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(CARDS)
    page.locator("[data-flip]").click()
    page.locator(".grade").nth(1).click()
    page.get_by_text("Recalled: back in 2 days.").wait_for()
    assert reviews(server, page) == 1
    assert page.complaints == []


def test_a_session_of_twenty_cards_by_keyboard_alone(page, server):
    page.goto(CARDS)
    turns = 0
    while reviews_or_none(server, page) < 20:
        if state(page) == "finished":
            page.get_by_role("button", name="A few more facts").focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
        elif state(page) == "front":  # what is not recalled comes back within the session
            card_by_keys(page, "2" if turns % 4 else "1")
        else:
            answer_by_keys(page, server)
        turns += 1
    assert page.complaints == []


def answer_by_keys(page, server):
    """Answer the question shown, and go on."""
    found = turn_of(page, server)
    with page.expect_navigation():
        Keyboard(page).answer(found)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_session_by_touch_on_a_phone(open_page, server):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(CARDS)
    for _ in range(20):
        if state(page) == "finished":
            page.get_by_role("button", name="A few more facts").tap()
            page.locator("[data-flip]").wait_for()
        page.wait_for_timeout(PAUSE_MS)
        page.locator("[data-flip]").tap()
        page.locator("[data-study=back]").wait_for()
        box = page.locator(".grade").first.bounding_box()
        assert box["height"] >= 48
        assert box["y"] + box["height"] <= 844  # in reach of a thumb without scrolling
        stamp = page.locator(".grades [name=stamp]").get_attribute("value")
        page.locator(".grade").nth(1).tap()
        following = str(int(stamp) + 1)
        page.wait_for_function("next => document.querySelector('.undo [name=stamp]')?.value === next", arg=following)
    assert reviews(server, page) == 20
    assert page.complaints == []


def test_flip_moves_the_focus_to_the_answer(page):
    page.goto(CARDS)
    flip(page)
    assert page.evaluate("document.activeElement.id") == "answer"
    assert page.title().startswith("Answer: card 1")


def test_a_held_key_grades_once(page, server):
    page.goto(CARDS)
    flip(page)
    page.wait_for_timeout(300)
    page.keyboard.down("2")
    for _ in range(5):
        page.keyboard.down("2")  # what a key that is held sends
    page.keyboard.up("2")
    page.locator("[data-study=front]").wait_for()
    page.wait_for_timeout(300)
    assert reviews(server, page) == 1


@pytest.mark.parametrize("key", ["z", "Control+z"])
def test_undo_by_keys_also_after_a_reload_and_in_another_tab(page, server, key):
    page.goto(CARDS)
    first = page.locator(".card h1").inner_text()
    for _ in range(3):
        flip(page)
        grade(page, 2)
    page.keyboard.press(key)
    expect(page).to_have_title(re.compile("^Card 3 "))
    page.reload()
    page.keyboard.press(key)
    expect(page).to_have_title(re.compile("^Card 2 "))
    other = page.context.new_page()
    other.goto(CARDS)
    other.locator("[data-undo] button").click()
    expect(other).to_have_title(re.compile("^Card 1 "))
    assert other.locator(".card h1").inner_text() == first
    assert reviews(server, page) == 0


def test_keys_can_be_listed_and_turned_off(page, server):
    page.goto(CARDS)
    page.keyboard.press("?")
    page.get_by_text("Use single-key shortcuts").click()
    page.get_by_role("button", name="Close").click()
    press(page, "Space")
    assert state(page) == "front"
    flip(page)
    press(page, "2")
    assert state(page) == "back"


def test_without_javascript_cards_are_turned_graded_and_taken_back(open_page, server):
    page = open_page(java_script_enabled=False)
    page.goto(CARDS)
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Knew it").click()
    page.get_by_text("Recalled: back in 2 days.").wait_for()
    page.get_by_role("button", name="Undo").click()
    assert page.title().startswith("Card 1 ")
    assert reviews(server, page) == 0


def test_without_javascript_a_question_is_answered_and_leads_on(open_page, empty_server):
    page = open_page(empty_server, java_script_enabled=False)
    page.goto(CARDS)
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Knew it").click()
    empty_server.clock.advance(days=3)
    page.goto(CARDS)
    take(page, empty_server, right=True)
    page.get_by_role("link", name="Go on").click()
    assert state(page) in ("front", "question")


def test_a_fact_missed_in_a_quiz_comes_first_in_study_in_another_form(open_page, empty_server):
    page = open_page(empty_server)
    page.goto("/")
    follow(page.get_by_role("button", name="Start ten questions"))
    asked = empty_server.questions(int(page.url.split("/")[-2]))
    while asked[int(page.url.split("/")[-1]) - 1].snapshot.other_facts:
        follow(page.get_by_role("link", name="Skip for now"))
    missed = asked[int(page.url.split("/")[-1]) - 1]
    answer(page, empty_server, right=False)
    page.goto(CARDS)
    found = turn_of(page, empty_server)
    assert found.fact.id == missed.snapshot.question.fact
    assert found.revision_id != missed.revision_id


def test_a_lost_connection_is_told_and_loses_no_card(page, server):
    page.goto(CARDS)
    flip(page)
    page.context.set_offline(True)
    page.locator(".grade").nth(1).click()
    page.get_by_role("alert").get_by_text("Not saved yet").wait_for()
    page.context.set_offline(False)
    page.locator(".grade").nth(1).click()
    page.get_by_text("Recalled: back in 2 days.").wait_for()
    assert reviews(server, page) == 1


def test_the_browsers_zone_decides_the_study_day(open_page, empty_server):
    page = open_page(empty_server, timezone_id="Pacific/Kiritimati")
    page.goto(CARDS)
    flip(page)
    grade(page, 2)
    with empty_server.runtime.reading() as session:
        card = session.scalars(select(CardRow)).one()
        row = session.scalars(select(ReviewRow)).one()
    assert row.offset_minutes == 14 * 60
    tomorrow_in_london = day_number(empty_server.clock().date()) + 1  # noon there is two at night on the atoll
    assert row.study_day == card.last_day == tomorrow_in_london - 1  # which belongs to the day before
