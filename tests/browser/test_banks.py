"""A bank is made by keyboard alone, with its text."""

from playwright.sync_api import expect
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow, SourceRow
from quizapp.domain.roles import Role
from tests.browser.bank_states import NAME, TEXT
from tests.browser.class_states import sign_in
from tests.people import add_person

FOCUSED = "() => document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"


def tab_to(page, label):
    """Press Tab until what has this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip() == label:
            return
    raise AssertionError(f"{label} is not reached by Tab")


def test_a_bank_with_its_text_is_made_by_keyboard_alone(open_page, empty_server):
    page, server = open_page(empty_server, viewport={"width": 390, "height": 844}), empty_server
    with server.runtime.writing() as session:
        ines = add_person(session, Role.INSTRUCTOR, "Ines", server.clock())
    sign_in(page, server, ines)
    page.goto(f"{server.url}/studio")
    tab_to(page, "Make a bank")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/studio/banks/new")
    tab_to(page, "Title of the bank")
    page.keyboard.type("The frozen bay")
    tab_to(page, "Where the facts come from")
    page.keyboard.type("The Bay Times")
    tab_to(page, "The text itself, to mark facts in")
    page.keyboard.press("Enter")
    tab_to(page, "The text itself")
    page.keyboard.insert_text(TEXT)
    tab_to(page, "About the bank: summary, topics, language, licence")
    page.keyboard.press("Enter")
    tab_to(page, "Topics")
    page.keyboard.insert_text("Ice\nBoats")
    tab_to(page, "Language of the bank")
    page.keyboard.press("Enter")  # the first button is the one that makes the bank
    expect(page.get_by_role("heading", level=1)).to_have_text("The frozen bay")
    with server.runtime.reading() as session:
        text = select(SourceRow.text).join(BankRow, BankRow.source_id == SourceRow.id).where(BankRow.name == NAME)
        assert session.scalar(text) == TEXT
    assert page.complaints == []
