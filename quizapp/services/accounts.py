"""People and the sessions of their browsers: who is asking, guests, renewing and ending sessions."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SessionRow
from quizapp.database.table import Moment
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor, Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.domain.session_limits import RENEWED_AFTER, expiry, session_limit
from quizapp.services.security_log import log_event


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, with what Flask-Security needs to know of them. Never handed to a template."""

    id: int
    role: Role
    name: str
    sign_in_name: str
    email: str | None
    password_hash: str
    uniquifier: str
    suspended: bool
    erase_after: datetime | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever holds a session token: the actor, the session, and their account; None for a guest."""

    actor: Actor
    session_id: int
    used_at: datetime
    account: Account | None

    def needs_renewal(self, now: datetime) -> bool:
        """Say whether the session was last renewed so long ago that it should be now."""
        return now - self.used_at >= RENEWED_AFTER


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One session of a person, as its owner sees it."""

    session_id: int
    device: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    is_this_one: bool


ACCOUNT_COLUMNS = (
    PersonRow.id,
    PersonRow.role,
    PersonRow.name,
    PersonRow.sign_in_name,
    PersonRow.email,
    PersonRow.password_hash,
    PersonRow.uniquifier,
    PersonRow.suspended_at,
    PersonRow.erase_after,
)
_ALIVE = (SessionRow.ended_at.is_(None), SessionRow.expires_at > bindparam("now", type_=Moment))
# Built once: every request of a known browser sends it, and building it costs as much as running it.
_HOLDER = (
    select(SessionRow.id.label("session_id"), SessionRow.used_at, *ACCOUNT_COLUMNS)
    .join(PersonRow, PersonRow.id == SessionRow.person_id)
    .where(SessionRow.token_hash == bindparam("token_hash"), PersonRow.suspended_at.is_(None), *_ALIVE)
)


def visitor_of_token(session: Session, token: str, now: datetime) -> Visitor | None:
    """Return who holds this session token; None when it is unknown, ended, expired or suspended. One statement."""
    row = session.execute(_HOLDER, {"token_hash": hash_of(token), "now": now}).one_or_none()
    if row is None:
        return None
    return Visitor(Actor(row.id, row.role), row.session_id, row.used_at, account_of_row(row))


def actor_of_token(session: Session, token: str, now: datetime) -> Actor | None:
    """Return who holds this session token, None as `visitor_of_token`. One statement."""
    visitor = visitor_of_token(session, token, now)
    return None if visitor is None else visitor.actor


def account_of_row(row: Row[*tuple[Any, ...]]) -> Account | None:
    """Read a row that holds `ACCOUNT_COLUMNS`; None for a guest, who has no sign-in name."""
    if row.sign_in_name is None:
        return None
    return Account(
        id=row.id,
        role=row.role,
        name=row.name or row.sign_in_name,
        sign_in_name=row.sign_in_name,
        email=row.email,
        password_hash=row.password_hash or "",
        uniquifier=row.uniquifier or "",
        suspended=row.suspended_at is not None,
        erase_after=row.erase_after,
    )


def start_guest(session: Session, token: str, now: datetime, device: str = "") -> Actor:
    """Make a guest and the session that `token` opens for the next 12 months."""
    person = PersonRow(role=Role.GUEST, created_at=now)
    session.add(person)
    session.flush()  # the session row needs the person's id
    actor = Actor(person.id, person.role)
    open_session(session, actor, token, now, device)
    return actor


def open_session(session: Session, actor: Actor, token: str, now: datetime, device: str = "") -> None:
    """Let `token` open a session of a person for as long as their role's sessions last."""
    longest = session_limit(actor.role).longest
    latest = None if longest is None else now + longest
    session.add(
        SessionRow(
            token_hash=hash_of(token),
            person_id=actor.id,
            device=device,
            created_at=now,
            used_at=now,
            expires_at=expiry(actor.role, now, latest),
            latest_at=latest,
        )
    )
    session.flush()


def renew(session: Session, visitor: Visitor, now: datetime) -> None:
    """Let a session last on from now, up to its latest end, so that nobody who keeps coming is forgotten."""
    row = session.get(SessionRow, visitor.session_id)
    if row is not None and row.ended_at is None:
        row.used_at, row.expires_at = now, expiry(visitor.actor.role, now, row.latest_at)
        session.flush()


def open_sessions(session: Session, visitor: Visitor, now: datetime) -> list[OpenSession]:
    """Return the living sessions of this person: this one first, then the last used. One statement."""
    rows = session.execute(
        select(SessionRow).where(SessionRow.person_id == visitor.actor.id, *_ALIVE), {"now": now}
    ).scalars()
    found = [
        OpenSession(row.id, row.device, row.created_at, row.used_at, row.expires_at, row.id == visitor.session_id)
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.is_this_one, -one.used_at.timestamp(), one.session_id))


def end_session(session: Session, visitor: Visitor, session_id: int, now: datetime) -> None:
    """End one session of this person; ended already is the same. Raises NotFound for somebody else's."""
    row = session.get(SessionRow, session_id)
    if row is None or row.person_id != visitor.actor.id:
        raise NotFound("There is no such session.")
    if row.ended_at is None:
        row.ended_at = now
        kind = SecurityEvent.SIGNED_OUT if session_id == visitor.session_id else SecurityEvent.SESSION_ENDED
        log_event(session, kind, now, actor_id=visitor.actor.id)
        session.flush()


def end_other_sessions(session: Session, visitor: Visitor, now: datetime) -> int:
    """End every session of this person but this one; return how many there were."""
    ended = _end(session, now, SessionRow.person_id == visitor.actor.id, SessionRow.id != visitor.session_id)
    log_event(session, SecurityEvent.OTHER_SESSIONS_ENDED, now, actor_id=visitor.actor.id, detail=f"{ended} sessions")
    return ended


def end_sessions(session: Session, person_id: int, now: datetime) -> None:
    """End every session of a person: each copy of their cookie is dead from now on."""
    _end(session, now, SessionRow.person_id == person_id)


def forget_old_sessions(session: Session, person_id: int, now: datetime) -> None:
    """Delete the sessions of a person that ended or ran out: nobody needs to know of them."""
    session.execute(
        delete(SessionRow).where(
            SessionRow.person_id == person_id, SessionRow.ended_at.is_not(None) | (SessionRow.expires_at <= now)
        )
    )


def hash_of(token: str) -> bytes:
    """Return what is stored of a token: a leaked database opens no session."""
    return sha256(token.encode("utf-8", "replace")).digest()


def _end(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    ended = session.execute(
        update(SessionRow).where(SessionRow.ended_at.is_(None), *which).values(ended_at=now).returning(SessionRow.id)
    )
    return len(ended.all())
