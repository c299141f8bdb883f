from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.matching import MAX_ROWS, Matching, MatchingBody, Pair
from quizapp.domain.questions.question_types.question_type import Distractor, Given, Grade, NotGradable, Omitted
from quizapp.domain.seeded_order import SeededOrder

KIND = Matching()
BODY = Matching.example
ORDER = SeededOrder(1)


def body_of(rows, extras=0):
    pairs = tuple(Pair(f"left {n}", f"right {n}", f"fact-{n}") for n in range(rows))
    return MatchingBody(pairs, tuple(Distractor(f"extra {n}", f"Extra {n} is none.", None) for n in range(extras)))


def form_of(pairs, body=BODY, order=ORDER):
    """Choose for each left index the right index, as the page of this order would send it."""
    shown = KIND.present(body, order)
    place_of = {choice.index: str(choice.place) for choice in shown.choices}
    return {f"response-{row.place}": place_of[pairs[row.index]] for row in shown.rows if row.index in pairs}


def grade(pairs, body=BODY):
    return KIND.grade(body, {"pairs": [list(pair) for pair in pairs.items()]})


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({0: 0, 1: 1, 2: 2}, 1), ({0: 0, 1: 2, 2: 1}, 1 / 3), ({0: 1, 1: 2, 2: 0}, 0), ({0: 3, 1: 1, 2: 2}, 2 / 3),
        ({0: 0, 1: 1}, 2 / 3), ({0: 0}, 1 / 3), ({0: 1}, 0), ({0: 0, 1: 0, 2: 0}, 1 / 3), ({0: 3, 1: 3, 2: 3}, 0),
    ],
)  # fmt: skip
def test_the_score_is_the_share_of_rows_matched_rightly_and_an_open_row_is_wrong(pairs, expected):
    assert grade(pairs).score == pytest.approx(expected)


@given(st.integers(2, MAX_ROWS), st.integers(0, 1), st.data())
def test_no_score_leaves_its_bounds_and_only_all_right_rows_score_one(rows, extras, data):
    body = body_of(rows, extras)
    rights = st.integers(0, rows + extras - 1)
    pairs = data.draw(st.dictionaries(st.integers(0, rows - 1), rights))
    found = grade(pairs, body).score
    assert 0 <= found <= 1
    assert (found == 1) == (pairs == {n: n for n in range(rows)})
    assert found == pytest.approx(sum(left == right for left, right in pairs.items()) / rows)


@pytest.mark.parametrize("rows", range(2, 6))
def test_guessing_an_order_of_the_right_side_wins_one_row_on_average(rows):
    body = body_of(rows)
    scores = [grade(dict(enumerate(order)), body).score for order in permutations(range(rows))]
    assert sum(scores) / len(scores) == pytest.approx(1 / rows)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_is_what_was_shown_in_those_places(seed):
    order = SeededOrder(seed)
    pairs = {0: 2, 1: 1, 2: 3}
    assert KIND.read(form_of(pairs, BODY, order), BODY, order) == Given({"pairs": [[0, 2], [1, 1], [2, 3]]})


@given(st.integers())
def test_every_row_and_choice_is_shown_once(seed):
    shown = KIND.present(BODY, SeededOrder(seed))
    assert sorted(row.text for row in shown.rows) == ["Earth", "Mars", "Mercury"]
    assert sorted(choice.text for choice in shown.choices) == ["no moon", "one moon", "three moons", "two moons"]


def test_the_place_of_a_row_does_not_tell_the_place_of_its_partner():
    body = body_of(4)
    same = 0
    for seed in range(300):
        shown = KIND.present(body, SeededOrder(seed))
        place_of = {choice.index: choice.place for choice in shown.choices}
        same += sum(row.place == place_of[row.index] for row in shown.rows)
    assert 240 < same < 360


def test_a_row_left_open_is_no_pair():
    assert KIND.read(form_of({1: 1}) | {"response-9": "1"}, BODY, ORDER) == Given({"pairs": [[1, 1]]})


@pytest.mark.parametrize("form", [{}, {"response": "1"}, {"response-1": "", "response-2": " "}, {"response-9": "1"}])
def test_nothing_chosen_is_omitted(form):
    assert KIND.read(form, BODY, ORDER) == Omitted()


@pytest.mark.parametrize("text", ["0", "5", "-1", "1.0", "１", "²", "no moon", "1 2", "\x00", "9" * 5_000])
def test_what_is_no_choice_is_not_gradable(text):
    assert KIND.read({"response-1": "1", "response-2": text}, BODY, ORDER) == NotGradable(
        "Choose from the answers shown."
    )


def test_a_wrong_partner_says_what_it_belongs_to_and_names_both_facts():
    assert grade({0: 1, 1: 1, 2: 2}) == Grade(
        2 / 3, "“one moon” belongs to “Earth”.", fact="moons-of-earth", asked_fact="moons-of-mercury"
    )


def test_one_that_belongs_to_nothing_gives_its_own_reason():
    found = grade({0: 3, 1: 1, 2: 2})
    assert (found.reason, found.fact) == ("No planet of this list has three moons.", None)


def test_open_rows_need_no_reason():
    assert grade({0: 0}) == Grade(pytest.approx(1 / 3))


def test_pairs_are_told_in_words():
    assert KIND.key(BODY) == [["Mercury", "no moon"], ["Earth", "one moon"], ["Mars", "two moons"]]
    assert KIND.answer_text(BODY) == "Mercury: no moon; Earth: one moon; Mars: two moons"
    assert KIND.response_text(BODY, {"pairs": [[0, 3], [2, 2]]}) == "Mercury: three moons; Earth: –; Mars: two moons"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pairs": BODY.pairs[:1]}, "it needs 2 to 8 rows and at most 9 choices."),
        ({"pairs": body_of(9).pairs}, "it needs 2 to 8 rows and at most 9 choices."),
        ({"pairs": body_of(8).pairs, "extras": body_of(2, 2).extras}, "it needs 2 to 8 rows and at most 9 choices."),
        ({"pairs": (Pair(" ", "a"), Pair("b", "c"))}, "a side of a pair is empty."),
        ({"pairs": (Pair("a", ""), Pair("b", "c"))}, "a side of a pair is empty."),
        ({"pairs": (Pair("a", "b"), Pair("A ", "c"))}, "two entries of one side are the same."),
        ({"pairs": (Pair("a", "b"), Pair("c", "B"))}, "two entries of one side are the same."),
        ({"extras": (Distractor("One moon", "No."),)}, "two entries of one side are the same."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert sentence in KIND.problems(replace(BODY, **changes))
