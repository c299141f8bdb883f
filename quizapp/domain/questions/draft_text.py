"""What an author has typed of a question so far, whole or not: how it is stored, and the draft it makes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import NEEDS_NOTE, Fact, Status
from quizapp.domain.facts.passage import Passage, paragraphs_at, passage_at, passage_of
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.authored import RECIPE, Draft, usual_status
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.author_values import BadValue, empty_value, one_line
from quizapp.domain.questions.question_types.body_json import BadBody
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type

MAX_STORED = 60_000
"""The characters of the longest draft that is stored."""


@dataclass(frozen=True, slots=True)
class DraftText:
    """A question as its author has typed it so far; every text is as it was typed and may be empty.

    `line` is the fact in one line, `ask` a question in words for its `value`; `body` holds the values of the author
    fields of the type; `start` and `end` mark the passage in the source's own text, or `quote` holds its words.
    `reasons` say why a warning is passed over, by the id of its rule; `change` what an edit of an answered question is.
    """

    type: str
    line: str = ""
    paragraph: str = ""
    speaker: str = ""
    status: str = ""
    note: str = ""
    topic: str = ""
    stem: str = ""
    explanation: str = ""
    ask: str = ""
    value: str = ""
    start: int | None = None
    end: int | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    quote: str = ""
    change: str = ""


def draft_text_to_json(text: DraftText) -> str:
    """Write a draft as it is stored. Raises InvalidContent when it is too long."""
    values = {one.name: getattr(text, one.name) for one in fields(text)}
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    if len(written) > MAX_STORED:
        raise InvalidContent([Problem("the draft", f"it is longer than {MAX_STORED:,} characters.")])
    return written


def draft_text_from_json(written: str) -> DraftText:
    """Read a stored draft."""
    return DraftText(**json.loads(written))


def text_of(question: Question, fact: Fact) -> DraftText:
    """Return a question as its author would have typed it; what follows from something else is left empty."""
    kind = question_type(question.type)
    answer = kind.answer_text(question.body)
    return DraftText(
        type=question.type,
        line=fact.text,
        paragraph=", ".join(map(str, fact.paragraphs)),
        speaker=fact.speaker or "",
        status="" if fact.status is usual_status(fact.speaker) else fact.status.value,
        note=fact.note,
        topic=fact.topic,
        stem=question.stem,
        explanation="" if question.explanation == fact.text else question.explanation,
        ask=fact.ask,
        value="" if fact.value is None or fold(fact.value.text) == fold(answer) else fact.value.text,
        start=fact.passage.start if fact.passage else None,
        end=fact.passage.end if fact.passage else None,
        quote=fact.passage.text if fact.passage else "",
        body=kind.author_values(question.body),
    )


def empty_text(kind: QuestionType[Any]) -> DraftText:
    """Return a draft of this type in which nothing is typed."""
    return DraftText(kind.name, body={one.name: empty_value(one.kind) for one in kind.author_fields})


def draft_of(text: DraftText, bank: Bank, before: Any = None, recipe: str = RECIPE) -> Draft:
    """Make the draft that a text holds; `before` is the body of the question that is edited.

    Raises InvalidContent with a problem for each field that is missing or cannot be used; its place is the name of
    the field, with "body." before those of the type.
    """
    problems: list[Problem] = []
    kind = QUESTION_TYPES.get(text.type)
    if kind is None:
        raise InvalidContent([Problem("type", f"there is no question type “{text.type[:40]}”.")])
    body = _body(text, kind, before, problems)
    passage, paragraphs = _place(text, bank, problems)
    status = _status(text, problems)
    stem = stem_of_text(text)
    if is_blank(text.line):
        problems.append(Problem("line", "Say in one line what the source states."))
    if is_blank(stem) and not kind.stem_field:
        problems.append(Problem("stem", f"Write the {kind.stem_label.lower()}."))
    if text.topic not in {topic.id for topic in bank.topics}:
        problems.append(Problem("topic", "Choose one of the bank’s topics."))
    if text.speaker and bank.source.speaker(text.speaker) is None:
        problems.append(Problem("speaker", "Choose one of the source’s speakers."))
    if problems:
        raise InvalidContent(problems)
    return Draft(
        type=text.type,
        line=one_line(text.line),
        paragraph=paragraphs[0],
        speaker=text.speaker or None,
        topic=text.topic,
        stem=stem,
        body=body,
        paragraphs=paragraphs,
        status=status,
        note=one_line(text.note),
        passage=passage,
        explanation=one_line(text.explanation),
        ask=one_line(text.ask),
        value=one_line(text.value),
        recipe=recipe,
    )


def stem_of_text(text: DraftText) -> str:
    """Return what is asked: the words of the field that is the stem too, or the stem."""
    kind = QUESTION_TYPES.get(text.type)
    return one_line(text.body.get(kind.stem_field)) if kind and kind.stem_field else text.stem


def _body(text: DraftText, kind: QuestionType[Any], before: Any, problems: list[Problem]) -> Any:
    lacking = [
        one
        for one in kind.author_fields
        if one.required and one.kind != "flag" and text.body.get(one.name) in ("", [], None)
    ]
    problems.extend(Problem(f"body.{one.name}", "Fill this in.") for one in lacking)
    if lacking:
        return None
    try:
        return kind.authored_body(text.body, before)
    except BadValue as error:
        problems.append(Problem(f"body.{error.field}", error.sentence))
    except BadBody as error:
        problems.append(Problem("body", f"{error}"))
    return None


def marked_passage(text: DraftText, bank: Bank) -> Passage | None:
    """Return the passage of the source's own text that is marked, or whose words are given; None where none is.

    Marks hold only where the text has the given words at them. Raises ValueError where there are no such words.
    """
    marks = (text.start, text.end)
    if marks[0] is not None and marks[1] is not None:
        marked = passage_at(bank.text, marks[0], marks[1])
        if is_blank(text.quote) or one_line(marked.text) == one_line(text.quote):
            return marked
    if is_blank(text.quote) or not bank.text:
        return None
    numbers = _numbers(text.paragraph)
    return passage_of(bank.text, text.quote, numbers[0] if numbers else None)


def _place(text: DraftText, bank: Bank, problems: list[Problem]) -> tuple[Passage | None, tuple[int, ...]]:
    """Read "8" or "8, 9"; where a passage is marked, its own paragraphs."""
    try:
        passage = marked_passage(text, bank)
    except ValueError:
        problems.append(Problem("passage", "Mark the passage anew: the text has no such words."))
        return None, ()
    if passage is not None:
        return passage, paragraphs_at(bank.text, passage)
    numbers, last = _numbers(text.paragraph), bank.source.paragraphs
    if numbers and all(1 <= one <= last for one in numbers):
        return None, numbers
    problems.append(Problem("paragraph", f"Say where it stands: 1 to {last}."))
    return None, ()


def _numbers(typed: str) -> tuple[int, ...]:
    """Read "8" or "8, 9"; empty where that is not what it says."""
    parts = [one.strip() for one in typed.split(",")]
    if all(one.isascii() and one.isdigit() and len(one) <= 5 for one in parts):
        return tuple(sorted({int(one) for one in parts}))
    return ()


def _status(text: DraftText, problems: list[Problem]) -> Status | None:
    if not text.status:
        return None
    try:
        status = Status(text.status)
    except ValueError:
        problems.append(Problem("status", "Choose one of those on offer."))
        return None
    if status in NEEDS_NOTE and is_blank(text.note):
        problems.append(Problem("note", f"A fact that is {status.value} needs a note that says why."))
    return status
