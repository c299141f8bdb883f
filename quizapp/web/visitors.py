"""Who is asking: the person behind the session token in the cookie, loaded once a request with one statement."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, session

from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import accounts

T = TypeVar("T")
TOKEN = "token"  # noqa: S105 - the name of a cookie field, not a secret


def current_actor() -> Actor | None:
    """Return who is asking; None for a visitor who has not started anything yet."""
    if "actor" not in g:
        token = token_of_cookie()
        g.actor = None
        if token:
            with runtime().reading() as database:
                g.actor = accounts.actor_of_token(database, token, now=runtime().now())
    actor: Actor | None = g.actor
    return actor


def require_actor() -> Actor:
    """Return who is asking. Raises NotFound for a stranger: what they ask for is not theirs, so it is not there."""
    actor = current_actor()
    if actor is None:
        raise NotFound("There is no such page.")
    return actor


def write_as_somebody(action: Callable[[Any, Actor], T]) -> T:
    """Call `action` with a writing session and who is asking; return what it returns.

    A visitor becomes a guest by it, and both or neither are stored. The browser's session lasts 12 months from now.
    """
    actor, now = current_actor(), runtime().now()
    token = token_of_cookie() if actor else runtime().new_token()
    with runtime().writing() as database:
        who = actor or accounts.start_guest(database, token, now)
        accounts.renew(database, token, now)
        done = action(database, who)
    keep_token(token)
    g.actor = who  # what this request still shows is shown to the guest it made
    return done


def token_of_cookie() -> str:
    """Return the session token this browser sent; empty for a stranger."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else ""


def keep_token(token: str) -> None:
    """Put a session token into a cookie that lasts 12 months from now."""
    session.permanent = True
    session[TOKEN] = token
