"""What a learner meets when they come back: what is due and how long it takes, what was left open, their days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.database.memory_tables import CardRow, StudiedDayRow, StudyLoadRow
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.memory.known import LEARNED_DAYS
from quizapp.domain.memory.session_plan import BacklogPlan, SessionKind, SessionPlan, pace_of, plan_backlog
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf
from quizapp.services.study.desk import Desk, desk
from quizapp.services.study.queue import done_today
from quizapp.services.study.sessions import PACE_DAYS, Standing, plan_from

HEATMAP_DAYS = 26 * 7
COMING_DAYS = 7
_OPEN_KINDS = (AttemptKind.QUIZ, AttemptKind.PRETEST)


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """A quiz that was left: where it goes on, and when it was started."""

    attempt_id: int
    bank_title: str
    answered: int
    length: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """A learner's day. `has_cards` says whether they have studied or answered anything yet.

    `coming` holds how many facts are due on each of the next days, `days` how many cards and questions were answered
    on each study day of the last 26 weeks; days without any are left out.
    """

    day: int
    settings: StudySettings
    plan: SessionPlan
    has_cards: bool
    coming: tuple[tuple[int, int], ...]
    next_due: tuple[int, int] | None
    backlog: BacklogPlan | None
    days: dict[int, int]
    open_attempt: OpenAttempt | None
    sitting_done: int | None
    sitting_planned: int


@dataclass(frozen=True, slots=True)
class BankProgress:
    """How far a learner is with one bank; `met` facts were asked at least once, `due` are due today or earlier."""

    bank_name: str
    bank_title: str
    met: int
    seen: int
    learned: int
    set_aside: int
    due: int


def today(session: Session, actor: Actor, now: datetime) -> Today:
    """Return the actor's day over all banks. At most six statements, however many cards there are."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    at = desk(session, actor, "", SessionKind.STUDY, now)
    loads, done = _loads(session, actor), _days(session, actor.id, at.day)
    days = {row.day: row.reviews + row.responses for row in done}
    found, _ = plan_from(session, at, _standing(at, loads, done))
    coming = tuple((day, loads.get(day, 0)) for day in range(at.day + 1, at.day + 1 + COMING_DAYS))
    return Today(
        day=at.day,
        settings=at.settings,
        plan=found,
        has_cards=bool(loads) or bool(days),
        coming=coming,
        next_due=min(((day, cards) for day, cards in loads.items() if day > at.day), default=None),
        backlog=_backlog(found, loads, at),
        days=days,
        open_attempt=_open_attempt(session, actor),
        sitting_done=_sitting_done(session, at) if found.cards else None,
        sitting_planned=at.sitting.planned if at.sitting else 0,
    )


def progress(session: Session, actor: Actor, day: int) -> list[BankProgress]:
    """Return how far the actor is with each bank they have begun, by title. One statement over all their cards."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(
        select(
            BankRow.name,
            BankRow.title,
            func.count().label("met"),
            func.sum(case((CardRow.recalled_days.between(1, LEARNED_DAYS - 1), 1), else_=0)).label("seen"),
            func.sum(case((CardRow.recalled_days >= LEARNED_DAYS, 1), else_=0)).label("learned"),
            func.sum(case((CardRow.postponed_on.is_not(None), 1), else_=0)).label("set_aside"),
            func.sum(case((CardRow.due_day <= day, 1), else_=0)).label("due"),
        )
        .join(CardRow, CardRow.bank_id == BankRow.id)
        .where(CardRow.person_id == actor.id, on_shelf(actor))
        .group_by(BankRow.id, BankRow.name, BankRow.title)
        .order_by(BankRow.title, BankRow.id)
    )
    return [BankProgress(*(row[:2]), *(int(one) for one in row[2:])) for row in rows]


def _loads(session: Session, actor: Actor) -> dict[int, int]:
    """Return how many facts are due on each study day, all of them: one row a day, kept and not counted."""
    rows = session.execute(
        select(StudyLoadRow.day, func.sum(StudyLoadRow.cards))
        .join(BankRow, BankRow.id == StudyLoadRow.bank_id)
        .where(StudyLoadRow.person_id == actor.id, on_shelf(actor))
        .group_by(StudyLoadRow.day)
    )
    return {day: int(cards) for day, cards in rows}


def _days(session: Session, person_id: int, day: int) -> Sequence[Row[*tuple[Any, ...]]]:
    columns = (
        StudiedDayRow.day,
        StudiedDayRow.reviews,
        StudiedDayRow.new_facts,
        StudiedDayRow.responses,
        StudiedDayRow.milliseconds,
    )
    own = (StudiedDayRow.person_id == person_id, StudiedDayRow.day.between(day - HEATMAP_DAYS, day))
    return session.execute(select(*columns).where(*own)).all()


def _standing(at: Desk, loads: dict[int, int], done: Sequence[Row[*tuple[Any, ...]]]) -> Standing:
    """Say from the counts that are kept what today's session is planned from."""
    today = next((row for row in done if row.day == at.day), None)
    lately = [row for row in done if row.day > at.day - PACE_DAYS]
    return Standing(
        due=sum(cards for day, cards in loads.items() if day <= at.day),
        done=today.reviews if today else 0,
        new_facts=today.new_facts if today else 0,
        pace=pace_of(sum(row.milliseconds for row in lately) / 1000, sum(row.reviews for row in lately)),
    )


def _backlog(found: SessionPlan, loads: dict[int, int], at: Desk) -> BacklogPlan | None:
    if not found.waiting:
        return None
    return plan_backlog(found.waiting, loads, at.day, at.settings.limit.cards(found.pace))


def _open_attempt(session: Session, actor: Actor) -> OpenAttempt | None:
    row = session.execute(
        select(AttemptRow.id, BankRow.title, AttemptRow.answered, AttemptRow.length, AttemptRow.started_at)
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .where(
            AttemptRow.person_id == actor.id,
            AttemptRow.finished_at.is_(None),
            AttemptRow.kind.in_(_OPEN_KINDS),
            on_shelf(actor),
        )
        .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else OpenAttempt(*row)


def _sitting_done(session: Session, at: Desk) -> int | None:
    """Return how many facts were reviewed in the session that runs over all banks; None where none runs."""
    if at.sitting is None:
        return None
    return len(done_today(session, at).facts)
