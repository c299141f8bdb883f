"""What a visitor may see of a bank before answering: its source, whose voice it is, what it asks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRow, SourceRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.balance import Balance, balance_of
from quizapp.domain.facts.fact import Fact, Source, Status
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.roles import Actor
from quizapp.services.bank_access import OnShelf, shelf_columns, shelf_of_row
from quizapp.services.imported_places import is_without_place
from quizapp.services.shelf import on_shelf


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many questions of a bank are on one topic, and on how many facts."""

    label: str
    questions: int
    facts: int


@dataclass(frozen=True, slots=True)
class BankOverview:
    """A bank as its page and the home page show it. `types` counts the questions by type.

    `shelf` says who may see it and what the one who asks may do with it. `has_text`: the text of the source
    is stored, and whoever sees the bank can read it.
    """

    name: str
    title: str
    summary: str
    language: str
    licence: str
    source: Source
    balance: Balance
    facts: int
    questions: int
    scored_questions: int
    types: tuple[tuple[str, int], ...]
    topics: tuple[TopicCount, ...]
    said: int
    statuses: dict[Status, int]
    shelf: OnShelf
    has_text: bool


def list_banks(session: Session, actor: Actor | None) -> list[BankOverview]:
    """Return every bank that the actor sees, the largest first. Two statements, however many banks there are."""
    banks = session.execute(_banks(actor).order_by(BankRow.title, BankRow.id)).all()
    facts = session.execute(_facts(actor)).all()
    return sorted((_overview(bank, facts, actor) for bank in banks), key=lambda bank: -bank.questions)


def bank_overview(session: Session, actor: Actor | None, name: str) -> BankOverview:
    """Return the bank called `name`. Raises NotFound, also where the actor does not see it. Two statements."""
    bank = session.execute(_banks(actor).where(BankRow.name == name)).one_or_none()
    if bank is None:
        raise NotFound(f"There is no bank “{name}”.")
    facts = session.execute(_facts(actor).where(FactRow.source_id == bank.source_id)).all()
    return _overview(bank, facts, actor)


def _banks(actor: Actor | None) -> Select[*tuple[Any, ...]]:
    return (
        select(
            BankRow.id,
            BankRow.name,
            BankRow.title,
            BankRow.summary,
            BankRow.language,
            BankRow.licence,
            BankRow.topics,
            BankRow.source_id,
            cast(SourceRow.details, Text).label("source"),
            (func.coalesce(SourceRow.text, "") != "").label("has_text"),
            *shelf_columns(actor),
        )
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(on_shelf(actor))
    )


def _facts(actor: Actor | None) -> Select[*tuple[Any, ...]]:
    """Every fact of the banks the actor sees, with each question on it, so that one statement gives both."""
    return (
        select(
            FactRow.id,
            FactRow.source_id,
            cast(FactRow.content, Text).label("fact"),
            is_without_place().label("is_without_place"),
            QuestionRow.bank_id,
            QuestionRow.type,
            QuestionRow.scored,
        )
        .join(BankRow, BankRow.source_id == FactRow.source_id)
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .outerjoin(
            QuestionRow,
            (QuestionRow.fact_id == FactRow.id)
            & QuestionRow.retired_at.is_(None)
            & (QuestionRow.origin != Origin.CONTRAST),
        )
        .where(FactRow.retired_at.is_(None), on_shelf(actor))
        .order_by(FactRow.source_id, FactRow.place, FactRow.id, QuestionRow.place, QuestionRow.id)
    )


def _overview(bank: Row[*tuple[Any, ...]], rows: Sequence[Row[*tuple[Any, ...]]], actor: Actor | None) -> BankOverview:
    source = source_from_text(bank.source)
    of_source = [row for row in rows if row.source_id == bank.source_id]
    asked = [row for row in of_source if row.bank_id == bank.id]
    texts = {row.id: row.fact for row in of_source}  # a fact stands in as many rows as it has questions
    facts = {fact_id: fact_from_text(text) for fact_id, text in texts.items()}
    unplaced = {row.id for row in of_source if row.is_without_place}
    return BankOverview(
        name=bank.name,
        title=bank.title,
        summary=bank.summary,
        language=bank.language,
        licence=bank.licence,
        source=source,
        balance=balance_of((fact for fact_id, fact in facts.items() if fact_id not in unplaced), source),
        facts=len(facts),
        questions=len(asked),
        scored_questions=sum(row.scored for row in asked),
        types=tuple(Counter(row.type for row in asked).most_common()),
        topics=tuple(_topic_count(topic, label, asked, facts) for topic, label in bank.topics.items()),
        said=sum(fact.speaker is not None for fact in facts.values()),
        statuses=dict(Counter(fact.status for fact in facts.values())),
        shelf=shelf_of_row(bank, actor),
        has_text=bank.has_text,
    )


def _topic_count(topic: str, label: str, asked: Sequence[Row[*tuple[Any, ...]]], facts: dict[int, Fact]) -> TopicCount:
    return TopicCount(
        label=label,
        questions=sum(facts[row.id].topic == topic for row in asked),
        facts=sum(fact.topic == topic for fact in facts.values()),
    )
