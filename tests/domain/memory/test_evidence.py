import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.evidence import ReviewKind, Strength, rating_of, strength_of, weight_of
from quizapp.domain.memory.scheduling import NEW, Rating, review
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.factories import NOON, make_question

CHOSEN = {"single_choice", "multiple_choice", "true_false", "matching", "ordering"}


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_what_is_chosen_and_what_is_typed_is_told_by_what_can_be_guessed(name):
    question = make_question(type=name, body=QUESTION_TYPES[name].example)
    assert strength_of(question) is (Strength.CHOSEN if name in CHOSEN else Strength.PRODUCED)


def test_only_full_credit_is_a_recall():
    assert [rating_of(score) for score in (0, 0.5, 0.99, 1)] == [Rating.AGAIN, Rating.AGAIN, Rating.AGAIN, Rating.GOOD]


def test_study_and_quizzes_change_memory_and_nothing_else_does():
    assert {kind for kind in ReviewKind if kind.changes_memory} == {ReviewKind.STUDY, ReviewKind.QUIZ}


def test_a_typed_answer_is_full_evidence():
    assert weight_of(NEW, 10, 0) == 1


def test_the_more_can_be_guessed_the_less_a_right_choice_says():
    assert weight_of(NEW, 10, 0.5) < weight_of(NEW, 10, 0.25) < 1
    assert weight_of(NEW, 10, 0.25) == pytest.approx(0.8)


def test_a_right_choice_says_more_of_a_fact_that_is_likely_known():
    memory = review(NEW, Rating.EASY, 10, NOON).memory
    assert weight_of(memory, 12, 0.25) > weight_of(memory, 400, 0.25)


@given(st.integers(0, 5_000), st.floats(0, 1))
def test_a_weight_is_always_one_that_a_review_takes(days, guess):
    memory = review(NEW, Rating.AGAIN, 10, NOON).memory
    assert 0 < weight_of(memory, 10 + days, guess) <= 1
