"""Whoever asked to be deleted is deleted when their week is over, without anybody having to run a command."""

import logging
from datetime import datetime, timedelta

from flask import Flask, Response, request

from quizapp.domain.errors import Unavailable
from quizapp.runtime import Runtime, runtime
from quizapp.services.erasure import anybody_due, erase_due
from quizapp.web.later import after

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
LOOKED_AT = "quizapp-erasing"
"""Where the app keeps when it last looked."""


def register(app: Flask) -> None:
    """Look once an hour, after a form was answered: a page that is only read writes nothing."""
    looked_at: list[datetime] = app.extensions.setdefault(LOOKED_AT, [])

    @app.after_request
    def look(response: Response) -> Response:
        if request.method != "POST":
            return response
        now = runtime().now()
        if not looked_at or now - looked_at[0] >= EVERY:
            looked_at[:] = [now]
            at = runtime()
            after(response, lambda: erase_quietly(at, now))
        return response


def erase_quietly(at: Runtime, now: datetime) -> int:
    """Delete whose week is over, at most a hundred at once; return how many. A busy database is left for later."""
    try:
        with at.reading() as database:
            if not anybody_due(database, now):
                return 0
        with at.writing() as database:
            erased = erase_due(database, now)
    except Unavailable as error:
        log.warning("nobody was deleted now: %s", error)
        return 0
    log.info("%s people were deleted, as they had asked", erased)
    return erased
