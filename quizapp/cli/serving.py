"""Commands that run the app: serve it, and create or migrate its database."""

import socket
import sys
from typing import Any

import click

from quizapp.app import create_app, make_runtime
from quizapp.cli.banks import load_folder
from quizapp.cli.erasing import erase_all_due
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade as upgrade_database
from quizapp.services.setup import new_setup_link
from quizapp.settings import Settings, secret_key_of

WORKERS, THREADS = 2, 4


@click.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Create the database, or bring it to the tables of this version."""
    with opened_engine(settings.database) as engine:
        done = upgrade_database(engine)
    click.echo("The database was upgraded." if done else "The database is up to date.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1, 64))
@click.option("--no-load", is_flag=True, help="Leave the banks in the database as they are.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int, no_load: bool) -> None:
    """Prepare the database, load the banks and serve the app until Ctrl+C."""
    check_address(host, port)
    token = prepare(settings, load_banks=not no_load)
    address = settings.url or f"http://{_reachable(host)}:{port}"
    if token:
        click.echo(f"To become the instructor, open {address}/setup/{token} (it works once).")
    click.echo(f"quizapp is ready. Open {address} in a browser; Ctrl+C stops it.")
    sys.stdout.flush()
    if sys.platform == "win32":
        _serve_with_waitress(settings, host, port)
    else:
        _serve_with_gunicorn(settings, host, port, workers)


def check_address(host: str, port: int) -> None:
    """Say in one sentence when nothing can be served at this address. Raises click.ClickException."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        reason = (error.strerror or str(error)).split(" (while")[0]
        raise click.ClickException(
            f"Cannot serve at {host}:{port}: {reason}. Try another address: quizapp serve --port {port % 65535 + 1}"
        ) from error


def prepare(settings: Settings, *, load_banks: bool = True) -> str:
    """Do what a first start needs: instance folder, secret key, database, banks. Later starts find it done.

    Return the token of the link that makes the first admin; empty when there is one.
    """
    settings.instance.mkdir(parents=True, exist_ok=True)
    secret_key_of(settings)
    with opened_engine(settings.database) as engine:  # closed again before the workers are forked
        upgrade_database(engine)
        runtime = make_runtime(engine)
        if load_banks:
            for report in load_folder(runtime, settings.questions):
                if report.changed:
                    click.echo(f"Loaded {report.bank}: {report.added} new and {report.revised} changed questions.")
        erased = erase_all_due(runtime, engine)
        if erased:
            click.echo(f"Deleted {erased} account(s), as their owners had asked.")
        token = runtime.new_token()
        with runtime.writing() as session:
            return token if new_setup_link(session, token, runtime.now()) else ""


def _serve_with_waitress(settings: Settings, host: str, port: int) -> None:
    import waitress

    waitress.serve(create_app(settings), host=host, port=port, threads=WORKERS * THREADS)


def _serve_with_gunicorn(settings: Settings, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """gunicorn with our settings; each worker makes its own app, and so its own engine, after the fork."""

        def load_config(self) -> None:
            for name, value in {
                "bind": f"{_in_brackets(host)}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "control_socket_disable": True,
                "loglevel": "warning",
                "graceful_timeout": 10,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return create_app(settings)

    Server().run()


def _in_brackets(host: str) -> str:
    """Write an IPv6 address as URLs need it."""
    return f"[{host}]" if ":" in host else host


def _reachable(host: str) -> str:
    """Return where a browser on this machine finds a server that listens on every address."""
    return _in_brackets({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host))  # noqa: S104 - it is only compared
