"""Deciding about drafts without a pointer, and reporting a problem in two activations."""

import re

from playwright.sync_api import expect
from sqlalchemy import func, select

from quizapp.database.bank_tables import QuestionRow
from quizapp.database.studio_tables import DraftRow, DraftState
from quizapp.domain.roles import Role
from tests.browser.class_states import sign_in
from tests.browser.clicks import answer, follow
from tests.browser.keyboard import Keyboard
from tests.browser.review_states import hand_in
from tests.people import add_person

TWENTY = 20


def count(server, table, *where):
    with server.runtime.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


def press(page, key):
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_twenty_drafts_are_decided_without_a_pointer_and_a_decision_is_taken_back(open_page, empty_server):
    server = empty_server
    page = open_page(server, viewport={"width": 1280, "height": 800})
    with server.runtime.writing() as session:
        author, reviewer = (add_person(session, Role.INSTRUCTOR, name, server.clock()) for name in ("Ada", "Rea"))
    hand_in(server, author, TWENTY)
    sign_in(page, server, reviewer)
    page.goto("/studio/review")
    expect(page).to_have_title(f"Draft 1 of {TWENTY} – quizapp")
    expect(page.locator("[data-start]")).to_be_focused()
    page.mouse.move(0, 0)
    keyboard = Keyboard(page)
    before = count(server, QuestionRow)
    rejected, waiting = 0, DraftRow.state == DraftState.WAITING
    for number in range(TWENTY):
        left = TWENTY - number
        expect(page).to_have_title(re.compile(rf"Draft \d+ of {left} – quizapp"))
        if number % 5 == 1:
            keyboard.press("r")
            expect(page.get_by_label("Why is it rejected?")).to_be_focused()
            page.keyboard.type("Nobody asks about a boat")
            press(page, "Enter")
            rejected += 1
        else:
            advice = page.locator("[data-reason]").count()
            page.keyboard.press("a") if advice else press(page, "a")
            if advice:
                expect(page.locator("[data-reason]").first).to_be_focused()
                page.keyboard.type("It is meant so")
                press(page, "Enter")
        expect(page.get_by_role("status")).to_contain_text("Approved" if number % 5 != 1 else "Rejected")
        if number == 3:
            decided = page.locator(".told").inner_text()
            press(page, "z")
            expect(page.get_by_role("status")).to_contain_text("Undone")
            expect(page).to_have_title(re.compile(rf"Draft \d+ of {left} – quizapp"))
            assert decided.split("“")[1].split("”")[0] == page.locator("h1").inner_text()
            press(page, "a")
        if number == 6:
            shown = page.locator("h1").inner_text()
            press(page, "n")
            assert page.locator("h1").inner_text() != shown
    expect(page.locator("h1")).to_have_text("No draft waits for you")
    assert count(server, DraftRow, waiting) == 0
    assert count(server, QuestionRow, QuestionRow.retired_at.is_(None)) == before + TWENTY - rejected
    assert page.complaints == []


def test_keys_do_nothing_while_somebody_types_or_has_switched_them_off(open_page, empty_server):
    server = empty_server
    page = open_page(server, viewport={"width": 1280, "height": 800})
    with server.runtime.writing() as session:
        author = add_person(session, Role.INSTRUCTOR, "Ada", server.clock())
    hand_in(server, author, 2)
    sign_in(page, server, author)
    page.goto("/studio/review")
    page.keyboard.press("r")
    page.keyboard.type("an")
    expect(page.get_by_label("Why is it rejected?")).to_have_value("an")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name=re.compile("single-key")).uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    page.keyboard.press("n")
    expect(page).to_have_title("Draft 1 of 2 – quizapp")
    assert count(server, DraftRow, DraftRow.state == DraftState.WAITING) == 2


def test_a_problem_is_reported_in_two_activations_also_without_javascript(open_page, server):
    for options in ({}, {"java_script_enabled": False}):
        page = open_page(server, viewport={"width": 390, "height": 844}, **options)
        page.goto("/")
        follow(page.get_by_role("button", name="Start ten questions"))
        answer(page, server, right=False)
        address = page.url.partition("#")[0]
        page.get_by_text("Report a problem with this question").click()
        follow(page.get_by_role("button", name="Send the report"))
        assert page.url.partition("#")[0] == address
        expect(page.get_by_role("status")).to_contain_text("Thank you")
        expect(page.locator(".verdict")).to_be_visible()
        expect(page.locator("#report")).to_contain_text("Nobody has settled it yet")
