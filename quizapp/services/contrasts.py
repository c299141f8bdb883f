"""Telling two mixed-up facts apart: each is asked with the other in view, in an attempt that counts for nothing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.study_tables import AttemptRow, ResponseRow
from quizapp.domain.errors import NotFound
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, Permission
from quizapp.services.contrast_questions import contrast_questions
from quizapp.services.quizzes import store_attempt


def start_contrast(
    session: Session, actor: Actor, attempt_id: int, position: int, seed: int, now: datetime, *, returns: bool = True
) -> int:
    """Ask both facts that the actor mixed up at one position of an attempt; return the new attempt's id.

    With `returns` it leads back to that attempt afterwards. Raises NotFound when there is no such response of the
    actor's or nothing was mixed up in it, Conflict when one of the facts has no question of its own or the actor does
    not see its bank any more.
    """
    actor.require(Permission.TAKE_QUIZ)
    mixed = session.execute(
        select(AttemptRow.bank_id, ResponseRow.fact_id, ResponseRow.chosen_fact_id)
        .join(ResponseRow, ResponseRow.attempt_id == AttemptRow.id)
        .where(
            AttemptRow.id == attempt_id,
            AttemptRow.person_id == actor.id,
            ResponseRow.position == position,
            ResponseRow.chosen_fact_id.is_not(None),
        )
    ).one_or_none()
    if mixed is None:
        raise NotFound("There is no such mix-up.")
    first, second = contrast_questions(session, actor, mixed.fact_id, mixed.chosen_fact_id, now)
    follows = attempt_id if returns else None
    return store_attempt(session, actor, (first, second), None, seed, now, AttemptKind.CONTRAST, follows)
