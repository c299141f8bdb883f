"""Create or migrate a database.

Alembic costs half a second to import, so it is imported only when the stored revision is not the newest one.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from quizapp.database.engine import lock_path
from quizapp.database.write_lock import WriteLock
from quizapp.domain.errors import Conflict

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_REVISION = re.compile(r'^(down_)?revision(?:: [^=]+)? = (?:"(\w+)"|None)', re.M)
_PATIENCE_SECONDS = 60.0
_ADVISORY_LOCK = 7_101_202_601  # any number that nobody else in the database uses


def newest_revision(folder: Path = MIGRATIONS) -> str:
    """Return the revision that no other one follows, read from the names in the migration files."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for path in sorted((folder / "versions").glob("*.py")):
        for down, revision in _REVISION.findall(path.read_text()):
            (followed if down else revisions).add(revision)
    (newest,) = revisions - followed
    return newest


def stored_revision(engine: Engine) -> str | None:
    """Return the revision a database is at; None when it has no tables of ours."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        stored: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return stored


def upgrade(engine: Engine, folder: Path = MIGRATIONS) -> bool:
    """Bring the database to the newest revision; say whether anything had to be done."""
    if stored_revision(engine) == newest_revision(folder):
        return False
    _refuse_a_newer_one(stored_revision(engine), folder)
    with _alone(engine) as connection:
        from quizapp.database.migrate import migrate

        migrate(connection, folder)
    return True


def _refuse_a_newer_one(stored: str | None, folder: Path) -> None:
    """Raise Conflict for a database at a revision that this version of quizapp does not know."""
    known = {path.name.partition("_")[0] for path in (folder / "versions").glob("*.py")}
    if stored is not None and stored not in known:
        raise Conflict(f"This database is at revision {stored}: a newer quizapp made it. Update quizapp.")


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Open a connection that migrates while no other does; on SQLite with foreign keys off, for copies of tables."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
            yield connection
            connection.commit()
        return
    with WriteLock(lock_path(Path(engine.url.database)), _PATIENCE_SECONDS), engine.connect() as connection:
        try:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()
        finally:
            connection.invalidate()  # nobody else gets it with foreign keys off
