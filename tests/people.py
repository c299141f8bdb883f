"""People with accounts, and browsers that are signed in as them, without the work of a password."""

import itertools
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SecurityEventRow, SessionRow
from quizapp.domain.roles import Actor, Role
from quizapp.runtime import Runtime
from quizapp.services.accounts import hash_of
from quizapp.web.later import LATER, at_once
from tests.factories import NOON

PASSWORD = "quiet otter lake"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Made with the least work, so that tests need not wait for it; a real app hashes it anew at the first sign-in."""

_numbers = itertools.count(1)


def without_waiting(app: Flask) -> Flask:
    """Let an app of the tests hash passwords with the least work, and do at once what is done after an answer."""
    app.config[LATER] = at_once
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    return app


def add_person(
    session: Session, role: Role = Role.LEARNER, name: str = "Ada", now: datetime = NOON, **changes: object
) -> Actor:
    """Store a person who has an account, with PASSWORD."""
    number = next(_numbers)
    values: dict[str, object] = {
        "name": name,
        "role": role,
        "created_at": now,
        "sign_in_name": f"person-{number}",
        "password_hash": HASH,
        "uniquifier": f"uniquifier-{number}",
    }
    row = PersonRow(**values | changes)
    session.add(row)
    session.flush()
    return Actor(row.id, role)


def open_browser(session: Session, actor: Actor, now: datetime = NOON) -> str:
    """Store a session of this person that lasts for a month; return the token for its cookie."""
    token = f"browser-{next(_numbers)}"
    session.add(
        SessionRow(
            token_hash=hash_of(token),
            person_id=actor.id,
            device="Firefox on Linux",
            created_at=now,
            used_at=now,
            expires_at=now + timedelta(days=30),
            latest_at=now + timedelta(days=30),
        )
    )
    session.flush()
    return token


def sign_in_as(client: FlaskClient, runtime: Runtime, actor: Actor) -> None:
    """Sign this browser in, as if the person had typed name and password."""
    with runtime.writing() as session:
        token = open_browser(session, actor, runtime.now())
    with client.session_transaction() as cookie:
        cookie["token"] = token


def events(session: Session) -> list[str]:
    """Return the kinds of the security events so far, in order."""
    return list(session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))
