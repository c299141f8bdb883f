"""Read quizapp's own JSON from outside: hostile until every field was looked at."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.fact import (
    PATTERNS,
    Fact,
    FactKind,
    Mode,
    Side,
    Source,
    SourceKind,
    Speaker,
    SpeakerKind,
    Status,
    Tier,
    Topic,
    make_value,
)
from quizapp.domain.facts.field_reading import MAX_NAME, Table
from quizapp.domain.facts.passage import Passage, passage_from_json
from quizapp.domain.facts.retelling import Section, retelling_flaws, sections_from_json
from quizapp.domain.questions.question import Bank, Question, check_question
from quizapp.domain.questions.question_types.body_json import BadBody, body_from_json
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES

MAX_BYTES = 20_000_000
MAX_PARAGRAPHS = 10_000
MAX_TITLE = 200
MAX_LANGUAGE = 35
THE_FILE = "the file"
WANTED = "it must hold an object with bank, source, facts and questions."
_REPEATED = ("options", "key", "distractor_reasons", "distractor_facts", "paragraphs", "voice")


def read_bank(data: bytes, version: int) -> Bank:
    """Read a bank written in the format `version`. Raises InvalidContent with every problem."""
    return read_document(parse_object(data, THE_FILE, WANTED), version)


def read_document(document: dict[str, Any], version: int) -> Bank:
    """Read a bank from a parsed file. Raises InvalidContent with every problem."""
    reader = _Reader(document)
    bank = reader.bank(version)
    if reader.problems:
        raise InvalidContent(reader.problems)
    facts = bank.facts_by_id()
    problems = [problem for question in bank.questions for problem in check_question(question, facts)]
    if problems:
        raise InvalidContent(problems)
    return bank


def parse_object(data: bytes, file: str, wanted: str) -> dict[str, Any]:
    """Read JSON that holds an object, without twins and constants. Raises InvalidContent on `file`, saying `wanted`."""
    if len(data) > MAX_BYTES:
        raise InvalidContent([Problem(file, f"it is larger than {MAX_BYTES // 1_000_000} MB.")])
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
        json.dumps(document, ensure_ascii=False).encode()  # a lone surrogate parses, but could never be stored
    except (ValueError, RecursionError) as error:
        raise InvalidContent([Problem(file, f"this is not JSON that can be read: {error}")]) from error
    if not isinstance(document, dict):
        raise InvalidContent([Problem(file, wanted)])
    return document


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("one object has the same key twice")
    return found


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is not a number")


class _Reader:
    """Walks the document once and keeps the problems of every table it opened."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.tables: list[Table] = []
        self.extra: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        return [*(problem for table in self.tables for problem in table.problems), *self.extra]

    def bank(self, version: int) -> Bank:
        head = self._table("bank", self.document.get("bank"))
        if head.number("format") != version:
            head.problem(f"`format` must be {version}.")
        facts = tuple(read_fact(table) for table in self._tables("facts", self.document))
        self._refuse_twins("facts", [fact.id for fact in facts])
        questions = tuple(filter(None, (read_question(table) for table in self._tables("questions", self.document))))
        self._refuse_twins("questions", [question.id for question in questions])
        bank = Bank(
            name=head.name_text("name"),
            title=head.text("title", needed=True, longest=MAX_TITLE),
            summary=head.text("summary", needed=True),
            language=head.text("language", needed=True, longest=MAX_LANGUAGE),
            licence=head.text("licence", needed=True),
            source=read_source(self._table("source", self.document.get("source")), self.tables),
            topics=tuple(
                Topic(table.text("id", needed=True), table.text("label", needed=True))
                for table in head.tables("topics", self.tables)
            ),
            facts=facts,
            questions=questions,
            retelling=self._retelling(),
        )
        for table in self.tables:
            table.finish()
        self._check_references(bank)
        return bank

    def _table(self, name: str, values: object) -> Table:
        table = Table("the file", name, values if isinstance(values, dict) else {})
        if not isinstance(values, dict):
            table.problem("it must be an object.")
        self.tables.append(table)
        return table

    def _tables(self, key: str, values: dict[str, Any]) -> Iterator[Table]:
        owner = Table("the file", "the top", values)
        yield from owner.tables(key, self.tables)
        self.extra.extend(owner.problems)

    def _retelling(self) -> tuple[Section, ...]:
        owner = Table("the file", "the top", {"retelling": self.document.get("retelling")})
        sections = sections_from_json(owner, self.tables)
        self.extra.extend(owner.problems)
        return sections

    def _refuse_twins(self, kind: str, ids: list[str]) -> None:
        for one in sorted(one for one, count in Counter(ids).items() if count > 1):
            self.extra.append(Problem("the file", f"two {kind} have the id “{one}”."))

    def _check_references(self, bank: Bank) -> None:
        topics = {topic.id for topic in bank.topics}
        speakers = {None, *(speaker.id for speaker in bank.source.speakers)}
        stated: tuple[Fact | Question, ...] = (*bank.facts, *bank.questions)
        for one in stated:
            if one.topic not in topics:
                self.extra.append(Problem("the file", f"{one.id}: there is no topic “{one.topic}”."))
            if one.speaker not in speakers:
                self.extra.append(Problem("the file", f"{one.id}: there is no speaker “{one.speaker}”."))
        if not self.problems:  # what could not be read is no stranger
            for number, sentence in retelling_flaws(bank.retelling, bank.facts_by_id(), bank.source):
                place = f"the retelling, passage {number}" if number else "the retelling"
                self.extra.append(Problem("the file", f"{place}: {sentence}"))
        for fact in bank.facts:
            if any(not 1 <= number <= bank.source.paragraphs for number in fact.paragraphs):
                self.extra.append(Problem("the file", f"{fact.id}: its paragraph is not in the source."))


