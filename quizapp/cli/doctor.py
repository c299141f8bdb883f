"""The command that says how an installation is."""

import platform
import shutil
import sqlite3
import sys
from importlib.metadata import version
from urllib.parse import urlsplit, urlunsplit

import click
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from quizapp.app import make_runtime
from quizapp.database.engine import opened_engine, sqlite_file
from quizapp.database.upgrade import newest_revision, stored_revision
from quizapp.services.outbox import outbox_state
from quizapp.settings import SECRET_KEY_FILE, Settings

PACKAGES = ("quizapp", "flask", "sqlalchemy", "alembic", "flask-wtf", "wtforms", "flask-security")
SAFE_SQLITE = (3, 51, 3)
LOW_SPACE_MB = 200


@click.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Print versions, the state of the database, free space, and what to worry about; exit 1 on a problem."""
    click.echo(f"Python          {platform.python_version()}")
    for package in PACKAGES:
        click.echo(f"{package:16}{version(package)}")
    worries = [*_check_database(settings), *_check_space(settings)]
    kept = settings.secret_key or (settings.instance / SECRET_KEY_FILE).is_file()
    click.echo(f"secret key      {'set' if kept else 'will be made at the first start'}")
    click.echo(f"questions       {settings.questions}")
    click.echo(f"address         {settings.url or 'not set: the one it is served at'}")
    click.echo(f"mail            {without_password(settings.mail_url)}")
    if settings.is_secure and not settings.proxies:
        worries.append(
            "QUIZAPP_PROXIES is 0, and yet something in front ends TLS: everybody seems to come from one address."
        )
    for worry in worries:
        click.echo(f"! {worry}")
    problems = [worry for worry in worries if not worry.startswith("SQLite")]
    click.echo("Nothing is wrong." if not problems else f"{len(problems)} problem(s).")
    if problems:
        sys.exit(1)


def without_password(url: str) -> str:
    """Return a URL that may be shown: what it holds of a name and password is left out."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def sqlite_warning(found: tuple[int, ...]) -> str | None:
    """Say whether this SQLite has the WAL-reset bug (3.7.0 to 3.51.2), None when it has not."""
    if found >= SAFE_SQLITE:
        return None
    return (
        f"SQLite {'.'.join(map(str, found))} can lose a commit when a checkpoint meets another writer (fixed in "
        "3.51.3). quizapp's write lock keeps the two apart; let other programs only read the database."
    )


def _check_database(settings: Settings) -> list[str]:
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():  # looking must not make one
        click.echo(f"database        {settings.database}")
        return ["There is no database yet; run `quizapp upgrade`, or `quizapp serve`, which does it too."]
    with opened_engine(settings.database) as engine:
        click.echo(f"database        {engine.url.render_as_string(hide_password=True)}")
        try:
            return _check_tables(engine)
        except DBAPIError as error:
            return [f"The database cannot be opened: {error.orig}"]


def _check_tables(engine: Engine) -> list[str]:
    stored, newest = stored_revision(engine), newest_revision()
    click.echo(f"revision        {stored or 'none'} (newest: {newest})")
    worries = [] if stored == newest else ["The database is not upgraded; run `quizapp upgrade`."]
    if not worries:
        worries += _check_outbox(engine)
    return worries + (_check_sqlite_file(engine) if engine.dialect.name == "sqlite" else [])


def _check_outbox(engine: Engine) -> list[str]:
    with make_runtime(engine).reading() as session:
        state = outbox_state(session)
    click.echo(f"outbox          {state.waiting} waiting, {state.sent} sent, {state.given_up} given up")
    if not state.problem:
        return []
    return [f"Mail could not be sent ({state.problem}); mend QUIZAPP_MAIL, then run `quizapp mail`."]


def _check_sqlite_file(engine: Engine) -> list[str]:
    click.echo(f"SQLite          {sqlite3.sqlite_version}")
    with engine.connect() as connection:
        verdict = connection.execute(text("PRAGMA quick_check")).scalar()
    click.echo(f"integrity       {verdict}")
    warning = sqlite_warning(sqlite3.sqlite_version_info)
    return [*([] if verdict == "ok" else [f"The database file is damaged: {verdict}"]), *([warning] if warning else [])]


def _check_space(settings: Settings) -> list[str]:
    folder = next(place for place in (settings.instance, *settings.instance.parents) if place.exists())
    free = shutil.disk_usage(folder).free // 1_000_000
    click.echo(f"free space      {free:,} MB in {folder}")
    return [f"Only {free} MB are free; writes will soon fail."] if free < LOW_SPACE_MB else []
