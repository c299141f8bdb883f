import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.plausible_range import plausible_range


@pytest.mark.parametrize(
    ("score", "questions", "low", "high"),
    [(0.7, 10, 0.3968, 0.8922), (0.0, 10, 0.0, 0.2775), (1.0, 5, 0.5655, 1.0), (0.5, 100, 0.4038, 0.5962)],
)
def test_the_range_is_wilsons(score, questions, low, high):
    found = plausible_range(score, questions)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.0001)


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_the_range_holds_the_score_and_stays_a_share(score, questions):
    found = plausible_range(score, questions)
    assert 0 <= found.low <= score <= found.high <= 1


@given(st.floats(0, 1), st.integers(1, 5_000), st.integers(1, 5_000))
def test_more_questions_make_the_range_narrower(score, questions, more):
    few, many = plausible_range(score, questions), plausible_range(score, questions + more)
    assert many.high - many.low < few.high - few.low


@given(st.floats(0, 1), st.integers(1, 1_000))
def test_the_range_of_the_opposite_score_is_its_mirror(score, questions):
    found, mirrored = plausible_range(score, questions), plausible_range(1 - score, questions)
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-9)


@pytest.mark.parametrize(("score", "questions"), [(0.5, 0), (0.5, -1), (-0.1, 5), (1.1, 5), (float("nan"), 5)])
def test_there_is_no_range_for_what_is_no_score(score, questions):
    with pytest.raises(ValueError, match="no interval"):
        plausible_range(score, questions)
