from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.scheduling import NEW, Memory, MemoryState, Rating, review
from quizapp.domain.memory.spreading import Break, Calendar, bounds_of_days, choices, choose_day, fuzz_bounds, schedule
from quizapp.domain.memory.study_days import day_number
from tests.factories import NOON

DAY = day_number(date(2026, 5, 1))  # a Friday
ALL = tuple(Rating)


def grown(stability: float = 10.0, interval: int = 10, **changes: object) -> Memory:
    values: dict[str, object] = {
        "state": MemoryState.REVIEW,
        "step": None,
        "stability": stability,
        "difficulty": 5.0,
        "last_day": DAY - interval,
        "due_day": DAY,
        "repetitions": 4,
        "recalled_days": 2,
    }
    return Memory(**values | changes)  # type: ignore[arg-type]


memories = st.builds(
    lambda stability, interval, difficulty, turn: grown(stability, interval, difficulty=difficulty, repetitions=turn),
    st.floats(0.1, 3_000),
    st.integers(0, 400),
    st.floats(1, 10),
    st.integers(1, 40),
)
loads = st.dictionaries(st.integers(DAY, DAY + 400), st.integers(0, 300), max_size=60)
weeks = st.tuples(*[st.sampled_from((0, 25, 50, 100))] * 7)
breaks = st.none() | st.builds(
    lambda first, length: Break(DAY + first, DAY + first + length), st.integers(1, 60), st.integers(0, 30)
)
calendars = st.builds(Calendar, loads, weeks, breaks, st.integers(0, 9))


@pytest.mark.parametrize(
    ("interval", "bounds"), [(1, (1, 1)), (2, (2, 2)), (3, (2, 4)), (7, (5, 9)), (10, (8, 12)), (30, (27, 33))]
)
def test_fuzz_has_the_bounds_of_anki(interval, bounds):
    assert fuzz_bounds(interval) == bounds


def test_plain_fuzz_is_even_over_its_days():
    counts = Counter(choose_day(8, 12, Calendar(seed=seed)) for seed in range(5_000))
    expected = 1_000
    assert set(counts) == {8, 9, 10, 11, 12}
    chi_square = sum((count - expected) ** 2 / expected for count in counts.values())
    assert chi_square < 18.47  # 4 degrees of freedom, p = 0.001


@given(memories, calendars, st.sets(st.sampled_from(ALL)).map(sorted))
def test_what_stands_on_a_button_is_what_is_given_whatever_filled_up_meanwhile(memory, calendar, ratings):
    shown = choices(memory, ratings, DAY, NOON, calendar)
    intervals = {rating: one.interval for rating, one in shown.items() if one.step is None}
    later = Calendar({DAY + day: 99 for day in range(400)}, calendar.weekday_loads, calendar.days_off, seed="other")
    given_ = choices(memory, ratings, DAY, NOON, later, shown=intervals)
    assert {rating: one.interval for rating, one in given_.items()} == {
        rating: one.interval for rating, one in shown.items()
    }


@given(memories, calendars)
def test_again_is_never_later_than_hard_nor_hard_than_good_nor_good_than_easy(memory, calendar):
    intervals = [one.interval for one in choices(memory, ALL, DAY, NOON, calendar).values()]
    assert intervals == sorted(intervals)


@given(memories, calendars)
def test_the_memory_is_due_after_the_interval_that_was_chosen(memory, calendar):
    for one in choices(memory, ALL, DAY, NOON, calendar).values():
        if one.step is None:
            assert one.memory.due_day == DAY + one.interval
            assert one.bounds[0] <= one.interval <= one.bounds[1]


@given(memories, st.integers(0, 50))
def test_a_recall_never_shortens_an_interval_by_the_choice_of_the_day(memory, seed):
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        plain = review(memory, rating, DAY, NOON).interval
        chosen = choices(memory, [rating], DAY, NOON, Calendar(seed=seed))[rating].interval
        assert chosen >= min(plain, memory.interval)


@given(memories, calendars)
def test_nothing_is_made_due_on_a_day_off(memory, calendar):
    for one in choices(memory, ALL, DAY, NOON, calendar).values():
        if one.step is None and calendar.days_off is not None:
            assert not calendar.days_off.holds(DAY + one.interval)


