"""What comes next in a session: derived from cards and today's reviews at every turn, so that undo needs no queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.memory.spacing import Kin, pick
from quizapp.services.kin_columns import kin_of_row
from quizapp.services.shelf import on_shelf
from quizapp.services.study.desk import Desk, is_studied
from quizapp.services.study.mixed_facts import open_mix_up

AHEAD = timedelta(minutes=20)
"""A step of minutes that ends within this is taken at once where nothing else is left to do."""
CONTRASTS_IN_A_ROW = 4
LOOKED_AT = 40
LOOKED_AT_AT_LAST = 400
_KIN = (FactRow.group_key, FactRow.value_key, FactRow.ask_key)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A fact to ask next; `question_id` and `against` are set where it is asked against a fact it was mixed up with."""

    fact_id: int
    question_id: int | None = None
    against: int | None = None


@dataclass(frozen=True, slots=True)
class LastReview:
    """The grade of a review, and when the fact comes back: in `interval` days, or after `step` while it is learnt."""

    rating: Rating
    interval: int
    step: timedelta | None


@dataclass(frozen=True, slots=True)
class Done:
    """What was reviewed today, the latest last, which of it in this session, and how many reviews the limit counts."""

    kin: tuple[Kin, ...]
    session: tuple[Row[*tuple[Any, ...]], ...]
    reviews: int

    @property
    def last(self) -> "LastReview | None":
        """What the review before this one in the session led to."""
        if not self.session:
            return None
        row = self.session[-1]
        step = None if row.step_seconds is None else timedelta(seconds=row.step_seconds)
        return LastReview(Rating(row.rating), row.interval, step)

    @property
    def facts(self) -> set[int]:
        """The facts reviewed in this session, those only asked against a mixed-up one left out."""
        return {row.fact_id for row in self.session if row.contrast_fact_id is None}


def done_today(session: Session, at: Desk) -> Done:
    """Return what the learner reviewed today and in this session, in order. One statement."""
    if at.person_id is None:
        return Done((), (), 0)
    rows = session.execute(
        select(
            ReviewRow.id,
            ReviewRow.fact_id,
            ReviewRow.study_session_id,
            ReviewRow.contrast_fact_id,
            ReviewRow.kind,
            ReviewRow.rating,
            ReviewRow.interval,
            ReviewRow.step_seconds,
            FactRow.group_key,
            FactRow.value_key,
            FactRow.ask_key,
        )
        .join(FactRow, FactRow.id == ReviewRow.fact_id)
        .where(
            ReviewRow.person_id == at.person_id,
            ReviewRow.study_day == at.day,
            ReviewRow.study_session_id.is_not(None),
        )
        .order_by(ReviewRow.id)
    ).all()
    own = at.sitting.id if at.sitting else None
    return Done(
        tuple(kin_of_row(row) for row in rows),
        tuple(row for row in rows if own is not None and row.study_session_id == own),
        sum(row.kind is ReviewKind.STUDY for row in rows),
    )


def next_up(
    session: Session,
    at: Desk,
    new_facts: Sequence[int],
    done: Done,
    now: datetime,
    pace: float,
    skipped: frozenset[int] = frozenset(),
) -> Upcoming | None:
    """Choose what is asked next, none of `skipped`; None when the session is over. At most six statements.

    First the other side of a mix-up just made or met again, then steps of minutes that are over, then what is due,
    then new facts, at last steps that are over soon. The daily limit, at `pace` seconds a review, ends it, unless the
    learner asked to go on; once all that was planned was met only its own steps are left.
    """
    if at.kind is SessionKind.PRACTICE or at.person_id is None:
        left = [fact for fact in new_facts if fact not in done.facts | skipped]
        return _first_of(session, at, left, done, spaced=False)
    contrast = _contrast(session, at, done, skipped)
    if contrast is not None:
        return contrast
    beyond = at.sitting is not None and at.sitting.beyond_limit
    if not beyond and done.reviews >= at.settings.limit.cards(pace):
        return None
    planned_met = at.sitting is not None and len(done.facts) >= at.sitting.planned
    steps = [one for one in _steps(session, at, now + AHEAD) if one.kin.fact_id not in skipped]
    if planned_met:
        steps = [one for one in steps if one.kin.fact_id in done.facts]
    over = pick([one.kin for one in steps if one.due_at <= now], done.kin)
    if over is not None:
        return Upcoming(over.fact_id)
    if not planned_met:
        fresh = [fact for fact in _unmet(session, at, new_facts) if fact not in skipped]
        found = _due(session, at, done, skipped) or _first_of(session, at, fresh, done, spaced=True)
        if found is not None:
            return found
    return Upcoming(steps[0].kin.fact_id) if steps else None


