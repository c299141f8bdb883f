"""The text of a deck of flashcards: bytes to characters, Anki's header lines, and what separates its columns."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.domain.errors import InvalidContent, Problem

MAX_DECK_BYTES = 5_000_000
SEPARATORS = {"tsv": ("\t",), "csv": (",", ";")}
"""What may separate the columns of each format; where there are several, the file decides."""
_SUFFIXES = {".tsv": "tsv", ".tab": "tsv", ".csv": "csv"}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NUL_SHARE = 10
_HEADER = re.compile(
    r"#(separator|html|tags|columns|notetype|deck|tags column|deck column|notetype column|guid column|if matches):"
    r"([^\n]*)\n?",
    re.I,
)
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "colon": ":", "pipe": "|", "space": " "}


@dataclass(frozen=True, slots=True)
class DeckHead:
    """What the header lines of a file say: its separator, whether it is HTML, and which columns hold what.

    Columns are counted from 0. `beside` are those that hold nothing of a card; `end` is where the lines below begin
    in the text, and `lines` how many there are above them.
    """

    separator: str = ""
    html: bool = False
    title: str = ""
    tags: str = ""
    columns: str = ""
    tags_column: int | None = None
    beside: frozenset[int] = frozenset()
    end: int = 0
    lines: int = 0


def refused(sentence: str) -> InvalidContent:
    """Return the error that says why a file is no deck at all."""
    return InvalidContent([Problem("the file", sentence)])


def deck_text(data: bytes, most: int = MAX_DECK_BYTES) -> str:
    """Return the text of a file with its line ends made alike. Raises InvalidContent when it is no text."""
    if len(data) > most:
        raise refused(f"it is larger than {most // 1_000_000} MB.")
    mark, encoding = next((one for one in _BYTE_ORDER_MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = data.count(b"\n", 0, error.start) + 1
        raise refused(f"line {place} is not {encoding.upper()} text. Save the file as UTF-8.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise refused("it is empty.")
    if text.count("\x00") * _NUL_SHARE > len(text):
        raise refused("it is not text, or it is UTF-16 without a byte order mark. Save it as UTF-8.")
    return text


def deck_head(text: str) -> DeckHead:
    """Read the header lines at the top of a text exported by Anki, such as `#separator:tab`; others have none."""
    found: dict[str, str] = {}
    end = lines = 0
    while header := _HEADER.match(text, end):
        found.setdefault(header[1].lower(), header[2].strip(" "))
        end, lines = header.end(), lines + 1
    named = {name: _column(found.get(f"{name} column", "")) for name in ("tags", "deck", "notetype", "guid")}
    separator = found.get("separator", "")
    return DeckHead(
        separator=_NAMED.get(separator.lower(), separator if len(separator) == 1 and separator != '"' else ""),
        html=found.get("html", "").lower() == "true",
        title=found.get("deck", ""),
        tags=found.get("tags", ""),
        columns=found.get("columns", ""),
        tags_column=named["tags"],
        beside=frozenset(number for name, number in named.items() if name != "tags" and number is not None),
        end=end,
        lines=lines,
    )


def possible_separators(format_name: str, file_name: str) -> tuple[str, ...]:
    """Return what may separate the columns, by the format that was asked for, else by the file's suffix, else all."""
    suffix = "." + file_name.rsplit(".", 1)[-1].lower() if "." in file_name else ""
    every = tuple(one for kind in SEPARATORS.values() for one in kind)
    return SEPARATORS.get(format_name or _SUFFIXES.get(suffix, ""), every)


def best_separator(candidates: Iterable[tuple[str, bool, list[int]]]) -> str:
    """Choose a separator; each comes with whether it makes a header row, and the widths of the first lines by it.

    One that makes a header row wins, then the one that splits most lines, then the one that splits them alike.
    """

    def merit(one: tuple[str, bool, list[int]]) -> tuple[bool, float, int]:
        _, heads, widths = one
        return heads, sum(width > 1 for width in widths) / max(1, len(widths)), -len(set(widths))

    return max(candidates, key=merit)[0]


def _column(text: str) -> int | None:
    return int(text) - 1 if re.fullmatch(r"[1-9][0-9]{0,2}", text, re.ASCII) else None
