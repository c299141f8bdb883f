"""When a fact is due next: FSRS-6 on whole study days. The only file that imports fsrs.

FSRS is given noon UTC of the study day and never a clock time: by the clock a review after 23.9 hours would count as
the same day and one after 24.0 hours as the next. Its own fuzz is off; `spreading.py` does that, with a seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import cache
from math import exp, log

import fsrs

DESIRED_RETENTION = 0.9
LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.97
LEARNING_STEPS = (timedelta(minutes=10),)
RELEARNING_STEPS = (timedelta(minutes=10),)
LONGEST_INTERVAL = 36_500
PARAMETER_SET = "fsrs-6 defaults"
DECAY = fsrs.scheduler.FSRS_DEFAULT_DECAY
_WEIGHTS = tuple(float(one) for one in fsrs.scheduler.DEFAULT_PARAMETERS)
_NOON = datetime(1970, 1, 1, 12, tzinfo=UTC)


class Rating(IntEnum):
    """How well a fact was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def recalled(self) -> bool:
        """Whether it was recalled at all."""
        return self is not Rating.AGAIN


class MemoryState(StrEnum):
    """Where a memory stands: steps of minutes at first and after a lapse, days in between."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """One learner's memory of one fact. A fact never reviewed has no stability and no day.

    `stability` is the number of days after which recall falls to 90 %, `difficulty` runs from 1 to 10; `last_day` and
    `due_day` are study days; `due_at` is set instead of a due day that counts while a step of minutes runs.
    `recalled_days` counts the days with a recall, the last of which was `recalled_on`.
    """

    state: MemoryState = MemoryState.LEARNING
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last_day: int | None = None
    due_day: int | None = None
    due_at: datetime | None = None
    repetitions: int = 0
    lapses: int = 0
    recalled_days: int = 0
    recalled_on: int | None = None

    @property
    def interval(self) -> int:
        """The days from the last review to the next; 0 before the first and during a step of minutes."""
        if self.last_day is None or self.due_day is None or self.due_at is not None:
            return 0
        return self.due_day - self.last_day


NEW = Memory()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A memory after a review. `step` is the wait while it is learnt; None: `interval` days, not yet spread."""

    memory: Memory
    interval: int
    step: timedelta | None


def review(
    memory: Memory,
    rating: Rating,
    day: int,
    now: datetime,
    *,
    weight: float = 1.0,
    retention: float = DESIRED_RETENTION,
) -> Reviewed:
    """Return the memory after a review on study day `day` at the moment `now`.

    `weight`, above 0 and at most 1, is how far a recall is evidence: a right choice that may have been a guess moves
    the memory that part of the way. A study day before the last one (a clock set back, a flight west) counts as the
    last one. Raises ValueError for a weight out of range; ratings are `Rating` by type.
    """
    if not 0 < weight <= 1:
        raise ValueError(f"a weight lies above 0 and at most at 1, not at {weight}")
    rating = Rating(rating)
    day = day if memory.last_day is None else max(day, memory.last_day)
    card, _ = _scheduler(clamped(retention)).review_card(_card_of(memory), fsrs.Rating(rating), _moment_of(day))
    stability, difficulty = float(card.stability or 0), float(card.difficulty or 0)
    if weight < 1 and rating.recalled:
        stability, difficulty = _weighed(memory, stability, difficulty, weight)
    step = card.due - _moment_of(day) if card.state is not fsrs.State.Review else None
    interval = ideal_interval(stability, retention) if step is None else 0
    first_today = rating.recalled and memory.recalled_on != day
    reviewed = Memory(
        state=MemoryState[card.state.name.upper()],
        step=card.step,
        stability=stability,
        difficulty=difficulty,
        last_day=day,
        due_day=day + interval,
        due_at=None if step is None else now + step,
        repetitions=memory.repetitions + 1,
        lapses=memory.lapses + (memory.state is MemoryState.REVIEW and not rating.recalled),
        recalled_days=memory.recalled_days + first_today,
        recalled_on=day if rating.recalled else memory.recalled_on,
    )
    return Reviewed(reviewed, interval, step)


