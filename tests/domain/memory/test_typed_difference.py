from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.typed_difference import LONGEST, DifferencePart, difference

words = st.text(min_size=1, max_size=40)


def test_a_slip_is_seen_letter_by_letter():
    assert difference("Pashinan", "Pashinyan") == (
        DifferencePart("Pashin"),
        DifferencePart("y", missing=True),
        DifferencePart("an"),
    )


def test_capitals_alone_are_no_difference():
    assert difference("moscow", "Moscow") == (DifferencePart("Moscow"),)


@given(words, words)
def test_the_parts_spell_both_answers(typed, answer):
    parts = difference(typed, answer)
    assert "".join(part.text for part in parts if not part.extra) == answer
    spelt = "".join(part.text for part in parts if not part.missing)
    assert spelt.lower() == typed.lower()


def test_nothing_is_told_of_an_empty_or_endless_answer():
    assert difference("", "Moscow") == ()
    assert difference("x" * (LONGEST + 1), "Moscow") == ()
