"""The fields an author fills in for a question's body, as plain JSON, and the body they make.

By the kind of a field its value is: text and number: a text; flag: true or false; truth: "true", "false" or "" where
nothing is chosen; fact: an id or ""; lines: a list of texts; distractors: a list of objects with text, reason and
fact; pairs: a list of objects with left, right and fact.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizapp.domain.facts.quantities import NotANumber, read_number

Values = Mapping[str, Any]
ROW_FIELDS = {"distractors": ("text", "reason", "fact"), "pairs": ("left", "right", "fact")}
"""What a row of each kind of list holds."""


class BadValue(ValueError):
    """What an author gave for a field cannot be used; the sentence says why, and `field` which one it is."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def empty_value(kind: str) -> Any:
    """Return the value of a field of this kind that nobody has touched."""
    if kind == "flag":
        return False
    return [] if kind in ("lines", *ROW_FIELDS) else ""


def to_value(kind: str, stored: Any) -> Any:
    """Return a field of a body, as JSON, as the value of an author's field."""
    if kind == "truth":
        return "true" if stored else "false"
    if kind == "lines":
        return list(stored)
    if kind in ROW_FIELDS:
        return [{name: row[name] or "" for name in ROW_FIELDS[kind]} for row in stored]
    return stored if kind == "flag" else stored or ""


def from_value(name: str, kind: str, value: Any) -> Any:
    """Return what an author gave as a field of a body, as JSON; None where nothing was given. Raises BadValue."""
    if kind == "flag":
        return value is True
    if kind == "truth":
        return {"true": True, "false": False}.get(value) if isinstance(value, str) else None
    if kind == "lines":
        return [text for text in map(one_line, _listed(value)) if text]
    if kind in ROW_FIELDS:
        rows = [
            {field: one_line(row.get(field)) for field in ROW_FIELDS[kind]}
            for row in _listed(value)
            if isinstance(row, dict)
        ]
        return [{**row, "fact": row["fact"] or None} for row in rows if any(row.values())]
    text = one_line(value)
    if kind != "number" or not text:
        return text or None
    try:
        return format(Decimal(read_number(text)), "f")
    except NotANumber as error:
        raise BadValue(name, str(error)) from error


def one_line(text: object) -> str:
    """Return a text without line breaks and superfluous spaces; what is no text is empty."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
