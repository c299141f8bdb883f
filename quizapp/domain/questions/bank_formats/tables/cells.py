"""Several texts in one cell: separated by ` | `, with a backslash before a separator that is part of a text."""

import re
from collections.abc import Iterable

GAPS = " || "
TEXTS = " | "
SIDES = " = "
_SPECIAL = re.compile(r"[\\|=]")
_ESCAPED = re.compile(r"\\([\\|=n])")


def cell_of(texts: Iterable[str], separator: str = TEXTS) -> str:
    """Put texts into one cell; they were escaped before."""
    return separator.join(texts)


def escaped(text: str) -> str:
    """Escape the signs that separate."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def unescaped(text: str) -> str:
    """Read the escapes of one text."""
    return _ESCAPED.sub(r"\1", text).strip()


def parts(cell: str, sign: str) -> list[str]:
    """Part a cell at each `sign` that is not escaped; the parts are still escaped."""
    found, start, place = [], 0, 0
    while place < len(cell):
        if cell[place] == "\\":
            place += 2
        elif cell.startswith(sign, place):
            found.append(cell[start:place])
            place = start = place + len(sign)
        else:
            place += 1
    return [*found, cell[start:]]
