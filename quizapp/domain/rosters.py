"""Read a list of names, pasted or as a table: hostile until every line was looked at.

What is wrong with a line is said of that line, and the others are read all the same; what is no text at all is refused
as a whole.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from quizapp.domain.questions.bank_formats.deck_records import Record, records_of
from quizapp.domain.questions.bank_formats.deck_text import best_separator, deck_text, possible_separators, refused
from quizapp.domain.shown_name import LONGEST_MEMBER_NAME, name_key, name_problem, tidy_name
from quizapp.domain.spreadsheet_text import restored

MAX_ROWS = 5_000
NO_EMAIL_NEEDED = "The e-mail addresses were left out: a class needs names only."
_NAMES = frozenset({"name", "names", "full name", "learner", "learners", "pupil", "pupils", "student", "students"})
_EMAILS = frozenset({"email", "e-mail", "mail", "email address", "e-mail address"})
_OURS = frozenset({"state", "since"})
"""Columns of our own export that no class needs back."""
_SNIFFED = 200
_SHOWN = 80


class RosterVerdict(StrEnum):
    """What an import does with one line."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a list: the name on it, or the problem that keeps it out. `remark` says what was left aside."""

    line: int
    name: str
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a list holds; `notes` are about all of its rows."""

    rows: tuple[RosterRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedName:
    """One line of a list and what would become of it."""

    verdict: RosterVerdict
    line: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds the name, and which others are known and left aside."""

    name: int = 0
    beside: frozenset[int] = frozenset()
    unknown: tuple[str, ...] = ()


def read_roster(data: bytes, file_name: str = "") -> Roster:
    """Read a list of names: the column that is called so in a first line, else the first one.

    Raises InvalidContent when it is no list at all: no UTF-8 text, empty, or too many rows.
    """
    text = deck_text(data)
    separator = _separator(text, possible_separators("", file_name))
    records = list(islice(_filled(text, separator), MAX_ROWS + 2))
    columns = _named_columns(records[0].fields) if records else None
    if columns is not None:
        records = records[1:]
    if not records:
        raise refused("there is no name in it.")
    if len(records) > MAX_ROWS:
        raise refused(f"it has more than {MAX_ROWS:,} rows.")
    known = columns or _Columns()
    return Roster(tuple(_row(record, known) for record in records), _notes(records, known))


def planned_names(roster: Roster, here: Collection[str], invited: Collection[str]) -> tuple[PlannedName, ...]:
    """Say what would become of each line, given the names of those who are in the class and of those invited."""
    members, expected = {name_key(name) for name in here}, {name_key(name) for name in invited}
    seen: dict[str, int] = {}
    planned = []
    for row in roster.rows:
        key, name = name_key(row.name), _visible(row.name) if row.problem else row.name
        verdict, reason = RosterVerdict.NEW, row.remark
        if row.problem:
            verdict, reason = RosterVerdict.REFUSED, row.problem
        elif key in members:
            verdict, reason = RosterVerdict.DUPLICATE, "somebody of this name is in the class."
        elif key in expected:
            verdict, reason = RosterVerdict.DUPLICATE, "somebody of this name is invited."
        elif key in seen:
            verdict, reason = RosterVerdict.DUPLICATE, f"line {seen[key]} has this name."
        if verdict is RosterVerdict.NEW:
            seen[key] = row.line
        planned.append(PlannedName(verdict, row.line, name, reason))
    return tuple(planned)


def _visible(text: str) -> str:
    return "".join(one for one in text if one.isprintable())[:_SHOWN]


def _filled(text: str, separator: str) -> Iterator[Record]:
    return (record for record in records_of(text, separator) if not record.is_blank)


def _separator(text: str, candidates: tuple[str, ...]) -> str:
    """Find out what separates the columns from how each candidate would split the first lines."""
    tried = []
    for separator in candidates:
        first = list(islice(_filled(text, separator), _SNIFFED))
        heads = bool(first) and _named_columns(first[0].fields) is not None
        tried.append((separator, heads, [len(record.fields) for record in first]))
    return best_separator(tried)


def _named_columns(fields: Sequence[str]) -> _Columns | None:
    """Read a first line that names the columns; None when it does not name one of names."""
    called = [tidy_name(field).casefold() for field in fields]
    name = next((place for place, one in enumerate(called) if one in _NAMES), None)
    if name is None:
        return None
    beside = {place for place, one in enumerate(called) if one in _EMAILS | _OURS}
    others = (fields[place].strip() for place in range(len(called)) if place != name and place not in beside)
    return _Columns(name, frozenset(beside), tuple(other for other in others if other))


def _notes(records: list[Record], columns: _Columns) -> tuple[str, ...]:
    notes = []
    if any("@" in field for record in records for field in _others(record, columns)):
        notes.append(NO_EMAIL_NEEDED)
    if columns.unknown:
        names = ", ".join(f"“{tidy_name(name)[:40]}”" for name in columns.unknown[:10])
        notes.append(f"Other columns were left out: {names}.")
    return tuple(notes)


def _others(record: Record, columns: _Columns) -> list[str]:
    return [field for place, field in enumerate(record.fields) if place != columns.name and field.strip()]


def _row(record: Record, columns: _Columns) -> RosterRow:
    if record.problem:
        return RosterRow(record.line, "", record.problem)
    text = record.fields[columns.name].strip() if columns.name < len(record.fields) else ""
    if "\n" in text:  # a quotation mark that was closed by another line's: whole lines went into one name
        last = record.line + record.lines - 1
        return RosterRow(record.line, tidy_name(text), f"a quotation runs over the lines {record.line} to {last}.")
    name = restored(text)
    problem = name_problem(name, LONGEST_MEMBER_NAME)
    ignored = 0 if columns.beside or columns.unknown else sum("@" not in one for one in _others(record, columns))
    remark = f"{ignored} more {'column was' if ignored == 1 else 'columns were'} left out." if ignored else ""
    return RosterRow(record.line, tidy_name(name), f"the name {problem}" if problem else "", remark)
