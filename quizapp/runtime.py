"""What a running app, or a command, carries: database sessions, the clock, sources of seeds and tokens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.exc import OperationalError
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

        One writer at a time: keep the block short, and validate before it. Raises Unavailable when the database
        cannot take the write; nothing was stored then.
        """
        with _told_apart(), self.writers() as session, session.begin():
            yield session


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn "locked", "disk full" and "connection lost" into the one error that a person may try again after."""
    try:
        yield
    except OperationalError as error:
        raise Unavailable(str(error.orig)) from error


def runtime() -> Runtime:
    """Return the runtime of the app that serves this request."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found
