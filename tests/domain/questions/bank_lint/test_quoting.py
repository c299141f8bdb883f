"""D-19 where the source's own text is stored: forty words of it, quoted word for word."""

from dataclasses import replace

import pytest

from quizapp.domain.questions.bank_lint.quoting import stands_in, words_taken_over
from tests.factories import make_fact
from tests.linting import bank_of, findings

WORDS = [f"word{number}" for number in range(100)]
TEXT = " ".join(WORDS[:50]) + ".\n\n" + " ".join(WORDS[50:]) + "."


def found(stem: str = "In the article, what lay on the pier?", explanation: str = "It tells of a pier.", **more):
    bank = replace(bank_of(question={"stem": stem, "explanation": explanation}, **more), text=TEXT)
    return "D-19" in findings(bank)


@pytest.mark.parametrize(("count", "flawed"), [(7, False), (40, False), (41, True)])
def test_a_question_takes_over_forty_words_of_a_stored_text_at_most(count, flawed):
    assert found(explanation=f"It tells that {' '.join(WORDS[:count])}.") == flawed


def test_words_taken_over_twice_count_once_and_runs_add_up():
    first, second = " ".join(WORDS[:30]), " ".join(WORDS[60:80])
    assert not found(stem=f"What follows {first}?", explanation=f"It tells that {first}.")
    assert found(stem=f"What follows {first}?", explanation=f"It tells that {second}.")


def test_runs_of_seven_words_are_no_quotation():
    scattered = " and ".join(" ".join(WORDS[place : place + 7]) for place in range(0, 98, 7))
    assert words_taken_over([scattered], TEXT) == 0 and words_taken_over([TEXT], TEXT) == 100


def test_a_long_quotation_stands_in_the_text_word_for_word():
    assert not found(stem=f"What follows “{' '.join(WORDS[:12])}”?")
    assert found(stem=f"What follows “{' '.join([*WORDS[:11], 'other'])}”?")
    assert found(stem=f"What follows “{' '.join(reversed(WORDS[:12]))}”?")
    assert stands_in("Word3 word4 … word9, word10", TEXT) and not stands_in("word3", "")


def test_a_statement_of_ours_with_a_gap_is_no_quotation():
    fact = make_fact(statement="The boats of the outer pier landed {40 tons} of herring in that month.")
    asks = (
        "In the article, which amount completes the statement: “The boats of the outer pier landed … of herring in {}”?"
    )
    assert not found(stem=asks.format("that month"), fact=fact)
    assert found(stem=asks.format("another month"), fact=fact)
