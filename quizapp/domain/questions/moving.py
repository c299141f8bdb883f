"""A question that goes over to another bank: what of it can go, and how it then reads.

Its fact becomes one of the other bank's source. So the voice has to be one of its speakers, the paragraph one that it
has; and wrong answers lose the tie to facts that stay behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quizapp.domain.facts.fact import Fact, Source, Speaker
from quizapp.domain.facts.passage import Passage
from quizapp.domain.questions.question import Bank, Question, check_question
from quizapp.domain.questions.question_types.body_json import BadBody, body_from_json, body_to_json
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot, snapshot_of


class Unmovable(ValueError):
    """A question cannot go over; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A question as it reads in the other bank. `untied` wrong answers have lost the fact they were borrowed from."""

    snapshot: Snapshot
    untied: int


def topic_there(label: str, topics: Mapping[str, str]) -> str | None:
    """Return the id of the topic with this label, whatever its case; None where there is none."""
    wanted = " ".join(label.split()).casefold()
    return next((one for one, other in topics.items() if " ".join(other.split()).casefold() == wanted), None)


def fact_there(fact: Fact, source: Source, bank: Bank, name: str, topic: str) -> Fact:
    """Return a fact of `source` as one of the other bank's, under its name there. Raises Unmovable."""
    if source.is_deck != bank.source.is_deck:
        kinds = ("an article", "a deck") if source.is_deck else ("a deck", "an article")
        raise Unmovable(f"It cannot go from {kinds[1]} to {kinds[0]}: its page would say that {kinds[0]} has it.")
    if any(not 1 <= number <= bank.source.paragraphs for number in fact.paragraphs):
        raise Unmovable(f"It stands in {fact.place.lower()}; the source there has {bank.source.paragraphs}.")
    speaker = source.speaker(fact.speaker)
    return replace(
        fact,
        id=name,
        topic=topic,
        speaker=None if speaker is None else _speaker_there(speaker, bank.source),
        passage=_passage_there(fact.passage, bank.text),
        not_with=frozenset(),
        after=(),
        group="",
        event="",
    )


def question_there(snapshot: Snapshot, bank: Bank, facts: Mapping[str, Fact], topic: str) -> Moved:
    """Return the question as one of `bank`, on the facts that go with it: those there by their names here.

    Raises Unmovable when it could not be asked there.
    """
    question = snapshot.question
    if snapshot.source.id == bank.source.id:
        facts = {**snapshot.facts, **facts}
    names = {name: fact.id for name, fact in facts.items()}
    body = body_to_json(question.body)
    untied = sum(1 for name in _named(body) if name not in names)
    tested = facts[question.fact]
    there = replace(
        question,
        body=_body(question, body, names),
        facts=tuple(names[name] for name in question.facts if name in names),
        topic=topic,
        speaker=tested.speaker,
    )
    known = {**bank.facts_by_id(), **{fact.id: fact for fact in facts.values()}}
    problems = check_question(there, known)
    if problems:
        raise Unmovable(f"It could not be asked there: {problems[0].sentence}")
    return Moved(snapshot_of(there, bank, known), untied)


def same_fact(fact: Fact, bank: Bank) -> Fact | None:
    """Return the fact of a bank that says what this one says, by the same voice in the same place."""
    for other in bank.facts:
        if (fact.speaker, fact.paragraphs) == (other.speaker, other.paragraphs) and fact.text == other.text:
            return other
    return None


def _speaker_there(speaker: Speaker, source: Source) -> str:
    same = source.speaker(speaker.id)
    if same is not None and same.name == speaker.name:
        return same.id
    for other in source.speakers:
        if other.name.casefold() == speaker.name.casefold():
            return other.id
    raise Unmovable(f"{speaker.name} says it, who does not speak in the source there.")


def _passage_there(passage: Passage | None, text: str) -> Passage | None:
    """Return the same words where the other text has them; what it does not have cannot be marked in it."""
    if passage is None or passage.stands_in(text):
        return passage
    start = text.find(passage.text)
    return None if start < 0 else Passage(start, start + len(passage.text), passage.text)


def _body(question: Question, body: dict[str, Any], names: Mapping[str, str]) -> Any:
    body_class = question_type(question.type).body_class
    try:
        return body_from_json(body_class, _renamed(body, names, drop=False))
    except BadBody:  # such a row is nothing without its fact
        return body_from_json(body_class, _renamed(body, names, drop=True))


def _renamed(value: Any, names: Mapping[str, str], drop: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: names.get(one) if key == "fact" and isinstance(one, str) else _renamed(one, names, drop)
            for key, one in value.items()
        }
    if not isinstance(value, list | tuple):
        return value
    kept = [one for one in value if not (drop and isinstance(one, dict) and one.get("fact", "") not in ("", *names))]
    return [_renamed(one, names, drop) for one in kept]


def _named(value: Any) -> list[str]:
    """List the facts that a body names, each as often as it does."""
    if isinstance(value, dict):
        own = [one for key, one in value.items() if key == "fact" and isinstance(one, str)]
        return own + [name for key, one in value.items() if key != "fact" for name in _named(one)]
    return [name for one in value for name in _named(one)] if isinstance(value, list | tuple) else []
