"""The whole way of two people: an instructor sets a class up, a newcomer joins it, takes its quiz and signs out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import answer, follow
from tests.browser.live_server import LiveServer
from tests.browser.signing import PASSWORD, become_instructor, sign_up

DECK = "front,back\n" + "\n".join(f"What is the capital of land {number}?,Town {number}" for number in range(1, 7))
PHONE = {"width": 390, "height": 844}
# The tests of tests/web go the same ways without scripts.
with_and_without_scripts = pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.long)], ids=["scripts", "no scripts"]
)


def set_up_a_class(page: Page, server: LiveServer) -> str:
    """Become the instructor, make a class, import a deck and share it with the class; return the link to join by.

    Only what the pages offer is clicked: nobody has read a manual.
    """
    become_instructor(page, server, "a-link-for-a-class")
    nav = page.get_by_role("navigation", name="Main")
    follow(nav.get_by_role("link", name="Classes"))
    page.get_by_label("Name of the class").fill("Geography 7b")
    page.get_by_label("Your name in it").fill("Ms Ines")
    follow(page.get_by_role("button", name="Make the class"))
    follow(page.get_by_role("button", name="Make a code").first)
    link = page.get_by_label("The link, to copy").input_value()
    follow(nav.get_by_role("link", name="Home"))
    follow(page.get_by_role("link", name="Look inside first"))
    follow(page.get_by_role("link", name="Import questions"))
    page.get_by_label("Or paste it").fill(DECK)
    page.get_by_label("Put the questions into").select_option("")
    page.get_by_label("Title of the new bank").fill("Capitals")
    follow(page.get_by_role("button", name="Look before importing"))
    follow(page.get_by_role("button", name="Import them"))
    expect(page.locator("main")).to_contain_text("Draft: only you")
    follow(page.get_by_role("link", name="Who can see it").first)
    page.get_by_label("The classes I choose").check()
    page.get_by_label("Geography 7b").check()
    follow(page.get_by_role("button", name="Save"))
    return link


@with_and_without_scripts
def test_a_newcomer_joins_a_class_by_its_link_takes_its_quiz_and_signs_out(open_page, empty_server, scripts):
    teacher = open_page(empty_server, java_script_enabled=scripts)
    link = set_up_a_class(teacher, empty_server)
    page = open_page(empty_server, java_script_enabled=scripts, viewport=PHONE)
    page.goto("/")
    expect(page.locator("main")).not_to_contain_text("Capitals")
    page.goto(link)
    follow(page.get_by_role("link", name="Make an account"))
    name = sign_up(page)
    page.get_by_label("Your name in this class").fill("Ada")
    follow(page.get_by_role("button", name="Join"))
    expect(page.locator("h1")).to_have_text("Geography 7b")
    expect(page.locator("main")).to_contain_text("Taught by Ms Ines")
    follow(page.get_by_role("link", name="Capitals"))
    page.locator(".choose-item").first.click()
    follow(page.get_by_role("button", name="Start", exact=True))
    for _ in range(5):
        answer(page, empty_server, right=True)
        follow(page.locator("[data-next]"))
    expect(page.locator("h1")).to_contain_text("5 of 5 right")
    result = page.url
    follow(page.get_by_role("link", name="Settings"))
    follow(page.get_by_role("button", name="Sign out of this browser"))
    page.goto(result)
    expect(page.locator("h1")).to_have_text("There is no such page")
    follow(page.get_by_role("link", name="Sign in"))
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    page.goto(result)
    expect(page.locator("h1")).to_contain_text("5 of 5 right")
    teacher.reload()
    follow(teacher.get_by_role("link", name="Classes"))
    follow(teacher.get_by_role("link", name="Geography 7b"))
    expect(teacher.locator("main")).to_contain_text("Ada")
    expect(teacher.locator("main")).to_contain_text("1 finished")
    assert page.complaints == [] and teacher.complaints == []


def test_the_whole_way_in_is_taken_by_keyboard(open_page, empty_server):
    page = open_page(empty_server)
    page.goto("/sign-up")
    name = page.get_by_label("Your sign-in name").input_value()
    page.get_by_label("Your sign-in name").focus()
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(name)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out of this browser").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)  # as pasting and password managers do
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/settings")
    expect(page.locator("h1")).to_have_text("Your account")


def test_a_password_manager_finds_what_it_looks_for(open_page, empty_server):
    page = open_page(empty_server)
    wanted = {"/sign-up": ["username", "new-password"], "/sign-in": ["username", "current-password"]}
    for path, expected in wanted.items():
        page.goto(path)
        found = page.locator("main form [autocomplete]").evaluate_all("all => all.map(one => one.autocomplete)")
        assert found[:2] == expected
