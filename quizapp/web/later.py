"""Work for after an answer, done by a thread of its own: whoever asked next on the connection must not wait for it."""

import logging
import threading
from collections.abc import Callable
from queue import Full, Queue

from flask import Flask, Response, after_this_request, current_app

log = logging.getLogger(__name__)

LATER = "QUIZAPP_LATER"
MOST_WAITING = 500
Job = Callable[[], object]


class Later:
    """Does jobs one after another; when too many wait, further ones are dropped and that is written down."""

    def __init__(self) -> None:
        self._jobs: Queue[Job] = Queue(MOST_WAITING)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def __call__(self, job: Job) -> None:
        """Take a job."""
        with self._starting:  # not before the first job: a server forks its workers after the app was imported
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="later", daemon=True)
                self._thread.start()
        try:
            self._jobs.put_nowait(job)
        except Full:
            log.error("too much work waits; one piece was dropped")

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception:
                log.exception("work for after an answer failed")


def at_once(job: Job) -> None:
    """Do a job without delay: what an app of the tests is given instead."""
    job()


def register(app: Flask) -> None:
    """Give the app a thread for later, unless it was given something else."""
    app.config.setdefault(LATER, Later())


def after_this_answer(job: Job) -> None:
    """Do a job once the answer to this request is on its way."""

    @after_this_request
    def attach(response: Response) -> Response:
        return after(response, job)


def after(response: Response, job: Job) -> Response:
    """Do a job once this answer is on its way: for what looks at answers itself."""
    later: Callable[[Job], None] = current_app.config[LATER]
    response.call_on_close(lambda: later(job))
    return response
