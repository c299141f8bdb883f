"""Requests that no page of ours sends, refused before anything reads them: the libraries below would fail on them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, request, session
from werkzeug.exceptions import BadRequest

from quizapp.web.large_forms import allow_large_forms

FILE = "file"
"""The name of every field that takes a file."""


def register(app: Flask) -> None:
    """Look at every request of the app; to be called before whatever else looks at requests."""
    app.before_request(_forget_unsound_fields)
    app.before_request(allow_large_forms)
    app.before_request(_refuse_misshapen_forms)


def _refuse_misshapen_forms() -> None:
    """Raise BadRequest for a part without a name, a file where text is expected, and JSON, which no form sends."""
    if request.is_json or None in request.form or any(name != FILE for name in request.files):
        raise BadRequest


def _forget_unsound_fields() -> None:
    """Drop from the cookie what this version would not have put there: another one may have signed it."""
    for name in unsound_fields(session):
        session.pop(name)


def unsound_fields(cookie: Mapping[str, Any]) -> list[str]:
    """List the fields of a cookie that hold something of another kind than they should."""
    return [name for name, value in cookie.items() if name in _SOUND and not _SOUND[name](value)]


def _is_token(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _is_messages(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, (list, tuple)) and len(one) == 2 and all(isinstance(part, str) for part in one) for one in value
    )


_SOUND = {
    "token": _is_token,
    "csrf_token": _is_token,
    "_flashes": _is_messages,
    "_permanent": lambda value: isinstance(value, bool),
}
