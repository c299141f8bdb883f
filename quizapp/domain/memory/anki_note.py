"""What an Anki package is made from: a fact as a note, what is remembered of it, and its reviews."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FSRS_6_DECAY = 0.1542


class AnkiReviewKind(StrEnum):
    """What a review was; a `CRAM` leaves the schedule alone."""

    LEARN = "learn"
    REVIEW = "review"
    RELEARN = "relearn"
    CRAM = "cram"


class AnkiState(StrEnum):
    """Where the card of a note stands once it is no longer new."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class AnkiReview:
    """One rating, 1 (Again) to 4 (Easy), and the intervals it set and ended. Raises ValueError when one is impossible.

    `last_interval` is zero at the first review. Anki keeps whole days, and whole seconds of what is shorter than a day.
    """

    at: datetime
    rating: int
    interval: timedelta
    last_interval: timedelta
    kind: AnkiReviewKind
    duration_ms: int

    def __post_init__(self) -> None:
        if self.rating not in {1, 2, 3, 4}:
            raise ValueError(f"a rating is 1, 2, 3 or 4, not {self.rating!r}")
        if min(self.interval, self.last_interval) < timedelta(0) or self.duration_ms < 0:
            raise ValueError("an interval or a duration is not below zero")


@dataclass(frozen=True, slots=True)
class AnkiMemory:
    """What is remembered of a fact, in FSRS's terms.

    `due_in_days` counts from the study day of the export and is negative when overdue. `due_at` is the moment of a
    learning step within the day, and without it a step waits for its day. Stability and `interval_days` are in days.
    """

    state: AnkiState
    due_in_days: int
    due_at: datetime | None
    interval_days: int
    repetitions: int
    lapses: int
    stability: float
    difficulty: float
    last_review: datetime
    desired_retention: float
    decay: float = FSRS_6_DECAY


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A fact as two sides in plain text; `key` names it for ever ("karabakh-talks/aid-weight"), in every export.

    A note without `memory` is new. The voices say whose word it is and stand on the sides they are named after.
    """

    key: str
    front: str
    front_voice: str
    back: str
    statement: str
    back_voice: str
    place: str
    note: str
    tags: tuple[str, ...] = ()
    memory: AnkiMemory | None = None
    reviews: tuple[AnkiReview, ...] = ()
