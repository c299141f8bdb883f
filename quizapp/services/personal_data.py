"""What is kept of people, in words for a page; and all that is kept of one, to take along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Row, Table, exists, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow
from quizapp.database.class_tables import ClassRow
from quizapp.database.personal_data.declaring import PersonalTable, Shown
from quizapp.database.personal_data.registry import DECLARED
from quizapp.database.study_tables import AttemptQuestionRow, ResponseRow
from quizapp.domain.exported_tables import ExportedColumn, ExportedTable, PersonalData, Value
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.security_log import log_event

_AT_ONCE = 5_000
_NAMES: Mapping[Shown, Any] = {
    Shown.BANK: (BankRow.id, BankRow.name),
    Shown.CLASS: (ClassRow.id, ClassRow.name),
    Shown.FACT: (FactRow.id, FactRow.name),
    Shown.QUESTION: (QuestionRevisionRow.id, QuestionRevisionRow.content),
}


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """A column in words: its name in an export (empty: it is not exported, and `withheld` says why), its purpose."""

    name: str
    purpose: str
    withheld: str
    on_deletion: str


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table in words. `remains` says what stays after a deletion; empty where nothing does."""

    title: str
    purpose: str
    remains: str
    columns: tuple[KeptColumn, ...]


def what_is_kept() -> list[KeptTable]:
    """Say of every table that holds something of people what it is for. No statement: it is declared in the code."""
    return [
        KeptTable(
            table.title,
            table.purpose,
            table.remains,
            tuple(
                KeptColumn(
                    ", ".join((one.name or name).replace("_", " ") for one in column.exports),
                    column.purpose,
                    column.withheld,
                    table.on_deletion(name).value,
                )
                for name, column in table.columns.items()
            ),
        )
        for table in DECLARED
    ]


def note_export(session: Session, actor: Actor, now: datetime) -> None:
    """Leave a row in the log that the actor takes their data along. One statement."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    log_event(session, SecurityEvent.DATA_EXPORTED, now, actor_id=actor.id)


def exported_data(session: Session, actor: Actor, now: datetime) -> PersonalData:
    """Return all that is declared as exported and is the actor's, and nothing of anybody else.

    Of a question that was answered its stem is told, of one that was not nothing. It only reads: `note_export` goes
    before it, so that nobody waits for a long export. One statement for each table, and a few for names.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    found = {table.name: _rows(session, table, actor) for table in DECLARED if table.exports()}
    names = _Names(session, found)
    return PersonalData(
        now,
        tuple(_exported(table, found[table.name], names) for table in DECLARED if table.name in found),
    )


def _rows(session: Session, personal: PersonalTable, actor: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    table = personal.table
    columns: list[Any] = [table.c[name] for name in dict.fromkeys(column for _, column, _ in personal.exports())]
    if any(one.shown is Shown.QUESTION_IF_ANSWERED for _, _, one in personal.exports()):
        columns.append(_is_answered(table).label("is_answered"))
    statement = select(*columns).where(personal.belongs_to([actor.id])).order_by(*table.primary_key.columns)
    return session.execute(statement).all()


def _is_answered(table: Table) -> Any:
    there = (ResponseRow.attempt_id == table.c.attempt_id, ResponseRow.position == table.c.position)
    return exists().where(*there).correlate(table)


def _exported(personal: PersonalTable, rows: Sequence[Row[*tuple[Any, ...]]], names: "_Names") -> ExportedTable:
    exports = personal.exports()
    columns = (ExportedColumn(name, personal.columns[column].purpose) for name, column, _ in exports)
    shown = [(column, one.shown) for _, column, one in exports]
    values = (tuple(names.value(row, column, how) for column, how in shown) for row in rows)
    return ExportedTable(personal.name, personal.title, personal.purpose, tuple(columns), tuple(values))


class _Names:
    """The names that stand in an export for ids, fetched for all rows of all tables at once."""

    def __init__(self, session: Session, found: Mapping[str, Sequence[Row[*tuple[Any, ...]]]]) -> None:
        wanted: dict[Shown, set[int]] = {how: set() for how in _NAMES}
        for table in DECLARED:
            for _, column, one in table.exports():
                how = Shown.QUESTION if one.shown is Shown.QUESTION_IF_ANSWERED else one.shown
                if how in wanted:
                    wanted[how] |= {getattr(row, column) for row in found[table.name]}
        self._names = {how: _names(session, how, ids - {None}) for how, ids in wanted.items()}
        asked = found[AttemptQuestionRow.__tablename__]
        self._asked = {(row.attempt_id, row.position): row.question_revision_id for row in asked if row.is_answered}

    def value(self, row: Row[*tuple[Any, ...]], column: str, how: Shown) -> Value:
        """Return what an export shows for a column of a row."""
        stored = getattr(row, column)
        if how is Shown.AS_IT_IS:
            return _plain(stored)
        if how is Shown.QUESTION_AT_POSITION:
            return self._names[Shown.QUESTION][self._asked[row.attempt_id, row.position]]
        if how is Shown.QUESTION_IF_ANSWERED:
            return self._names[Shown.QUESTION][stored] if row.is_answered else None
        return None if stored is None else self._names[how][stored]


def _names(session: Session, how: Shown, ids: Iterable[int]) -> dict[int, str]:
    key, name = _NAMES[how]
    ordered, found = sorted(ids), {}
    for start in range(0, len(ordered), _AT_ONCE):  # a statement takes only so many values
        for row_id, text in session.execute(select(key, name).where(key.in_(ordered[start : start + _AT_ONCE]))):
            found[row_id] = snapshot_from_text(text).question.stem if how is Shown.QUESTION else text
    return found


def _plain(value: Any) -> Value:
    """Put a stored value into what JSON can hold."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    plain: Value = value
    return plain
