"""The app served in a thread, for tests that drive a browser."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from flask import Flask
from sqlalchemy import Engine
from werkzeug.serving import make_server

from quizapp.app import create_app, make_runtime
from quizapp.cli.banks import load_folder
from quizapp.database.engine import make_engine
from quizapp.database.study_tables import AttemptRow
from quizapp.database.upgrade import upgrade
from quizapp.domain.roles import Actor, Role
from quizapp.runtime import EXTENSION, Runtime
from quizapp.services.quizzes import AskedQuestion, asked_question
from quizapp.settings import CHECKOUT, Settings
from tests.factories import StillClock


@dataclass(frozen=True)
class LiveServer:
    """A running app: its address, and what it carries."""

    url: str
    app: Flask
    runtime: Runtime
    clock: StillClock

    def questions(self, attempt_id: int) -> list[AskedQuestion]:
        """Look behind every question of an attempt, in order."""
        with self.runtime.reading() as session:
            attempt = session.get_one(AttemptRow, attempt_id)
            actor = Actor(attempt.person_id, Role.GUEST)
            return [asked_question(session, actor, attempt_id, n + 1) for n in range(attempt.length)]


def prepare_article(instance: Path) -> tuple[Flask, StillClock, Engine]:
    """Make an app on a new database in `instance` that holds the shipped banks; its seeds count up."""
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
    load_folder(runtime, settings.questions)
    return create_app(settings, runtime), clock, engine


@contextmanager
def serve_article(instance: Path) -> Iterator[LiveServer]:
    """Serve the shipped banks from a new database in `instance`, in a thread."""
    app, clock, engine = prepare_article(instance)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield LiveServer(f"http://127.0.0.1:{server.server_port}", app, app.extensions[EXTENSION], clock)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        engine.dispose()
