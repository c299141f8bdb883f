"""What a bank has now, as far as an import is compared with it: read as JSON, without making questions of it."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.domain.facts.fact import Topic
from quizapp.domain.questions.bank_formats.stored import source_from_text
from quizapp.domain.questions.question import Bank

_PUNCTUATION = re.compile(r"[\s.,;:!?…\"'“”‘’«»()]+")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question of the bank: its row, and its newest revision as JSON."""

    id: int
    name: str
    origin: Origin
    asked: bool
    revision: int
    fact_id: int
    question: Json
    facts: dict[str, Json]


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of the bank's source: its row, and the fact as JSON."""

    id: int
    origin: Origin
    live: bool
    fact: Json


@dataclass(frozen=True, slots=True)
class Stock:
    """A bank as it is now; `head` has no facts and questions. `bank_id` is 0 where it is not there yet."""

    head: Bank
    bank_id: int = 0
    source_id: int = 0
    origin: Origin = Origin.INSTRUCTOR
    retired: bool = False
    second_approver: bool = False
    questions: dict[str, KnownQuestion] = field(default_factory=dict)
    facts: dict[str, KnownFact] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether the bank is there."""
        return self.bank_id != 0


def stock_of(session: Session, name: str) -> Stock | None:
    """Return what the bank called `name` has, retired or not; None if there is no such bank. Three statements."""
    row = session.execute(
        select(
            BankRow.id,
            BankRow.name,
            BankRow.title,
            BankRow.summary,
            BankRow.language,
            BankRow.licence,
            BankRow.topics,
            BankRow.origin,
            BankRow.retired_at,
            BankRow.second_approver,
            BankRow.source_id,
            cast(SourceRow.details, Text).label("source"),
            SourceRow.text,
        )
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(BankRow.name == name)
    ).one_or_none()
    if row is None:
        return None
    topics = tuple(Topic(topic, label) for topic, label in row.topics.items())
    head = Bank(
        row.name, row.title, row.summary, row.language, row.licence, source_from_text(row.source), topics, (), ()
    )
    return Stock(
        head=replace(head, text=row.text or ""),
        bank_id=row.id,
        source_id=row.source_id,
        origin=row.origin,
        retired=row.retired_at is not None,
        second_approver=row.second_approver,
        questions=_questions(session, row.id),
        facts=_facts(session, row.source_id),
    )


def without_voice(fact: Json) -> Json:
    """Return a fact without how its speaker is drawn, which is the bank's matter."""
    return {name: value for name, value in fact.items() if name != "voice"}


def asked_words(question: Json) -> str:
    """Return what a question asks and its right answer in the form in which questions are compared.

    Two that differ in case, spaces and punctuation alone ask the same.
    """
    key = question["key"]
    parts = [key] if isinstance(key, str) else [json.dumps(one, ensure_ascii=False) for one in key]
    if question["type"] != "ordering":
        parts.sort()
    sentence = question["body"].get("sentence", "") if isinstance(question["body"], dict) else ""
    return "\n".join((question["type"], *(_plain(part) for part in (question["stem"], sentence, *parts))))


def words_index(questions: Iterable[KnownQuestion]) -> dict[str, str]:
    """Return the name of each question that is asked, by what it asks."""
    return {asked_words(one.question): one.name for one in questions if one.asked and one.origin is not Origin.CONTRAST}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _PUNCTUATION.sub(" ", folded).strip() or folded


def _questions(session: Session, bank_id: int) -> dict[str, KnownQuestion]:
    rows = session.execute(
        select(
            QuestionRow.id,
            QuestionRow.name,
            QuestionRow.origin,
            QuestionRow.retired_at,
            QuestionRow.revision_number,
            QuestionRow.fact_id,
            QuestionRevisionRow.content,
        )
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
        .where(QuestionRow.bank_id == bank_id)
    )
    found = {}
    for row in rows:
        content = json.loads(row.content)
        found[row.name] = KnownQuestion(
            id=row.id,
            name=row.name,
            origin=row.origin,
            asked=row.retired_at is None,
            revision=row.revision_number,
            fact_id=row.fact_id,
            question=content["question"],
            facts={fact["id"]: without_voice(fact) for fact in content["facts"]},
        )
    return found


def _facts(session: Session, source_id: int) -> dict[str, KnownFact]:
    rows = session.execute(
        select(FactRow.id, FactRow.name, FactRow.origin, FactRow.retired_at, FactRow.content).where(
            FactRow.source_id == source_id
        )
    )
    return {row.name: KnownFact(row.id, row.origin, row.retired_at is None, without_voice(row.content)) for row in rows}
