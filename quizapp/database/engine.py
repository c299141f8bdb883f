"""The engine of an installation, and how its transactions begin.

On SQLite a read begins with BEGIN and a write with BEGIN IMMEDIATE behind the write lock: a transaction that reads
first and writes later would fail at once under load, however long it is told to wait. PostgreSQL needs none of it.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from quizapp.database.write_lock import WriteLock

BUSY_TIMEOUT_MS = 5_000
_LOCK = "quizapp_write_lock"


def make_engine(url: str) -> Engine:
    """Open an engine on a database URL. Raises ValueError for a database other than SQLite in a file or PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ValueError("QUIZAPP_DATABASE must be sqlite:///FILE or postgresql://...")
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    _follow_the_recipe(engine, lock_path(Path(parsed.database)))
    return engine


def for_writing(engine: Engine) -> Engine:
    """Return the same engine, pool and all, whose transactions begin as writes."""
    return engine.execution_options(write=True)


def lock_path(database: Path) -> Path:
    """Return the file whose lock writers of a SQLite database take."""
    return database.with_name(database.name + ".lock")


def _follow_the_recipe(engine: Engine, lock_file: Path) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the begin event below sends BEGIN itself
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # an acknowledged response survives a power cut
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        record.info[_LOCK] = WriteLock(lock_file)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            connection.info[_LOCK].acquire()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "checkin")
    def on_checkin(connection: Any, record: Any) -> None:
        record.info[_LOCK].release()

    @event.listens_for(engine, "close")
    def on_close(connection: Any, record: Any) -> None:
        lock = record.info.pop(_LOCK, None)
        if lock is not None:
            lock.close()
