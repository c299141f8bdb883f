from dataclasses import replace

import pytest

from quizapp.domain.questions.question_types.numeric import NearNumber, Numeric, NumericBody, PresentedNumber
from quizapp.domain.questions.question_types.question_type import Given, NotGradable
from quizapp.domain.seeded_order import SeededOrder

KIND = Numeric()
ORDER = SeededOrder(1)
TROOPS = NumericBody("10000", "troops", "some", near=(NearNumber("9000", "Nine thousand is the crew.", "crew"),))
DOLLARS = NumericBody("360000000", "dollars", "some", scale=1_000_000)
AREA = NumericBody("57.9", "square kilometers")
WEEKS = NumericBody("1", "weeks", "over", accepted=("over a week", "more than a week"))


def read(text, body):
    return KIND.read({"response": text}, body, ORDER)


def score(text, body):
    reading = read(text, body)
    assert isinstance(reading, Given), reading
    return KIND.grade(body, reading.response).score


@pytest.mark.parametrize(
    "text",
    ["10,000", "10 000", "10\u00a0000", "10\u2009000", "10'000", "10000", "ten thousand", "10k", "some 10,000",
     "10,000 troops", "10 thousand", "about ten thousand troops", "１００００"],
)  # fmt: skip
def test_every_usual_way_of_writing_the_number_is_right(text):
    assert score(text, TROOPS) == 1


@pytest.mark.parametrize(
    "text",
    ["360", "$360 million", "360 million dollars", "360 million", "360,000,000", "360,000,000 dollars", "360m",
     "some $360 million", "three hundred and sixty million", "three hundred and sixty", "0.36 billion", "$360"],
)  # fmt: skip
def test_a_scale_word_may_be_typed_or_left_to_the_field(text):
    assert score(text, DOLLARS) == 1


@pytest.mark.parametrize("text", ["36", "3,600", "360 billion", "361 million", "0", "-360"])
def test_another_number_is_wrong_with_and_without_the_scale(text):
    assert score(text, DOLLARS) == 0


@pytest.mark.parametrize("text", ["500,000", "0.5", "0.5 million", "500 thousand", "half a million"])
def test_a_number_below_its_own_scale_may_be_written_out(text):
    body = replace(DOLLARS, number="500000", accepted=("half a million",))
    assert score(text, body) == 1


@pytest.mark.parametrize("text", ["57.9", "57.90", "57.9 kilometers", "57.9 square kilometres", "+57.9"])
def test_the_unit_or_its_last_word_may_be_typed(text):
    assert score(text, AREA) == 1


@pytest.mark.parametrize("text", ["over a week", "More than a week", "1", "one", "1 week", "over one week"])
def test_the_words_of_the_fact_are_accepted(text):
    assert score(text, WEEKS) == 1


@pytest.mark.parametrize(
    ("text", "body", "advice"),
    [
        ("10.000", TROOPS, "two ways"),
        ("1,5", TROOPS, "two ways"),
        ("10,000 tons", TROOPS, "counted in troops"),
        ("€360 million", DOLLARS, "counted in dollars"),
        ("360 million euros", DOLLARS, "counted in dollars"),
        ("57.9 m", replace(AREA, unit="meters"), "Write the word out"),
        ("many", TROOPS, "in digits or in words"),
        ("ten five", TROOPS, "not part of the number"),
    ],
)
def test_what_cannot_be_graded_comes_with_advice(text, body, advice):
    reading = read(text, body)
    assert isinstance(reading, NotGradable)
    assert advice in reading.message


def test_a_near_number_names_the_mix_up():
    grade = KIND.grade(TROOPS, read("9,000", TROOPS).response)
    assert (grade.score, grade.reason, grade.fact) == (0.0, "Nine thousand is the crew.", "crew")


def test_any_other_number_is_wrong_without_a_reason():
    grade = KIND.grade(TROOPS, read("9,001", TROOPS).response)
    assert (grade.score, grade.reason, grade.fact) == (0.0, "", None)


@pytest.mark.parametrize(("text", "right"), [("57.9", 1), ("57.7", 1), ("58.1", 1), ("57.6", 0), ("58.2", 0)])
def test_the_tolerance_is_a_distance_with_both_ends_in(text, right):
    assert score(text, replace(AREA, tolerance="0.2")) == right


def test_without_a_tolerance_the_number_must_be_exact():
    assert score("57.91", AREA) == 0


@pytest.mark.parametrize(
    ("body", "answer", "presented"),
    [
        (TROOPS, "some 10,000 troops", PresentedNumber("some", "troops")),
        (DOLLARS, "some 360 million dollars", PresentedNumber("some", "million dollars")),
        (AREA, "57.9 square kilometers", PresentedNumber("", "square kilometers")),
        (NumericBody("500", "boats", scale=100), "5 hundred boats", PresentedNumber("", "hundred boats")),
        (NumericBody("2020"), "2,020", PresentedNumber("", "")),
    ],
)
def test_hedge_scale_and_unit_stand_around_the_number(body, answer, presented):
    assert KIND.answer_text(body) == answer
    assert KIND.present(body, ORDER) == presented


def test_a_response_is_shown_back_in_the_same_unit():
    assert KIND.response_text(DOLLARS, read("250", DOLLARS).response) == "250 million dollars"
    assert KIND.response_text(TROOPS, read("9k", TROOPS).response) == "9,000 troops"


def test_what_was_typed_is_kept_beside_what_was_read():
    assert read(" 9k ", TROOPS) == Given({"number": "9000", "typed": "9k"})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "ten"}, "the number is not a decimal number."),
        ({"number": ""}, "the number is not a decimal number."),
        ({"number": "NaN"}, "the number is not a decimal number."),
        ({"number": "1e999999999"}, "the number is not a decimal number."),
        ({"number": "1_000"}, "the number is not a decimal number."),
        ({"number": "٣"}, "the number is not a decimal number."),
        ({"number": "9" * 19}, "the number is not a decimal number."),
        ({"number": "57.912"}, "the number could be read in two ways"),
        ({"tolerance": "a bit"}, "the tolerance is not a decimal number."),
        ({"tolerance": "-1"}, "the tolerance is below zero."),
        ({"scale": 0}, "the scale is not one of 1, 100, 1,000"),
        ({"scale": 7}, "the scale is not one of 1, 100, 1,000"),
        ({"scale": 10**400}, "the scale is not one of 1, 100, 1,000"),
        ({"near": (NearNumber("x", "No.", "crew"),)}, "the near number “x” is not a decimal number."),
        ({"near": (NearNumber("1e999999999", "No.", "crew"),)}, "is not a decimal number."),
        ({"near": (NearNumber("10000.0", "No.", "crew"),)}, "would be graded as right."),
        ({"near": (NearNumber("9995", "No.", "crew"),), "tolerance": "5"}, "would be graded as right."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert any(sentence in found for found in KIND.problems(replace(TROOPS, **changes)))


@pytest.mark.parametrize("number", ["0", "0.125", "57.91", "1234.567", "-5", "9" * 18])
def test_a_number_that_can_be_typed_can_be_asked(number):
    assert KIND.problems(replace(TROOPS, number=number, near=())) == []
