"""Read a deck of flashcards from a table of fronts and backs: hostile until every line was looked at.

What is wrong with a line is said of that line, and the others are read all the same; what is no table at all is
refused as a whole.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from quizapp.domain.facts.blank import is_blank
from quizapp.domain.questions.bank_formats.deck_columns import Columns, columns_in_order, named_columns
from quizapp.domain.questions.bank_formats.deck_records import MAX_FIELD, Record, records_of
from quizapp.domain.questions.bank_formats.deck_text import (
    DeckHead,
    best_separator,
    deck_head,
    deck_text,
    possible_separators,
    refused,
)

MAX_ROWS = 10_000
LONGEST = {"front": MAX_FIELD, "back": MAX_FIELD, "topic": 100, "tags": MAX_FIELD}
LONGEST |= {"source": 500, "speaker": 100, "note": 1_000}
_SNIFFED = 200
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_LINE_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]*>", re.I)
_SOUND = re.compile(r"\[sound:[^\[\]]*\]")
_CLOZE = re.compile(r"\{\{c\d+::")


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One line of a deck: the card on it, or the problem that keeps it out. `remark` says what was left aside."""

    line: int
    front: str
    back: str
    topic: str = ""
    source: str = ""
    speaker: str = ""
    note: str = ""
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """What a file holds. `title` is the deck's own name, if the file gives it; `notes` are about all of its rows."""

    title: str
    rows: tuple[DeckRow, ...]
    notes: tuple[str, ...] = ()


def read_deck(data: bytes, file_name: str = "", format_name: str = "") -> Deck:
    """Read a deck; `format_name` is csv or tsv, and empty where the file is to tell.

    Raises InvalidContent when it is no deck at all: no UTF-8 text, empty, no two columns, or too many rows.
    """
    text = deck_text(data)
    head = deck_head(text)
    separator = head.separator or _separator(text, head, possible_separators(format_name, file_name))
    records = list(islice(_filled(text, head, separator), MAX_ROWS + 2))
    columns = named_columns(head.columns.split(separator)) if head.columns else None
    if columns is None and records and (columns := named_columns(records[0].fields)):
        records = records[1:]
    if not records:
        raise refused("there is no card in it.")
    if len(records) > MAX_ROWS:
        raise refused(f"it has more than {MAX_ROWS:,} rows. Split it, and import the parts into one bank.")
    if not any(len(record.fields) > 1 or record.problem for record in records):
        raise refused("no line of it has two columns. A card needs a front and a back, separated by a tab or a comma.")
    columns = columns or columns_in_order(head)
    rows = (_row(record, columns, head) for record in records)
    return Deck(_one_line(head.title), tuple(rows), _notes(columns))


def _filled(text: str, head: DeckHead, separator: str) -> Iterator[Record]:
    records = records_of(text, separator, head.end, head.lines + 1)
    return (record for record in records if not record.is_blank)


def _separator(text: str, head: DeckHead, candidates: tuple[str, ...]) -> str:
    """Find out what separates the columns from how each candidate would split the first lines."""
    if len(candidates) == 1:
        return candidates[0]
    tried = []
    for separator in candidates:
        first = list(islice(_filled(text, head, separator), _SNIFFED))
        heads = bool(first) and named_columns(first[0].fields) is not None
        tried.append((separator, heads, [len(record.fields) for record in first]))
    return best_separator(tried)


def _notes(columns: Columns) -> tuple[str, ...]:
    if not columns.unknown:
        return ()
    names = ", ".join(f"“{name[:40]}”" for name in columns.unknown[:10])
    return (f"Columns that no card has were ignored: {names}.",)


def _row(record: Record, columns: Columns, head: DeckHead) -> DeckRow:
    texts = {meaning: columns.read(record.fields, meaning) for meaning in LONGEST}
    problem = record.problem or _problem_as_written(record, texts)
    remarks = []
    if not problem and head.html:
        try:
            plain = {meaning: _plain(text) for meaning, text in texts.items()}
        except ValueError:  # Python reads no number of thousands of digits
            plain, problem = texts, "it names a character by a number that no character has."
        if any(_has_media(text) for text in texts.values()):
            remarks.append("A picture or a sound was left out.")
        texts = plain
    problem = problem or _problem_as_read(texts)
    if record.lines > 1:
        remarks.append(f"Its text runs over the lines {record.line} to {record.line + record.lines - 1}.")
    if ignored := columns.ignored(record.fields):
        remarks.append(f"{ignored} more {'column was' if ignored == 1 else 'columns were'} ignored.")
    return DeckRow(
        line=record.line,
        front=texts["front"][:MAX_FIELD],
        back=texts["back"][:MAX_FIELD],
        topic=_one_line(texts["topic"]) or _first_tag(texts["tags"] or head.tags),
        source=_one_line(texts["source"]),
        speaker=_one_line(texts["speaker"]),
        note=_one_line(texts["note"]),
        problem=problem,
        remark=" ".join(remarks),
    )


def _problem_as_written(record: Record, texts: dict[str, str]) -> str:
    """Say what is wrong with a record before its words are looked at."""
    if len(record.fields) < 2:
        return "there is no second column."
    for meaning, text in texts.items():
        if len(text) > MAX_FIELD:
            return f"the {meaning} is longer than {MAX_FIELD:,} characters."
    return ""


def _problem_as_read(texts: dict[str, str]) -> str:
    for meaning, text in texts.items():
        if any(_is_forbidden(one) for one in text):
            return f"the {meaning} holds a character that cannot be stored."
        if len(text) > LONGEST[meaning]:
            return f"the {meaning} is longer than {LONGEST[meaning]:,} characters."
    if _CLOZE.search(texts["front"]) or _CLOZE.search(texts["back"]):
        return "it is a text with gaps (cloze), not a card with two sides."
    return next((f"the {side} is empty." for side in ("front", "back") if is_blank(texts[side])), "")


def _is_forbidden(one: str) -> bool:
    """Say whether a character is a control, half of a pair, or none at all."""
    return one not in "\n\t" and unicodedata.category(one) in ("Cc", "Cs")


def _plain(text: str) -> str:
    """Return the words of a piece of HTML."""
    text = _TAG.sub("", _LINE_BREAK.sub("\n", _SOUND.sub("", text)))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _has_media(text: str) -> bool:
    return _SOUND.search(text) is not None or "<img" in text.lower()


def _first_tag(tags: str) -> str:
    """Return the first of several tags; Anki writes `a::b` for b within a."""
    first = next(iter(re.split(r"[\s,;]+", tags.strip())), "")
    return first.replace("::", ": ").replace("_", " ").strip(": ")[: LONGEST["topic"]]


def _one_line(text: str) -> str:
    return " ".join(text.split())
