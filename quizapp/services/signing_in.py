"""Accounts: signing up, signing in, new passwords. Hashes come in ready made; what a password was is not known here."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.roles import Actor, Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.accounts import (
    ACCOUNT_COLUMNS,
    Account,
    Visitor,
    account_of_row,
    end_sessions,
    forget_old_sessions,
    open_session,
)
from quizapp.services.merging import merge_guest
from quizapp.services.security_log import log_event

TAKEN = (
    "This sign-in name is taken. If you pressed the button twice, sign in with it; else reload the page for another."
)
MADE_MEANWHILE = "This browser’s guest has become an account in the meantime: sign in with it."


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made of."""

    sign_in_name: str
    name: str
    email: str | None
    password_hash: str
    uniquifier: str
    role: Role = Role.LEARNER

    def with_password(self, password_hash: str) -> "NewAccount":
        """Return the same account with this hash of a password."""
        return replace(self, password_hash=password_hash)


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that signs in: the token for its new session, and what it is in words."""

    token: str
    device: str


def account_named(session: Session, sign_in_name: str) -> Account | None:
    """Return the account with this sign-in name. One statement."""
    return _account(session, PersonRow.sign_in_name == sign_in_name)


def account_with(session: Session, uniquifier: str) -> Account | None:
    """Return the account whose password links hold this. One statement."""
    return _account(session, PersonRow.uniquifier == uniquifier)


def account_numbered(session: Session, person_id: int) -> Account | None:
    """Return the account of a person. One statement."""
    return _account(session, PersonRow.id == person_id)


def accounts_at(session: Session, email: str) -> list[Account]:
    """Return every account with this e-mail address: a family may share one. One statement."""
    rows = session.execute(
        select(*ACCOUNT_COLUMNS).where(PersonRow.email == read_address(email)).order_by(PersonRow.id)
    )
    return [account for row in rows if (account := account_of_row(row))]


def add_account(session: Session, new: NewAccount, now: datetime, added_by: int | None = None) -> Actor:
    """Store an account. Raises Conflict when its sign-in name was given to somebody else."""
    row = PersonRow(created_at=now, **_columns(new))
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    log_event(session, SecurityEvent.PERSON_ADDED, now, actor_id=added_by, subject_id=row.id, detail=new.role.value)
    return Actor(row.id, new.role)


def sign_up(session: Session, guest: Actor | None, new: NewAccount, browser: Browser, now: datetime) -> Actor:
    """Make an account and sign its browser in; a guest becomes the account and so keeps everything.

    The guest's old cookie is dead. Raises Conflict when the sign-in name is taken, or the guest has become one before.
    """
    try:
        with session.begin_nested():
            if guest is None:
                row = PersonRow(created_at=now, **_columns(new))
                session.add(row)
                session.flush()
                person_id = row.id
            else:
                person_id = guest.id
                still = (PersonRow.id == person_id, PersonRow.sign_in_name.is_(None))
                made = session.execute(update(PersonRow).where(*still).values(**_columns(new)).returning(PersonRow.id))
                if made.one_or_none() is None:  # in another tab, or a second click
                    raise Conflict(MADE_MEANWHILE)
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    actor = Actor(person_id, new.role)
    end_sessions(session, person_id, now)
    forget_old_sessions(session, person_id, now)
    open_session(session, actor, browser.token, now, browser.device)
    log_event(session, SecurityEvent.SIGNED_UP, now, actor_id=person_id)
    return actor


def sign_in(session: Session, person_id: int, before: Visitor | None, browser: Browser, now: datetime) -> Actor:
    """Open a session for somebody whose password was right; what this browser's guest did becomes theirs.

    Raises NotFound when the account is gone or suspended meanwhile.
    """
    role = session.scalar(select(PersonRow.role).where(PersonRow.id == person_id, PersonRow.suspended_at.is_(None)))
    if role is None:
        raise NotFound("There is no such account.")
    actor = Actor(person_id, role)
    forget_old_sessions(session, person_id, now)
    open_session(session, actor, browser.token, now, browser.device)
    if before is not None and before.account is None:
        merge_guest(session, before.actor.id, person_id, now)
    if before is None or before.actor.id != person_id:  # changing a password opens a new session of the same person
        log_event(session, SecurityEvent.SIGNED_IN, now, actor_id=person_id)
    return actor


def read_address(typed: str | None) -> str | None:
    """Return an e-mail address as it is stored and compared: without spaces around, in small letters; None for none."""
    return (typed or "").strip().lower() or None


def change_details(
    session: Session, account: Account, name: str, email: str | None, uniquifier: str, now: datetime
) -> None:
    """Store what a person is called and where mail to them goes; with another address, links mailed before are dead."""
    is_new = email != account.email
    values = {"name": name, "email": email} | ({"uniquifier": uniquifier} if is_new else {})
    session.execute(update(PersonRow).where(PersonRow.id == account.id).values(**values))
    if is_new:
        log_event(session, SecurityEvent.EMAIL_CHANGED, now, actor_id=account.id)


def set_password(
    session: Session, person_id: int, password_hash: str, uniquifier: str, now: datetime, kind: SecurityEvent
) -> None:
    """Store a new password's hash: every session ends and every link to reset the old one dies with it."""
    session.execute(
        update(PersonRow).where(PersonRow.id == person_id).values(password_hash=password_hash, uniquifier=uniquifier)
    )
    end_sessions(session, person_id, now)
    log_event(session, kind, now, actor_id=person_id)


def rehash_password(session: Session, person_id: int, password_hash: str) -> None:
    """Store the same password's hash made with newer parameters; nothing ends by it."""
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(password_hash=password_hash))


def _account(session: Session, which: ColumnElement[bool]) -> Account | None:
    row = session.execute(select(*ACCOUNT_COLUMNS).where(which)).one_or_none()
    return None if row is None else account_of_row(row)


def _columns(new: NewAccount) -> dict[str, object]:
    return {
        "sign_in_name": new.sign_in_name,
        "name": new.name,
        "email": read_address(new.email),
        "password_hash": new.password_hash,
        "uniquifier": new.uniquifier,
        "role": new.role,
    }