def strength_after(stability: float | None, difficulty: float | None, days: int, rating: Rating) -> tuple[float, float]:
    """Return the stability and difficulty that `review` leads to, `days` after the last review; None: never reviewed.

    For looking far ahead over many facts: FSRS-6's formulas without its cards and moments, ten times as fast.
    Source: open-spaced-repetition, "The Algorithm" (FSRS-6), with its default parameters.
    """
    w = _WEIGHTS
    if stability is None or difficulty is None:
        return w[rating - 1], _first_difficulty(rating)
    if days < 1:
        growth = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        grown = stability * (max(1.0, growth) if rating.recalled else growth)
    elif rating.recalled:
        surprise = exp(w[10] * (1 - recall_after(days, stability))) - 1
        bonus = {Rating.HARD: w[15], Rating.EASY: w[16]}.get(rating, 1.0)
        grown = stability * (1 + exp(w[8]) * (11 - difficulty) * stability ** -w[9] * surprise * bonus)
    else:
        forgotten = exp(w[14] * (1 - recall_after(days, stability)))
        long_term = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * forgotten
        grown = min(long_term, stability / exp(w[17] * w[18]))
    moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    reverted = w[7] * _easiest() + (1 - w[7]) * moved
    return max(fsrs.scheduler.STABILITY_MIN, grown), min(10.0, max(1.0, reverted))


def due_after(reviewed: Reviewed, interval: int) -> Memory:
    """Return the memory due `interval` days after its review instead of on the plain interval."""
    if reviewed.step is not None:
        return reviewed.memory
    return replace(reviewed.memory, due_day=(reviewed.memory.last_day or 0) + interval)


def retrievability(memory: Memory, day: int) -> float:
    """Return the chance, 0 to 1, that the fact is recalled on study day `day`; 0 for one never reviewed."""
    if memory.stability is None or memory.last_day is None:
        return 0.0
    return recall_after(max(0, day - memory.last_day), memory.stability)


def recall_after(days: int, stability: float) -> float:
    """Return the chance of recall after `days`, by FSRS-6's forgetting curve: a power of time, 0.9 at `stability`."""
    return float((1 + _factor() * days / stability) ** -DECAY)


def recalls_on(day: int, last_days: Sequence[int], stabilities: Sequence[float]) -> list[float]:
    """Return the chance of recall on `day` of many facts at once, each by its last day of review and its stability."""
    factor, decay = _factor(), -DECAY
    pairs = zip(last_days, stabilities, strict=True)
    return [(1 + factor * max(0, day - last) / stability) ** decay for last, stability in pairs]


def ideal_interval(stability: float, retention: float = DESIRED_RETENTION) -> int:
    """Return after how many days recall falls to `retention`, at least 1: FSRS-6's curve, solved for the time."""
    days = stability / _factor() * (float(clamped(retention) ** (-1 / DECAY)) - 1)
    return min(LONGEST_INTERVAL, max(1, round(days)))


def clamped(retention: float) -> float:
    """Return a desired retention within the bounds in which FSRS gives sensible intervals."""
    return min(HIGHEST_RETENTION, max(LOWEST_RETENTION, retention))


def _weighed(memory: Memory, stability: float, difficulty: float, weight: float) -> tuple[float, float]:
    """Move from the state before towards the state after by `weight`: stability by ratio, difficulty by difference.

    A fact never reviewed starts from where a failed first review would have put it.
    """
    before, hard = memory.stability, memory.difficulty
    if before is None or hard is None:
        failed, _ = _scheduler(DESIRED_RETENTION).review_card(_card_of(NEW), fsrs.Rating.Again, _moment_of(0))
        before, hard = float(failed.stability or 0), float(failed.difficulty or 0)
    return exp((1 - weight) * log(before) + weight * log(stability)), (1 - weight) * hard + weight * difficulty


def _first_difficulty(rating: Rating) -> float:
    return min(10.0, max(1.0, _WEIGHTS[4] - exp(_WEIGHTS[5] * (rating - 1)) + 1))


@cache
def _easiest() -> float:
    """Return the difficulty that all others tend to: that of an easy first review, not bounded."""
    return _WEIGHTS[4] - exp(_WEIGHTS[5] * (Rating.EASY - 1)) + 1


@cache
def _scheduler(retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=LEARNING_STEPS,
        relearning_steps=RELEARNING_STEPS,
        maximum_interval=LONGEST_INTERVAL,
        enable_fuzzing=False,
    )


@cache
def _factor() -> float:
    return float(DESIRED_RETENTION ** (-1 / DECAY) - 1)


def _moment_of(day: int) -> datetime:
    return _NOON + timedelta(days=day)


def _card_of(memory: Memory) -> fsrs.Card:
    """Put a memory into the library's terms; it is always given an id and moments, or it would read the clock."""
    last = None if memory.last_day is None else _moment_of(memory.last_day)
    return fsrs.Card(
        card_id=1,
        state=fsrs.State[memory.state.name.title()],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=last or _NOON,
        last_review=last,
    )
