import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.results.grading import attempt_score

SCORES = st.lists(st.none() | st.floats(0, 1), max_size=50)


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
