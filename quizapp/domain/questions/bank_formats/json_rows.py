"""Read quizapp's own JSON entry by entry: what is wrong with a question is said of it, and the others are read."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.fact import Fact, Topic
from quizapp.domain.facts.field_reading import Table
from quizapp.domain.questions.bank_formats.bank_format import BankDraft, DraftRow
from quizapp.domain.questions.bank_formats.json_reading import (
    THE_FILE,
    WANTED,
    parse_object,
    read_document,
    read_fact,
    read_question,
)
from quizapp.domain.questions.question import MAX_STEM, Bank, Question, check_question

_SPACE = re.compile(r"[ \t\r\n]*")
_RETELLING_LOST = "The retelling of the article does not fit what was read, and was left aside."


def read_rows(data: bytes, version: int) -> BankDraft:
    """Read a file question by question. Raises InvalidContent when it is no bank, or its head is wrong."""
    document = parse_object(data, THE_FILE, WANTED)
    lines = _lines(data.decode("utf-8"))
    try:
        bank = read_document(document, version)
    except InvalidContent:
        return _piece_by_piece(document, version, lines)
    facts = bank.facts_by_id()
    rows = [_row(bank, question, facts, line) for question, line in zip(bank.questions, _endless(lines), strict=False)]
    return BankDraft(bank.title, tuple(rows), bank=bank)


def _piece_by_piece(document: dict[str, Any], version: int, lines: list[int]) -> BankDraft:
    head = read_document({key: value for key, value in document.items() if key != "retelling"} | _NOTHING, version)
    facts, notes = _facts(document.get("facts"), head)
    bank = replace(head, facts=tuple(facts.values()))
    entries = document.get("questions")
    listed = entries if isinstance(entries, list) else []
    if not isinstance(entries, list):
        notes.append("There is no list of questions in it.")
    twins = Counter(entry.get("id") for entry in listed if isinstance(entry, dict) and isinstance(entry.get("id"), str))
    rows = [_entry(entry, bank, facts, line, twins) for entry, line in zip(listed, _endless(lines), strict=False)]
    bank = replace(bank, questions=tuple(row.question for row in rows if row.question))
    if document.get("retelling") is not None:
        bank, flawed = _with_retelling(bank, document, version)
        notes += [_RETELLING_LOST] if flawed else []
    return BankDraft(bank.title, tuple(rows), tuple(notes), bank)


_NOTHING: dict[str, Any] = {"facts": [], "questions": []}


def _with_retelling(bank: Bank, document: dict[str, Any], version: int) -> tuple[Bank, bool]:
    """Read the retelling if every fact it marks could be read."""
    try:
        whole = read_document(document | {"questions": []}, version)
    except InvalidContent:
        return bank, True
    return replace(bank, retelling=whole.retelling), False


def _facts(entries: object, head: Bank) -> tuple[dict[str, Fact], list[str]]:
    """Read the facts that can be read; say of the others why not."""
    facts: dict[str, Fact] = {}
    notes = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        table = Table("the file", f"fact {number}", entry if isinstance(entry, dict) else {})
        fact = read_fact(table)
        table.finish()
        found = [problem.sentence for problem in table.problems] or _strangers(fact, head)
        if fact.id in facts:
            found.append(f"two facts have the id “{fact.id}”.")
        if any(not 1 <= paragraph <= head.source.paragraphs for paragraph in fact.paragraphs):
            found.append("its paragraph is not in the source.")
        if found:
            notes.append(f"Fact {number}, “{fact.id[:100]}”, was left aside: {found[0]}")
        else:
            facts[fact.id] = fact
    return facts, notes


def _entry(entry: object, bank: Bank, facts: dict[str, Fact], line: int, twins: Counter[Any]) -> DraftRow:
    values = entry if isinstance(entry, dict) else {}
    table = Table("the file", "question", values)
    question = read_question(table)
    table.finish()
    found = [problem.sentence.removeprefix("question: ") for problem in table.problems]
    if not isinstance(entry, dict):
        found = ["it must be an object."]
    elif question is not None and not found:
        found = [problem.sentence for problem in check_question(question, facts)] + _strangers(question, bank)
        if twins[question.id] > 1:
            found.append(f"two questions have the id “{question.id}”.")
    if question is not None and not found:
        return _row(bank, question, facts, line)
    name, stem = (str(values.get(key, ""))[:MAX_STEM] for key in ("id", "stem"))
    return DraftRow(line, name, None, (), Topic("questions", "Questions"), problem=" ".join(found), stem=stem)


def _strangers(one: Fact | Question, bank: Bank) -> list[str]:
    found = []
    if one.topic not in {topic.id for topic in bank.topics}:
        found.append(f"there is no topic “{one.topic}”.")
    if one.speaker is not None and bank.source.speaker(one.speaker) is None:
        found.append(f"there is no speaker “{one.speaker}”.")
    return found


def _row(bank: Bank, question: Question, facts: dict[str, Fact], line: int) -> DraftRow:
    cited = tuple(facts[name] for name in question.cited_facts)
    topics = {topic.id: topic for topic in bank.topics if topic.id in {question.topic, *(one.topic for one in cited)}}
    named = {speaker: None for speaker in (question.speaker, *(fact.speaker for fact in cited)) if speaker}
    return DraftRow(
        line=line,
        name=question.id,
        question=question,
        facts=cited,
        topic=topics[question.topic],
        speakers=tuple(filter(None, map(bank.source.speaker, named))),
        stem=question.stem,
        other_topics=tuple(
            topics[name] for name in dict.fromkeys(one.topic for one in cited) if name != question.topic
        ),
    )


def _endless(lines: list[int]) -> Iterator[int]:
    yield from lines
    while True:
        yield 1


def _lines(text: str) -> list[int]:
    """Say on which line each question begins; the text is JSON, and an object."""
    decode = json.JSONDecoder().raw_decode
    place = _after(text, text.index("{") + 1)
    while text[place] != "}":
        key, place = decode(text, place)
        place = _after(text, _after(text, place) + 1)
        if key == "questions" and text[place] == "[":
            return _places(text, place + 1)
        _, place = decode(text, place)
        place = _after(text, place)
        place = _after(text, place + 1) if text[place] == "," else place
    return []


def _places(text: str, place: int) -> list[int]:
    decode = json.JSONDecoder().raw_decode
    found, line, counted = [], 1, 0
    place = _after(text, place)
    while text[place] != "]":
        line, counted = line + text.count("\n", counted, place), place
        found.append(line)
        _, place = decode(text, place)
        place = _after(text, place)
        place = _after(text, place + 1) if text[place] == "," else place
    return found


def _after(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
