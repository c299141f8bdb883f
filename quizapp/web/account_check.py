"""Asking for the password once more."""

from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services.password_check import password_is_right


def verify(actor: Actor, typed: str) -> bool:
    """Say whether `typed` is the password of this person."""
    with runtime().reading() as database:
        return password_is_right(database, actor, typed)
