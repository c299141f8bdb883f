"""Databases, people, apps and browsers that tests are handed."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from quizapp.app import create_app, make_runtime
from quizapp.database.engine import make_engine
from quizapp.database.upgrade import upgrade
from quizapp.domain.roles import Actor
from quizapp.runtime import EXTENSION, Runtime
from quizapp.services.accounts import start_guest
from quizapp.services.bank_transfer import load_bank
from quizapp.services.mail_delivery import carrier_of
from quizapp.settings import CHECKOUT, Settings
from quizapp.web.erasing import LOOKED_AT
from tests.factories import NOON, StillClock, make_bank
from tests.people import without_waiting
from tests.postgres_server import PostgresServer, find_postgres

SEED = 7


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file with the harbour bank, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with make_runtime(engine).writing() as session:
        load_bank(session, make_bank(), NOON)
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return path


@pytest.fixture
def database_url(tmp_path: Path, template_database: Path) -> str:
    path = tmp_path / "quizapp.sqlite3"
    shutil.copy(template_database, path)
    return f"sqlite:///{path}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def runtime(engine: Engine, clock: StillClock) -> Runtime:
    """A runtime with a still clock, one seed, and tokens that can be foreseen."""
    numbers = itertools.count(1)
    return make_runtime(engine, now=clock, new_seed=lambda: SEED, new_token=lambda: f"token-{next(numbers)}")


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    """A session that writes; what a test stores in it is committed when the test ends."""
    with runtime.writing() as opened:
        yield opened


@pytest.fixture
def guest(session: Session) -> Actor:
    return start_guest(session, "the guest's token", NOON)


@pytest.fixture
def stranger(session: Session) -> Actor:
    return start_guest(session, "a stranger's token", NOON)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(
        instance=tmp_path, questions=CHECKOUT / "questions", database=database_url, secret_key="not a secret"
    )


@pytest.fixture(scope="session")
def made_apps() -> dict[Settings, Flask]:
    """The apps of earlier tests: to compile every route and template takes longer than most tests."""
    return {}


@pytest.fixture
def app(settings: Settings, runtime: Runtime, made_apps: dict[Settings, Flask]) -> Iterator[Flask]:
    """An app on this test's database; what a test changes of its config and views, and counts, is gone after it."""
    alike = replace(settings, instance=Path(), database="")
    if alike not in made_apps:
        made = made_apps[alike] = without_waiting(create_app(settings, runtime))
        made.testing = True
        made.config["PROPAGATE_EXCEPTIONS"] = False  # an error is a page here too, and the page is what is tested
    shared = made_apps[alike]
    shared.extensions[EXTENSION] = runtime
    shared.config["QUIZAPP_CARRIER"] = carrier_of(settings.mail_url)  # by default a folder of the instance
    config, views = dict(shared.config), dict(shared.view_functions)
    yield shared
    for changed, before in ((shared.config, config), (shared.view_functions, views)):
        changed.clear()
        changed.update(before)
    for limiter in shared.extensions["limiter"]:
        limiter.reset()
    shared.extensions[LOOKED_AT].clear()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def statements(engine: Engine) -> Callable[[], list[str]]:
    """Call it to get the SQL statements sent since the last call, without those that only begin or end transactions."""
    sent: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def remember(connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")):
            sent.append(statement)

    def taken() -> list[str]:
        found = sent.copy()
        sent.clear()
        return found

    return taken


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own on a free port; skipped where there is none, an error where CI is set."""
    programs = find_postgres()
    if programs is None:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with PostgresServer(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """An upgraded PostgreSQL database with the harbour bank, made once and copied for each test."""
    url = postgres_server.new_database()
    engine = make_engine(url)
    upgrade(engine)
    with make_runtime(engine).writing() as session:
        load_bank(session, make_bank(), NOON)
    engine.dispose()  # a database somebody is connected to cannot be copied
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The database of `database_url` on SQLite, then on PostgreSQL."""
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        return server.new_database(request.getfixturevalue("postgres_template"))
    path = tmp_path / "quizapp.sqlite3"
    shutil.copy(request.getfixturevalue("template_database"), path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database without any table, on SQLite, then on PostgreSQL."""
    if request.param == "postgres":
        made = make_engine(request.getfixturevalue("postgres_server").new_database())
    else:
        made = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield made
    made.dispose()
