"""The history of one fact: every time a learner was asked it, what that was worth, and what is recalled of it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.memory_tables import ReviewRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.memory.evidence import ReviewKind, Strength
from quizapp.domain.memory.known import Recall, recall_of
from quizapp.domain.memory.scheduling import Memory, Rating
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf
from quizapp.services.study.cards import find_card
from quizapp.services.study.settings import study_settings

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class PastReview:
    """One review. `question_type` is None where the card was turned; `weight` is how far a recall is evidence, 0 to 1.

    `interval` (days) or `step` say when the fact came back; both are empty where the review changed nothing.
    """

    reviewed_at: datetime
    kind: ReviewKind
    strength: Strength
    question_type: str | None
    rating: Rating
    weight: float
    overridden: bool
    interval: int
    step: timedelta | None


@dataclass(frozen=True, slots=True)
class FactHistory:
    """A fact with what the learner recalls of it and how that came about, the latest review first."""

    bank_name: str
    bank_title: str
    fact: Fact
    source: Source
    memory: Memory
    recall: Recall
    today: int
    reviews: tuple[PastReview, ...]


def fact_history(session: Session, actor: Actor, bank_name: str, fact_name: str, now: datetime) -> FactHistory:
    """Return the history of a fact for the actor, its newest 200 reviews. Raises NotFound. Four statements."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    row = session.execute(
        select(
            FactRow.id,
            BankRow.id.label("bank_id"),
            BankRow.title,
            cast(FactRow.content, Text).label("fact"),
            cast(SourceRow.details, Text).label("source"),
        )
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .join(BankRow, BankRow.source_id == SourceRow.id)
        .where(BankRow.name == bank_name, on_shelf(actor), FactRow.name == fact_name)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such fact.")
    card = find_card(session, actor.id, row.bank_id, row.id)
    settings = study_settings(session, actor)
    today = settings.day_of(now)
    return FactHistory(
        bank_name=bank_name,
        bank_title=row.title,
        fact=fact_from_text(row.fact),
        source=source_from_text(row.source),
        memory=card.memory,
        recall=recall_of(card.memory, today, settings.calibration.factor),
        today=today,
        reviews=_reviews(session, actor, row.id),
    )


def _reviews(session: Session, actor: Actor, fact_id: int) -> tuple[PastReview, ...]:
    rows = session.execute(
        select(
            ReviewRow.reviewed_at,
            ReviewRow.kind,
            ReviewRow.strength,
            QuestionRow.type,
            ReviewRow.rating,
            ReviewRow.weight,
            ReviewRow.overridden,
            ReviewRow.interval,
            ReviewRow.step_seconds,
        )
        .outerjoin(QuestionRevisionRow, QuestionRevisionRow.id == ReviewRow.question_revision_id)
        .outerjoin(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .where(ReviewRow.person_id == actor.id, ReviewRow.fact_id == fact_id)
        .order_by(ReviewRow.id.desc())
        .limit(AT_MOST)
    )
    return tuple(
        PastReview(
            reviewed_at=row.reviewed_at,
            kind=row.kind,
            strength=row.strength,
            question_type=row.type,
            rating=Rating(row.rating),
            weight=row.weight,
            overridden=row.overridden,
            interval=row.interval,
            step=None if row.step_seconds is None else timedelta(seconds=row.step_seconds),
        )
        for row in rows
    )
