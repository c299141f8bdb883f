"""Reading the article, tapping what was missed, telling mixed-up facts apart, and a question of one's own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import answer, follow, quiz_of, send
from tests.browser.live_server import LiveServer
from tests.browser.signing import become_instructor
from tests.players import mixing_response_to

READING = "/reading/karabakh-talks"
LINE = "The article gives 15 tons as the weight of the aid that came at last."
# The tests of tests/web go the same ways without scripts.
with_and_without_scripts = pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.long)], ids=["scripts", "no scripts"]
)


def play_five(page: Page, server: LiveServer, wrong: int) -> None:
    """Take a quiz of five questions and miss the first `wrong` of them."""
    page.goto("/banks/karabakh-talks")
    page.locator(".choose-item", has_text="5").first.click()
    follow(page.get_by_role("button", name="Start"))
    for number in range(5):
        answer(page, server, right=number >= wrong)
        follow(page.locator("[data-next]"))


def mix_up(page: Page, server: LiveServer) -> None:
    """Answer the first question that can be mixed up so that it is."""
    page.goto("/banks/karabakh-talks")
    page.locator(".choose-item", has_text="20").click()
    follow(page.get_by_role("button", name="Start"))
    for asked in server.questions(int(quiz_of(page).rsplit("/", 1)[1])):
        form = mixing_response_to(asked)
        if form:
            page.goto(f"{quiz_of(page)}/{asked.position}")
            send(page, form)
            return
    raise AssertionError("nothing can be mixed up")


def test_who_says_what_is_seen_by_pattern_and_name_and_not_by_colour_alone(page):
    page.goto(READING)
    for voice, name in (("solid", "Mammadov"), ("hatched", "Armenia’s government"), ("outlet", "Daily Sabah")):
        expect(page.locator(f".passage.is-{voice} .passage-who", has_text=name).first).to_be_visible()
    bar = "one => { const bar = getComputedStyle(one, '::before'); return bar.backgroundImage + bar.backgroundColor }"
    bars = {
        page.locator(f".passage.is-{voice} .passage-facts").first.evaluate(bar)
        for voice in ("solid", "hatched", "both", "outlet")
    }
    assert len(bars) == 4
    expect(page.get_by_text("No Armenian reply in the article.").first).to_be_visible()


def test_print_keeps_voices_and_notes_and_leaves_the_controls_out(page):
    page.goto(READING)
    page.emulate_media(media="print")
    expect(page.locator(".reading-bar")).to_be_hidden()
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".passage-who", has_text="Pashinian").first).to_be_visible()
    expect(page.locator(".passage-note", has_text="Britannica").first).to_be_visible()
    bar = page.locator(".passage.is-solid .passage-facts").first
    assert bar.evaluate("one => getComputedStyle(one, '::before').printColorAdjust") == "exact"


@with_and_without_scripts
def test_a_missed_fact_is_tapped_answered_and_marked(open_page, server, scripts):
    page = open_page(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    play_five(page, server, wrong=2)
    follow(page.get_by_role("link", name="See it in the article"))
    missed = page.locator("label.fact.is-missed").first
    fact = missed.get_attribute("id")
    follow(missed)
    expect(page.locator(".folio")).to_contain_text("not counted")
    answer(page, server, right=True)
    follow(page.get_by_role("link", name="Back to the article").last)
    assert page.url.endswith(f"#{fact}")
    expect(page.locator(f"#{fact}")).to_have_class(re.compile("is-mended"))
    expect(page.locator(f"#{fact}")).to_be_in_viewport()
    follow(page.get_by_role("link", name="Back to the result"))
    expect(page.locator(".score-figure")).to_contain_text("of 5 right")


def test_facts_are_asked_by_keyboard(page, server):
    page.goto(f"{READING}?mark=asked")
    page.locator("#ask-war-count").focus()
    expect(page.locator("#ask-war-count")).to_have_text("Ask me")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    (asked,) = server.questions(int(quiz_of(page).rsplit("/", 1)[1]))
    assert asked.snapshot.question.fact == "war-count"


@with_and_without_scripts
def test_two_facts_are_told_apart_and_the_quiz_goes_on_where_it_was(open_page, server, scripts):
    page = open_page(java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
    mix_up(page, server)
    quiz = quiz_of(page)
    expect(page.get_by_role("table", name="Two facts, side by side")).to_be_visible()
    follow(page.get_by_role("button", name="Tell them apart"))
    for _ in range(2):
        answer(page, server, right=True)
        expect(page.locator(".verdict")).to_have_text("Right")
        follow(page.locator("[data-next]"))
    assert quiz_of(page) == quiz
    page.goto("/history")
    expect(page.get_by_role("heading", name="Mixed up most")).to_be_visible()


def test_s_leads_to_the_fact_in_the_article_and_only_after_the_answer(page, server):
    page.goto("/banks/karabakh-talks")
    follow(page.get_by_role("button", name="Start", exact=True))
    while not page.locator(".option input[type=radio]").count():
        follow(page.get_by_role("link", name="Skip for now"))
    open_question = page.url
    page.keyboard.press("s")
    page.wait_for_timeout(100)
    assert page.url == open_question
    answer(page, server, right=True)
    with page.expect_navigation():
        page.keyboard.press("s")
    target = page.locator(":target")
    expect(target).to_have_class(re.compile("fact"))
    expect(target).to_be_in_viewport()
    follow(page.get_by_role("link", name="Back to the quiz"))
    assert "/quizzes/" in page.url


@with_and_without_scripts
def test_a_pretest_leads_to_the_article_and_is_counted_nowhere(open_page, server, scripts):
    page = open_page(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page.goto(READING)
    follow(page.get_by_role("button", name="Try five first"))
    for number in range(5):
        answer(page, server, right=number < 2)
        follow(page.locator("[data-next]"))
    expect(page.locator("main")).to_contain_text("2 of 5 right. Nothing of it is counted.")
    assert page.locator(".fact-ask.is-missed").count() >= 3  # a question on several facts marks each
    page.goto("/history")
    expect(page.locator("main")).to_contain_text("not counted")
    expect(page.locator("main")).not_to_contain_text("%")


def save(page):
    """Save a question; where there is advice, give a reason for each piece of it and save again."""
    follow(page.get_by_role("button", name="Save", exact=True))
    reasons = page.locator("[name^=reason-]")
    if reasons.count():
        for number in range(reasons.count()):
            reasons.nth(number).fill("It is what the exercise is about.")
        follow(page.get_by_role("button", name="Save", exact=True))


@with_and_without_scripts
def test_an_instructor_adds_a_question_and_plays_it(open_page, empty_server, scripts):
    page = open_page(empty_server, java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    become_instructor(page, empty_server, f"link-{scripts}")
    page.goto("/banks/karabakh-talks")
    follow(page.get_by_role("link", name="Questions of your own"))
    follow(page.get_by_role("link", name="Single choice"))
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet")
    expect(page.get_by_label("Question", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("The fact it tests, in one line").fill(LINE)
    page.get_by_label("Paragraph").fill("9")
    page.get_by_label("Question", exact=True).fill("In the article, how much did the aid weigh that came at last?")
    page.get_by_label("Right answer").fill("15 tons")
    for number, text in enumerate(("40 tons", "25 tons", "60 tons")):
        page.locator(f"[name=body_distractors-{number}-text]").fill(text)
        page.locator(f"[name=body_distractors-{number}-reason]").fill("The article has another weight for the aid.")
    page.get_by_label("Keep the options in order").check()
    save(page)
    expect(page.get_by_role("heading", name="1 question of your own")).to_be_visible()
    follow(page.get_by_role("button", name="Try it out"))
    answer(page, empty_server, right=True)
    expect(page.locator(".verdict")).to_have_text("Right")
    follow(page.locator("[data-next]"))
    expect(page.locator(".passage", has_text=LINE)).to_contain_text("Added by an instructor")
    assert page.complaints == []


def test_the_switch_stays_in_reach_on_a_phone_and_hides_no_focus(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(f"{READING}?mark=asked")
    page.locator(".passage").nth(12).scroll_into_view_if_needed()
    expect(page.locator(".reading-bar")).to_be_in_viewport(ratio=1)
    bar = page.locator(".reading-bar").evaluate("one => one.getBoundingClientRect().bottom")
    page.locator(".fact-ask").nth(40).focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert top >= bar


def test_voices_differ_in_forced_colours_too(open_page):
    page = open_page(forced_colors="active", viewport={"width": 1280, "height": 800})
    page.goto(READING)
    line = "one => { const it = getComputedStyle(one, '::before'); return it.borderLeftStyle + it.borderLeftWidth }"
    voices = ("solid", "hatched", "both", "outlet")
    bars = {page.locator(f".passage.is-{voice} .passage-facts").first.evaluate(line) for voice in voices}
    assert len(bars) == 4


def test_print_leaves_out_what_can_only_be_pressed(page, server):
    page.goto(READING)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Try five first")).to_be_hidden()
    expect(page.get_by_text("Mark each fact with")).to_be_hidden()
    page.emulate_media(media="screen")
    play_five(page, server, wrong=1)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Retry only the missed")).to_be_hidden()
    expect(page.locator(".score-figure")).to_be_visible()


def test_one_long_word_makes_no_page_scroll_sideways(open_page, empty_server):
    long = "Donaudampfschifffahrts" * 8
    page = open_page(empty_server, viewport={"width": 320, "height": 640})
    become_instructor(page, empty_server, "link-long")
    page.goto("/questions/karabakh-talks/new/numeric")
    page.get_by_label("The fact it tests, in one line").fill(f"The article gives 9 as the number of {long}.")
    page.get_by_label("Paragraph").fill("9")
    page.get_by_label("Question", exact=True).fill(f"In the article, how many {long} are there?")
    page.locator("[name=body_number]").fill("9")
    save(page)
    wide = "() => document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 320
    follow(page.get_by_role("button", name="Try it out"))
    assert page.evaluate(wide) <= 320
    answer(page, empty_server, right=True)
    assert page.evaluate(wide) <= 320
    for mark in ("plain", "voices", "asked"):
        page.goto(f"{READING}?mark={mark}")
        assert page.evaluate(wide) <= 320
