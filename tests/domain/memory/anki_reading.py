"""Reads an Anki package back with nothing but zipfile and sqlite3, as another program would."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """The members of the archive and the rows of its collection; `col` has its JSON columns read."""

    members: Mapping[str, bytes]
    col: Row
    notes: tuple[Row, ...]
    cards: tuple[Row, ...]
    revlog: tuple[Row, ...]

    def fields(self, place: int = 0) -> list[str]:
        """Return the fields of the note at this place."""
        return self.notes[place]["flds"].split("\x1f")


def read_anki_package(data: bytes) -> ReadPackage:
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(members["collection.anki2"])
        database.row_factory = sqlite3.Row
        assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
        tables = {name: rows_of(database, name) for name in ("notes", "cards", "revlog")}
        (col,) = rows_of(database, "col")
    values = {name: json.loads(col[name]) for name in ("conf", "models", "decks", "dconf", "tags")}
    return ReadPackage(members, {**col, **values}, **tables)


def rows_of(database: sqlite3.Connection, table: str) -> tuple[Row, ...]:
    """Return rows as mappings: cards as they come due (new ones in their order), notes and reviews by number."""
    order = "due, id" if table == "cards" else "id"
    return tuple(dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}"))  # noqa: S608
