"""On which day within a few a fact comes back: Anki's bounds, the least loaded day, easy days and planned breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType

from quizapp.domain.memory.scheduling import (
    DESIRED_RETENTION,
    LONGEST_INTERVAL,
    Memory,
    Rating,
    Reviewed,
    due_after,
    review,
)
from quizapp.domain.memory.study_days import weekday_of
from quizapp.domain.seeded_order import SeededOrder

_FUZZ_FROM = 2.5
_FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
FULL_LOAD = 100


@dataclass(frozen=True, slots=True)
class Break:
    """Days off, planned ahead: no fact is made due from `first` to `last`, both study days included."""

    first: int
    last: int

    def holds(self, day: int) -> bool:
        """Say whether `day` is one of the days off."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the choice of a day depends on: how many facts are due on each, and how a learner's week goes.

    `weekday_loads` holds the share of a full day's load in percent, Monday first; `seed` names the draw among equal
    days, and must not change between showing an interval and giving it.
    """

    loads: Mapping[int, int] = field(default_factory=dict)
    weekday_loads: tuple[int, ...] = (FULL_LOAD,) * 7
    days_off: Break | None = None
    seed: int | str = 0

    def weight(self, day: int) -> int:
        """Return the share of a full load, in percent, that a study day takes."""
        return self.weekday_loads[weekday_of(day)]

    def is_off(self, day: int) -> bool:
        """Say whether a study day lies in the planned break."""
        return self.days_off is not None and self.days_off.holds(day)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A review and the memory it leads to. `interval` is in days, 0 while `step` runs; it lies within `bounds`.

    `kept` is false where another interval had been shown that no longer stands.
    """

    rating: Rating
    memory: Memory
    interval: int
    step: timedelta | None
    bounds: tuple[int, int]
    kept: bool = True


@cache
def fuzz_bounds(interval: int) -> tuple[int, int]:
    """Return the shortest and longest interval that may stand for `interval` days: Anki's fuzz, 10 days is 8 to 12."""
    if interval < _FUZZ_FROM:
        return interval, interval
    delta = 1.0 + sum(share * max(0.0, min(interval, end) - start) for start, end, share in _FUZZ_RANGES)
    return max(1, round(interval - delta)), min(LONGEST_INTERVAL, round(interval + delta))


def schedule(
    memory: Memory,
    reviewed: Reviewed,
    rating: Rating,
    calendar: Calendar,
    *,
    at_least: int = 0,
    shown: int | None = None,
) -> Scheduled:
    """Choose the day a reviewed fact comes back.

    A recall never brings it back sooner, by the choice alone, than the interval before; `at_least` keeps Hard, Good and
    Easy in order. `shown` is the interval that stood on the button: within the bounds it is the one given.
    """
    if reviewed.step is not None:
        return Scheduled(rating, reviewed.memory, 0, reviewed.step, (0, 0))
    day = reviewed.memory.last_day or 0
    before = memory.interval if rating.recalled else None
    first, last = day_bounds(day, reviewed.interval, before, calendar.days_off, at_least=at_least)
    alone = day_bounds(day, reviewed.interval, before, calendar.days_off)
    kept = shown is None or any(low <= day + shown <= high for low, high in ((first, last), alone))
    interval = shown if shown is not None and kept else choose_day(first, last, calendar, memory.repetitions) - day
    bounds = (min(first - day, interval), max(last - day, interval))
    return Scheduled(rating, due_after(reviewed, interval), interval, None, bounds, kept)


def choices(
    memory: Memory,
    ratings: Sequence[Rating],
    day: int,
    now: datetime,
    calendar: Calendar,
    *,
    weight: float = 1.0,
    retention: float = DESIRED_RETENTION,
    shown: Mapping[Rating, int] = MappingProxyType({}),
) -> dict[Rating, Scheduled]:
    """Return what each of `ratings`, in rising order, leads to: Again <= Hard <= Good <= Easy.

    What is shown on the buttons and what is given afterwards both come from here; `shown` holds the intervals that
    stood there, so that a day that filled up in between does not change what was promised.
    """
    found: dict[Rating, Scheduled] = {}
    at_least = 0
    for rating in ratings:
        reviewed = review(memory, rating, day, now, weight=weight if rating.recalled else 1.0, retention=retention)
        one = schedule(memory, reviewed, rating, calendar, at_least=at_least, shown=shown.get(rating))
        found[rating], at_least = one, one.interval
    return found


def day_bounds(
    day: int, interval: int, before: int | None, days_off: Break | None, *, at_least: int = 0
) -> tuple[int, int]:
    """Return the first and last study day that may stand for `interval` days after `day`.

    `before` is the interval that led to a recall, which fuzz must not undercut; None for a fact not recalled.
    """
    low, high = fuzz_bounds(interval)
    low = low if before is None else max(low, min(interval, before + 1))
    low = min(max(low, at_least), max(high, at_least))
    return _outside(days_off, day + low, day + max(low, high), day + max(1, at_least))


def choose_day(first: int, last: int, calendar: Calendar, turn: int = 0) -> int:
    """Return the day from `first` to `last` with the least load for its weekday; equal ones are drawn by the seed.

    Days off and weekdays without load are taken only where there is nothing else.
    """
    equal = least_loaded(first, last, calendar)
    return SeededOrder(calendar.seed).within(turn).of(equal, name=lambda day: day - first)[0]


def least_loaded(first: int, last: int, calendar: Calendar) -> list[int]:
    """Return the days among which `choose_day` draws: those with the least load for their weekday."""
    days: Sequence[int] = range(first, last + 1)
    if calendar.days_off is not None:
        days = [day for day in days if not calendar.is_off(day)] or days
    days = [day for day in days if calendar.weight(day)] or days
    loads = [(calendar.loads.get(day, 0) + 1) / max(1, calendar.weight(day)) for day in days]
    least = min(loads)
    return [day for day, load in zip(days, loads, strict=True) if load == least]


def bounds_of_days(memory: Memory, reviewed: Reviewed, calendar: Calendar) -> tuple[int, int]:
    """Return the first and last study day that `schedule` may choose for a recall, for loading the loads between."""
    day = reviewed.memory.last_day or 0
    low, high = fuzz_bounds(reviewed.interval)
    return _outside(calendar.days_off, day + low, day + high, day + 1)


def day_out_of_break(day: int, calendar: Calendar, today: int, turn: int = 0) -> int:
    """Return the day on which a fact due on a day off comes instead: before the break where that is nearer, or after.

    A day that is not off stays as it is. Nothing is moved to today or before.
    """
    if not calendar.is_off(day):
        return day
    first, last = _outside(calendar.days_off, day, day, today + 1)
    return choose_day(first, last, calendar, turn)


def _outside(days_off: Break | None, first: int, last: int, earliest: int) -> tuple[int, int]:
    """Return the bounds, or where all of them fall into days off as many days before or after those.

    Before is taken where it is nearer and not sooner than `earliest`.
    """
    if days_off is None or not (days_off.holds(first) and days_off.holds(last)):
        return first, last
    length = days_off.last - days_off.first + 1
    before = max(earliest, days_off.first - length)
    sooner_is_nearer = first - days_off.first < days_off.last - last
    if before < days_off.first and sooner_is_nearer:
        return before, days_off.first - 1
    return days_off.last + 1, days_off.last + length
