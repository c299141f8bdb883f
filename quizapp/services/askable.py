"""Which questions can be asked today, and in which revision."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from quizapp.database.bank_tables import BankRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.domain.roles import Actor
from quizapp.services.shelf import on_shelf


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that an attempt may ask, with the revision to ask: what `current_questions` selects."""

    bank_id: int
    question_id: int
    fact_id: int
    revision_id: int
    weight: float = 1.0


def current_questions(actor: Actor | None) -> Select[*tuple[Any, ...]]:
    """Select every question the actor may be asked, contrasts aside, with its fact, newest revision and weight."""
    return (
        select(
            QuestionRow.bank_id,
            QuestionRow.id.label("question_id"),
            QuestionRow.fact_id,
            QuestionRevisionRow.id.label("revision_id"),
            QuestionRow.weight,
        )
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
        .where(QuestionRow.retired_at.is_(None), QuestionRow.origin != Origin.CONTRAST, on_shelf(actor))
    )
