"""Cards: one learner's memory of one fact, in columns."""

from dataclasses import dataclass, fields
from typing import Any, cast

from sqlalchemy import Row, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.memory_tables import CardRow
from quizapp.domain.memory.scheduling import NEW, Memory
from quizapp.services.study.counts import move_load

CARDS = cast(Table, CardRow.__table__)
MEMORY_FIELDS = tuple(one.name for one in fields(Memory))
MEMORY_COLUMNS = tuple(CARDS.c[name] for name in (*MEMORY_FIELDS, "postponed_on"))


@dataclass(frozen=True, slots=True)
class Card:
    """A learner's memory of a fact; `id` is None while there is no row, because the fact was never asked.

    `postponed_on` is the study day on which it was set aside after too many lapses; None when it is not.
    """

    person_id: int
    bank_id: int
    fact_id: int
    id: int | None = None
    memory: Memory = NEW
    postponed_on: int | None = None


def memory_of_row(row: Row[*tuple[Any, ...]], prefix: str = "") -> Memory:
    """Read a memory from a row whose columns carry `prefix` before their names; all null is a fact never reviewed."""
    if getattr(row, prefix + "state") is None:
        return NEW
    return Memory(**{name: getattr(row, prefix + name) for name in MEMORY_FIELDS})


def find_card(session: Session, person_id: int, bank_id: int, fact_id: int) -> Card:
    """Return the learner's card of a fact; one without a row where the fact was never asked. One statement."""
    row = session.execute(
        select(CARDS.c.id, *MEMORY_COLUMNS).where(CARDS.c.person_id == person_id, CARDS.c.fact_id == fact_id)
    ).one_or_none()
    if row is None:
        return Card(person_id, bank_id, fact_id)
    return Card(person_id, bank_id, fact_id, row.id, memory_of_row(row), row.postponed_on)


def keep_card(session: Session, before: Card, memory: Memory, postponed_on: int | None) -> None:
    """Store what became of a card, and count it on the day it is due; a fact never reviewed has no row."""
    key = {"person_id": before.person_id, "fact_id": before.fact_id}
    values = {name: getattr(memory, name) for name in MEMORY_FIELDS} | {"postponed_on": postponed_on}
    same = (CARDS.c.person_id == before.person_id, CARDS.c.fact_id == before.fact_id)
    if memory == NEW:
        session.execute(delete(CARDS).where(*same))
    elif before.id is None:
        session.execute(insert(CARDS).values(**key, bank_id=before.bank_id, **values))
    else:
        session.execute(update(CARDS).where(*same).values(**values))
    move_load(session, before.person_id, before.bank_id, before.memory.due_day, memory.due_day)


def lock_person(session: Session, person_id: int) -> None:
    """Let changes of one person's memory wait for each other on PostgreSQL; on SQLite there is one writer anyway."""
    session.execute(select(PersonRow.id).where(PersonRow.id == person_id).with_for_update())
