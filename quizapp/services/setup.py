"""The link that makes the first instructor of an installation. Only its hash is stored, and it works once."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, exists, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SetupLinkRow
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import PERMISSIONS, Actor, Permission, Role
from quizapp.services.accounts import end_sessions, hash_of, open_session, start_guest


def new_setup_link(session: Session, token: str, now: datetime) -> bool:
    """Let `token` make an instructor, and earlier links no longer; False when there is an instructor already."""
    session.execute(update(SetupLinkRow).where(SetupLinkRow.used_at.is_(None)).values(used_at=now))
    if session.scalar(select(_somebody_writes())):
        return False
    session.add(SetupLinkRow(token_hash=hash_of(token), created_at=now))
    return True


def setup_link_is_open(session: Session, token: str) -> bool:
    """Say whether `token` would make an instructor now. One statement."""
    return session.scalar(select(SetupLinkRow.id).where(*_open(token))) is not None


def use_setup_link(session: Session, actor: Actor | None, token: str, session_token: str, now: datetime) -> Actor:
    """Make who is asking an instructor, and a visitor a person first; `session_token` opens their only session then.

    Of two who use a link at once, one does. Raises NotFound for a link that is unknown, used, replaced or too late.
    """
    used = session.execute(
        update(SetupLinkRow).where(*_open(token)).values(used_at=now).returning(SetupLinkRow.id)
    ).one_or_none()
    if used is None:
        raise NotFound("There is no such page.")
    if actor is None:
        actor = start_guest(session, session_token, now)
    else:
        end_sessions(session, actor.id, now)
        open_session(session, actor.id, session_token, now)
    session.execute(update(PersonRow).where(PersonRow.id == actor.id).values(role=Role.INSTRUCTOR))
    return Actor(actor.id, Role.INSTRUCTOR)


def _open(token: str) -> tuple[ColumnElement[bool], ...]:
    return SetupLinkRow.token_hash == hash_of(token), SetupLinkRow.used_at.is_(None), ~_somebody_writes()


def _somebody_writes() -> Exists:
    return exists().where(PersonRow.role.in_(PERMISSIONS[Permission.WRITE_QUESTIONS]))
