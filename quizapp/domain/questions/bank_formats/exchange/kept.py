"""What other programs have no place for, as JSON that stands beside a question where only quizapp looks.

It holds the whole question as it was written. On reading, what can be seen in the file is the truth: where somebody
changed it in the other program, the change stands, and what it leaves alone comes from here.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from quizapp.domain.facts.fact import Fact, Source, Speaker, SpeakerKind, Topic
from quizapp.domain.facts.field_reading import MAX_NAME, Table
from quizapp.domain.questions.bank_formats.exchange.pool import Pool
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, question_to_json
from quizapp.domain.questions.bank_formats.json_reading import read_fact, read_question
from quizapp.domain.questions.question import Question

UNREADABLE = "What quizapp had kept beside it cannot be read, and was left aside."
LONGEST = 200_000
_REPEATED = ("options", "key", "distractor_reasons", "distractor_facts", "paragraphs")
_NOWHERE = Source("none", "", "", "", "", "", "", "", 1, "")


@dataclass
class Told:
    """What was kept beside the questions before, and need not be kept twice."""

    facts: set[str] = field(default_factory=set)
    speakers: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)


def kept_of(question: Question, pool: Pool, told: Told) -> str:
    """Return what to keep beside a question, in one line; facts, speakers and topics only the first time."""
    facts = [pool.facts[name] for name in question.cited_facts if name not in told.facts]
    speakers = _named([question.speaker, *(fact.speaker for fact in facts)], told.speakers)
    topics = _named([question.topic, *(fact.topic for fact in facts)], told.topics)
    told.facts.update(fact.id for fact in facts)
    kept = {
        "question": question_for_keeping(question, pool),
        "facts": [_without_nothing(fact_to_json(fact, _NOWHERE), ("voice",)) for fact in facts],
        "speakers": [_without_nothing(asdict(pool.speaker(name))) for name in speakers],
        "topics": [asdict(pool.topic(name)) for name in topics],
    }
    text = json.dumps({key: value for key, value in kept.items() if value}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def question_for_keeping(question: Question, pool: Pool) -> dict[str, Any]:
    """Return a question as JSON values, without what only repeats others."""
    return _without_nothing(question_to_json(question, pool.facts), _REPEATED)


def read_kept(text: str, pool: Pool) -> Question | None:
    """Read what was kept beside a question, and add what it tells to `pool`; None when it cannot be read."""
    try:
        document = json.loads(text) if len(text) <= LONGEST else None
        json.dumps(document, ensure_ascii=False).encode()  # a lone surrogate parses, but could never be stored
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    for fact in filter(None, (_fact(values) for values in _tables(document, "facts"))):
        pool.facts.setdefault(fact.id, fact)
    for speaker in filter(None, (_speaker(values) for values in _tables(document, "speakers"))):
        pool.speakers.setdefault(speaker.id, speaker)
    for values in _tables(document, "topics"):
        table = Table("the file", "topic", values)
        topic = Topic(table.text("id", needed=True, longest=MAX_NAME), table.text("label", needed=True))
        if not table.problems:
            pool.topics.setdefault(topic.id, topic)
    return question_of_json(document.get("question"))


def question_of_json(values: object) -> Question | None:
    """Read a question from JSON values; None when anything is wrong with it."""
    if not isinstance(values, dict):
        return None
    table = Table("the file", "question", values)
    question = read_question(table)
    table.finish()
    return None if table.problems or question is None or not question.facts else question


def _named(names: Iterable[str | None], told: set[str]) -> list[str]:
    found = [name for name in dict.fromkeys(names) if name is not None and name not in told]
    told.update(found)
    return found


def _without_nothing(values: dict[str, Any], beside: tuple[str, ...] = ()) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in beside and value not in (None, "", [], ())}


def _tables(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    listed = document.get(key)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _fact(values: dict[str, Any]) -> Fact | None:
    table = Table("the file", "fact", values)
    fact = read_fact(table)
    return None if table.problems else fact


def _speaker(values: dict[str, Any]) -> Speaker | None:
    table = Table("the file", "speaker", values)
    speaker = Speaker(
        id=table.text("id", needed=True, longest=MAX_NAME),
        name=table.text("name", needed=True),
        short=table.text("short", needed=True),
        role=table.text("role", needed=True),
        kind=table.choice("kind", SpeakerKind) or SpeakerKind.PERSON,
        side=table.text("side"),
        interviewed=table.flag("interviewed"),
        spellings=table.texts("spellings"),
    )
    return None if table.problems else speaker
