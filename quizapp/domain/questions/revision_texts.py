"""A question as labelled texts: everything about it that an author writes, in the words that an author reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.question_types.question_type import AuthorField
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot

_YES = {True: "yes", False: "no"}


def texts_of(snapshot: Snapshot, topics: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return label and text of every part of a question, its fact among them; an empty part has an empty text.

    `topics` are the labels of the bank's topics by their ids. A list is one text with a line for each of its items.
    """
    question, kind = snapshot.question, question_type(snapshot.question.type)
    values = kind.author_values(question.body)
    texts = [("Type", kind.label), (kind.stem_label, question.stem)]
    wrong = kind.distractors(question.body)
    for field in kind.author_fields:
        if field.kind != "distractors":
            texts.append((field.label, _told(field, values[field.name])))
    # Those that a recipe made stand in no field; an author's own are here too.
    texts.append(("Wrong answers", _lines(one.text for one in wrong)))
    texts.append(("Why they are wrong", _lines(one.reason for one in wrong)))
    texts.append(("Explanation", question.explanation))
    texts.extend(_of_fact(snapshot, snapshot.fact, ""))
    for number, fact in enumerate(snapshot.other_facts, 2):
        texts.extend(_of_fact(snapshot, fact, f" {number}"))
    return [*texts, ("Topic", topics.get(question.topic, question.topic))]


def _told(field: AuthorField, value: Any) -> str:
    if field.kind == "pairs":
        return _lines(f"{row['left']} – {row['right']}" for row in value)
    if field.kind == "lines":
        return _lines(value)
    if field.kind == "flag":
        return _YES[bool(value)]
    return "" if field.kind == "fact" else str(value)  # an id says nothing to a reader


def _of_fact(snapshot: Snapshot, fact: Fact, number: str) -> Iterator[tuple[str, str]]:
    speaker = snapshot.speaker_of(fact)
    yield f"Fact{number}", fact.text
    yield f"Place{number}", fact.place
    yield f"Passage{number}", fact.passage.text if fact.passage else ""
    yield f"Speaker{number}", speaker.name if speaker else ""
    yield f"Status{number}", fact.status.value.replace("-", " ")
    yield f"Note{number}", fact.note


def _lines(texts: Any) -> str:
    return "\n".join(str(text) for text in texts)
