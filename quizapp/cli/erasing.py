"""Deleting everybody whose week is over, and what SQLite's journal still holds of them."""

from sqlalchemy import Engine

from quizapp.database.overwriting import empty_journal
from quizapp.runtime import Runtime
from quizapp.services.erasure import anybody_due, erase_due


def erase_all_due(runtime: Runtime, engine: Engine) -> int:
    """Delete them, a hundred at a time so that nobody waits long for their turn to write; return how many."""
    erased = 0
    while True:
        with runtime.reading() as session:
            due = anybody_due(session, runtime.now())
        if not due:
            break
        with runtime.writing() as session:
            done = erase_due(session, runtime.now())
        if not done:
            break  # another process is at it
        erased += done
    if erased:
        empty_journal(engine)
    return erased
