"""Tests of what is like a question that is being written."""

from dataclasses import replace

from quizapp.domain.questions.bank_lint.near_duplicates import echo_of, like, questions_are_different
from tests.every_type import every_type_bank
from tests.factories import make_bank

BANK = make_bank()
FIRST = BANK.questions[0]


def likes(stem="", line="", fact="", leaving_out=""):
    return [(one.question.fact, one.same_fact) for one in like(BANK, stem, line, fact, leaving_out)]


def test_nothing_is_like_what_is_not_typed():
    assert likes() == []


def test_a_stem_in_the_same_words_is_found_whatever_it_opens_with():
    assert likes(stem=FIRST.stem)[0] == (FIRST.fact, False)
    assert likes(stem="Zebras graze.") == []


def test_a_fact_in_the_same_words_is_found_by_its_line():
    fact = BANK.facts_by_id()[FIRST.fact]
    assert likes(line=fact.text)[0] == (FIRST.fact, False)


def test_of_one_fact_one_question_is_enough_and_a_question_is_not_like_itself():
    on_it = [one for one in BANK.questions if one.fact == FIRST.fact]
    assert len(on_it) > 1
    assert likes(fact=FIRST.fact) == [(FIRST.fact, True)]
    alone = replace(BANK, questions=(FIRST,))
    assert like(alone, FIRST.stem, "", FIRST.fact, FIRST.id) == []


def test_the_echo_of_one_question_is_what_the_rule_says_of_the_bank():
    for bank in (BANK, every_type_bank()):
        for question in bank.questions[::3]:
            echo = replace(question, id="echo", recipe=question.recipe)
            whole = replace(bank, questions=(*bank.questions, echo))
            expected = [spot for spot in questions_are_different(whole) if spot.place == "echo"]
            assert list(echo_of(echo, bank.questions)) == expected
