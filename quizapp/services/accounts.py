"""People and their sessions."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SessionRow
from quizapp.database.table import Moment
from quizapp.domain.roles import Actor, Role

SESSION_DAYS = 365

# Built once: every request of a known browser sends it, and building it costs as much as running it.
_HOLDER = (
    select(PersonRow.id, PersonRow.role)
    .join(SessionRow, SessionRow.person_id == PersonRow.id)
    .where(
        SessionRow.token_hash == bindparam("token_hash"),
        SessionRow.ended_at.is_(None),
        SessionRow.expires_at > bindparam("now", type_=Moment),
        PersonRow.suspended_at.is_(None),
    )
)


def actor_of_token(session: Session, token: str, now: datetime) -> Actor | None:
    """Return who holds this session token; None when it is unknown, ended or expired. One statement."""
    row = session.execute(_HOLDER, {"token_hash": hash_of(token), "now": now}).one_or_none()
    return None if row is None else Actor(row.id, row.role)


def start_guest(session: Session, token: str, now: datetime) -> Actor:
    """Make a guest and the session that `token` opens for the next 12 months."""
    person = PersonRow(role=Role.GUEST, created_at=now)
    session.add(person)
    session.flush()  # the session row needs the person's id
    open_session(session, person.id, token, now)
    return Actor(person.id, person.role)


def open_session(session: Session, person_id: int, token: str, now: datetime) -> None:
    """Let `token` open a session of a person for the next 12 months."""
    session.add(
        SessionRow(
            token_hash=hash_of(token),
            person_id=person_id,
            created_at=now,
            used_at=now,
            expires_at=now + timedelta(days=SESSION_DAYS),
        )
    )


def end_sessions(session: Session, person_id: int, now: datetime) -> None:
    """End every session of a person: each copy of their cookie is dead from now on."""
    session.execute(
        update(SessionRow).where(SessionRow.person_id == person_id, SessionRow.ended_at.is_(None)).values(ended_at=now)
    )


def renew(session: Session, token: str, now: datetime) -> None:
    """Let the session that `token` opens last 12 months from now, so that nobody who keeps coming is forgotten."""
    session.execute(
        update(SessionRow)
        .where(SessionRow.token_hash == hash_of(token), SessionRow.ended_at.is_(None))
        .values(expires_at=now + timedelta(days=SESSION_DAYS))
    )


def hash_of(token: str) -> bytes:
    """Return what is stored of a token: a leaked database opens no session."""
    return sha256(token.encode("utf-8", "replace")).digest()
