"""The questions of a file of another program as rows: each sound, or refused with its line and the reason."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.fact import Fact, Speaker
from quizapp.domain.facts.field_reading import MAX_NAME, MAX_TEXT
from quizapp.domain.questions.bank_formats.bank_format import MAX_QUESTIONS, DraftRow
from quizapp.domain.questions.bank_formats.deck_text import refused
from quizapp.domain.questions.bank_formats.exchange.item import CannotAsk, Item
from quizapp.domain.questions.bank_formats.exchange.joining import joined, without_strangers
from quizapp.domain.questions.bank_formats.exchange.kept import UNREADABLE, read_kept
from quizapp.domain.questions.bank_formats.exchange.made import (
    Made,
    fact_name,
    fuller_name,
    made_of,
    one_line,
    topic_of,
)
from quizapp.domain.questions.bank_formats.exchange.pool import Pool
from quizapp.domain.questions.question import MAX_STEM, Question, check_question
from quizapp.domain.questions.question_types.body_json import body_to_json
from quizapp.domain.questions.question_types.registry import question_type

NO_FACT = "The fact it tested is not in the file; another was made of its words."
UNSTORABLE = "it holds a character that cannot be stored."


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it stands in a file: what was understood of it, or why nothing was; and what was kept of it.

    `text` is what the file has of it, as far as `Written` would give the same; empty where it is not compared.
    """

    line: int
    item: Item | None
    problem: str = ""
    kept: str = ""
    stem: str = ""
    name: str = ""
    topic: str = ""
    text: str = ""


Again = Callable[[Question, Pool], Item]
"""How a question looks to the reader of a format once it was written in that format."""


Written = Callable[[Question, Pool], str]
"""How a format writes a question, without what is kept beside it."""


def rows_of(found: Iterable[Entry], again: Again, written: Written | None = None) -> tuple[DraftRow, ...]:
    """Make the rows of a file. Raises InvalidContent when there are none, or too many."""
    entries = list(islice(found, MAX_QUESTIONS + 1))
    if not entries:
        raise refused("there is no question in it.")
    if len(entries) > MAX_QUESTIONS:
        raise too_many()
    pool = Pool()
    kept = [read_kept(entry.kept, pool) if entry.kept else None for entry in entries]
    made = [_made(entry, original, (again, written), pool) for entry, original in zip(entries, kept, strict=True)]
    names = Counter(one.question.id for one in made if isinstance(one, Made))
    return tuple(_row(entry, one, names, pool) for entry, one in zip(entries, made, strict=True))


def too_many() -> InvalidContent:
    """Return the error that says why a file is not read to its end."""
    return refused(f"it has more than {MAX_QUESTIONS:,} questions. Split it.")


def _made(entry: Entry, original: Question | None, ways: tuple[Again, Written | None], pool: Pool) -> Made | str:
    if entry.item is None:
        return entry.problem
    try:
        unstorable = _unstorable(entry.item)
        if unstorable:
            return unstorable
        if original is None:
            made = made_of(entry.item)
            return replace(made, remarks=(*made.remarks, UNREADABLE)) if entry.kept else made
        return _kept_and_seen(entry, entry.item, original, ways, pool)
    except CannotAsk as error:
        return str(error)


def _kept_and_seen(
    entry: Entry, item: Item, original: Question, ways: tuple[Again, Written | None], pool: Pool
) -> Made:
    again, written = ways
    if original.fact not in pool.facts:
        made = made_of(item)
        return replace(made, remarks=(*made.remarks, NO_FACT))
    known = without_strangers(original, pool)
    known = replace(known, facts=tuple(name for name in known.facts if name in pool.facts))
    if question_type(known.type).problems(known.body):  # nothing of ours, whoever wrote it
        return made_of(item)
    if entry.text and written is not None and entry.text == written(known, pool):
        return joined(item, item, known, pool)  # to write is quicker than to read what was written
    return joined(item, again(known, pool), known, pool)


