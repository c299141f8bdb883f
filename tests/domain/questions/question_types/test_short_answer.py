from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.question_type import Distractor, Given, Grade, NotGradable, Omitted
from quizapp.domain.questions.question_types.short_answer import (
    ALMOST,
    MAX_TYPED,
    ShortAnswer,
    ShortAnswerBody,
    is_accepted,
    is_near,
)
from quizapp.domain.seeded_order import SeededOrder
from tests.domain.questions.question_types.judged_answers import JUDGED

KIND = ShortAnswer()
BODY = ShortAnswer.example
ORDER = SeededOrder(1)
UN = ShortAnswerBody("the United Nations", ("UN",), (Distractor("the European Union", "It is the other one.", "eu"),))


def read(text, body=BODY, **more):
    return KIND.read({"response": text, **more}, body, ORDER)


def verdict(body, typed):
    reading = read(typed, body)
    if isinstance(reading, NotGradable):
        return "near"
    return "accepted" if isinstance(reading, Given) and KIND.grade(body, reading.response).score == 1 else "wrong"


def test_typed_answers_are_judged_as_a_person_would():
    apart = [
        (typed, body.answer, wanted, found)
        for body, typed, wanted in JUDGED
        if (found := verdict(body, typed)) != wanted
    ]
    assert len(JUDGED) >= 200
    assert [one for one in apart if one[3] == "accepted"] == [], "what is wrong or misspelt is never accepted"
    assert len(apart) <= 0.03 * len(JUDGED), apart


@pytest.mark.parametrize(
    "body", {body.answer: body for body, *_ in JUDGED}.values(), ids=lambda body: ascii(body.answer)
)
def test_the_name_of_something_else_is_never_accepted_nor_near(body):
    assert KIND.problems(body) == []
    for other in body.others:
        assert read(other.text, body, again="yes") == Given({"text": other.text})
        grade = KIND.grade(body, {"text": other.text})
        assert (grade.score, grade.reason) == (0.0, other.reason)
        assert not is_near(other.text, body)


@pytest.mark.parametrize(
    "text", ["Kepler", "kepler", "Johannes Kepler", "JOHANNES KEPLER.", "Képler", "  Kepler  ", "Mr Kepler"]
)
def test_surname_or_full_name_in_any_writing_scores_one(text):
    assert KIND.grade(BODY, read(text).response) == Grade(1.0)


@pytest.mark.parametrize("text", ["Tycho Brahe", "tycho brahe", "T. Brahe", "Johannes", "Tycho Kepler", "Newton", "?"])
def test_any_other_name_is_wrong(text):
    assert KIND.grade(BODY, read(text).response).score == 0


def test_the_name_of_something_else_gives_its_reason_and_its_fact():
    grade = KIND.grade(BODY, read("tycho BRAHE").response)
    assert (grade.score, grade.reason, grade.fact) == (0.0, BODY.others[0].reason, "orbit-measured")


def test_a_name_may_follow_a_preposition():
    assert KIND.grade(UN, read("from the U.N.", UN).response).score == 1
    grade = KIND.grade(UN, read("from the European Union", UN).response)
    assert grade == Grade(0.0, "It is the other one.", "eu")


def test_a_near_miss_is_sent_back_once_with_advice_and_graded_the_second_time():
    assert read("Keplar") == NotGradable(f"{ALMOST} and send it again.")
    again = read("Keplar", again="yes")
    assert again == Given({"text": "Keplar"})
    assert KIND.grade(BODY, again.response) == Grade(0.0)
    assert KIND.grade(BODY, read("Kepler", again="yes").response) == Grade(1.0)


def test_a_slip_in_the_name_of_something_else_is_no_near_miss():
    body = replace(BODY, answer="Mammadov", accepted=(), others=(Distractor("Mammadova", "She is his wife."),))
    assert is_near("Mammadof", replace(body, others=()))
    assert read("Mamadova", body) == Given({"text": "Mamadova"})
    assert read("Mammadova", body) == Given({"text": "Mammadova"})


@pytest.mark.parametrize("text", ["x" * (MAX_TYPED + 1), "Kepler\x00", "\x1b[31m", "\u200b", "a\ud800", "\ue000"])
def test_what_is_no_line_of_text_is_not_gradable(text):
    assert read(text) == NotGradable(f"Write the answer in one line of at most {MAX_TYPED} characters.")


@pytest.mark.parametrize(
    "text",
    [
        "Johannes\u00a0Kepler",
        "Jo\u00adhannes Kepler",
        "\u200eJohannes Kepler\u200f",
        "Johannes\tKepler",
        "\ufeffJohannes Kepler",
    ],
)
def test_what_comes_along_when_text_is_pasted_is_left_out(text):
    assert read(text) == Given({"text": "Johannes Kepler"})


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\n"])
def test_nothing_typed_is_omitted(text):
    assert read(text) == Omitted()


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_omitted_not_gradable_or_right_or_wrong(text, again):
    reading = read(text, again="yes" if again else "")
    if isinstance(reading, Given):
        assert KIND.grade(BODY, reading.response).score in (0, 1)
        assert 0 < len(reading.response["text"]) <= MAX_TYPED
        assert again or not is_near(text, BODY) or is_accepted(text, BODY)


def test_nothing_of_the_key_is_shown():
    assert KIND.present(BODY, ORDER) is None
    assert KIND.options(BODY) == []


def test_answer_and_response_are_told_in_words():
    assert KIND.key(BODY) == KIND.answer_text(BODY) == "Johannes Kepler"
    assert KIND.response_text(BODY, {"text": "keplar"}) == "keplar"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer": " "}, "there is no answer."),
        ({"answer": "…!"}, "there is no answer."),
        ({"accepted": ("?",)}, "“?” has no letter or digit to compare."),
        ({"accepted": ("k" * 201,)}, "“kkkkkkkkkkkkkkkkkkkk…” is too long to be typed."),
        ({"others": (Distractor("KEPLER", "No."),)}, "“KEPLER” is refused and accepted."),
        ({"others": (Distractor("Johannes Képler.", "No."),)}, "“Johannes Képler.” is refused and accepted."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert KIND.problems(replace(BODY, **changes)) == [sentence]
