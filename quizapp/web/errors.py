"""Every error as a friendly page: what happened, what is safe, what to do next. Status codes are chosen here only."""

import logging

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from quizapp.domain.errors import Conflict, NotAllowed, NotFound, QuizappError, TooMany, Unavailable

log = logging.getLogger(__name__)

_RETRY_AFTER = {503: "5", 429: "900"}
"""Seconds after which it makes sense to try again, by status."""
_STATUS: tuple[tuple[type[QuizappError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 404),  # what somebody may not do is not there for them
    (Conflict, 409),
    (TooMany, 429),
    (Unavailable, 503),
)
_TOO_LARGE = (
    "What was sent is larger than a form of this site takes: 256 KB, or 20 MB for a file to import, and 2 MB of "
    "pasted text. Put more into a file; split one that is too large."
)
_WORDS = {
    400: ("This request could not be read", "Go back, reload the page and send it again."),
    404: ("There is no such page", "The address may be mistyped, or the page belongs to somebody else."),
    405: ("This page cannot be opened like that", "Start again from the home page."),
    409: ("That cannot be done now", "Go back and reload the page to see how things stand."),
    413: ("That is too much at once", _TOO_LARGE),
    429: ("Too many tries", "Wait a little and try again."),
    500: ("Something broke on our side", "It was written down. What you had answered before is safe."),
    503: ("Not saved yet", "The site is busy or out of room just now. Nothing is lost: send it again in a moment."),
}
_BUSY = ("The site is busy", "It cannot answer just now. Try again in a moment.")
_NO_COOKIE = (
    "This browser has lost its cookie",
    "A quiz is tied to a cookie, and this browser sent none: it was deleted, or cookies are not allowed for this site.",
)
_FORGED = (
    "This form has expired",
    "Go back, reload the page and send it again. Cookies must be allowed for this site.",
)

Page = tuple[str, int, dict[str, str]]


def register(app: Flask) -> None:
    """Give the app its error pages."""
    app.register_error_handler(QuizappError, _known)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(BadHost, _nowhere)
    app.register_error_handler(SecurityError, _nowhere)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _known(error: QuizappError) -> Page:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if status >= 500:
        log.warning("%s %s: %s", request.method, _place(), error)
    words = _BUSY if status == 503 and request.method == "GET" else None
    body, status, headers = _page(status, str(error) if status in (409, 429) else "", words)
    return body, status, headers | ({"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {})


def _forged(error: CSRFError) -> Page:
    return _page(400, words=_FORGED if current_app.config["SESSION_COOKIE_NAME"] in request.cookies else _NO_COOKIE)


def _nowhere(error: HTTPException) -> Page:
    """Answer somebody who names no possible host, or none of ours: no address can be built, so this page has none."""
    title, _ = _WORDS[400]
    return render_template("errors/bare.html", title=title, advice="This site is not known by that name."), 400, {}


def _http(error: HTTPException) -> Page:
    body, status, headers = _page(error.code or 500)
    sent = {name: value for name, value in error.get_headers() if name not in ("Content-Type", "Content-Length")}
    return body, status, sent | headers


def _unexpected(error: Exception) -> Page:
    log.exception("%s %s failed", request.method, _place())
    return _page(500)


def _page(status: int, detail: str = "", words: tuple[str, str] | None = None) -> Page:
    title, advice = words or _WORDS.get(status, _WORDS[400 if status < 500 else 500])
    again = _sent_fields() if status == 503 and request.method == "POST" and not _holds_password() else None
    body = render_template("errors/error.html", status=status, title=title, advice=detail or advice, again=again)
    return body, status, {"Retry-After": _RETRY_AFTER[status]} if status in _RETRY_AFTER else {}


def _place() -> str:
    """Name the page by its rule: an address can hold a secret, as of a link for a new password."""
    return request.url_rule.rule if request.url_rule else "an address that is none"


def _holds_password() -> bool:
    """Say whether the form held a password, which no page may repeat."""
    return any("password" in name for name in request.form)


def _sent_fields() -> list[tuple[str, str]]:
    """Return what the form held, so that the page can offer to send it again; the CSRF token is made anew."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
