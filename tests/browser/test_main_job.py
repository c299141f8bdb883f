"""What people come for: take a quiz on the article, by keyboard, and find it in the history."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import answer, follow, quiz_of
from tests.browser.keyboard import Keyboard


def start_ten(page: Page) -> None:
    page.goto("/")
    follow(page.get_by_role("button", name=re.compile("Start ten")))


def choice_question(page: Page) -> None:
    """Skip to a question that is answered by choosing one."""
    while not page.locator(".option input[type=radio]").count():
        follow(page.get_by_role("link", name="Skip for now"))


def test_a_ten_question_quiz_by_keyboard_alone_with_at_most_32_presses(page, server):
    page.goto("/")
    page.get_by_role("button", name=re.compile("Start ten questions")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/quizzes/*/1")
    questions = server.questions(int(quiz_of(page).rsplit("/", 1)[1]))
    keyboard = Keyboard(page)
    for number, asked in enumerate(questions):
        expect(page).to_have_title(f"Question {number + 1} of 10 – quizapp")
        keyboard.answer(asked, right=number % 3 > 0)
        expect(page.locator(".verdict")).to_be_focused()
        expect(page.locator(".count b")).to_have_text(str(number + 1))
        expect(page.locator(".verdict")).to_have_text("Right" if number % 3 else "Not this one")
        keyboard.press("Enter")
    expect(page.locator(".score-figure")).to_have_text("6 of 10 right")
    ticks = sum(
        len(one.snapshot.question.body.keys) for one in questions if one.snapshot.question.type == "multiple_choice"
    )
    assert keyboard.presses <= 32 + ticks
    follow(page.get_by_role("link", name="Your history"))
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("60 % of 10")
    assert page.complaints == []


def test_a_wrong_choice_says_so_by_icon_word_and_border(page, server):
    start_ten(page)
    choice_question(page)
    position = int(page.url.rsplit("/", 1)[1])
    answer(page, server, right=False)
    assert page.url.endswith(f"/{position}#feedback")
    wrong, right = page.locator(".option.is-wrong"), page.locator(".option.is-right")
    expect(wrong).to_contain_text("Your answer, not this one")
    expect(right).to_contain_text("Right answer")
    assert wrong.evaluate("one => getComputedStyle(one).borderTopStyle") == "dashed"
    assert right.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    assert wrong.locator("svg").count() == right.locator("svg").count() == 1
    expect(page.get_by_role("complementary", name="Source")).to_contain_text("in our words")


def test_a_double_click_is_one_answer_and_reload_and_back_show_the_same_page(page):
    start_ten(page)
    choice_question(page)
    page.keyboard.press("1")
    page.get_by_role("button", name="Check answer").dblclick()
    expect(page.locator(".verdict")).to_be_visible()
    shown = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == shown
    follow(page.locator("[data-next]"))
    page.go_back()
    assert page.locator("main").inner_text() == shown
    assert page.complaints == []


def test_the_keys_are_listed_and_can_be_switched_off(page):
    start_ten(page)
    choice_question(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("single-key")).uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("1")
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox", name=re.compile("single-key")).check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("1")
    expect(page.locator("input[name=response]:checked")).to_have_count(1)


def test_the_whole_quiz_works_without_javascript(open_page, server):
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/")
    follow(page.get_by_role("link", name="Look inside first"))
    page.locator(".choose-item", has_text="5").click()
    follow(page.get_by_role("button", name="Start"))
    follow(page.get_by_role("button", name="Check answer"))
    expect(page.get_by_role("alert")).to_contain_text("Answer first, or skip")
    for number in range(5):
        expect(page).to_have_title(f"Question {number + 1} of 5 – quizapp" if number else re.compile("question 1 of 5"))
        answer(page, server, right=number % 2 == 0)
        expect(page.locator(".verdict")).to_be_visible()
        follow(page.locator("[data-next]"))
    expect(page.locator(".score-figure")).to_have_text("3 of 5 right")
    follow(page.get_by_role("link", name="Your history"))
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_number_is_typed_and_one_that_cannot_be_read_is_asked_for_again(page):
    page.goto("/banks/karabakh-talks")
    page.locator(".choose-item", has_text="All").click()
    follow(page.get_by_role("button", name="Start"))
    for _ in range(400):
        if page.locator(".number-line").count():
            break
        follow(page.get_by_role("link", name="Skip for now"))
    expect(page.get_by_label("Your number")).to_be_focused()
    page.keyboard.type("10.000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("can be read in two ways")
    expect(page.get_by_label("Your number")).to_have_value("10.000")
    page.get_by_label("Your number").fill("seven hundred")
    page.keyboard.press("Enter")
    expect(page.locator(".option.is-wrong")).to_contain_text("700")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_switch_overrides_the_system(open_page, scheme):
    page = open_page(color_scheme=scheme)
    page.goto("/about")
    paper = "body => getComputedStyle(body).backgroundColor"
    by_system = page.locator("body").evaluate(paper)
    follow(page.get_by_role("button", name="Theme"))
    light = page.locator("body").evaluate(paper)
    follow(page.get_by_role("button", name="Theme"))
    dark = page.locator("body").evaluate(paper)
    assert light != dark
    assert by_system == (light if scheme == "light" else dark)


def test_a_key_held_down_does_not_run_past_the_feedback(page):
    start_ten(page)
    while not page.locator(".option input[type=radio]").count():
        follow(page.get_by_role("link", name="Skip for now"))
    page.keyboard.press("1")
    with page.expect_navigation():
        page.keyboard.down("Enter")
    expect(page.locator(".verdict")).to_be_focused()
    answered = page.url
    for _ in range(3):
        page.keyboard.down("Enter")  # the browser repeats a key that is held
    page.wait_for_timeout(300)
    assert page.url == answered
    page.keyboard.up("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != answered
