"""Planned breaks: what was due within one is moved to the days around it, the least loaded ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from quizapp.domain.memory.scheduling import retrievability
from quizapp.domain.memory.spreading import day_out_of_break
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.roles import Actor, Permission
from quizapp.services.study.cards import CARDS, MEMORY_COLUMNS, memory_of_row
from quizapp.services.study.counts import loads_between, recount


@dataclass(frozen=True, slots=True)
class BreakMoves:
    """What a break moved: how many facts, to before and after it, and the recall lost by those that wait longer.

    `recall_lost` is the mean fall in the chance of recall, 0 to 1, of a fact that comes later than it was due.
    """

    before: int
    after: int
    recall_lost: float


def move_out_of_break(session: Session, actor: Actor, chosen: StudySettings, now: datetime) -> BreakMoves:
    """Move every fact of the actor's that is due in the planned break to a day around it; say what that costs."""
    actor.require(Permission.TAKE_QUIZ)
    days_off = chosen.days_off
    if days_off is None:
        return BreakMoves(0, 0, 0.0)
    today = chosen.day_of(now)
    length = days_off.last - days_off.first + 1
    loads = loads_between(session, actor, today, days_off.last + length)
    rows = session.execute(
        select(CARDS.c.id, CARDS.c.bank_id, CARDS.c.fact_id, *MEMORY_COLUMNS)
        .where(
            CARDS.c.person_id == actor.id,
            CARDS.c.due_at.is_(None),
            CARDS.c.due_day.between(max(today + 1, days_off.first), days_off.last),
        )
        .order_by(CARDS.c.due_day, CARDS.c.id)
    ).all()
    before, lost, moved = 0, [], []
    for row in rows:
        memory = memory_of_row(row)
        calendar = chosen.calendar(loads, f"{actor.id}/{row.fact_id}")
        day = day_out_of_break(row.due_day, calendar, today, memory.repetitions)
        moved.append({"card": row.id, "day": day})
        loads[day] = loads.get(day, 0) + 1
        before += day < row.due_day
        if day > row.due_day:
            lost.append(retrievability(memory, row.due_day) - retrievability(memory, day))
    _move(session, actor, moved, {row.bank_id for row in rows})
    return BreakMoves(before, len(rows) - before, sum(lost) / len(lost) if lost else 0.0)


def _move(session: Session, actor: Actor, moved: Sequence[dict[str, int]], banks: set[int]) -> None:
    """Store the new days in one statement, and count what is due anew: a break may hold thousands of facts."""
    if moved:
        statement = update(CARDS).where(CARDS.c.id == bindparam("card")).values(due_day=bindparam("day"))
        session.execute(statement, moved)
    for bank_id in sorted(banks):
        recount(session, bank_id, actor.id)
