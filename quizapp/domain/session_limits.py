"""How long a browser's session lasts without being used, and at most."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.domain.roles import Role

RENEWED_AFTER = timedelta(days=1)
"""A session is renewed at most so often: using it twice a day costs one write."""


@dataclass(frozen=True, slots=True)
class SessionLimit:
    """`idle` after the last form that was sent, and `longest` after signing in; None: without end."""

    idle: timedelta
    longest: timedelta | None


_BY_ROLE = {
    # A guest cannot sign in again: an end would take their history away. Using the site keeps it for ever.
    Role.GUEST: SessionLimit(timedelta(days=365), None),
    Role.LEARNER: SessionLimit(timedelta(days=60), timedelta(days=365)),
    Role.INSTRUCTOR: SessionLimit(timedelta(days=7), timedelta(days=30)),
    Role.ADMIN: SessionLimit(timedelta(days=7), timedelta(days=30)),
    Role.SUSPENDED: SessionLimit(timedelta(0), timedelta(0)),
}


def session_limit(role: Role) -> SessionLimit:
    """Return the limits of a session of somebody with this role."""
    return _BY_ROLE[role]


def expiry(role: Role, now: datetime, latest: datetime | None) -> datetime:
    """Return when a session used now ends by itself: after the idle time, and never after `latest`."""
    idle = now + session_limit(role).idle
    return idle if latest is None else min(idle, latest)
