"""Counts that are kept, so that no page counts cards: what is due on a day, and what was done on one."""

from typing import cast

from sqlalchemy import Table, and_, delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.database.adding import add_to
from quizapp.database.bank_tables import BankRow
from quizapp.database.memory_tables import StudiedDayRow, StudyLoadRow

_LOADS = cast(Table, StudyLoadRow.__table__)
_DAYS = cast(Table, StudiedDayRow.__table__)
_DONE = ("reviews", "new_facts", "responses", "milliseconds")


def move_load(session: Session, person_id: int, bank_id: int, before: int | None, after: int | None) -> None:
    """Count one fact as due on the study day `after` instead of `before`; None is no day at all."""
    if before == after:
        return
    if before is not None:
        key = {"person_id": person_id, "bank_id": bank_id, "day": before}
        same = and_(*(_LOADS.c[name] == value for name, value in key.items()))
        if session.execute(delete(_LOADS).where(same, _LOADS.c.cards == 1)).rowcount == 0:  # type: ignore[attr-defined]
            session.execute(update(_LOADS).where(same).values(cards=_LOADS.c.cards - 1))
    if after is not None:
        add_to(session, _LOADS, {"person_id": person_id, "bank_id": bank_id, "day": after}, {"cards": 1})


def count_done(session: Session, person_id: int, day: int, **amounts: int) -> None:
    """Add to what a learner did on a study day: reviews, new_facts, responses, milliseconds. Negative takes back."""
    key = {"person_id": person_id, "day": day}
    add_to(session, _DAYS, key, dict.fromkeys(_DONE, 0) | amounts)
    if any(amount < 0 for amount in amounts.values()):
        nothing = and_(*(_DAYS.c[name] == 0 for name in _DONE))
        session.execute(delete(_DAYS).where(_DAYS.c.person_id == person_id, _DAYS.c.day == day, nothing))


def loads_between(session: Session, person_id: int, first: int, last: int) -> dict[int, int]:
    """Return how many facts of all banks are due on each study day from `first` to `last`. One statement."""
    rows = session.execute(
        select(StudyLoadRow.day, func.sum(StudyLoadRow.cards).label("cards"))
        .where(StudyLoadRow.person_id == person_id, StudyLoadRow.day.between(first, last))
        .group_by(StudyLoadRow.day)
    )
    return {row.day: int(row.cards) for row in rows}


def due_by_bank(session: Session, person_id: int, day: int) -> dict[int, int]:
    """Return how many facts of each bank are due on or before a study day, retired banks left out. One statement."""
    rows = session.execute(
        select(StudyLoadRow.bank_id, func.sum(StudyLoadRow.cards).label("cards"))
        .join(BankRow, BankRow.id == StudyLoadRow.bank_id)
        .where(StudyLoadRow.person_id == person_id, StudyLoadRow.day <= day, BankRow.retired_at.is_(None))
        .group_by(StudyLoadRow.bank_id)
    )
    return {row.bank_id: int(row.cards) for row in rows}
