"""Who is asking: the person behind the session token in the cookie, loaded once a request with one statement."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, g, request, session

from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import accounts
from quizapp.services.accounts import Account, Visitor
from quizapp.web.devices import device_of

T = TypeVar("T")
TOKEN = "token"  # noqa: S105 - the name of a cookie field, not a secret


def register(app: Flask) -> None:
    """Renew the session of whoever sends a form, once a day: a GET writes nothing."""
    app.after_request(_renew)


def current_visitor() -> Visitor | None:
    """Return who is asking, with their session and account; None for a visitor who has not started anything yet."""
    if "visitor" not in g:
        token = token_of_cookie()
        g.visitor = None
        if token:
            with runtime().reading() as database:
                g.visitor = accounts.visitor_of_token(database, token, now=runtime().now())
    visitor: Visitor | None = g.visitor
    return visitor


def current_actor() -> Actor | None:
    """Return who is asking; None for a visitor who has not started anything yet."""
    visitor = current_visitor()
    return None if visitor is None else visitor.actor


def current_account() -> Account | None:
    """Return the account of who is asking; None for a guest."""
    visitor = current_visitor()
    return None if visitor is None else visitor.account


def require_actor() -> Actor:
    """Return who is asking. Raises NotFound for a stranger: what they ask for is not theirs, so it is not there."""
    return require_visitor().actor


def require_visitor() -> Visitor:
    """Return who is asking, with their session. Raises NotFound for a stranger."""
    visitor = current_visitor()
    if visitor is None:
        raise NotFound("There is no such page.")
    return visitor


def write_as_somebody(action: Callable[[Any, Actor], T]) -> T:
    """Call `action` with a writing session and who is asking; return what it returns.

    A visitor becomes a guest by it, and both or neither are stored.
    """
    actor, now = current_actor(), runtime().now()
    token = "" if actor else runtime().new_token()
    with runtime().writing() as database:
        who = actor or accounts.start_guest(database, token, now, device_of(request))
        done = action(database, who)
    if token:
        keep_token(token)
        g.visitor = Visitor(who, 0, now, None)  # what this request still shows is shown to the guest it made
    return done


def token_of_cookie() -> str:
    """Return the session token this browser sent; empty for a stranger."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else ""


def keep_token(token: str) -> None:
    """Put a session token into a cookie that lasts 12 months from now; who is asking must be looked up anew."""
    session.permanent = True
    session[TOKEN] = token
    g.pop("visitor", None)


def drop_token() -> None:
    """Take the session token out of the cookie."""
    session.pop(TOKEN, None)
    g.pop("visitor", None)


def _renew(response: Response) -> Response:
    visitor: Visitor | None = g.get("visitor")
    if request.method != "POST" or visitor is None or not visitor.needs_renewal(runtime().now()):
        return response
    if response.status_code < 400 and token_of_cookie():
        with runtime().writing() as database:
            accounts.renew(database, visitor, runtime().now())
        session.modified = True  # the cookie's own 12 months begin again
    return response
