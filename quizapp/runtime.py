"""What a running app, or a command, carries: database sessions, the clock, sources of seeds and tokens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import SQLITE_ERROR

from flask import current_app
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm import Session, sessionmaker

from quizapp.domain.errors import Unavailable

EXTENSION = "quizapp"


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a request or command needs that is not in its arguments."""

    readers: sessionmaker[Session]
    writers: sessionmaker[Session]
    now: Callable[[], datetime]
    new_seed: Callable[[], int]
    new_token: Callable[[], str]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads. Raises Unavailable when the database cannot be read."""
        with _told_apart(), self.readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that commits at the end of the block and rolls back when the block raises.

        One writer at a time, from the start of the block: keep it short, and validate before it. Raises Unavailable
        when the database cannot take the write; nothing was stored then.
        """
        with _told_apart(), self.writers() as session, session.begin():
            session.connection()  # waits for its turn here, not at some later statement
            yield session


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn "locked", "disk full" and "connection lost" into the one error that a person may try again after.

    SQLite's catch-all SQLITE_ERROR (a missing table, a mistake in a statement) will not pass by waiting and stays.
    """
    try:
        yield
    except TimeoutError as error:  # every connection of the pool was in use for too long
        raise Unavailable(str(error)) from error
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) == SQLITE_ERROR:
            raise
        raise Unavailable(str(error.orig)) from error


def runtime() -> Runtime:
    """Return the runtime of the app that serves this request."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found
