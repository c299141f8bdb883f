"""Deleted means gone: on SQLite what a row held is overwritten in the database file, and its journal can be emptied.

The command line and every start empty it; between them SQLite's own checkpoints write over it. PostgreSQL frees the
room by its own vacuuming, and its files lie on a server.
"""

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from quizapp.database.engine import lock_path, sqlite_file
from quizapp.database.write_lock import WriteLock


def overwrite_what_is_deleted(session: Session) -> None:
    """Let this connection fill what it deletes with zeros, whatever SQLite was built with."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete = ON"))


def empty_journal(engine: Engine) -> None:
    """Bring SQLite's journal into the database and cut it to nothing: it holds pages as they were before.

    It waits for its turn to write; a reader in its way leaves the journal for the next time.
    """
    file = sqlite_file(engine.url.render_as_string(hide_password=False))
    if file is None:
        return
    with WriteLock(lock_path(file)):
        connection = engine.raw_connection()  # a connection of the engine's own would begin a transaction
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
