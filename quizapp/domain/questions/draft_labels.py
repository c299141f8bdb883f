"""What a draft says, label by label, for people who compare two of them."""

from collections.abc import Iterator
from typing import Any

from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.author_values import ROW_FIELDS
from quizapp.domain.questions.question_types.question_type import AuthorField
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES

_LABELS = {
    "line": "The fact",
    "paragraph": "Paragraph",
    "quote": "Its words there",
    "speaker": "Who says it",
    "topic": "Topic",
    "stem": "Question",
    "explanation": "Explanation",
    "status": "Status",
    "note": "Note",
    "value": "Words asked for",
    "ask": "Asked on a card as",
}


def labelled(text: DraftText, bank: Bank | None = None) -> list[tuple[str, str]]:
    """Return each label with its text, in the order of the form; without a bank, topic and speaker by their ids."""
    names = {} if bank is None else {topic.id: topic.label for topic in bank.topics}
    names |= {} if bank is None else {one.id: one.name for one in bank.source.speakers}
    common = [(label, getattr(text, name)) for name, label in _LABELS.items()]
    said = [(label, names.get(words, words) if label in ("Topic", "Who says it") else words) for label, words in common]
    return [*said, *_of_the_type(text)]


def _of_the_type(text: DraftText) -> Iterator[tuple[str, str]]:
    kind = QUESTION_TYPES.get(text.type)
    for one in kind.author_fields if kind else ():
        yield one.label, _in_words(one, text.body.get(one.name))


def _in_words(one: AuthorField, value: Any) -> str:
    if one.kind in ROW_FIELDS:
        parts = ROW_FIELDS[one.kind]
        rows = (" – ".join(row[part] for part in parts if row.get(part)) for row in value or ())
        return "\n".join(row for row in rows if row)
    if one.kind == "lines":
        return "\n".join(value or ())
    if one.kind == "flag":
        return "Yes" if value else "No"
    return str(value or "")
