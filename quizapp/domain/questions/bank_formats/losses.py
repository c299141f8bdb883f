"""What a file would not bring back: found out by writing the questions, reading the file and comparing."""

from collections.abc import Sequence
from typing import Any

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.bank_format import BankFormat, DraftRow, Loss
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.body_json import body_to_json
from quizapp.domain.questions.question_types.registry import question_type

FIELD_WORDS = {
    "id": "its name",
    "type": "its type",
    "stem": "the words of the question",
    "body": "its answers",
    "explanation": "the explanation",
    "facts": "the fact it tests, with its place in the source",
    "topic": "its topic",
    "speaker": "who says it",
    "status": "how far its fact can be relied on",
    "scored": "that it is kept out of scored quizzes",
    "recipe": "how it was made",
}
_REASONS = "the reasons why wrong answers are wrong"
_BORROWED = "the facts that wrong answers are borrowed from"


def losses_of(form: BankFormat, bank: Bank, written: Sequence[Question]) -> list[Loss]:
    """List what a form loses of a bank; `written` are the questions that its file holds, in the order of the file."""
    losses = {}
    for question in bank.questions:
        if question.type not in form.types:
            what = f"The whole question: a file of {form.label} has no “{question_type(question.type).label}”."
            losses[question.id] = Loss(question.id, question.stem, what)
    rows = _rows(form, bank) if written else ()
    if len(rows) != len(written):
        return [Loss(question.id, question.stem, "The file cannot be read back.") for question in bank.questions]
    facts = bank.facts_by_id()
    for question, row in zip(written, rows, strict=True):
        what = _difference(question, row, bank, facts)
        if what:
            losses[question.id] = Loss(question.id, question.stem, what)
    return [losses[question.id] for question in bank.questions if question.id in losses]


def _rows(form: BankFormat, bank: Bank) -> tuple[DraftRow, ...]:
    try:
        return form.read(form.write(bank)).rows
    except InvalidContent:  # more, or longer, than any program takes
        return ()


def _difference(question: Question, row: DraftRow, bank: Bank, facts: dict[str, Any]) -> str:
    """Name what of a question came back otherwise, in one sentence; empty where nothing did."""
    if row.question is None:
        return f"The whole question: read back, {row.problem}"
    lost = [words for name, words in FIELD_WORDS.items() if getattr(question, name) != getattr(row.question, name)]
    if FIELD_WORDS["body"] in lost and question.type == row.question.type:
        lost.remove(FIELD_WORDS["body"])
        lost += _in_the_body(body_to_json(question.body), body_to_json(row.question.body))
    elif FIELD_WORDS["facts"] not in lost:
        read = {fact.id: fact for fact in row.facts}
        told = [
            fact_to_json(facts[name], bank.source) == fact_to_json(read[name], bank.source)
            for name in question.cited_facts
            if name in facts and name in read
        ]
        lost += [] if all(told) and len(read) >= len(question.cited_facts) else [FIELD_WORDS["facts"]]
    if not lost:
        return ""
    listed = ", ".join(lost[:-1]) + " and " + lost[-1] if len(lost) > 1 else lost[0]
    return f"{listed[0].upper()}{listed[1:]}."


def _in_the_body(before: Any, after: Any) -> list[str]:
    """Tell apart what of a body came back otherwise: the answers themselves, reasons, or the facts behind them."""
    found = []
    if _without(before, {"reason", "fact"}) != _without(after, {"reason", "fact"}):
        found.append(FIELD_WORDS["body"])
    if _only(before, "reason") != _only(after, "reason"):
        found.append(_REASONS)
    if _only(before, "fact") != _only(after, "fact"):
        found.append(_BORROWED)
    return found


def _without(values: Any, names: set[str]) -> Any:
    if isinstance(values, dict):
        return {key: _without(value, names) for key, value in values.items() if key not in names}
    return [_without(one, names) for one in values] if isinstance(values, list | tuple) else values


def _only(values: Any, name: str) -> list[Any]:
    if isinstance(values, dict):
        return [found for key, value in values.items() for found in ([value] if key == name else _only(value, name))]
    return [found for one in values for found in _only(one, name)] if isinstance(values, list | tuple) else []
