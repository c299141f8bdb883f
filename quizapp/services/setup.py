"""The link that makes the first admin of an installation. Only its hash is stored, and it works once."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, exists, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SetupLinkRow
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import PERMISSIONS, Actor, Permission, Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.accounts import end_sessions, hash_of, open_session
from quizapp.services.security_log import log_event
from quizapp.services.signing_in import Browser


def new_setup_link(session: Session, token: str, now: datetime) -> bool:
    """Let `token` make an admin, and earlier links no longer; False when there is somebody who writes already."""
    session.execute(update(SetupLinkRow).where(SetupLinkRow.used_at.is_(None)).values(used_at=now))
    if session.scalar(select(_somebody_writes())):
        return False
    session.add(SetupLinkRow(token_hash=hash_of(token), created_at=now))
    return True


def setup_link_is_open(session: Session, token: str) -> bool:
    """Say whether `token` would make an admin now. One statement."""
    return session.scalar(select(SetupLinkRow.id).where(*_open(token))) is not None


def use_setup_link(session: Session, actor: Actor, token: str, browser: Browser, now: datetime) -> Actor:
    """Make who is asking an admin, who is an instructor too; the browser's new session is their only one then.

    It takes an account: rights must not hang on a cookie alone. Of two who use a link at once, one does. Raises
    NotAllowed for a guest, NotFound for a link that is unknown, used, replaced or too late.
    """
    actor.require(Permission.HAVE_ACCOUNT)
    used = session.execute(
        update(SetupLinkRow).where(*_open(token)).values(used_at=now).returning(SetupLinkRow.id)
    ).one_or_none()
    if used is None:
        raise NotFound("There is no such page.")
    session.execute(update(PersonRow).where(PersonRow.id == actor.id).values(role=Role.ADMIN))
    admin = Actor(actor.id, Role.ADMIN)
    end_sessions(session, actor.id, now)
    open_session(session, admin, browser.token, now, browser.device)
    log_event(session, SecurityEvent.SETUP_LINK_USED, now, actor_id=actor.id)
    return admin


def _open(token: str) -> tuple[ColumnElement[bool], ...]:
    return SetupLinkRow.token_hash == hash_of(token), SetupLinkRow.used_at.is_(None), ~_somebody_writes()


def _somebody_writes() -> Exists:
    return exists().where(PersonRow.role.in_(PERMISSIONS[Permission.WRITE_QUESTIONS]))
