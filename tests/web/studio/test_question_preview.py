"""Tests of what an author sees while typing: the question as learners meet it, what the rules find, what is like it."""

import re
from html import unescape
from itertools import accumulate

import pytest

from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.web.conftest import text_of
from tests.web.writing import BY_SCRIPT, BY_TYPE, CHOICE, added, by_script, hidden, write

PREVIEW = "/questions/harbour/preview"
RIGHT = {
    "true_false": {"response": "true"},
    "numeric": {"response": "9"},
    "short_answer": {"response": "wick harbour"},
    "cloze": {"response-1": "green"},
}


def look(visitor, kind="single_choice", **changes):
    fields = {**hidden(visitor.get(f"/questions/harbour/new/{kind}")), **BY_TYPE[kind], **changes}
    answer = by_script(visitor, PREVIEW, **fields)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def part(text, name):
    """Return what goes into one place of the page."""
    return text.partition(f'data-put="{name}">')[2].partition("data-put=")[0]


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("kind", BY_TYPE)
def test_a_question_of_each_type_is_shown_by_the_learners_own_template(instructor, kind):
    seen = part(look(instructor, kind), "see")
    assert "Check answer" in seen and "Before it can be asked" not in seen and "<h1" not in seen
    write(instructor, kind)
    first = instructor.post(f"/questions/{added(instructor)[0]}/play").location
    asked = unescape(instructor.get(first).text)
    fieldset = re.compile(r"<fieldset.*?</fieldset>", re.S)
    learners = words_of(fieldset.search(asked)[0])
    assert sorted(words_of(fieldset.search(seen)[0]).split()) == sorted(learners.split())


def right_answer(kind, seen):
    """Return the form that answers a shown question of the type rightly."""
    if kind in RIGHT:
        return RIGHT[kind]
    if kind in ("single_choice", "multiple_choice"):
        rights = {"70 tons", "salt", "tar"}
        options = re.findall(r'name="(response[-\d]*)" value="(\w+)">\s*<span>([^<]+)', seen)
        return {name: value for name, value, text in options if text in rights}
    rows = re.findall(r'class="pair-left">([^<]+)</span>\s*<select class="input" name="(response-\d)"', seen)
    places = {text: value for value, text in re.findall(r'<option value="(\d)">([^<]+)</option>', seen)}
    pairs = {"Ann": "the Tern", "Bo": "the Gull", "Cy": "the Auk"}
    ranks = {"It was built": "1", "It was painted": "2", "It was sold": "3"}
    return {name: places[pairs[text]] if kind == "matching" else ranks[text] for text, name in rows}


@pytest.mark.parametrize("kind", BY_TYPE)
def test_it_is_answered_where_it_is_shown_with_the_learners_feedback(instructor, kind):
    form = right_answer(kind, part(look(instructor, kind), "see"))
    seen = words_of(part(look(instructor, kind, do="check", **form), "see"))
    assert "Right" in seen and BY_TYPE[kind]["line"] in seen and "Ask it again" in seen
    assert "Answer first." in part(look(instructor, kind, do="check"), "see")


def test_a_wrong_answer_shows_its_reason_and_the_two_facts(instructor):
    shown = part(look(instructor), "see")
    place = re.search(r'value="(\d)">\s*<span>40 tons', shown)[1]
    seen = words_of(part(look(instructor, do="check", response=place), "see"))
    assert "Not this one" in seen and CHOICE["body_distractors-0-reason"] in seen and "Two facts, side by side" in seen


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_something_is_shown_from_the_first_word_and_after_every_field(instructor, kind):
    start = hidden(instructor.get(f"/questions/harbour/new/{kind}"))
    fields = [{name: text} for name, text in BY_TYPE[kind].items() if text]
    for typed in accumulate(fields, lambda so_far, more: {**so_far, **more}, initial={}):
        for status in ("", "disputed"):
            answer = by_script(instructor, PREVIEW, **start, **typed, status=status)
            assert answer.status_code == 200, typed
            assert ('class="ask"' in answer.text) == bool(typed), typed


def test_what_is_missing_is_said_and_dots_stand_for_it(instructor):
    seen = words_of(part(look(instructor, line="", body_key="", paragraph="99"), "see"))
    assert "Say in one line what the source states." in seen and "Say where it stands: 1 to 12." in seen
    assert "Right answer: fill this in." in seen and "…" in seen


