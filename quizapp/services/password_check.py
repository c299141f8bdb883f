"""Whether somebody who is signed in knows the password: asked again before what cannot be undone."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.domain.roles import Actor

_HASHER = PasswordHasher()


def password_is_right(session: Session, actor: Actor, typed: str) -> bool:
    """Say whether `typed` is the actor's password; never for somebody without one. One statement."""
    stored = session.scalar(select(PersonRow.password_hash).where(PersonRow.id == actor.id))
    if stored is None:
        return False
    try:
        return _HASHER.verify(stored, typed)
    except (VerificationError, InvalidHashError):
        return False
