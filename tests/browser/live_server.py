"""The app served in a thread, for tests that drive a browser."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from werkzeug.serving import make_server

from quizapp.app import create_app, make_runtime
from quizapp.cli.bank_folders import BankFolder
from quizapp.database.account_tables import PersonRow
from quizapp.database.engine import make_engine
from quizapp.database.study_tables import AttemptRow
from quizapp.database.upgrade import upgrade
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor
from quizapp.runtime import EXTENSION, Runtime
from quizapp.services.bank_transfer import load_bank
from quizapp.services.quizzes import AskedQuestion, asked_question
from quizapp.settings import CHECKOUT, Settings
from tests.factories import StillClock

ARTICLE = "karabakh-talks"


@dataclass(frozen=True)
class LiveServer:
    """A running app: its address, and what it carries."""

    url: str
    app: Flask
    runtime: Runtime
    clock: StillClock
    bank: Bank

    def questions(self, attempt_id: int) -> list[AskedQuestion]:
        """Look behind every question of an attempt, in order."""
        with self.runtime.reading() as session:
            attempt = session.get_one(AttemptRow, attempt_id)
            person = session.get_one(PersonRow, attempt.person_id)
            actor = Actor(person.id, person.role)
            return [asked_question(session, actor, attempt_id, n + 1) for n in range(attempt.length)]


@cache
def article() -> Bank:
    """Build the shipped bank from its facts; whether its questions.json is fresh is another test's matter."""
    return build_bank(BankFolder(CHECKOUT / "questions" / ARTICLE).fact_base())


def prepare_article(instance: Path) -> tuple[Flask, StillClock, Engine]:
    """Make an app on a new database in `instance` that holds the article's bank; its seeds count up."""
    return _prepare(instance, article())


def _prepare(instance: Path, bank: Bank) -> tuple[Flask, StillClock, Engine]:
    settings = Settings(
        instance=instance,
        questions=CHECKOUT / "questions",
        database=f"sqlite:///{instance / 'quizapp.sqlite3'}",
        secret_key="not a secret",
    )
    engine = make_engine(settings.database)
    upgrade(engine)
    clock, seeds = StillClock(), itertools.count(1)
    runtime = make_runtime(engine, now=clock, new_seed=lambda: next(seeds))
    with runtime.writing() as session:
        load_bank(session, bank, clock())
    return create_app(settings, runtime), clock, engine


class Requests:
    """Counts the requests that run, so that a database is not closed under one: a browser fetches what it may need."""

    def __init__(self, app: Flask) -> None:
        self._served, self._running, self._changed = app.wsgi_app, 0, Condition()
        app.wsgi_app = self  # type: ignore[method-assign]  # Flask's own way of wrapping an app

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self._count(1)
        try:
            return self._served(environ, start_response)
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._running += change
            self._changed.notify_all()

    def wait_for_the_last(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0, timeout=5)


@contextmanager
def serve(instance: Path, bank: Bank) -> Iterator[LiveServer]:
    """Serve one bank from a new database in `instance`, in a thread."""
    app, clock, engine = _prepare(instance, bank)
    requests = Requests(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield LiveServer(f"http://127.0.0.1:{server.server_port}", app, app.extensions[EXTENSION], clock, bank)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        requests.wait_for_the_last()
        engine.dispose()
