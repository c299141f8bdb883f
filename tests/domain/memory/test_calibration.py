from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.calibration import LATEST, Calibration, Foretold, calibrate, calibrated, foretold
from quizapp.domain.memory.scheduling import NEW, Rating, ideal_interval, recall_after, review
from tests.factories import NOON

reviews = st.lists(
    st.builds(Foretold, st.integers(1, 400), st.floats(1, 500), st.booleans(), st.sampled_from([0.0, 0.25, 0.5])),
    max_size=40,
)
factors = st.floats(1 / 3, 3)


def answered(factor: float, count: int, guess: float = 0.0, seed: int = 1) -> list[Foretold]:
    """Return the reviews of a learner whose memories last `factor` times as long as is foretold."""
    generator = Random(seed)
    found = []
    for number in range(count):
        stability = 5.0 + number % 50
        right = generator.random() < recall_after(round(stability), stability * factor) or generator.random() < guess
        found.append(Foretold(round(stability), stability, right, guess))
    return found


def test_a_learner_of_whom_nothing_is_known_is_as_foretold():
    assert calibrate([]).factor == pytest.approx(1, abs=1e-3)


@given(reviews)
def test_the_factor_stays_within_its_bounds(reviews):
    assert 1 / 3 <= calibrate(reviews).factor <= 3


@given(reviews, st.integers(0, 39))
def test_a_recall_in_place_of_a_lapse_never_shortens_the_intervals(reviews, number):
    if reviews:
        number %= len(reviews)
        worse, better = (
            [*reviews[:number], replace(reviews[number], right=right), *reviews[number + 1 :]]
            for right in (False, True)
        )
        assert calibrate(better).factor >= calibrate(worse).factor


@given(st.integers(1, 2), st.booleans())
def test_a_review_or_two_move_the_factor_little(count, right):
    assert 0.7 < calibrate([Foretold(10, 10.0, right)] * count).factor < 1.3


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("guess", [0.0, 0.25])
def test_a_factor_that_is_there_is_found(factor, guess):
    found = [calibrate(answered(factor, LATEST, guess, seed)).factor for seed in range(20)]
    assert sum(found) / len(found) == pytest.approx(factor, rel=0.25)


def test_only_the_latest_reviews_count():
    late = answered(2.0, LATEST)
    assert calibrate(answered(0.4, 500) + late) == calibrate(late)


def test_the_more_reviews_there_are_the_surer_the_factor():
    spreads = [calibrate(answered(1.0, count)).spread for count in (0, 20, 100, 300)]
    assert spreads[0] == Calibration().spread
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[-1] < 0.3


@given(reviews)
def test_the_spread_is_never_wider_than_before_any_review(reviews):
    assert 0 < calibrate(reviews).spread <= Calibration().spread


@given(st.floats(5, 500), factors)
def test_the_calibrated_retention_makes_intervals_longer_by_the_factor(stability, factor):
    asked = calibrated(0.9, factor)
    assert 0.70 < asked < 0.97
    assert abs(ideal_interval(stability, asked) - ideal_interval(stability * factor, 0.9)) <= 1


@given(st.floats(0.7, 0.97), factors)
def test_the_calibrated_retention_stays_within_the_bounds_of_the_scheduling(retention, factor):
    assert 0.70 <= calibrated(retention, factor) <= 0.97
    assert calibrated(retention, 1.0) == pytest.approx(retention)


def test_first_looks_repeats_and_weak_memories_say_nothing_of_the_factor():
    forgotten = review(NEW, Rating.AGAIN, 10, NOON).memory
    known = review(NEW, Rating.GOOD, 10, NOON).memory
    assert foretold(NEW, 10, right=True) is None
    assert foretold(forgotten, 11, right=True) is None
    assert foretold(known, 10, right=True) is None
    assert foretold(known, 12, right=False, guess=0.25) == Foretold(2, known.stability, False, 0.25)
