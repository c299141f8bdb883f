"""Which format a file has, by its name and by how it begins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.deck_columns import named_columns
from quizapp.domain.questions.bank_formats.deck_records import records_of
from quizapp.domain.questions.bank_formats.deck_text import deck_head, deck_text
from quizapp.domain.questions.bank_formats.tables.columns import is_a_deck

DECK = "deck"
_LOOKED_AT = 20_000
_SUFFIXES = {".json": "json", ".xml": "moodle-xml", ".gift": "gift", ".aiken": "aiken"}
_TABLES = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv"}
_AIKEN = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.M)
_XML = re.compile(r"<(?:\?xml|quiz\b|!)", re.I)
_GIFT = re.compile(r"^\s*(?:::|\$CATEGORY:|//)|(?<!\\)\{[^{}]*(?<!\\)[=~#}]|\{\s*(?:T|F|TRUE|FALSE)\s*\}", re.M)


def guess_format(data: bytes, file_name: str = "") -> str:
    """Name the format of a file, or `DECK` for one of fronts and backs; reading it finds out whether it is one."""
    suffix = "." + file_name.rsplit(".", 1)[-1].lower() if "." in file_name else ""
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    text = _beginning(data)
    if suffix in _TABLES:
        return _table(text, _TABLES[suffix])
    start = text.lstrip()
    if start.startswith("{") and re.match(r'\{\s*["}]', start):
        return "json"
    if _XML.match(start):
        return "moodle-xml"
    if deck_head(text).lines:
        return DECK
    table = _table(text, "tsv" if "\t" in text.partition("\n")[0] else "csv")
    if table != DECK:
        return table
    if _names_the_sides(text):
        return DECK
    if _AIKEN.search(text):
        return "aiken"
    if _GIFT.search(text):
        return "gift"
    return DECK


def _beginning(data: bytes) -> str:
    """Return the first characters, as far as they are text."""
    mark = 4 if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") else 2
    cut = data[: _LOOKED_AT - _LOOKED_AT % mark]
    for end in range(len(cut), max(len(cut) - 4, 0), -1):  # a character may be cut in two
        try:
            return deck_text(cut[:end])
        except InvalidContent:
            continue
    return ""


def _names_the_sides(text: str) -> bool:
    """Say whether the first line names the columns of a deck, whatever its cards look like."""
    return any(named_columns(fields) is not None for fields in _first_lines(text, (",", ";", "\t")))


def _table(text: str, name: str) -> str:
    """Tell a table of questions from a deck by the names of its columns."""
    if deck_head(text).lines:
        return DECK
    separators = ("\t",) if name == "tsv" else (",", ";", "\t")
    return DECK if all(is_a_deck(fields) for fields in _first_lines(text, separators)) else name


def _first_lines(text: str, separators: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield the fields of the first line that is not blank, cut by each of these separators."""
    for by in separators:
        for first in islice((one for one in records_of(text, by) if not one.is_blank), 1):
            yield first.fields
