"""A learner's past attempts and their scores."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.results.grading import ScoreRange, plausible_range
from quizapp.domain.roles import Actor, Permission

MAX_ATTEMPTS = 200


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt in the history. `score` and `range` are None while it is unfinished."""

    attempt_id: int
    bank_name: str
    bank_title: str
    started_at: datetime
    length: int
    answered: int
    is_retry: bool
    score: float | None
    range: ScoreRange | None


def past_attempts(session: Session, actor: Actor) -> list[PastAttempt]:
    """Return the actor's newest 200 attempts, the newest first. One statement.

    An attempt that was started but neither answered in nor finished is shown only while it is the newest.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(
        select(
            AttemptRow.id,
            AttemptRow.started_at,
            AttemptRow.length,
            AttemptRow.answered,
            AttemptRow.follows_id,
            AttemptRow.score,
            BankRow.name,
            BankRow.title,
        )
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .where(AttemptRow.person_id == actor.id, _is_worth_showing(actor))
        .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
        .limit(MAX_ATTEMPTS)
    )
    return [
        PastAttempt(
            attempt_id=row.id,
            bank_name=row.name,
            bank_title=row.title,
            started_at=row.started_at,
            length=row.length,
            answered=row.answered,
            is_retry=row.follows_id is not None,
            score=row.score,
            range=None if row.score is None else plausible_range(row.score, row.length),
        )
        for row in rows
    ]


def _is_worth_showing(actor: Actor) -> ColumnElement[bool]:
    newest = select(func.max(AttemptRow.id)).where(AttemptRow.person_id == actor.id).scalar_subquery()
    return (AttemptRow.answered > 0) | AttemptRow.finished_at.is_not(None) | (AttemptRow.id == newest)
