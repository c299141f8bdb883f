"""Study sessions: planned from what is due and what the daily limit leaves, begun, moved on, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.database.memory_tables import EVERY_BANK, StudiedDayRow, StudySessionRow
from quizapp.domain.errors import Conflict
from quizapp.domain.memory.session_plan import SessionKind, SessionPlan, pace_of, plan_session
from quizapp.services.study.counts import due_by_bank
from quizapp.services.study.desk import FIRST_STAMP, Desk, Sitting, least_known_facts, unmet_facts

_SESSIONS = cast(Table, StudySessionRow.__table__)
PACE_DAYS = 30
PRACTISED_AT_ONCE = 20
MOVED_ON = "This card was answered before, perhaps in another tab. Here is the next one."


def pace(session: Session, person_id: int | None, day: int) -> float:
    """Return the seconds a review takes this learner, by their last 30 study days. One statement."""
    if person_id is None:
        return pace_of(0, 0)
    totals = select(func.sum(StudiedDayRow.milliseconds), func.sum(StudiedDayRow.reviews)).where(
        StudiedDayRow.person_id == person_id, StudiedDayRow.day > day - PACE_DAYS
    )
    milliseconds, reviews = session.execute(totals).one()
    return pace_of((milliseconds or 0) / 1000, int(reviews or 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a session is planned from: facts due, reviews done and new facts met today, and seconds a review."""

    due: int
    done: int
    new_facts: int
    pace: float


def plan(session: Session, at: Desk, minutes: int | None = None, more: bool = False) -> tuple[SessionPlan, list[int]]:
    """Plan a session at a desk; return it and the facts to be met in it. At most four statements.

    `minutes` makes it shorter. With `more` the learner asked to go on beyond the limit, and gets as much again as a
    day's new facts.
    """
    if at.kind is SessionKind.PRACTICE:
        facts = least_known_facts(session, at, PRACTISED_AT_ONCE)
        return SessionPlan(0, len(facts), 0, pace(session, at.person_id, at.day)), facts
    standing = _standing(session, at)
    if more:
        fresh = unmet_facts(session, at, at.settings.new_a_day)
        return SessionPlan(standing.due, len(fresh), 0, standing.pace), fresh
    found, fresh = plan_from(session, at, standing)
    if minutes is not None:
        room = max(1, int(minutes * 60 / standing.pace))
        kept = min(found.due, room)
        found = replace(found, due=kept, new=min(found.new, room - kept), waiting=found.waiting + found.due - kept)
    return found, fresh[: found.new]


def plan_from(session: Session, at: Desk, standing: Standing) -> tuple[SessionPlan, list[int]]:
    """Plan what is due, then new facts, within what the daily limit leaves. One statement."""
    wanted = at.settings.new_a_day
    fresh = unmet_facts(session, at, max(0, wanted - standing.new_facts))
    found = plan_session(
        standing.due, len(fresh), standing.done, standing.new_facts, at.settings.limit, wanted, standing.pace
    )
    return found, fresh[: found.new]


def _standing(session: Session, at: Desk) -> Standing:
    if at.actor is None:
        return Standing(0, 0, 0, pace_of(0, 0))
    by_bank = due_by_bank(session, at.actor, at.day)
    due = sum(by_bank.values()) if at.bank_id is None else by_bank.get(at.bank_id, 0)
    done = session.execute(
        select(StudiedDayRow.reviews, StudiedDayRow.new_facts).where(
            StudiedDayRow.person_id == at.person_id, StudiedDayRow.day == at.day
        )
    ).one_or_none()
    speed = pace(session, at.person_id, at.day)
    return Standing(due, done.reviews if done else 0, done.new_facts if done else 0, speed)


def begin(
    session: Session,
    at: Desk,
    planned: int,
    new_facts: Sequence[int],
    seed: int,
    now: datetime,
    *,
    beyond_limit: bool = False,
) -> Desk:
    """Start a session at a desk; return the desk with it. One that runs there is ended.

    Raises Conflict when another tab started one at the same moment.
    """
    here = (
        StudySessionRow.person_id == at.person_id,
        StudySessionRow.scope == (at.bank_id or EVERY_BANK),
        StudySessionRow.kind == at.kind,
    )
    session.execute(update(_SESSIONS).where(*here, StudySessionRow.ended_at.is_(None)).values(ended_at=now))
    number = select(func.coalesce(func.max(StudySessionRow.number), 0) + 1).where(
        *here, StudySessionRow.study_day == at.day
    )
    values = {
        "person_id": at.person_id,
        "bank_id": at.bank_id,
        "scope": at.bank_id or EVERY_BANK,
        "kind": at.kind,
        "study_day": at.day,
        "number": session.scalar(number),
        "seed": seed,
        "stamp": FIRST_STAMP,
        "planned": planned,
        "beyond_limit": beyond_limit,
        "new_facts": list(new_facts),
        "started_at": now,
    }
    try:
        made = session.execute(insert(_SESSIONS).values(**values).returning(_SESSIONS.c.id)).scalar_one()
    except IntegrityError as error:
        raise Conflict(MOVED_ON) from error
    return replace(at, sitting=Sitting(int(made), seed, FIRST_STAMP, planned, tuple(new_facts), beyond_limit))


def move_on(session: Session, sitting: Sitting, stamp: int) -> None:
    """Take the turn that a form with `stamp` was made for. Raises Conflict when it was taken before."""
    taken = (
        update(_SESSIONS)
        .where(_SESSIONS.c.id == sitting.id, _SESSIONS.c.stamp == stamp, _SESSIONS.c.ended_at.is_(None))
        .values(stamp=stamp + 1)
    )
    if session.execute(taken).rowcount == 0:  # type: ignore[attr-defined]  # the result of an update has it
        raise Conflict(MOVED_ON)
