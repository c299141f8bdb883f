"""Failed sign-ins are counted in the database, so that guessing is slow on every worker and machine at once.

They are counted for a name *and* where they came from: an address, or a browser in which this person has signed in
before. Whoever guesses from elsewhere holds back nobody else. Whoever guesses from the same address, as in a school,
holds back new browsers there for a quarter of an hour, and never one in which the person has signed in before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import SignInFailureRow
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.security_log import log_event

WINDOW = timedelta(minutes=15)
FOR_ONE_NAME = 10
FOR_ONE_ADDRESS = 100
"""A whole class behind one address mistypes less than this; a list of names and passwords is tried faster."""


@dataclass(frozen=True, slots=True)
class Try:
    """A sign-in that is being tried: keyed hashes of the typed name and of where it comes from."""

    account_key: bytes
    source_key: bytes
    is_known_browser: bool


def take_try(session: Session, tried: Try, now: datetime) -> bool:
    """Count a try as failed before the password is looked at; False when there were too many.

    Counting first makes tries at the same moment count too. `forgive` takes it back when the password was right.
    """
    since = now - WINDOW
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        number = int.from_bytes(tried.source_key[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.failed_at <= since))
    of_source = select(func.count()).where(SignInFailureRow.source_key == tried.source_key)
    of_name = of_source.where(SignInFailureRow.account_key == tried.account_key)
    held = session.scalar(of_name) or 0
    if held >= FOR_ONE_NAME or (not tried.is_known_browser and (session.scalar(of_source) or 0) >= FOR_ONE_ADDRESS):
        log_event(session, SecurityEvent.SIGN_IN_HELD, now)
        return False
    session.add(SignInFailureRow(account_key=tried.account_key, source_key=tried.source_key, failed_at=now))
    session.flush()
    return True


def forgive(session: Session, tried: Try) -> None:
    """Forget the failures of somebody whose password was right."""
    session.execute(
        delete(SignInFailureRow).where(
            SignInFailureRow.account_key == tried.account_key, SignInFailureRow.source_key == tried.source_key
        )
    )
