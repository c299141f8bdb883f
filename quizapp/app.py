"""Puts the parts together: settings, engine, runtime and pages make a Flask app."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from quizapp.database.engine import for_writing, make_engine
from quizapp.domain.seeded_order import MAX_SEED
from quizapp.runtime import EXTENSION, Runtime
from quizapp.services.accounts import SESSION_DAYS
from quizapp.settings import Settings, secret_key_of
from quizapp.web.pages import register_pages

MAX_FORM_BYTES = 256 * 1024


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def make_runtime(
    engine: Engine,
    now: Callable[[], datetime] = utc_now,
    new_seed: Callable[[], int] = lambda: secrets.randbelow(MAX_SEED),
    new_token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
) -> Runtime:
    """Make what requests and commands carry; a test hands in its own clock and seeds."""
    return Runtime(
        readers=sessionmaker(engine, class_=Session, expire_on_commit=False),
        writers=sessionmaker(for_writing(engine), class_=Session, expire_on_commit=False),
        now=now,
        new_seed=new_seed,
        new_token=new_token,
    )


def create_app(settings: Settings, runtime: Runtime | None = None) -> Flask:
    """Make the app of one installation; its database must have been upgraded before."""
    app = Flask("quizapp.web")
    app.config.from_mapping(
        SECRET_KEY=secret_key_of(settings),
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        SESSION_COOKIE_NAME="quizapp",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session: a page left open overnight still takes its answer
    )
    app.extensions[EXTENSION] = runtime or make_runtime(make_engine(settings.database))
    register_pages(app)
    return app
