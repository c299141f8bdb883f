"""Highlight to quiz in a browser: by keyboard alone, by touch on a phone, and without a script."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from quizapp.database.bank_tables import BankRow, QuestionRow
from quizapp.database.studio_tables import Decision, DraftDecisionRow
from quizapp.domain.roles import Role
from quizapp.services.studio import own_texts
from tests.browser.class_states import sign_in
from tests.browser.clicks import follow
from tests.domain.questions.drafting.corpus import TEXTS
from tests.people import add_person

LINE = "The stone bridge of Aldheim was opened in 1754."
WITHIN_A_SECOND = 1_000


@pytest.fixture
def bank(server):
    """A bank with a text of its instructor's own; its name, and who that is."""
    with server.runtime.writing() as session:
        actor = add_person(session, Role.INSTRUCTOR, "Tess", server.clock())
        nonce = f"{actor.id:016x}"
        text = TEXTS["history"].text + "\n\n𝄞 A paragraph behind a sign of two halves: the tower has 99 steps."
        return own_texts.make_bank_of_text(session, actor, "Class notes", text, nonce, server.clock()), actor


def stored(server, bank):
    with server.runtime.reading() as session:
        bank_id = session.scalar(select(BankRow.id).where(BankRow.name == bank))
        asked = select(func.count()).where(QuestionRow.bank_id == bank_id, QuestionRow.retired_at.is_(None))
        return session.scalar(asked)


def opened(page, server, bank):
    name, actor = bank
    page.goto(server.url)
    sign_in(page, server, actor)
    page.goto(f"{server.url}/studio/{name}/highlight")
    return page


def test_a_passage_becomes_questions_by_keyboard_alone(page, server, bank):
    opened(page, server, bank)
    keys = page.keyboard
    for _ in range(20):
        keys.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    for _ in range(7):
        keys.press("Shift+ArrowRight")
    keys.press("Enter")
    expect(page.locator("[data-passage]")).to_have_text("The stone bridge at Aldheim was opened in")
    assert page.evaluate("document.activeElement.name") == "line"
    keys.type(LINE)
    keys.press("ArrowLeft")
    for _ in range(4):
        keys.press("Shift+ArrowLeft")
    expect(page.get_by_label("Value asked for")).to_have_value("1754")
    expect(page.locator("[data-draft]")).to_have_count(4, timeout=2 * WITHIN_A_SECOND)
    for _ in range(20):
        keys.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-draft]')"):
            break
    keys.press("Enter")
    expect(page.locator("[data-draft]")).to_have_count(3)
    assert page.evaluate("document.activeElement.matches('[data-draft]')")
    keys.press("ArrowDown")
    keys.press("Delete")
    expect(page.locator("[data-draft]")).to_have_count(2)
    expect(page.locator("[data-status]")).to_contain_text("Dropped. It is not offered again.")
    keys.press("e")
    page.wait_for_url(re.compile("/questions/"))
    assert stored(server, bank[0]) == 1 and page.complaints == []


def test_a_passage_is_marked_by_touch_on_a_phone(open_page, server, bank):
    page = opened(open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True), server, bank)
    last = page.locator("[data-words]").last
    last.scroll_into_view_if_needed()
    box = last.evaluate(
        """one => { const range = document.createRange(); const at = one.firstChild.data.indexOf("wer has 99 st");
        range.setStart(one.firstChild, at); range.setEnd(one.firstChild, at + 13);
        getSelection().removeAllRanges(); getSelection().addRange(range); return at; }"""
    )  # as a long press and its handles do; the places must be counted in characters, not in halves of one
    assert box > 0
    expect(page.locator("[data-passage]")).to_have_text("tower has 99 steps")
    page.get_by_label("What it states, in one line").fill("The tower has 99 steps.")
    page.get_by_label("Value asked for").fill("99")
    drafts = page.locator("[data-draft]")
    expect(drafts.first).to_be_visible(timeout=2 * WITHIN_A_SECOND)
    drafts.first.get_by_role("button", name="Keep").tap()
    expect(page.locator("[data-done]")).to_contain_text("Kept.")
    follow(page.get_by_role("button", name="Undo"))
    expect(page.locator("mark[data-chosen]")).to_have_text("tower has 99 steps")
    assert stored(server, bank[0]) == 0 and page.complaints == []


def test_it_works_by_forms_without_a_script(open_page, server, bank):
    page = opened(open_page(java_script_enabled=False), server, bank)
    page.get_by_text("Mark it by its words").click()
    page.get_by_label("The words of the passage").fill("A flood carried it away in 1784")
    page.get_by_label("What it states, in one line").fill("A flood destroyed the bridge in 1784.")
    page.get_by_label("Value asked for").fill("1784")
    page.get_by_role("button", name="Draft questions").click()
    expect(page.locator("mark.is-chosen")).to_have_text("A flood carried it away in 1784")
    page.get_by_role("button", name="Keep").first.click()
    expect(page.locator("div.told")).to_contain_text("Kept. It is asked from now on.")
    page.get_by_role("button", name="Drop").first.click()
    expect(page.locator("[data-draft]")).to_have_count(2)
    with server.runtime.reading() as session:
        decided = session.scalars(select(DraftDecisionRow.decision).filter_by(person_id=bank[1].id)).all()
    assert decided == [Decision.APPROVED, Decision.DROPPED] and stored(server, bank[0]) == 1
