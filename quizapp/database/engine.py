"""The engine of an installation, and how its transactions begin.

On SQLite a read begins with BEGIN and a write with BEGIN IMMEDIATE behind the write lock: a transaction that reads
first and writes later would fail at once under load, however long it is told to wait. PostgreSQL needs none of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from quizapp.database.write_lock import PATIENCE_SECONDS, WriteLock

_LOCK = "quizapp_write_lock"


def make_engine(url: str, patience: float = PATIENCE_SECONDS) -> Engine:
    """Open an engine on a database URL; on SQLite a writer waits `patience` seconds for another one.

    Raises ValueError for a database other than SQLite in a file or PostgreSQL.
    """
    file = sqlite_file(url)
    if file is None:
        engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
        event.listen(engine, "before_cursor_execute", _find_nothing_by_nul, retval=True)
        return engine
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)  # a logged error must not tell what people wrote
    _follow_the_recipe(engine, lock_path(file), patience)
    return engine


@contextmanager
def opened_engine(url: str) -> Iterator[Engine]:
    """Open an engine for as long as the block runs: no connection and no lock file stays open behind it."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL. Raises ValueError for any other database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is not None and parsed.get_backend_name() == "postgresql":
        return None
    if (
        parsed is None
        or parsed.get_backend_name() != "sqlite"
        or not parsed.database
        or parsed.database == ":memory:"
        or parsed.database.startswith("file:")  # a URI may ask for memory too
    ):
        raise ValueError("QUIZAPP_DATABASE must be sqlite:///FILE or postgresql://...")
    return Path(parsed.database)


def for_writing(engine: Engine) -> Engine:
    """Return the same engine, pool and all, whose transactions begin as writes."""
    return engine.execution_options(write=True)


def lock_path(database: Path) -> Path:
    """Return the file whose lock writers of a SQLite database take."""
    return database.with_name(database.name + ".lock")


def _lower(text: object) -> str | None:
    return None if text is None else str(text).lower()


def _follow_the_recipe(engine: Engine, lock_file: Path, patience: float) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the begin event below sends BEGIN itself
        for pragma in (
            f"busy_timeout = {round(patience * 1000)}",  # first: the next one may have to wait
            "journal_mode = WAL",
            "synchronous = FULL",  # an acknowledged response survives a power cut
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("lower", 1, _lower)  # SQLite's own knows ASCII only
        record.info[_LOCK] = WriteLock(lock_file, patience)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            connection.info[_LOCK].acquire()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "checkin")
    def on_checkin(connection: Any, record: Any) -> None:
        lock = record.info.get(_LOCK)  # a connection that broke was closed before it comes back
        if lock is not None:
            lock.release()

    @event.listens_for(engine, "close")
    def on_close(connection: Any, record: Any) -> None:
        lock = record.info.pop(_LOCK, None)
        if lock is not None:
            lock.close()


def _find_nothing_by_nul(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> tuple[str, Any]:
    """Let a query for a text that holds NUL find nothing, as on SQLite: PostgreSQL fails on it.

    The names that pages look for are plain letters, so U+FFFD finds none. What is to be stored is left as it is.
    """
    if statement.startswith("SELECT") and isinstance(parameters, dict):
        parameters = {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for name, value in parameters.items()
        }
    return statement, parameters
