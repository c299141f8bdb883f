"""Puts the parts together: settings, engine, runtime and pages make a Flask app."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.database.engine import for_writing, make_engine
from quizapp.domain.seeded_order import MAX_SEED
from quizapp.runtime import EXTENSION, Runtime
from quizapp.services.mail_delivery import carrier_of
from quizapp.settings import Settings, secret_key_of
from quizapp.web.pages import register_pages

MAX_FORM_BYTES = 256 * 1024
COOKIE_DAYS = 365
"""How long a browser keeps its cookie; the session behind it may end earlier."""


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
        # A cookie with this prefix comes from this site over TLS, and from no other host of its domain.
        SESSION_COOKIE_NAME="__Host-quizapp" if settings.is_secure else "quizapp",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=COOKIE_DAYS),
        TRUSTED_HOSTS=[urlsplit(settings.url).hostname] if settings.url else None,
        QUIZAPP_SITE=settings.url,
        QUIZAPP_CARRIER=carrier_of(settings.mail_url),
        QUIZAPP_SENDER=settings.mail_sender,
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session: a page left open overnight still takes its answer
    )
    app.extensions[EXTENSION] = runtime or make_runtime(make_engine(settings.database))
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    register_pages(app)
    return app
