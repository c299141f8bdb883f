"""A database whose changes can be taken back at any depth, and what must hold of its rows after whatever was sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from math import isfinite
from typing import Any

from sqlalchemy import JSON, Engine, Integer, String, event, select, text
from sqlalchemy.orm import Session, sessionmaker

from quizapp.database import tables as _all_tables  # noqa: F401 - declares every table
from quizapp.database.engine import for_writing
from quizapp.database.table import Table
from quizapp.domain.seeded_order import MAX_SEED
from quizapp.runtime import Runtime
from tests.factories import StillClock

LARGEST_INTEGER = 2**31 - 1
Rows = dict[str, list[tuple[Any, ...]]]


class UndoableDatabase:
    """One connection in one transaction that is never committed; every session of it is a savepoint."""

    def __init__(self, engine: Engine) -> None:
        self._connection = for_writing(engine).connect()
        self._whole = self._connection.begin()
        self.written: set[str] = set()
        """The tables that statements were sent to since `written` was last cleared."""
        event.listen(self._connection, "before_cursor_execute", self._remember)

    def close(self) -> None:
        self._whole.rollback()
        self._connection.close()

    def runtime(self, clock: StillClock) -> Runtime:
        """Make a runtime on it; its seeds and tokens count up."""
        sessions = sessionmaker(
            self._connection,
            class_=Session,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )
        self._count = 0

        def token() -> str:
            self._count += 1
            return f"token-{self._count:0>36}"

        return Runtime(sessions, sessions, clock, lambda: 7 % MAX_SEED, token)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Take back whatever is stored within the block."""
        savepoint = self._connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()

    def rows(self) -> Rows:
        """Return every row of every table."""
        return {name: self._rows_of(name) for name in Table.metadata.tables}

    def faults(self, names: set[str]) -> list[str]:
        """Say what is wrong with rows of these tables: no database may be asked to refuse what the other one takes."""
        found = [fault for name in sorted(names) for fault in self._faults_of(name)]
        if self._connection.dialect.name == "sqlite":
            found += [
                f"{row[0]} refers to no row" for row in self._connection.execute(text("PRAGMA foreign_key_check"))
            ]
        miscounted = (
            "SELECT id FROM attempts WHERE answered <> "
            "(SELECT count(*) FROM responses WHERE responses.attempt_id = attempts.id)"
        )
        return found + [f"attempt {row.id} is miscounted" for row in self._connection.execute(text(miscounted))]

    def _rows_of(self, name: str) -> list[tuple[Any, ...]]:
        table = Table.metadata.tables[name]
        return [tuple(row) for row in self._connection.execute(select(table).order_by(*table.primary_key.columns))]

    def _faults_of(self, name: str) -> Iterator[str]:
        columns = list(Table.metadata.tables[name].columns)
        for row in self._rows_of(name):
            for column, value in zip(columns, row, strict=True):
                fault = _fault_in(column.type, value)
                if fault:
                    yield f"{name}.{column.name} {fault}: {value!r:.80}"

    def _remember(self, connection: object, cursor: object, statement: str, *_: object) -> None:
        words = statement.replace('"', "").split(None, 3)
        if words[0] in ("INSERT", "DELETE"):
            self.written.add(words[2])
        elif words[0] == "UPDATE":
            self.written.add(words[1])


def _fault_in(kind: Any, value: Any) -> str:
    if isinstance(value, Enum) or value is None or isinstance(value, datetime):
        return ""
    if isinstance(value, str):
        longest = kind.length if isinstance(kind, String) else None
        return _fault_in_text(value, longest)
    if isinstance(kind, JSON):
        return _fault_in_json(value)
    if isinstance(kind, Integer):
        return "" if isinstance(value, int) and abs(value) <= LARGEST_INTEGER else "is no integer of 32 bits"
    if isinstance(value, float):
        return "" if isfinite(value) else "is no number"
    return ""


def _fault_in_text(value: str, longest: int | None) -> str:
    if "\x00" in value:
        return "holds NUL"
    if any("\ud800" <= one <= "\udfff" for one in value):
        return "holds half of a pair"
    if longest is not None and len(value) > longest:
        return f"is longer than {longest}"
    return ""


def _fault_in_json(value: Any) -> str:
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return "holds what is no JSON"
    return _fault_in_text(written.replace("\\u0000", "\x00"), None)
