"""The log of security events: one row each, in the transaction of what it tells of, with pseudonyms for people."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SecurityEventRow
from quizapp.domain.security_events import SecurityEvent

LONGEST_DETAIL = 200


def log_event(
    session: Session,
    kind: SecurityEvent,
    now: datetime,
    *,
    actor_id: int | None = None,
    subject_id: int | None = None,
    detail: str = "",
) -> None:
    """Add one event: who did it (None: nobody signed in) and to whom, if to somebody else. One statement.

    `detail` holds ids and words of ours, never what a person typed.
    """
    session.execute(
        insert(SecurityEventRow).values(
            happened_at=now,
            kind=kind.value,
            actor=_pseudonym(actor_id),
            subject=_pseudonym(subject_id),
            detail=detail[:LONGEST_DETAIL],
        )
    )


def _pseudonym(person_id: int | None) -> object:
    if person_id is None:
        return None
    return select(PersonRow.pseudonym).where(PersonRow.id == person_id).scalar_subquery()