@pytest.mark.parametrize(
    ("changes", "place", "rule"),
    [
        ({"stem": "In the report, which catch was not that of the last boat?"}, "stem", "Advice negative-stem"),
        ({"line": "The report gives 70 tons as the catch of the invaders."}, "line", "Rule D-7"),
        ({"body_distractors-0-text": "none of these"}, "answers", "Rule none-of-the-above"),
        ({"speaker": "harbour-master", "line": "The last boat brought 70 tons."}, "line", "Rule D-3"),
        (
            {"speaker": "harbour-master", "explanation": "The last boat brought 70 tons."},
            "explanation",
            "Rule D-3",
        ),
        ({"note": "A correction gives 71 tons."}, "status", "Rule D-23"),
    ],
)
def test_what_a_rule_finds_stands_beside_its_field(instructor, changes, place, rule):
    shown = look(instructor, **changes)
    assert rule in words_of(part(shown, f"lint-{place}"))
    assert words_of(shown).count(rule) == 1


def test_nothing_is_found_at_what_is_not_typed_yet(instructor):
    only_one = {f"body_distractors-{row}-{name}": "" for row in (1, 2) for name in ("text", "reason")}
    changes = {"stem": "", "speaker": "harbour-master", "body_distractors-0-text": "none of these", **only_one}
    shown = look(instructor, **changes)
    assert "data-rule" not in part(shown, "lint-stem") + part(shown, "lint-answers")
    assert "it has 2 options; 3 to 9 can be asked." in part(shown, "see").lower()


def test_questions_that_are_like_it_are_shown_with_both_side_by_side(instructor):
    changes = {"stem": "In the article, how much did the boats of catch-3 land that month?"}
    likes = words_of(part(look(instructor, **changes), "likes"))
    assert "like it" in likes and "Open beside" in likes and "Take that one instead of mine" in likes
    assert "100 %" in likes and "26 tons" in likes
    same = words_of(
        part(look(instructor, line="The boats of catch-3 landed 26 tons that month.", paragraph="3"), "likes")
    )
    assert "Asks the same fact" in same
    assert "<h2>" not in part(look(instructor, stem="Zzz", line="Yyy"), "likes")


def test_an_edit_is_compared_with_the_others_and_not_with_itself(instructor):
    write(instructor)
    page = instructor.get(f"/questions/{added(instructor)[0]}/edit")
    shown = by_script(instructor, PREVIEW, **{**hidden(page), **CHOICE}).text
    assert "Take that one" not in shown and "near-duplicate" not in shown


def test_without_a_script_the_whole_page_comes_back_with_everything_typed(instructor):
    fields = {**hidden(instructor.get("/questions/harbour/new/single_choice")), **CHOICE}
    page = instructor.post(PREVIEW, **fields)
    assert page.status_code == 200 and "Check answer" in text_of(page)
    assert all(text in unescape(page.text) for text in CHOICE.values())
    assert 'action="/questions/harbour/new/single_choice"' in page.text
    right = right_answer("single_choice", unescape(page.text))
    assert "Right" in text_of(instructor.post(PREVIEW, **fields, **right, do="check"))
    write(instructor)
    path = f"/questions/{added(instructor)[0]}/edit"
    assert f'action="{path}"' in instructor.post(PREVIEW, **{**hidden(instructor.get(path)), **CHOICE}).text


@pytest.mark.parametrize(
    "changes",
    [
        {"own_question": "x" * 5000, "own_fact": "no-fact"},
        {"body_distractors-0-fact": "no-fact"},
        {"start": "9" * 50, "end": "²"},
        {"speaker": "nobody", "topic": "nothing", "status": "odd"},
        {"nonce": "\x00"},
    ],
)
def test_what_no_form_of_ours_holds_breaks_nothing(instructor, changes):
    assert 'data-put="see"' in look(instructor, **changes)


def test_a_type_that_is_none_is_no_page(instructor):
    fields = {**hidden(instructor.get("/questions/harbour/new/single_choice")), **CHOICE, "type": "essay"}
    assert instructor.client.post(PREVIEW, data={**fields, "csrf_token": instructor.token}).status_code == 404
    assert by_script(instructor, PREVIEW, **fields).status_code == 404


def test_looking_takes_four_statements_and_stores_nothing(instructor, statements):
    fields = {**hidden(instructor.get("/questions/harbour/new/single_choice")), **CHOICE}
    statements()
    answer = instructor.client.post(PREVIEW, data={**fields, "csrf_token": instructor.token}, headers=BY_SCRIPT)
    seen = statements()
    assert answer.status_code == 200 and len(seen) <= 4
    assert not any(one.startswith(("INSERT", "UPDATE")) for one in map(str, seen))