def _contrast(session: Session, at: Desk, done: Done, skipped: frozenset[int]) -> Upcoming | None:
    """Return the question that tells the fact just reviewed from one it was mixed up with, while that is open."""
    if not done.session or at.actor is None or at.settings.cards_only:
        return None
    last = done.session[-1]
    row = [one for one in done.session[-CONTRASTS_IN_A_ROW:] if one.contrast_fact_id is not None]
    if len(row) == CONTRASTS_IN_A_ROW:
        return None
    pair = open_mix_up(session, at.actor, last.fact_id)
    if pair is None:
        return None
    other = pair.other(last.fact_id)
    fact = other if other in pair.untold else last.fact_id
    return None if fact in skipped else Upcoming(fact, pair.untold[fact], pair.other(fact))


def _cards(at: Desk, *columns: Any) -> Select[*tuple[Any, ...]]:
    statement = (
        select(CardRow.fact_id, *columns)
        .join(FactRow, FactRow.id == CardRow.fact_id)
        .join(BankRow, BankRow.id == CardRow.bank_id)
        .where(CardRow.person_id == at.person_id, is_studied(), on_shelf(at.actor))
    )
    return statement if at.bank_id is None else statement.where(CardRow.bank_id == at.bank_id)


@dataclass(frozen=True, slots=True)
class _Step:
    kin: Kin
    due_at: datetime


def _steps(session: Session, at: Desk, until: datetime) -> list[_Step]:
    """Return the facts whose steps of minutes are over by then, the longest over first."""
    statement = _cards(at, CardRow.due_at, *_KIN).where(CardRow.due_at <= until)
    rows = session.execute(statement.order_by(CardRow.due_at, CardRow.id).limit(LOOKED_AT))
    return [_Step(kin_of_row(row), row.due_at) for row in rows]


def _due(session: Session, at: Desk, done: Done, skipped: frozenset[int]) -> Upcoming | None:
    """Return the first due fact that is not too close to what was asked; of a large backlog a part is looked at."""
    statement = (
        _cards(at, *_KIN)
        .where(CardRow.due_day <= at.day, CardRow.due_at.is_(None))
        .order_by(CardRow.due_day, CardRow.id)
    )
    for first, count in ((0, LOOKED_AT), (LOOKED_AT, LOOKED_AT_AT_LAST)):
        rows = session.execute(statement.offset(first).limit(count)).all()
        found = pick([kin_of_row(row) for row in rows if row.fact_id not in skipped], done.kin)
        if found is not None:
            return Upcoming(found.fact_id)
        if len(rows) < count:
            return None
    return None


def _unmet(session: Session, at: Desk, new_facts: Sequence[int]) -> list[int]:
    """Return those of the planned new facts that are new still: a quiz may have asked them meanwhile."""
    if not new_facts:
        return []
    met = session.scalars(
        select(CardRow.fact_id).where(CardRow.person_id == at.person_id, CardRow.fact_id.in_(new_facts))
    )
    known = set(met)
    return [fact for fact in new_facts if fact not in known]


def _first_of(session: Session, at: Desk, facts: Sequence[int], done: Done, *, spaced: bool) -> Upcoming | None:
    """Return the first of some facts that can be asked; `spaced`: that is not too close to what was asked today."""
    if not facts:
        return None
    rows = session.execute(
        select(FactRow.id.label("fact_id"), *_KIN)
        .join(BankRow, BankRow.source_id == FactRow.source_id)
        .where(FactRow.id.in_(facts), is_studied(), on_shelf(at.actor))
    )
    by_id = {row.fact_id: kin_of_row(row) for row in rows}
    standing = [by_id[fact] for fact in facts if fact in by_id]
    found = pick(standing, done.kin) if spaced else (standing[0] if standing else None)
    return None if found is None else Upcoming(found.fact_id)
