"""How much a learner takes on: their own pace, a daily limit that is kept, and how a backlog is spread over days."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FIRST_PACE_SECONDS = 15.0
"""Seconds a review takes somebody of whom nothing is known; two thirds of what a quiz question takes."""
_WORTH = 10
_LOOK_AHEAD_DAYS = 365


class SessionKind(StrEnum):
    """Whether a study session follows the schedule or leaves it alone."""

    STUDY = "study"
    PRACTICE = "practice"


class LimitKind(StrEnum):
    """What a daily limit counts."""

    MINUTES = "minutes"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class DailyLimit:
    """At most `amount` minutes or cards a study day."""

    kind: LimitKind = LimitKind.MINUTES
    amount: int = 20

    def cards(self, pace: float) -> int:
        """Return how many cards a day the limit allows at `pace` seconds a card, at least one."""
        if self.kind is LimitKind.CARDS:
            return max(1, self.amount)
        return max(1, int(self.amount * 60 / pace))


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What a session holds: cards due and new ones, `waiting` for later days because of the limit, seconds a card."""

    due: int
    new: int
    waiting: int
    pace: float

    @property
    def cards(self) -> int:
        """How many cards it holds."""
        return self.due + self.new

    @property
    def minutes(self) -> int:
        """About how long it takes, in whole minutes, at least one."""
        return minutes_for(self.cards, self.pace)


def pace_of(seconds: float, reviews: int) -> float:
    """Return the seconds a review takes from the time that `reviews` took together.

    A few reviews are weighed against what is usual.
    """
    if reviews <= 0 or seconds < 0:
        return FIRST_PACE_SECONDS
    share = reviews / (reviews + _WORTH)
    return share * (seconds / reviews) + (1 - share) * FIRST_PACE_SECONDS


def minutes_for(cards: int, pace: float) -> int:
    """Return about how many whole minutes `cards` take, at least one."""
    return max(1, round(cards * pace / 60))


def plan_session(
    due: int, fresh: int, done_today: int, new_today: int, limit: DailyLimit, new_a_day: int, pace: float
) -> SessionPlan:
    """Fit what is due, then new facts, into what the daily limit leaves of today.

    `done_today` cards and `new_today` new facts were reviewed today already; `fresh` facts were never asked.
    """
    room = max(0, limit.cards(pace) - done_today)
    taken = min(due, room)
    new = min(fresh, max(0, new_a_day - new_today), room - taken)
    return SessionPlan(taken, new, due - taken, pace)


@dataclass(frozen=True, slots=True)
class BacklogPlan:
    """How a backlog is worked off: `a_day` cards until study day `level_on`; None: not within a year at this rate."""

    a_day: int
    level_on: int | None


def plan_backlog(waiting: int, loads: Mapping[int, int], today: int, a_day: int) -> BacklogPlan:
    """Say on which study day nothing is left waiting, when `waiting` cards and the `loads` to come take `a_day` a day.

    What is reviewed on the way comes back later and is not counted: the day is the earliest one.
    """
    left = waiting
    for day in range(today + 1, today + 1 + _LOOK_AHEAD_DAYS):
        left = max(0, left + loads.get(day, 0) - a_day)
        if left == 0:
            return BacklogPlan(a_day, day)
    return BacklogPlan(a_day, None)