def read_source(table: Table, opened: list[Table]) -> Source:
    """Read a source; the tables inside it are added to `opened`, so that their problems are found."""
    paragraphs = table.numbers("paragraphs")
    if paragraphs and not (len(paragraphs) == 1 and 1 <= paragraphs[0] <= MAX_PARAGRAPHS):
        table.problem(f"`paragraphs` must be one number from 1 to {MAX_PARAGRAPHS}.")
        paragraphs = ()
    return Source(
        id=table.text("id", needed=True, longest=MAX_NAME),
        outlet=table.text("outlet", needed=True, longest=MAX_TITLE),
        outlet_place=table.text("outlet_place"),
        description=table.text("description", needed=True),
        title=table.text("title", needed=True),
        author=table.text("author", needed=True),
        date=table.text("date", needed=True),
        as_of=table.text("as_of", needed=True),
        retrieved=table.text("retrieved", default="not recorded"),
        language=table.text("language", needed=True),
        paragraphs=paragraphs[0] if paragraphs else 1,
        affiliation=table.text("affiliation"),
        sides=tuple(_side(side) for side in table.tables("sides", opened)),
        speakers=tuple(_speaker(speaker) for speaker in table.tables("speakers", opened)),
        kind=table.choice("kind", SourceKind, SourceKind.ARTICLE) or SourceKind.ARTICLE,
    )


def read_fact(table: Table) -> Fact:
    """Read a fact. Its value comes back as words; what it is comparable with is read from them."""
    table.taken.update(_REPEATED)
    kind = table.choice("kind", FactKind) or FactKind.EVENT
    value = table.text("value")
    return Fact(
        id=table.text("id", needed=True, longest=MAX_NAME),
        paragraphs=table.numbers("paragraphs"),
        statement=table.text("statement", needed=True),
        topic=table.text("topic", needed=True),
        kind=kind,
        tier=table.choice("tier", Tier) or Tier.SHOULD,
        speaker=table.text("speaker") or None,
        mode=table.choice("mode", Mode) or Mode.REPORTED,
        status=table.choice("status", Status) or Status.UNCONTESTED,
        note=table.text("note"),
        reference=table.text("reference"),
        value=make_value(kind, value) if value else None,
        ask=table.text("ask"),
        said=table.text("said"),
        value_of=table.text("value_of"),
        relation=table.text("relation"),
        group=table.text("group"),
        review_by=table.text("review_by"),
        passage=_passage(table),
    )


def _passage(table: Table) -> Passage | None:
    table.taken.add("passage")
    data = table.values.get("passage")
    try:
        return None if data is None else passage_from_json(data)
    except ValueError as error:
        table.problem(f"`passage`: {error}.")
        return None


def read_question(table: Table) -> Question | None:
    """Read a question; None when its body cannot be read, with the problem on the table."""
    table.taken.update(_REPEATED, {"body"})
    kind = table.text("type", needed=True)
    known = QUESTION_TYPES.get(kind)
    if known is None:
        table.problem(f"there is no question type “{kind}”.")
        return None
    try:
        body = body_from_json(known.body_class, table.values.get("body"))
    except BadBody as error:
        table.problem(str(error))
        return None
    return Question(
        id=table.text("id", needed=True, longest=MAX_NAME),
        type=kind,
        stem=table.text("stem", needed=True),
        body=body,
        explanation=table.text("explanation", needed=True),
        facts=table.texts("facts"),
        topic=table.text("topic", needed=True),
        speaker=table.text("speaker") or None,
        status=table.choice("status", Status) or Status.UNCONTESTED,
        scored=table.flag("scored"),
        recipe=table.text("recipe"),
    )


def _side(table: Table) -> Side:
    pattern = table.text("pattern", needed=True)
    if pattern not in PATTERNS:
        table.problem(f"`pattern` is “{pattern}”; it must be one of {', '.join(PATTERNS)}.")
    return Side(
        id=table.text("id", needed=True),
        label=table.text("label", needed=True),
        adjective=table.text("adjective", needed=True),
        pattern=pattern,
    )


def _speaker(table: Table) -> Speaker:
    return Speaker(
        id=table.text("id", needed=True),
        name=table.text("name", needed=True),
        short=table.text("short", needed=True),
        role=table.text("role", needed=True),
        kind=table.choice("kind", SpeakerKind) or SpeakerKind.PERSON,
        side=table.text("side"),
        interviewed=table.flag("interviewed"),
        spellings=table.texts("spellings"),
    )
