"""The log of reviews: each one is stored with the card as it was before, which is all that undoing it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, delete, insert, select
from sqlalchemy.orm import Session

from quizapp.database.memory_tables import ReviewRow
from quizapp.domain.errors import Conflict
from quizapp.domain.memory.evidence import ReviewKind, Strength
from quizapp.domain.memory.leech import set_aside
from quizapp.domain.memory.scheduling import NEW, PARAMETER_SET, Memory, Rating
from quizapp.domain.memory.spreading import Scheduled
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.questions.question_types.question_type import Response
from quizapp.services.study.cards import MEMORY_FIELDS, Card, find_card, keep_card, memory_of_row
from quizapp.services.study.counts import count_done
from quizapp.services.study.mixed_facts import MixUpChange, note_contrast, note_mix_up, take_back

REVIEWS = cast(Table, ReviewRow.__table__)
CHANGING = tuple(kind for kind in ReviewKind if kind.changes_memory)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and in what a review took place: a study session with its stamp, or a position of an attempt."""

    kind: ReviewKind
    now: datetime
    settings: StudySettings
    study_session_id: int | None = None
    stamp: int | None = None
    attempt_id: int | None = None
    position: int | None = None

    @property
    def day(self) -> int:
        """The learner's study day."""
        return self.settings.day_of(self.now)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a review showed. `score` and `given` are None where the learner graded a card themselves.

    `chosen_fact_id` is the fact this one was taken for, `contrast_fact_id` the one it was asked against.
    """

    strength: Strength
    rating: Rating
    weight: float = 1.0
    question_revision_id: int | None = None
    score: float | None = None
    given: Response | None = None
    chosen_fact_id: int | None = None
    contrast_fact_id: int | None = None
    overridden: bool = False
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a review led to: the memory, `postponed_on` if it was set aside, the interval given and its fuzz in days."""

    memory: Memory
    postponed_on: int | None = None
    interval: int = 0
    step_seconds: int | None = None
    fuzz: int = 0


def outcome_of(before: Memory, scheduled: Scheduled, plain_interval: int) -> Outcome:
    """Say what a scheduled review leads to; a fact with too many lapses is set aside instead of drilled."""
    aside = set_aside(before, scheduled)
    if aside is not None:
        return Outcome(aside.memory, aside.memory.last_day, aside.interval)
    memory = scheduled.memory
    step = None if scheduled.step is None else int(scheduled.step.total_seconds())
    return Outcome(memory, None, scheduled.interval, step, scheduled.interval - plain_interval if step is None else 0)


def record(session: Session, occasion: Occasion, card: Card, evidence: Evidence, outcome: Outcome | None) -> int:
    """Store a review and what it leads to; return its id. Without an outcome it is logged and changes no memory.

    Pretests, open-book questions and practice have none. Raises nothing of its own.
    """
    if outcome is not None:
        keep_card(session, card, outcome.memory, outcome.postponed_on)
    _count(session, occasion, card, evidence)
    change = _mix_up(session, occasion, card, evidence)
    values = _columns(occasion, card, evidence, outcome or Outcome(card.memory), change)
    made = session.execute(insert(REVIEWS).values(**values).returning(REVIEWS.c.id))
    return int(made.scalar_one())


def undo(session: Session, row: Row[*tuple[Any, ...]], bank_id: int) -> None:
    """Take a review back: card, counts, mix-up and log are what they were. `row` holds all columns of the review.

    Raises Conflict when the memory of the fact has changed again since, by a quiz or another session.
    """
    later = select(REVIEWS.c.id).where(
        REVIEWS.c.person_id == row.person_id,
        REVIEWS.c.fact_id == row.fact_id,
        REVIEWS.c.id > row.id,
        REVIEWS.c.kind.in_(CHANGING),
    )
    if row.kind.changes_memory and session.execute(later.limit(1)).first() is not None:
        raise Conflict("This fact was answered again since, so that the earlier answer stays.")
    session.execute(delete(REVIEWS).where(REVIEWS.c.id == row.id))
    before = memory_of_row(row, "before_")
    if row.kind.changes_memory:
        now = find_card(session, row.person_id, bank_id, row.fact_id)
        keep_card(session, now, before, row.before_postponed_on)
    if row.mix_up_id is not None:
        take_back(session, MixUpChange(row.mix_up_id, row.before_mix_up, row.id))
    if row.kind is ReviewKind.STUDY:
        amounts = {"reviews": -1, "new_facts": -(before == NEW), "milliseconds": -(row.milliseconds or 0)}
        count_done(session, row.person_id, row.study_day, **amounts)


def _count(session: Session, occasion: Occasion, card: Card, evidence: Evidence) -> None:
    if occasion.kind is ReviewKind.STUDY:
        amounts = {"reviews": 1, "new_facts": int(card.memory == NEW), "milliseconds": evidence.milliseconds or 0}
        count_done(session, card.person_id, occasion.day, **amounts)


def _mix_up(session: Session, occasion: Occasion, card: Card, evidence: Evidence) -> MixUpChange | None:
    """Note what the review says of two mixed-up facts; guesses before reading and practice say nothing."""
    if occasion.kind in (ReviewKind.PRETEST, ReviewKind.OPEN_BOOK, ReviewKind.PRACTICE):
        return None
    if evidence.chosen_fact_id is not None and evidence.chosen_fact_id != card.fact_id:
        return note_mix_up(session, card.person_id, card.fact_id, evidence.chosen_fact_id, occasion.now)
    if evidence.contrast_fact_id is not None:
        told = evidence.rating.recalled
        return note_contrast(session, card.person_id, card.fact_id, evidence.contrast_fact_id, told)
    return None


def _columns(
    occasion: Occasion, card: Card, evidence: Evidence, outcome: Outcome, change: MixUpChange | None
) -> Mapping[str, Any]:
    before = {f"before_{name}": getattr(card.memory, name) if card.id else None for name in MEMORY_FIELDS}
    return {
        "person_id": card.person_id,
        "fact_id": card.fact_id,
        "study_session_id": occasion.study_session_id,
        "attempt_id": occasion.attempt_id,
        "position": occasion.position,
        "question_revision_id": evidence.question_revision_id,
        "stamp": occasion.stamp,
        "kind": occasion.kind,
        "strength": evidence.strength,
        "rating": int(evidence.rating),
        "weight": evidence.weight,
        "score": evidence.score,
        "given": evidence.given,
        "chosen_fact_id": evidence.chosen_fact_id,
        "contrast_fact_id": evidence.contrast_fact_id,
        "overridden": evidence.overridden,
        "milliseconds": evidence.milliseconds,
        "reviewed_at": occasion.now,
        "study_day": occasion.day,
        "offset_minutes": occasion.settings.offset_of(occasion.now),
        "interval": outcome.interval,
        "step_seconds": outcome.step_seconds,
        "fuzz": outcome.fuzz,
        "parameter_set": PARAMETER_SET,
        **before,
        "before_postponed_on": card.postponed_on,
        "mix_up_id": change.mix_up_id if change else None,
        "before_mix_up": change.before if change else None,
    }
