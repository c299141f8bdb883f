from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.memory.scheduling import (
    LEARNING_STEPS,
    NEW,
    RELEARNING_STEPS,
    Memory,
    MemoryState,
    Rating,
    clamped,
    due_after,
    ideal_interval,
    recall_after,
    retrievability,
    review,
    strength_after,
)
from tests.factories import NOON

DAY = 20_000
ratings = st.sampled_from(list(Rating))
histories = st.lists(st.tuples(ratings, st.integers(0, 400)), min_size=1, max_size=25)


def replayed(history: list[tuple[Rating, int]]) -> Memory:
    memory, day = NEW, DAY
    for rating, later in history:
        day += later
        memory = review(memory, rating, day, NOON).memory
    return memory


def by_the_library(history: list[tuple[Rating, int]]) -> fsrs.Card:
    """Replay a history with py-fsrs itself, on moments a whole number of days apart."""
    scheduler = fsrs.Scheduler(learning_steps=LEARNING_STEPS, relearning_steps=RELEARNING_STEPS, enable_fuzzing=False)
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    card = fsrs.Card(card_id=7, due=moment)
    for rating, later in history:
        moment += timedelta(days=later)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), moment)
    return card


@settings(max_examples=2_000, deadline=None)
@given(histories)
def test_states_equal_those_of_py_fsrs(history):
    ours, theirs = replayed(history), by_the_library(history)
    assert ours.stability == pytest.approx(theirs.stability, rel=1e-4)
    assert ours.difficulty == pytest.approx(theirs.difficulty, rel=1e-4)
    assert ours.state.name == theirs.state.name.upper()
    assert ours.step == theirs.step
    if theirs.state is fsrs.State.Review:
        assert ours.interval == (theirs.due - theirs.last_review).days


@given(histories, st.integers(0, 1_000))
def test_recall_equals_that_of_py_fsrs(history, later):
    ours, theirs = replayed(history), by_the_library(history)
    moment = theirs.last_review + timedelta(days=later)
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    expected = scheduler.get_card_retrievability(theirs, moment)
    assert retrievability(ours, ours.last_day + later) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=500)
@given(histories)
def test_looking_ahead_without_cards_leads_to_the_same_strength_as_reviews_do(history):
    ours, day, last = replayed(history), DAY, None
    stability = difficulty = None
    for rating, later in history:
        day += later
        elapsed = 0 if last is None else day - last
        stability, difficulty = strength_after(stability, difficulty, elapsed, rating)
        last = day
    assert stability == pytest.approx(ours.stability, rel=1e-9)
    assert difficulty == pytest.approx(ours.difficulty, rel=1e-9)


@given(histories, ratings)
def test_a_review_leaves_the_memory_it_was_given_alone_and_repeats_itself(history, rating):
    memory = replayed(history)
    kept = review(memory, rating, memory.last_day + 3, NOON)
    assert review(memory, rating, memory.last_day + 3, NOON) == kept
    assert memory == replayed(history)


def test_a_new_fact_recalled_comes_back_in_days_and_one_not_recalled_in_minutes():
    known = review(NEW, Rating.GOOD, DAY, NOON)
    assert (known.interval, known.step) == (2, None)
    assert known.memory.state is MemoryState.REVIEW
    forgotten = review(NEW, Rating.AGAIN, DAY, NOON)
    assert forgotten.step == timedelta(minutes=10)
    assert forgotten.memory.due_at == NOON + timedelta(minutes=10)
    assert forgotten.memory.interval == 0


def test_a_lapse_is_counted_once_until_the_fact_is_learnt_again():
    memory = review(NEW, Rating.GOOD, DAY, NOON).memory
    memory = review(memory, Rating.AGAIN, DAY + 2, NOON).memory
    memory = review(memory, Rating.AGAIN, DAY + 2, NOON).memory
    assert (memory.state, memory.lapses) == (MemoryState.RELEARNING, 1)


def test_recalls_are_counted_by_days_and_not_by_reviews():
    memory = NEW
    for day in (DAY, DAY, DAY + 1, DAY + 1, DAY + 5):
        memory = review(memory, Rating.GOOD, day, NOON).memory
    assert (memory.recalled_days, memory.recalled_on, memory.repetitions) == (3, DAY + 5, 5)


def test_a_clock_that_was_set_back_counts_as_the_same_day():
    memory = review(NEW, Rating.GOOD, DAY, NOON).memory
    back = review(memory, Rating.GOOD, DAY - 4, NOON).memory
    assert back == review(memory, Rating.GOOD, DAY, NOON).memory
    assert back.last_day == DAY


@given(histories, st.floats(0.01, 1.0))
def test_a_recall_that_may_be_a_guess_moves_the_memory_part_of_the_way(history, weight):
    memory = replayed(history)
    day = memory.last_day + 5
    full = review(memory, Rating.GOOD, day, NOON).memory
    part = review(memory, Rating.GOOD, day, NOON, weight=weight).memory
    low, high = sorted((memory.stability, full.stability))
    assert low * (1 - 1e-9) <= part.stability <= high * (1 + 1e-9)


def test_a_new_fact_guessed_right_is_weaker_than_one_that_was_known():
    guessed = review(NEW, Rating.GOOD, DAY, NOON, weight=0.5).memory
    failed = review(NEW, Rating.AGAIN, DAY, NOON).memory
    known = review(NEW, Rating.GOOD, DAY, NOON).memory
    assert failed.stability < guessed.stability < known.stability


def test_a_weight_says_nothing_of_what_was_not_recalled():
    memory = review(NEW, Rating.GOOD, DAY, NOON).memory
    assert review(memory, Rating.AGAIN, DAY + 2, NOON, weight=0.3) == review(memory, Rating.AGAIN, DAY + 2, NOON)


@pytest.mark.parametrize("weight", [0, -1, 1.01, float("nan")])
def test_a_weight_out_of_range_is_refused(weight):
    with pytest.raises(ValueError, match="weight"):
        review(NEW, Rating.GOOD, DAY, NOON, weight=weight)


@pytest.mark.parametrize("rating", [0, 5, 2.5, "good"])
def test_a_rating_that_is_none_is_refused(rating):
    with pytest.raises(ValueError, match="not a valid Rating"):
        review(NEW, rating, DAY, NOON)


@pytest.mark.parametrize(("asked", "used"), [(-1, 0.70), (0, 0.70), (0.85, 0.85), (1, 0.97), (9, 0.97)])
def test_desired_retention_stays_within_sensible_bounds(asked, used):
    assert clamped(asked) == used
    assert 1 <= ideal_interval(10, asked) <= 36_500


@given(st.floats(0.01, 3_000), st.sampled_from([0.7, 0.8, 0.9, 0.97]))
def test_recall_on_the_ideal_day_is_the_retention_that_was_desired(stability, retention):
    days = ideal_interval(stability, retention)
    if days > 20:  # below, rounding to whole days moves it
        assert recall_after(days, stability) == pytest.approx(retention, abs=0.01)


def test_a_fact_is_due_another_day_without_losing_its_state():
    reviewed = review(NEW, Rating.EASY, DAY, NOON)
    moved = due_after(reviewed, 9)
    assert (moved.due_day, moved.stability) == (DAY + 9, reviewed.memory.stability)


def test_a_step_of_minutes_cannot_be_moved_to_another_day():
    reviewed = review(NEW, Rating.AGAIN, DAY, NOON)
    assert due_after(reviewed, 9) == reviewed.memory


def test_a_fact_never_reviewed_is_not_recalled():
    assert retrievability(NEW, DAY) == 0
