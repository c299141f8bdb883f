"""Lines of separated columns, read so that a quotation mark left open costs its own line and no other.

The csv module either swallows the rest of the file then, or stops; and it has no line to go on from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_FIELD = 10_000
MAX_COLUMNS = 100
LEFT_OPEN = "a quotation mark is opened here and not closed where the column ends."
TOO_WIDE = f"it has more than {MAX_COLUMNS} columns."


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: the line it begins on, how many lines it takes, and its columns, or why it has none."""

    line: int
    lines: int
    fields: tuple[str, ...]
    problem: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it, as in the lines below a table."""
        return not self.problem and not any(field.strip() for field in self.fields)


def records_of(text: str, separator: str, start: int = 0, line: int = 1, longest: int = MAX_FIELD) -> Iterator[Record]:
    """Yield the records of `text` from `start` on, which is the beginning of the line numbered `line`."""
    ways = _ways_to_read(separator, longest)
    while start < len(text):
        fields, end, problem = _record(text, start, separator, ways)
        if problem:  # whatever the mark would have taken along is read again, line by line
            end = text.find("\n", start) + 1 or len(text)
        lines = text.count("\n", start, end) or 1
        yield Record(line, lines, tuple(fields), problem)
        start, line = end, line + lines


def _ways_to_read(separator: str, longest: int) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what a quotation begins like, the whole of one, and a column without; spaces may stand around it."""
    around = "" if separator == " " else " *"
    return (
        re.compile(f'{around}"'),
        re.compile(rf'{around}"((?:[^"]|""){{0,{longest}}}+)"{around}'),
        re.compile(f"[^\n{re.escape(separator)}]*"),
    )


def _record(text: str, start: int, separator: str, ways: tuple[re.Pattern[str], ...]) -> tuple[list[str], int, str]:
    """Read one record; return its columns, where the next begins, and what is wrong with it."""
    opening, quotation, plain = ways
    fields: list[str] = []
    while len(fields) < MAX_COLUMNS:
        quoted = opening.match(text, start)
        found = (quotation if quoted else plain).match(text, start)
        if found is None:
            return [], start, LEFT_OPEN
        fields.append(found[1].replace('""', '"') if quoted else found[0])
        after = text[found.end() : found.end() + 1]
        if after in ("", "\n"):
            return fields, found.end() + len(after), ""
        if after != separator:
            return [], start, LEFT_OPEN
        start = found.end() + 1
    return [], start, TOO_WIDE
