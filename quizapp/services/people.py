"""What admins do about people: look them up, change their role, suspend them and let them back in."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.roles import Actor, Permission, Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.accounts import Account, end_sessions
from quizapp.services.security_log import log_event
from quizapp.services.signing_in import account_numbered

MOST_SHOWN = 100
ACCOUNT_ROLES = (Role.LEARNER, Role.INSTRUCTOR, Role.ADMIN)
"""What an account can be made; a guest has none, and suspending is no role."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account as an admin sees it. `role` is the one it has, or will have again after a suspension."""

    person_id: int
    name: str
    sign_in_name: str
    has_email: bool
    role: Role
    suspended: bool
    created_at: datetime
    erase_after: datetime | None


def people(session: Session, actor: Actor, words: str = "") -> tuple[list[Person], int]:
    """Return the accounts whose name or sign-in name holds `words`, and how many there are in all. One statement.

    Instructors and admins come first, then the newest; at most a hundred.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    found = select(PersonRow, func.count().over().label("all")).where(PersonRow.sign_in_name.is_not(None))
    if words.strip():
        pattern = f"%{_plain(words.strip().casefold())}%"
        found = found.where(
            or_(
                func.lower(PersonRow.name).like(pattern, escape="!"),
                PersonRow.sign_in_name.like(pattern, escape="!"),
            )
        )
    order = (PersonRow.role == Role.LEARNER, PersonRow.id.desc())
    rows = session.execute(found.order_by(*order).limit(MOST_SHOWN)).all()
    return [_person(row.PersonRow) for row in rows], rows[0].all if rows else 0


def every_account(session: Session) -> list[Person]:
    """Return every account, for the command line: whoever can run it can read the database anyway. One statement."""
    rows = session.scalars(select(PersonRow).where(PersonRow.sign_in_name.is_not(None)).order_by(PersonRow.id))
    return [_person(row) for row in rows]


def person(session: Session, actor: Actor, person_id: int) -> Person:
    """Return one account. Raises NotFound. One statement."""
    actor.require(Permission.MANAGE_PEOPLE)
    return _person(_row(session, person_id))


def hand_out_link(session: Session, actor: Actor | None, person_id: int, now: datetime) -> Account:
    """Note that somebody is given a link for a new password, and return the account to make it for. Raises NotFound.

    `actor` is None on the command line.
    """
    _require(actor, None, "")
    account = account_numbered(session, person_id)
    if account is None:
        raise NotFound("There is no such account.")
    log_event(session, SecurityEvent.PASSWORD_RESET_ASKED, now, actor_id=_id(actor), subject_id=person_id)
    return account


def change_role(session: Session, actor: Actor | None, person_id: int, role: Role, now: datetime) -> Person:
    """Give an account another role; it signs in anew with it. `actor` is None on the command line.

    Raises NotFound, and Conflict for one's own role and for a role that no account can have.
    """
    _require(actor, person_id, "change your own role")
    if role not in ACCOUNT_ROLES:
        raise Conflict("An account is a learner’s, an instructor’s or an admin’s.")
    row = _row(session, person_id)
    if row.role is not role:
        detail = f"{row.role.value} to {role.value}"
        row.role = role
        end_sessions(session, person_id, now)
        log_event(session, SecurityEvent.ROLE_CHANGED, now, actor_id=_id(actor), subject_id=person_id, detail=detail)
        session.flush()
    return _person(row)


def suspend(session: Session, actor: Actor | None, person_id: int, now: datetime) -> Person:
    """End every session of an account and let it sign in no more. Raises NotFound; Conflict for one's own."""
    _require(actor, person_id, "suspend yourself")
    row = _row(session, person_id)
    if row.suspended_at is None:
        row.suspended_at, row.uniquifier = now, secrets.token_hex(16)  # links for a new password are dead too
        end_sessions(session, person_id, now)
        log_event(session, SecurityEvent.SUSPENDED, now, actor_id=_id(actor), subject_id=person_id)
        session.flush()
    return _person(row)


def reinstate(session: Session, actor: Actor | None, person_id: int, now: datetime) -> Person:
    """Let a suspended account sign in again, in the role it had. Raises NotFound."""
    _require(actor, None, "")
    row = _row(session, person_id)
    if row.suspended_at is not None:
        row.suspended_at = None
        log_event(session, SecurityEvent.REINSTATED, now, actor_id=_id(actor), subject_id=person_id)
        session.flush()
    return _person(row)


def _require(actor: Actor | None, person_id: int | None, what: str) -> None:
    if actor is None:
        return
    actor.require(Permission.MANAGE_PEOPLE)
    if actor.id == person_id:
        raise Conflict(f"You cannot {what}: ask another admin.")


def _id(actor: Actor | None) -> int | None:
    return None if actor is None else actor.id


def _row(session: Session, person_id: int) -> PersonRow:
    row = session.scalars(
        select(PersonRow).where(PersonRow.id == person_id, PersonRow.sign_in_name.is_not(None))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such account.")
    return row


def _person(row: PersonRow) -> Person:
    return Person(
        person_id=row.id,
        name=row.name or "",
        sign_in_name=row.sign_in_name or "",
        has_email=bool(row.email),
        role=row.role,
        suspended=row.suspended_at is not None,
        created_at=row.created_at,
        erase_after=row.erase_after,
    )


def _plain(words: str) -> str:
    """Take the meaning from the signs that LIKE reads."""
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
