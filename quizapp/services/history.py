"""A learner's past attempts and their scores."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow
from quizapp.domain.plausible_range import ScoreRange, plausible_range
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf

MAX_ATTEMPTS = 200
_LISTED = (AttemptKind.QUIZ, AttemptKind.PRETEST)

_WEIGHT = AttemptQuestionRow.weight
_EFFECTIVE = (
    select(
        func.coalesce(
            func.sum(_WEIGHT) * func.sum(_WEIGHT) / func.nullif(func.sum(_WEIGHT * _WEIGHT), 0.0), func.count()
        )
    )
    .where(AttemptQuestionRow.attempt_id == AttemptRow.id)
    .correlate(AttemptRow)
    .scalar_subquery()
)
"""What `effective_questions` says, in SQL."""


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt in the history. `score` and `range` are None while it is unfinished, and where it counts nothing.

    `is_open` says whether the learner sees the bank still, so that an unfinished one can go on.
    """

    attempt_id: int
    kind: AttemptKind
    bank_name: str
    bank_title: str
    started_at: datetime
    length: int
    answered: int
    is_retry: bool
    finished: bool
    is_open: bool
    score: float | None
    range: ScoreRange | None


def past_attempts(session: Session, actor: Actor) -> list[PastAttempt]:
    """Return the actor's newest 200 quizzes and pretests, the newest first. One statement.

    An attempt that was started but neither answered in nor finished is shown only while it is the newest.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(
        select(
            AttemptRow.id,
            AttemptRow.kind,
            AttemptRow.started_at,
            AttemptRow.length,
            AttemptRow.answered,
            AttemptRow.follows_id,
            AttemptRow.finished_at,
            AttemptRow.score,
            _EFFECTIVE.label("effective"),
            BankRow.name,
            BankRow.title,
            on_shelf(actor).label("is_open"),
        )
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .where(AttemptRow.person_id == actor.id, AttemptRow.kind.in_(_LISTED), _is_worth_showing(actor))
        .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
        .limit(MAX_ATTEMPTS)
    )
    return [
        PastAttempt(
            attempt_id=row.id,
            kind=row.kind,
            bank_name=row.name,
            bank_title=row.title,
            started_at=row.started_at,
            length=row.length,
            answered=row.answered,
            is_retry=row.follows_id is not None,
            finished=row.finished_at is not None,
            is_open=row.is_open,
            score=row.score if row.kind.counts else None,
            range=plausible_range(row.score, row.effective) if row.kind.counts and row.score is not None else None,
        )
        for row in rows
    ]


def _is_worth_showing(actor: Actor) -> ColumnElement[bool]:
    own = select(func.max(AttemptRow.id)).where(AttemptRow.person_id == actor.id, AttemptRow.kind.in_(_LISTED))
    newest = own.scalar_subquery()
    return (AttemptRow.answered > 0) | AttemptRow.finished_at.is_not(None) | (AttemptRow.id == newest)
