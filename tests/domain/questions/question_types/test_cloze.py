from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.cloze import GAP, MAX_GAPS, Cloze, ClozeBody
from quizapp.domain.questions.question_types.question_type import Distractor, Given, Grade, NotGradable, Omitted
from quizapp.domain.questions.question_types.short_answer import ALMOST, MAX_TYPED, ShortAnswerBody
from quizapp.domain.seeded_order import SeededOrder

KIND = Cloze()
BODY = Cloze.example
ORDER = SeededOrder(1)
ONE = ClozeBody("The road is the ____ corridor.", (ShortAnswerBody("Lachin"),))


def body_of(gaps):
    return ClozeBody(" and ".join([GAP] * gaps), tuple(ShortAnswerBody(f"word{letter}") for letter in "abcdef"[:gaps]))


def read(*texts, body=BODY, **more):
    return KIND.read({f"response-{place}": text for place, text in enumerate(texts, 1)} | more, body, ORDER)


def score(*texts, body=BODY):
    return KIND.grade(body, {"texts": list(texts)}).score


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("third", "Earth"), 1), (("3rd", "the EARTH"), 1), (("third", ""), 0.5), (("", "earth"), 0.5),
        (("second", "Earth"), 0.5), (("Earth", "third"), 0), (("second", "Mars"), 0), (("", "Mars"), 0),
    ],
)  # fmt: skip
def test_the_score_is_the_share_of_gaps_filled_rightly(texts, expected):
    assert score(*texts) == expected


@given(st.integers(1, MAX_GAPS), st.data())
def test_each_gap_counts_the_same(gaps, data):
    body = body_of(gaps)
    right = data.draw(st.lists(st.booleans(), min_size=gaps, max_size=gaps))
    texts = [gap.answer if is_right else "nothing" for gap, is_right in zip(body.gaps, right, strict=True)]
    assert score(*texts, body=body) == pytest.approx(sum(right) / gaps)


def test_the_first_gap_that_names_something_else_gives_its_reason_and_fact():
    mars = Distractor("Mars", "Mars is fourth.", "fourth-planet")
    body = replace(BODY, gaps=(BODY.gaps[0], replace(BODY.gaps[1], others=(mars,))))
    assert KIND.grade(body, {"texts": ["nothing", "mars"]}) == Grade(0.0, "Mars is fourth.", "fourth-planet")
    assert KIND.grade(body, {"texts": ["third", "Venus"]}) == Grade(0.5)


@pytest.mark.parametrize(
    ("texts", "body", "message"),
    [
        (("Lachn",), ONE, f"{ALMOST} and send it again."),
        (("third", "Earht"), BODY, f"{ALMOST} in gap 2 and send it again."),
        (("wordaa", "x", "wordcc"), body_of(3), f"{ALMOST} in gaps 1 and 3 and send it again."),
    ],
)
def test_a_near_miss_is_sent_back_once_and_says_where(texts, body, message):
    assert read(*texts, body=body) == NotGradable(message)
    again = read(*texts, body=body, again="yes")
    assert isinstance(again, Given)
    assert KIND.grade(body, again.response).score < 1


def test_a_near_miss_beside_an_empty_gap_is_sent_back_too():
    assert isinstance(read("", "Earht"), NotGradable)
    assert read("", "Earht", again="yes") == Given({"texts": ["", "Earht"]})


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), (" ", "\u00a0")])
def test_no_gap_filled_is_omitted(texts):
    assert read(*texts) == Omitted()


@pytest.mark.parametrize("text", ["x" * (MAX_TYPED + 1), "third\x00", "\u200b"])
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_no_line_of_text_is_not_gradable_in_any_gap(text, place):
    texts = ["third", "Earth"]
    texts[place] = text
    assert read(*texts) == NotGradable(f"Write at most {MAX_TYPED} characters into each gap, in one line.")


def test_fields_of_other_gaps_are_ignored():
    form = {"response-0": "x", "response-3": "x", "response": "x", "response-1": "third", "response-2": "Earth"}
    assert KIND.read(form, BODY, ORDER) == Given({"texts": ["third", "Earth"]})


@given(st.lists(st.text(max_size=30), min_size=2, max_size=2), st.booleans())
def test_any_texts_are_read_and_graded_within_bounds(texts, again):
    reading = read(*texts, again="yes" if again else "")
    if isinstance(reading, Given):
        assert 0 <= KIND.grade(BODY, reading.response).score <= 1
        assert len(reading.response["texts"]) == 2


def test_only_the_sentence_around_the_gaps_is_shown():
    assert KIND.present(BODY, ORDER) == ("The ", " planet from the sun is ", ".")
    assert KIND.options(BODY) == []


def test_answer_and_response_are_told_in_words():
    assert KIND.key(BODY) == ["third", "Earth"]
    assert KIND.key(ONE) == "Lachin"
    assert KIND.answer_text(BODY) == "third; Earth"
    assert KIND.response_text(BODY, {"texts": ["", "Mars"]}) == "–; Mars"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gaps": ()}, "it needs 1 to 6 gaps."),
        ({"gaps": BODY.gaps[:1]}, "the sentence has 2 gaps but 1 answers."),
        ({"sentence": "No gap."}, "the sentence has 0 gaps but 2 answers."),
        ({"sentence": "The _____ planet is ____."}, "a gap is written ____, not longer."),
        ({"gaps": (ShortAnswerBody(" "), BODY.gaps[1])}, "gap 1: there is no answer."),
        ({"gaps": (BODY.gaps[0], ShortAnswerBody("Earth", ("!",)))}, "gap 2: “!” has no letter or digit to compare."),
        (
            {"gaps": (BODY.gaps[0], ShortAnswerBody("Earth", (), (Distractor("the earth", "No."),)))},
            "gap 2: “the earth” is refused and accepted.",
        ),
        ({"sentence": " ".join([GAP] * 7), "gaps": (ShortAnswerBody("x"),) * 7}, "it needs 1 to 6 gaps."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert sentence in KIND.problems(replace(BODY, **changes))
