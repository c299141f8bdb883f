"""Which column of a table of questions holds what: our own names, and those that people and other programs use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WRONG_SHOWN = 8
OURS = (
    "name", "type", "question", "right answer",
    *(f"{kind} {number}" for number in range(1, WRONG_SHOWN + 1) for kind in ("wrong", "reason")),
    "explanation", "fact", "paragraph", "speaker", "status", "topic", "tags", "unit", "tolerance", "in order",
    "quizapp",
)  # fmt: skip
_NAMES = {
    "name": ("name", "id", "question id", "idnumber", "question name", "title"),
    "type": ("type", "question type", "qtype"),
    "question": ("question", "stem", "question text", "prompt", "questiontext", "text"),
    "right answer": ("right answer", "right answers", "correct answer", "correct answers", "correct", "correct option",
                     "answer key", "key", "answer", "solution", "right"),
    "explanation": ("explanation", "feedback", "general feedback", "rationale", "comment"),
    "fact": ("fact", "statement"),
    "paragraph": ("paragraph", "paragraphs"),
    "speaker": ("speaker", "said by"),
    "status": ("status",),
    "topic": ("topic", "category", "subject", "chapter"),
    "tags": ("tags", "tag", "keywords"),
    "unit": ("unit", "units"),
    "tolerance": ("tolerance", "error"),
    "in order": ("in order",),
    "quizapp": ("quizapp",),
}  # fmt: skip
_MEANING = {name: meaning for meaning, names in _NAMES.items() for name in names}
_NUMBERED = re.compile(
    r"(option|answer|choice|alternative|wrong|wrong answer|incorrect|distractor|reason)[ _-]?([a-j]|[0-9]{1,2})"
)
_WRONG = frozenset({"wrong", "wrong answer", "incorrect", "distractor"})


@dataclass(frozen=True, slots=True)
class QuestionColumns:
    """The places of the columns, counted from 0; `options` are all the answers, `wrongs` only the wrong ones."""

    places: dict[str, int]
    options: dict[int, int]
    wrongs: dict[int, int]
    reasons: dict[int, int]
    unknown: tuple[str, ...] = ()

    def read(self, fields: Sequence[str], meaning: str) -> str:
        """Return what a record holds in the column of this meaning; empty where it has none."""
        return _field(fields, self.places.get(meaning))

    def numbered(self, fields: Sequence[str], places: dict[int, int]) -> dict[int, str]:
        """Return what a record holds in numbered columns, without the empty ones."""
        found = {number: _field(fields, place) for number, place in sorted(places.items())}
        return {number: text for number, text in found.items() if text.strip()}


def question_columns(fields: Sequence[str]) -> QuestionColumns | None:
    """Read a first line that names the columns; None when it names no question, or no answers to it."""
    places: dict[str, int] = {}
    numbered: dict[str, dict[int, int]] = {"options": {}, "wrongs": {}, "reasons": {}}
    unknown = []
    for place, text in enumerate(fields):
        name = " ".join(text.casefold().replace("_", " ").split())
        found = _NUMBERED.fullmatch(name)
        if found:
            kind = "wrongs" if found[1] in _WRONG else "reasons" if found[1] == "reason" else "options"
            numbered[kind].setdefault(_number(found[2]), place)
        elif (meaning := _MEANING.get(name)) and meaning not in places:
            places[meaning] = place
        elif name:
            unknown.append(text.strip())
    if "question" not in places or not ("right answer" in places or numbered["options"]):
        return None
    return QuestionColumns(places, unknown=tuple(unknown), **numbered)


def is_a_deck(fields: Sequence[str]) -> bool:
    """Say whether a first line names nothing but the two sides of a card, and what decks know besides."""
    columns = question_columns(fields)
    if columns is None:
        return True
    beside = set(columns.places) - {"question", "right answer", "topic", "tags", "speaker"}
    return not (columns.options or columns.wrongs or beside)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else "abcdefghij".index(text) + 1


def _field(fields: Sequence[str], place: int | None) -> str:
    return fields[place] if place is not None and place < len(fields) else ""
