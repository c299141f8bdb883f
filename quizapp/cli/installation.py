"""What a command needs that works on accounts: the app of this installation, with its database upgraded."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from quizapp.app import create_app, make_runtime
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.settings import Settings


@contextmanager
def installed_app(settings: Settings) -> Iterator[Flask]:
    """Open the app of this installation for as long as the block runs, as if a request were being answered."""
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        app = create_app(settings, make_runtime(engine))
        with app.app_context():
            yield app
