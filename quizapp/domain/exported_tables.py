"""Tables of what is kept of one person, in plain values and with the words that explain them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Value = str | int | float | bool | None | dict[str, Any] | list[Any]


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """A column by its name in the files, and what it is for."""

    name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One table: its name in the files, its title for readers, what it is for, and one person's rows."""

    name: str
    title: str
    purpose: str
    columns: tuple[ExportedColumn, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in order."""
        return [one.name for one in self.columns]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that is kept of one person, at one moment."""

    made_at: datetime
    tables: tuple[ExportedTable, ...]
