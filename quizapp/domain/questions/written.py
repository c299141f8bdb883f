"""Questions that no recipe makes: `written.json` beside a bank's facts, which `bank build` takes over as they are."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.field_reading import Table
from quizapp.domain.questions.bank_formats.json_format import question_to_json
from quizapp.domain.questions.bank_formats.json_reading import parse_object, read_question
from quizapp.domain.questions.question import Question, check_question

WRITTEN_FILE = "written.json"
WRITTEN_VERSION = 1


def written_to_json(questions: Iterable[Question], facts: Mapping[str, Fact]) -> bytes:
    """Write questions in their own file, each as in `questions.json`."""
    data = {"format": WRITTEN_VERSION, "questions": [question_to_json(question, facts) for question in questions]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read_written(data: bytes, base: FactBase) -> tuple[Question, ...]:
    """Read what `written_to_json` wrote, on the facts of `base`. Raises InvalidContent with every problem."""
    document = parse_object(data, WRITTEN_FILE, "it must hold an object with format and questions.")
    head = Table(WRITTEN_FILE, "the top of the file", document)
    opened: list[Table] = []
    if head.number("format") != WRITTEN_VERSION:
        head.problem(f"`format` must be {WRITTEN_VERSION}.")
    questions = [question for table in head.tables("questions", opened) if (question := read_question(table))]
    for table in (head, *opened):
        table.finish()
    problems = [problem for table in (head, *opened) for problem in table.problems]
    problems += [Problem(WRITTEN_FILE, sentence) for sentence in _flaws(questions, base)]
    if problems:
        raise InvalidContent(problems)
    return tuple(questions)


def _flaws(questions: list[Question], base: FactBase) -> Iterable[str]:
    facts: dict[str, Any] = {fact.id: fact for fact in base.facts}
    topics = {topic.id for topic in base.topics}
    for twin in sorted(name for name, count in Counter(one.id for one in questions).items() if count > 1):
        yield f"two questions have the id “{twin}”."
    for one in questions:
        yield from (f"{one.id}: {problem.sentence}" for problem in check_question(one, facts))
        if one.topic not in topics:
            yield f"{one.id}: bank.toml has no topic “{one.topic}”."
        if one.speaker is not None and base.source.speaker(one.speaker) is None:
            yield f"{one.id}: bank.toml has no speaker “{one.speaker}”."