def _row(entry: Entry, made: Made | str, names: Counter[str], pool: Pool) -> DraftRow:
    stem = one_line(_shown(entry.item.stem if entry.item else entry.stem))[:MAX_STEM]
    name = one_line(_shown(entry.item.name if entry.item else entry.name))[:MAX_NAME]
    if isinstance(made, str):
        return DraftRow(entry.line, name, None, (), topic_of(_shown(entry.topic)), problem=made, stem=stem)
    if entry.item and made.is_new and names[made.question.id] > 1:
        made = _renamed(made, fuller_name(made.question.id, entry.item))
    question = made.question
    facts = _facts(made, pool)
    problem = _problem(question, facts, made)
    topics = [pool.topic(fact.topic) for fact in facts if fact.topic != made.topic.id]
    return DraftRow(
        line=entry.line,
        name=name or question.id,
        question=None if problem else question,
        facts=() if problem else facts,
        topic=made.topic,
        speakers=() if problem else _speakers(made, facts, pool),
        problem=problem,
        remark=" ".join(dict.fromkeys(made.remarks)),
        stem=stem or question.stem,
        other_topics=() if problem else tuple(dict.fromkeys(topics)),
        tags=entry.item.tags if entry.item else (),
    )


def _renamed(made: Made, name: str) -> Made:
    fact = replace(made.fact, id=fact_name(name))
    return replace(made, question=replace(made.question, id=name, facts=(fact.id,)), fact=fact)


def _facts(made: Made, pool: Pool) -> tuple[Fact, ...]:
    others = (pool.facts[name] for name in made.question.cited_facts if name in pool.facts and name != made.fact.id)
    return (made.fact, *others)


def _speakers(made: Made, facts: Sequence[Fact], pool: Pool) -> tuple[Speaker, ...]:
    named = {made.speaker.id: made.speaker} if made.speaker else {}
    for one in (made.question.speaker, *(fact.speaker for fact in facts)):
        if one is not None and one not in named:
            named[one] = pool.speaker(one)
    return tuple(named.values())


def _problem(question: Question, facts: Sequence[Fact], made: Made) -> str:
    flaws = check_question(question, {fact.id: fact for fact in facts})
    if flaws:
        return " ".join(flaw.sentence for flaw in flaws)
    fact, speaker = made.fact, made.speaker
    if len(question.id) > MAX_NAME or len(fact.id) > MAX_NAME or (speaker and len(speaker.name) > MAX_NAME):
        return f"its name or its speaker is longer than {MAX_NAME} characters."
    texts = [question.explanation, fact.statement, fact.ask, *_texts(body_to_json(question.body))]
    if any(map(_is_forbidden, (question.id, question.stem, *texts, *(fact.text for fact in facts)))):
        return UNSTORABLE
    if max(map(len, texts)) > MAX_TEXT:
        return f"a text of it, or the fact made of it, is longer than {MAX_TEXT:,} characters."
    return ""


def _texts(values: object) -> list[str]:
    if isinstance(values, str):
        return [values]
    listed = list(values.values()) if isinstance(values, dict) else values
    return [text for one in listed for text in _texts(one)] if isinstance(listed, list | tuple) else []


def _unstorable(item: Item) -> str:
    texts = [
        item.name,
        item.stem,
        item.feedback,
        item.topic,
        item.unit,
        *(side for pair in item.pairs for side in pair),
    ]
    texts += [
        text for one in (*item.answers, *(one for gap in item.gaps for one in gap)) for text in (one.text, one.feedback)
    ]
    if item.head:
        texts += [item.head.statement, item.head.speaker]
    return UNSTORABLE if any(map(_is_forbidden, texts)) else ""


def _is_forbidden(text: str) -> bool:
    """Say whether a text holds a control, half of a pair, or what is no character."""
    if text.isprintable():
        return False
    return any(one not in "\n\t" and unicodedata.category(one) in ("Cc", "Cs") for one in text)


def _shown(text: str) -> str:
    return "".join("\ufffd" if unicodedata.category(one) == "Cs" or one == "\0" else one for one in text[:10_000])
