"""Finds the tests that say to PostgreSQL only what others say too, and writes them into `said_before.txt`.

    .venv/bin/python -m pytest -p tests.services.saying -m postgres tests/services

What a test says is every statement it sends, without its values; every error that came back; and whether threads
spoke at once, which no other test says for it. Those that are left say all of it together in the least time. Let it
hear the whole folder: the list is written anew.
"""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

SAID_BEFORE = Path(__file__).with_name("said_before.txt")
_FOLDER = SAID_BEFORE.parent
_VALUES = re.compile(r"%\(\w+\)s(::[A-Z ]+)?(, ?%\(\w+\)s(::[A-Z ]+)?)*")
_ROWS = re.compile(r"\(%s\)(, \(%s\))+")
_PER_TEST_SECONDS = 0.1
said: dict[str, set[str]] = defaultdict(set)
taken: dict[str, float] = defaultdict(float)
_speaking = ""


def name_of(item: pytest.Item) -> str:
    """Name a test function as the file does, whatever its parameters."""
    return f"{item.path.relative_to(_FOLDER).as_posix()}::{getattr(item, 'originalname', item.name)}"


def pytest_configure() -> None:
    event.listen(Engine, "before_cursor_execute", _hear)
    event.listen(Engine, "handle_error", _hear_error)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _speaking
    _speaking, began = name_of(item), time.process_time()
    try:
        return (yield)
    finally:
        taken[_speaking] += time.process_time() - began + _PER_TEST_SECONDS
        _speaking = ""


def _hear(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
    if _speaking and connection.dialect.name == "postgresql":
        said[_speaking].add(_ROWS.sub("(%s)", _VALUES.sub("%s", statement)))
        if threading.current_thread() is not threading.main_thread():
            said[_speaking].add(f"threads of {_speaking}")


def _hear_error(context: ExceptionContext) -> None:
    if _speaking and context.dialect.name == "postgresql":
        statement = _VALUES.sub("%s", context.statement or "")
        said[_speaking].add(f"{type(context.original_exception).__name__} of {statement}")


def pytest_sessionfinish() -> None:
    left, chosen = set().union(*said.values()), set[str]()
    while left:
        best = max(sorted(said), key=lambda name: len(said[name] & left) / taken[name])
        chosen.add(best)
        left -= said[best]
    SAID_BEFORE.write_text("".join(f"{name}\n" for name in sorted(taken.keys() - chosen)), encoding="utf-8")
