"""Counts that are kept, so that no page counts cards: what is due on a day, and what was done on one."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from quizapp.database.adding import add_to
from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.memory_tables import CardRow, StudiedDayRow, StudyLoadRow
from quizapp.domain.roles import Actor
from quizapp.services.shelf import on_shelf
from quizapp.services.study.desk import is_studied

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


def recount(session: Session, bank_id: int, person_id: int | None = None) -> None:
    """Count anew what is due on each day in a bank, for one learner or for all: facts came or went, or were moved.

    Facts that are not studied any more are left out.
    """
    there = [_LOADS.c.bank_id == bank_id]
    cards = (
        select(CardRow.person_id, CardRow.bank_id, CardRow.due_day, func.count())
        .join(FactRow, FactRow.id == CardRow.fact_id)
        .where(CardRow.bank_id == bank_id, is_studied())
        .group_by(CardRow.person_id, CardRow.bank_id, CardRow.due_day)
    )
    if person_id is not None:
        there.append(_LOADS.c.person_id == person_id)
        cards = cards.where(CardRow.person_id == person_id)
    session.execute(delete(_LOADS).where(*there))
    session.execute(insert(_LOADS).from_select(["person_id", "bank_id", "day", "cards"], cards))


def cards_follow(session: Session, fact_ids: Iterable[int]) -> None:
    """Put the cards of facts that went over to another source into the bank on it; `recount` both banks after it."""
    bank = (
        select(func.min(BankRow.id))
        .join(FactRow, FactRow.source_id == BankRow.source_id)
        .where(FactRow.id == CardRow.fact_id)
        .correlate(CardRow)
    )
    ids = list(fact_ids)
    if ids:
        cards = update(CardRow).where(CardRow.fact_id.in_(ids)).values(bank_id=bank.scalar_subquery())
        session.execute(cards.execution_options(synchronize_session=False))


def count_done(session: Session, person_id: int, day: int, **amounts: int) -> None:
    """Add to what a learner did on a study day: reviews, new_facts, responses, milliseconds. Negative takes back."""
    key = {"person_id": person_id, "day": day}
    add_to(session, _DAYS, key, dict.fromkeys(_DONE, 0) | amounts)
    if any(amount < 0 for amount in amounts.values()):
        nothing = and_(*(_DAYS.c[name] == 0 for name in _DONE))
        session.execute(delete(_DAYS).where(_DAYS.c.person_id == person_id, _DAYS.c.day == day, nothing))


def loads_between(session: Session, actor: Actor, first: int, last: int) -> dict[int, int]:
    """Return how many facts of the banks the actor sees are due on each day from `first` to `last`. One statement."""
    rows = session.execute(
        select(StudyLoadRow.day, func.sum(StudyLoadRow.cards).label("cards"))
        .join(BankRow, BankRow.id == StudyLoadRow.bank_id)
        .where(StudyLoadRow.person_id == actor.id, StudyLoadRow.day.between(first, last), on_shelf(actor))
        .group_by(StudyLoadRow.day)
    )
    return {row.day: int(row.cards) for row in rows}


def due_by_bank(session: Session, actor: Actor, day: int) -> dict[int, int]:
    """Return how many facts of each bank that the actor sees are due on or before a study day. One statement."""
    rows = session.execute(
        select(StudyLoadRow.bank_id, func.sum(StudyLoadRow.cards).label("cards"))
        .join(BankRow, BankRow.id == StudyLoadRow.bank_id)
        .where(StudyLoadRow.person_id == actor.id, StudyLoadRow.day <= day, on_shelf(actor))
        .group_by(StudyLoadRow.bank_id)
    )
    return {row.bank_id: int(row.cards) for row in rows}
