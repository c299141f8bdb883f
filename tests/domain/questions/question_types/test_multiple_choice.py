from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.multiple_choice import MultipleChoice, MultipleChoiceBody
from quizapp.domain.questions.question_types.question_type import Distractor, Given, Grade, Omitted
from quizapp.domain.seeded_order import SeededOrder

KIND = MultipleChoice()
BODY = MultipleChoice.example
ORDER = SeededOrder(1)


def wrong(*texts, reason="No."):
    return tuple(Distractor(text, reason) for text in texts)


def body_of(keys, others):
    return MultipleChoiceBody(tuple(f"key {n}" for n in range(keys)), wrong(*(f"other {n}" for n in range(others))))


BODIES = st.integers(2, 8).flatmap(lambda keys: st.integers(1, 9 - keys).map(lambda others: body_of(keys, others)))


def score(body, *ticked):
    return KIND.grade(body, {"options": list(ticked)}).score


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ((0, 1, 2), 1), ((0, 1), 2 / 3), ((0,), 1 / 3), ((0, 1, 2, 3), 1 / 2), ((0, 1, 3), 1 / 6), ((0, 3), 0),
        ((0, 1, 2, 3, 4), 0), ((3,), 0), ((3, 4), 0), ((0, 3, 4), 0), ((), 0),
    ],
)  # fmt: skip
def test_each_right_tick_wins_its_share_and_each_wrong_one_costs_its_share(ticked, expected):
    assert score(body_of(3, 2), *ticked) == pytest.approx(expected)


@given(BODIES)
def test_ticking_all_is_worth_nothing_and_the_keys_everything(body):
    assert score(body, *range(len(KIND.options(body)))) == 0
    assert score(body, *range(len(body.keys))) == 1


@given(BODIES, st.data())
def test_only_the_keys_score_one_and_no_score_leaves_its_bounds(body, data):
    ticked = data.draw(st.sets(st.integers(0, len(KIND.options(body)) - 1)))
    assert 0 <= score(body, *ticked) <= 1
    assert (score(body, *ticked) == 1) == (ticked == set(range(len(body.keys))))


@given(BODIES, st.data())
def test_a_further_right_tick_never_lowers_the_score_and_a_wrong_one_never_raises_it(body, data):
    ticked = data.draw(st.sets(st.integers(0, len(KIND.options(body)) - 1)))
    for index in range(len(KIND.options(body))):
        more, before = score(body, *ticked | {index}), score(body, *ticked)
        assert more >= before if index < len(body.keys) else more <= before


@given(BODIES)
def test_ticking_at_random_wins_no_more_than_knowing_half(body):
    options = range(len(KIND.options(body)))
    subsets = [[index for index in options if mask >> index & 1] for mask in range(2 ** len(options))]
    assert sum(score(body, *ticked) for ticked in subsets) / len(subsets) < 0.5


def test_wrong_ticks_give_their_reasons_and_the_first_fact():
    grade = KIND.grade(BODY, {"options": [0, 2, 3]})
    assert grade.reason == " ".join(one.reason for one in BODY.distractors)
    assert grade.fact == "fourth-planet"


def test_a_missing_key_needs_no_reason():
    assert KIND.grade(BODY, {"options": [1]}) == Grade(0.5)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_ticked_is_the_option_that_was_shown_in_that_place(seed):
    order = SeededOrder(seed)
    for option in KIND.present(BODY, order):
        assert KIND.read({f"response-{option.place}": "yes"}, BODY, order) == Given({"options": [option.index]})
        assert KIND.response_text(BODY, {"options": [option.index]}) == option.text


def test_the_order_of_ticks_does_not_matter():
    form = {f"response-{place}": "yes" for place in (4, 2, 1, 3)}
    assert KIND.read(form, BODY, ORDER) == Given({"options": [0, 1, 2, 3]})


@pytest.mark.parametrize(
    "form", [{}, {"response": "1"}, {"response-0": "yes"}, {"response-5": "yes"}, {"response-1": " "}]
)
def test_what_is_no_tick_is_none(form):
    assert KIND.read(form, BODY, ORDER) == Omitted()


def test_the_keys_stand_in_every_place_about_equally_often():
    places = [
        place for seed in range(300) for place in range(4) if KIND.present(BODY, SeededOrder(seed))[place].index < 2
    ]
    assert all(100 < places.count(place) < 200 for place in range(4))


def test_keys_and_ticks_are_told_in_words():
    assert KIND.answer_text(BODY) == "Mercury; Venus"
    assert KIND.response_text(BODY, {"options": [1, 2]}) == "Venus; Mars"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"keys": ("Mercury", " ")}, "an option is empty."),
        ({"keys": ("Mercury", "mercury ")}, "two options are the same."),
        ({"keys": ("Mercury", "MARS")}, "two options are the same."),
        ({"keys": ("Mercury",)}, "it needs two right answers or more, and a wrong one."),
        ({"keys": ()}, "it needs two right answers or more, and a wrong one."),
        ({"distractors": ()}, "it needs two right answers or more, and a wrong one."),
        ({"distractors": wrong(*"abcdefgh")}, "it has 10 options; at most 9 can be asked."),
        ({"distractors": wrong("Mars", reason="")}, "the wrong answer “Mars” has no reason."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert sentence in KIND.problems(replace(BODY, **changes))
