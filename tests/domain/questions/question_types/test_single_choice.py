from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.question_type import Distractor, Given, NotGradable
from quizapp.domain.questions.question_types.single_choice import MAX_OPTIONS, SingleChoice, SingleChoiceBody
from quizapp.domain.seeded_order import SeededOrder

KIND = SingleChoice()
BODY = SingleChoice.example
ORDERED = SingleChoiceBody("20", tuple(Distractor(text, "No.") for text in ("10", "30", "40")), in_order=True, rank=1)


def shown(body, seed=1):
    return [option.text for option in KIND.present(body, SeededOrder(seed))]


def wrong(*texts):
    return tuple(Distractor(text, "No.") for text in texts)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_is_the_option_that_was_shown_in_that_place(seed):
    order = SeededOrder(seed)
    for option in KIND.present(BODY, order):
        assert KIND.read({"response": str(option.place)}, BODY, order) == Given({"option": option.index})
        assert KIND.response_text(BODY, {"option": option.index}) == option.text


@given(st.integers())
def test_every_option_is_shown_once(seed):
    assert sorted(shown(BODY, seed)) == ["Mars", "Mercury", "Venus"]


def test_the_key_stands_in_every_place_about_equally_often():
    places = [shown(BODY, seed).index("Mercury") for seed in range(300)]
    assert all(70 < places.count(place) < 130 for place in range(3))


@pytest.mark.parametrize("seed", range(10))
def test_numbers_and_dates_keep_their_natural_order(seed):
    assert shown(ORDERED, seed) == KIND.options(ORDERED) == ["10", "20", "30", "40"]


def test_a_wrong_option_gives_its_reason_and_its_fact():
    grade = KIND.grade(BODY, {"option": 2})
    assert (grade.score, grade.reason, grade.fact) == (0.0, "Mars is the fourth planet from the sun.", "fourth-planet")


@pytest.mark.parametrize("text", ["0", "4", "-1", "12", "１", "٣", "²", "1.0", "one", "Mercury", "1 2", "+1"])
def test_what_is_no_place_is_not_gradable(text):
    assert isinstance(KIND.read({"response": text}, BODY, SeededOrder(1)), NotGradable)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": " "}, "an option is empty."),
        ({"distractors": wrong("", "b")}, "an option is empty."),
        ({"distractors": wrong("venus", "Venus ")}, "two options are the same."),
        ({"distractors": wrong("MERCURY", "Venus")}, "two options are the same."),
        ({"distractors": wrong("Venus")}, "it has 2 options; 3 to 9 can be asked."),
        ({"distractors": wrong(*"abcdefghi")}, "it has 10 options; 3 to 9 can be asked."),
        ({"distractors": (*wrong("Venus"), Distractor("Mars", ""))}, "the wrong answer “Mars” has no reason."),
        ({"rank": 3}, "the key's rank is not a place among the options."),
        ({"rank": -1}, "the key's rank is not a place among the options."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert sentence in KIND.problems(replace(BODY, **changes))


def test_the_most_options_can_all_be_reached_by_one_key_press():
    body = SingleChoiceBody("key", wrong(*"abcdefgh"))
    assert KIND.problems(body) == []
    places = [str(option.place) for option in KIND.present(body, SeededOrder(1))]
    assert len(places) == MAX_OPTIONS
    assert {len(place) for place in places} == {1}
