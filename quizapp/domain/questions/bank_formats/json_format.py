"""quizapp's own JSON: everything a bank holds. Top keys: `bank`, `source`, `facts`, `questions`, `retelling`.

This is the form of `questions.json`. `bank.format` is its version; a reader refuses one it does not know.
Moments and numbers are kept as text where JSON would lose digits. What a question type needs stands in `body`; the
other keys of a question (`options`, `key`, `distractor_reasons`, ...) repeat it for people and other programs.
"""

import json
from collections.abc import Mapping
from typing import Any

from quizapp.domain.facts.balance import voice_of
from quizapp.domain.facts.fact import Fact, Side, Source, Speaker
from quizapp.domain.facts.passage import passage_to_json
from quizapp.domain.facts.retelling import sections_to_json
from quizapp.domain.questions.bank_formats.bank_format import BankDraft, Loss
from quizapp.domain.questions.bank_formats.json_reading import read_bank
from quizapp.domain.questions.bank_formats.json_rows import read_rows
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.body_json import body_to_json
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type

FORMAT_VERSION = 1


class JsonFormat:
    """The lossless form; writing what was read gives the same bytes."""

    name = "json"
    label = "quizapp JSON"
    suffix = ".json"
    media_type = "application/json"
    types = frozenset(QUESTION_TYPES)
    reads = True
    aside = ""

    def write(self, bank: Bank) -> bytes:
        """Return the bank as UTF-8 JSON, one value a line so that changes read well in a diff."""
        facts = bank.facts_by_id()
        data: dict[str, Any] = {
            "bank": _bank(bank),
            "source": source_to_json(bank.source),
            "facts": [fact_to_json(fact, bank.source) for fact in bank.facts],
            "questions": [question_to_json(question, facts) for question in bank.questions],
        }
        if bank.retelling:
            data["retelling"] = sections_to_json(bank.retelling)
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

    def read_bank(self, data: bytes) -> Bank:
        """Read what `write` wrote, all of it. Raises InvalidContent naming each place that is wrong."""
        return read_bank(data, FORMAT_VERSION)

    def read(self, data: bytes) -> BankDraft:
        """Read a file from outside, question by question. Raises InvalidContent when it is no bank."""
        return read_rows(data, FORMAT_VERSION)

    def losses(self, bank: Bank) -> list[Loss]:
        """Return an empty list: nothing is lost."""
        return []


def _bank(bank: Bank) -> dict[str, Any]:
    return {
        "format": FORMAT_VERSION,
        "name": bank.name,
        "title": bank.title,
        "summary": bank.summary,
        "language": bank.language,
        "licence": bank.licence,
        "topics": [{"id": topic.id, "label": topic.label} for topic in bank.topics],
    }


def source_to_json(source: Source) -> dict[str, Any]:
    """Return a source as JSON values."""
    data: dict[str, Any] = {
        "id": source.id,
        "outlet": source.outlet,
        "outlet_place": source.outlet_place,
        "description": source.description,
        "title": source.title,
        "author": source.author,
        "date": source.date,
        "as_of": source.as_of,
        "retrieved": source.retrieved,
        "language": source.language,
        "paragraphs": source.paragraphs,
        "affiliation": source.affiliation,
        "sides": [_side(side) for side in source.sides],
        "speakers": [_speaker(speaker) for speaker in source.speakers],
    }
    return data | {"kind": source.kind.value} if source.is_deck else data  # articles stay as they were written


def _side(side: Side) -> dict[str, Any]:
    return {"id": side.id, "label": side.label, "adjective": side.adjective, "pattern": side.pattern}


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "short": speaker.short,
        "role": speaker.role,
        "kind": speaker.kind.value,
        "side": speaker.side,
        "interviewed": speaker.interviewed,
        "spellings": list(speaker.spellings),
    }


def fact_to_json(fact: Fact, source: Source) -> dict[str, Any]:
    """Return a fact as JSON values; `voice` says how its speaker is drawn, `ask` and `said` what a card asks for."""
    data: dict[str, Any] = {
        "id": fact.id,
        "paragraphs": list(fact.paragraphs),
        "statement": fact.text,
        "topic": fact.topic,
        "kind": fact.kind.value,
        "tier": fact.tier.value,
        "voice": voice_of(fact, source).value,
        "speaker": fact.speaker,
        "mode": fact.mode.value,
        "status": fact.status.value,
        "note": fact.note,
        "reference": fact.reference,
        "value": fact.value.text if fact.value else None,
        "value_of": fact.value_of,
        "relation": fact.relation,
        "group": fact.group,
        "ask": fact.ask,
        "said": fact.said,
    }
    if fact.review_by:
        data["review_by"] = fact.review_by
    return data | {"passage": passage_to_json(fact.passage)} if fact.passage else data


def question_to_json(question: Question, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return a question as JSON values; `facts` are looked up for the paragraphs."""
    kind = question_type(question.type)
    paragraphs = sorted({number for fact in question.facts for number in facts[fact].paragraphs})
    return {
        "id": question.id,
        "type": question.type,
        "stem": question.stem,
        "options": kind.options(question.body),
        "key": kind.key(question.body),
        "distractor_reasons": [one.reason for one in kind.distractors(question.body)],
        "distractor_facts": list(question.distractor_facts),
        "explanation": question.explanation,
        "facts": list(question.facts),
        "paragraphs": paragraphs,
        "topic": question.topic,
        "speaker": question.speaker,
        "status": question.status.value,
        "scored": question.scored,
        "recipe": question.recipe,
        "body": body_to_json(question.body),
    }