@pytest.mark.parametrize("shown", [-3, 0, 1, 10_000, 2**40])
def test_an_interval_that_never_stood_on_the_button_is_not_given(shown):
    memory = grown()
    given_ = choices(memory, [Rating.GOOD], DAY, NOON, Calendar(), shown={Rating.GOOD: shown})[Rating.GOOD]
    assert given_ == replace(choices(memory, [Rating.GOOD], DAY, NOON, Calendar())[Rating.GOOD], kept=False)


def test_the_least_loaded_day_is_taken():
    loads = {DAY + 8: 5, DAY + 9: 4, DAY + 10: 3, DAY + 11: 1, DAY + 12: 2}
    assert choose_day(DAY + 8, DAY + 12, Calendar(loads)) == DAY + 11


def test_an_easy_day_takes_its_share_of_the_load():
    half_sundays = (100,) * 6 + (50,)
    placed: Counter[int] = Counter()
    for number in range(700):
        placed[choose_day(DAY + 3, DAY + 16, Calendar(placed, half_sundays, seed=number))] += 1
    sundays = [placed[day] for day in range(DAY + 3, DAY + 17) if day % 7 == (DAY + 2) % 7]
    others = [placed[day] for day in range(DAY + 3, DAY + 17) if day % 7 != (DAY + 2) % 7]
    assert sum(sundays) / len(sundays) <= 0.75 * sum(others) / len(others)


def test_a_weekday_without_load_is_taken_only_where_there_is_nothing_else():
    only_saturdays = (0, 0, 0, 0, 0, 100, 0)
    assert (choose_day(DAY + 3, DAY + 12, Calendar(weekday_loads=only_saturdays)) - DAY) % 7 == 1
    assert choose_day(DAY + 3, DAY + 4, Calendar(weekday_loads=only_saturdays)) in (DAY + 3, DAY + 4)


def test_a_fact_that_would_fall_into_a_break_comes_just_before_or_after_it():
    memory = grown()
    plain = choices(memory, [Rating.GOOD], DAY, NOON, Calendar())[Rating.GOOD].interval
    days_off = Break(DAY + plain - 10, DAY + plain + 20)
    moved = choices(memory, [Rating.GOOD], DAY, NOON, Calendar(days_off=days_off))[Rating.GOOD].interval
    assert moved < plain - 10
    days_off = Break(DAY + plain - 20, DAY + plain + 10)
    moved = choices(memory, [Rating.GOOD], DAY, NOON, Calendar(days_off=days_off))[Rating.GOOD].interval
    assert moved > plain + 10


def test_the_days_that_may_be_chosen_hold_the_one_that_is():
    memory = grown()
    reviewed = review(memory, Rating.GOOD, DAY, NOON)
    first, last = bounds_of_days(memory, reviewed, Calendar())
    assert first <= schedule(memory, reviewed, Rating.GOOD, Calendar()).memory.due_day <= last


def test_load_balancing_evens_out_the_days_of_a_learner_who_takes_on_the_same_every_day():
    """12 new facts a day for 170 days: the spread of the counts about their 15-day mean falls by 40 % or more."""
    assert spread_of_days(balanced=True) <= 0.6 * spread_of_days(balanced=False)


def spread_of_days(balanced: bool) -> float:
    due: dict[int, list[Memory]] = {}
    counts: Counter[int] = Counter()
    done = []
    for today in range(DAY, DAY + 170):
        todays = due.pop(today, [])
        done.append(len(todays))
        for number, memory in enumerate([*todays, *[NEW] * 12]):
            calendar = Calendar(counts if balanced else {}, seed=today * 1_000 + number)
            following = choices(memory, [Rating.GOOD], today, NOON, calendar)[Rating.GOOD].memory
            due.setdefault(following.due_day, []).append(following)
            counts[following.due_day] += 1
    window = range(60, len(done) - 8)
    squares = [(done[day] - sum(done[day - 7 : day + 8]) / 15) ** 2 for day in window]
    return (sum(squares) / len(squares)) ** 0.5
