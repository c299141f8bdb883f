"""Who is asking: the person behind the session token in the cookie, loaded once a request with one statement."""

from flask import g, session

from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import accounts

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


def token_of_cookie() -> str:
    """Return the session token this browser sent; empty for a stranger."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else ""


def keep_token(token: str) -> None:
    """Put a session token into a cookie that lasts 12 months from now."""
    session.permanent = True
    session[TOKEN] = token
