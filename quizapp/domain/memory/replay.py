"""The memory that a whole log of reviews leads to: for logs of one learner that were kept apart and are joined."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.leech import set_aside
from quizapp.domain.memory.scheduling import NEW, Memory, Rating
from quizapp.domain.memory.spreading import Calendar, choices


@dataclass(frozen=True, slots=True)
class PastReview:
    """A review as it was logged; `interval` is the one given then, 0 where a step of minutes began."""

    id: int
    kind: ReviewKind
    rating: Rating
    weight: float
    day: int
    at: datetime
    interval: int


@dataclass(frozen=True, slots=True)
class CardState:
    """A memory, and the study day on which the fact was set aside after too many lapses, if it was."""

    memory: Memory = NEW
    postponed_on: int | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """The state after all reviews, and the one before each, by its id."""

    after: CardState
    before: Mapping[int, CardState]


def replay(reviews: Iterable[PastReview], calendar: Calendar, retention: float) -> Replayed:
    """Review a fact anew from nothing, in the order of time.

    Each review weighs what it weighed when it was given, and an interval that was promised holds where the memory
    still allows it. What changes no memory (practice, guesses before reading) changes none here.
    """
    state = CardState()
    before: dict[int, CardState] = {}
    for one in sorted(reviews, key=lambda review: (review.at, review.id)):
        before[one.id] = state
        if one.kind.changes_memory:
            state = _after(state.memory, one, calendar, retention)
    return Replayed(state, before)


def _after(memory: Memory, one: PastReview, calendar: Calendar, retention: float) -> CardState:
    scheduled = choices(
        memory,
        [one.rating],
        one.day,
        one.at,
        calendar,
        weight=one.weight,
        retention=retention,
        shown={one.rating: one.interval} if one.interval else {},
    )[one.rating]
    aside = set_aside(memory, scheduled)
    if aside is not None:
        return CardState(aside.memory, aside.memory.last_day)
    after = scheduled.memory
    if one.kind is ReviewKind.QUIZ and not one.rating.recalled:
        after = replace(after, due_at=one.at)  # what was wrong in a quiz is due at once
    return CardState(after)
