"""A bank as the database holds it now, with what instructors added: what a new question is checked against."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, cast, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.fact import Topic
from quizapp.domain.questions.bank_formats.stored import fact_from_text, retelling_from_text, source_from_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import snapshot_from_text


@dataclass(frozen=True, slots=True)
class StoredBank:
    """A bank with the ids of its rows; `fact_ids` are those of all its facts by name, retired ones too.

    `second_approver` says whether a draft in it is approved by somebody else than its author.
    """

    bank: Bank
    bank_id: int
    source_id: int
    fact_ids: dict[str, int]
    second_approver: bool = False


def stored_bank(session: Session, name: str, allowed: ColumnElement[bool]) -> StoredBank:
    """Return the bank called `name` with the facts and questions that are not retired. Three statements.

    `allowed` is a condition of `shelf`: whoever asks may see the bank, or change it.

    Raises NotFound.
    """
    row = session.execute(_banks().where(BankRow.name == name, allowed)).one_or_none()
    if row is None:
        raise NotFound(f"There is no bank “{name}”.")
    facts = session.execute(
        select(FactRow.id, FactRow.name, FactRow.retired_at, cast(FactRow.content, Text).label("fact"))
        .where(FactRow.source_id == row.source_id)
        .order_by(FactRow.place, FactRow.id)
    ).all()
    revisions = session.scalars(
        select(QuestionRevisionRow.content)
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .where(
            QuestionRow.bank_id == row.id,
            QuestionRow.retired_at.is_(None),
            QuestionRow.origin != Origin.CONTRAST,
            QuestionRevisionRow.number == QuestionRow.revision_number,
        )
        .order_by(QuestionRow.place, QuestionRow.id)
    ).all()
    return StoredBank(
        bank=_bank(row, [one.fact for one in facts if one.retired_at is None], list(revisions)),
        bank_id=row.id,
        source_id=row.source_id,
        fact_ids={one.name: one.id for one in facts},
        second_approver=row.second_approver,
    )


def bank_of_file(session: Session, name: str) -> Bank | None:
    """Return the bank called `name` as its file made it, without what instructors added; None if there is none.

    A bank that was taken off the shelf is found too. Three statements.
    """
    row = session.execute(_banks().where(BankRow.name == name)).one_or_none()
    if row is None:
        return None
    facts = session.scalars(
        select(cast(FactRow.content, Text))
        .where(FactRow.source_id == row.source_id, FactRow.origin == Origin.FILE, FactRow.retired_at.is_(None))
        .order_by(FactRow.place, FactRow.id)
    ).all()
    revisions = session.scalars(
        select(QuestionRevisionRow.content)
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .where(
            QuestionRow.bank_id == row.id,
            QuestionRow.retired_at.is_(None),
            QuestionRow.origin == Origin.FILE,
            QuestionRevisionRow.number == QuestionRow.revision_number,
        )
        .order_by(QuestionRow.place, QuestionRow.id)
    ).all()
    return _bank(row, list(facts), list(revisions))


def _banks() -> Select[*tuple[Any, ...]]:
    return select(
        BankRow.id,
        BankRow.name,
        BankRow.title,
        BankRow.summary,
        BankRow.language,
        BankRow.licence,
        BankRow.topics,
        BankRow.source_id,
        BankRow.second_approver,
        cast(SourceRow.details, Text).label("source"),
        SourceRow.retelling,
        SourceRow.text,
    ).join(SourceRow, SourceRow.id == BankRow.source_id)


def _bank(row: Row[*tuple[Any, ...]], fact_texts: list[str], revisions: list[str]) -> Bank:
    """Put the bank together; a question keeps facts that have left the file since."""
    snapshots = [snapshot_from_text(text) for text in revisions]
    facts = {fact.id: fact for fact in (fact_from_text(text) for text in fact_texts)}
    cited = {fact.id: fact for snapshot in snapshots for fact in snapshot.facts.values()}
    return Bank(
        name=row.name,
        title=row.title,
        summary=row.summary,
        language=row.language,
        licence=row.licence,
        source=source_from_text(row.source),
        topics=tuple(Topic(topic, label) for topic, label in row.topics.items()),
        facts=(*facts.values(), *(fact for name, fact in cited.items() if name not in facts)),
        questions=tuple(snapshot.question for snapshot in snapshots),
        retelling=retelling_from_text(row.retelling),
        text=row.text or "",
    )
