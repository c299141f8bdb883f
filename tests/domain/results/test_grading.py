import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.weight import WEIGHTS, weight_words
from quizapp.domain.results.grading import attempt_score, effective_questions

SCORES = st.lists(st.none() | st.floats(0, 1), max_size=50)
WEIGHED = st.lists(st.tuples(st.none() | st.floats(0, 1), st.sampled_from(WEIGHTS)), max_size=50)


@pytest.mark.parametrize(
    ("scores", "score", "counts"),
    [
        ([], 0.0, (0, 0, 0, 0)),
        ([1.0, 1.0], 1.0, (2, 0, 0, 0)),
        ([1.0, 0.0, None, 0.5], 0.375, (1, 1, 1, 1)),
        ([None, None], 0.0, (0, 0, 0, 2)),
        ([0.1] * 10, 0.1, (0, 10, 0, 0)),
    ],
)
def test_omitted_and_wrong_are_counted_apart_and_both_give_nothing(scores, score, counts):
    result = attempt_score(scores)
    assert (result.right, result.partly, result.wrong, result.omitted) == counts
    assert result.score == pytest.approx(score)


@given(SCORES)
def test_a_score_is_a_share_and_every_question_is_counted_once(scores):
    result = attempt_score(scores)
    assert 0 <= result.score <= 1
    assert result.questions == len(scores)


@given(SCORES)
def test_the_order_of_the_questions_does_not_change_the_score(scores):
    assert attempt_score(scores) == attempt_score(scores[::-1])


@pytest.mark.parametrize(
    ("scores", "weights", "score"),
    [
        ([1.0, 0.0], [1.0, 1.0], 0.5),
        ([1.0, 0.0], [3.0, 1.0], 0.75),
        ([1.0, None], [0.0, 2.0], 0.0),
        ([1.0, 0.5, None], [2.0, 1.0, 1.0], 0.625),
        ([1.0, 0.0], [0.0, 0.0], 0.5),
    ],
)
def test_a_question_counts_as_much_as_it_weighs_and_all_the_same_where_none_weighs_anything(scores, weights, score):
    assert attempt_score(scores, weights).score == pytest.approx(score)


@given(WEIGHED)
def test_a_weighed_score_is_a_share_and_all_right_is_everything(weighed):
    scores, weights = [score for score, _ in weighed], [weight for _, weight in weighed]
    assert 0 <= attempt_score(scores, weights).score <= 1
    if weighed:
        assert attempt_score([1.0] * len(weighed), weights).score == 1
        assert 1 <= attempt_score(scores, weights).effective <= len(weighed) + 1e-9


@given(SCORES)
def test_equal_weights_change_nothing(scores):
    assert attempt_score(scores, [2.0] * len(scores)).score == pytest.approx(attempt_score(scores).score)


def test_one_question_that_counts_among_three_says_as_much_as_one():
    assert attempt_score([1.0, 0.0, 0.0], [2.0, 0.0, 0.0]).effective == 1
    assert effective_questions(0.0, 0.0, 3) == 3


def test_every_weight_has_its_words():
    assert [weight_words(weight) for weight in (0.0, 2.0, 2.5)] == [
        "does not count in the score",
        "counts twice",
        "counts 2.5 times",
    ]
    assert len({weight_words(weight) for weight in WEIGHTS}) == len(WEIGHTS)
