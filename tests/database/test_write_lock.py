import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from quizapp.app import make_runtime
from quizapp.database.engine import for_writing, lock_path, make_engine
from quizapp.database.write_lock import WriteLock
from quizapp.domain.errors import Unavailable

HOLD = """
import sys
from pathlib import Path
from quizapp.database.write_lock import WriteLock
with WriteLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
INSERT = text("INSERT INTO people (role, pseudonym, created_at) VALUES ('guest', random(), '2026-05-01 12:00:00')")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.lock"


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """One other thread."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def hasty(database_url: str) -> Iterator[Engine]:
    """An engine whose writers wait for a tenth of a second only."""
    made = make_engine(database_url, patience=0.1)
    yield made
    made.dispose()


def take(path: Path, patience: float = 5.0, between_processes: bool = True) -> bool:
    with WriteLock(path, patience, between_processes):
        return True


def write(engine: Engine) -> bool:
    with for_writing(engine).begin() as connection:
        connection.execute(INSERT)
    return True


@pytest.mark.parametrize("between_processes", [True, False])
def test_a_second_holder_waits_until_the_first_lets_go(path, elsewhere, between_processes):
    first = WriteLock(path, between_processes=between_processes)
    first.acquire()
    second = elsewhere.submit(take, path, 5.0, between_processes)
    with pytest.raises(TimeoutError):
        second.result(timeout=0.05)
    first.close()
    assert second.result(timeout=5)


@pytest.mark.parametrize("between_processes", [True, False])
def test_a_second_holder_gives_up_when_its_patience_ends(path, elsewhere, between_processes):
    with WriteLock(path, between_processes=between_processes):
        second = elsewhere.submit(take, path, 0.05, between_processes)
        with pytest.raises(Unavailable):
            second.result(timeout=5)
    assert elsewhere.submit(take, path, 0.05, between_processes).result(timeout=5)


def test_the_lock_holds_between_processes_and_ends_with_the_one_that_held_it(path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Unavailable):
            take(path, patience=0.05)
        other.kill()
        other.wait()
    assert take(path, patience=1)


def test_a_lock_that_cannot_be_opened_is_unavailable(tmp_path):
    with pytest.raises(Unavailable):
        take(tmp_path / "no such folder" / "some.lock")
    assert take(tmp_path / "some.lock")


def test_a_lock_that_another_thread_gives_back_leaves_the_first_thread_free(path, elsewhere):
    lock = WriteLock(path)
    elsewhere.submit(lock.acquire).result()
    lock.close()  # as the pool does with a connection that was left behind
    assert elsewhere.submit(take, path).result(timeout=5)


def test_letting_go_twice_is_the_same_as_once(path):
    lock = WriteLock(path)
    lock.acquire()
    lock.release()
    lock.release()
    lock.close()
    lock.close()
    assert take(path, patience=0.05)


def test_writing_inside_writing_is_refused_at_once(runtime):
    with runtime.writing() as outer:
        with pytest.raises(RuntimeError, match="inside"), runtime.writing() as inner:
            inner.execute(INSERT)
        outer.execute(INSERT)
    with runtime.writing() as after:
        after.execute(INSERT)


def test_reading_inside_writing_is_allowed(runtime):
    with runtime.writing() as writer, runtime.reading() as reader:
        writer.execute(INSERT)
        assert reader.execute(text("SELECT count(*) FROM people")).scalar() == 0


def test_two_threads_take_turns_and_no_write_is_lost(runtime, engine):
    start = threading.Barrier(8)

    def add(_: int) -> None:
        start.wait()
        for _ in range(5):
            with runtime.writing() as session:
                count = session.execute(text("SELECT count(*) FROM people")).scalar()
                session.execute(
                    text(
                        "INSERT INTO people (name, role, pseudonym, created_at) VALUES (:n, 'guest', :n, '2026-05-01')"
                    ),
                    {"n": count},
                )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM people ORDER BY id")).scalars().all()
    assert names == [str(number) for number in range(40)]


def test_an_exception_in_the_block_gives_the_lock_back_and_stores_nothing(hasty, elsewhere):
    runtime = make_runtime(hasty)
    with pytest.raises(ZeroDivisionError), runtime.writing() as session:
        session.execute(INSERT)
        raise ZeroDivisionError
    assert elsewhere.submit(write, hasty).result(timeout=5)
    with hasty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar() == 1


def test_a_statement_that_fails_gives_the_lock_back(hasty, elsewhere):
    runtime = make_runtime(hasty)
    with pytest.raises(Exception, match="no such table"), runtime.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (1)"))
    assert elsewhere.submit(write, hasty).result(timeout=5)


def test_a_begin_that_fails_gives_the_lock_back(hasty, elsewhere):
    other = make_engine(str(hasty.url))
    with other.connect() as stranger:  # a program that knows nothing of our lock
        stranger.exec_driver_sql("ROLLBACK")
        stranger.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked"), make_runtime(hasty).writing() as session:
            session.execute(INSERT)
    other.dispose()
    assert elsewhere.submit(write, hasty).result(timeout=5)
    assert write(hasty)


@pytest.mark.parametrize("end", ["invalidate", "close"])
def test_a_connection_that_breaks_gives_the_lock_back(hasty, elsewhere, end):
    with for_writing(hasty).connect() as connection:
        connection.execute(INSERT)
        getattr(connection, end)()
    assert elsewhere.submit(write, hasty).result(timeout=5)
    assert write(hasty)


def test_one_connection_may_write_several_times(hasty):
    with for_writing(hasty).connect() as connection:
        for _ in range(2):
            connection.execute(INSERT)
            connection.commit()
    assert write(hasty)


def test_somebody_who_waits_in_vain_is_told_so_and_can_try_again(hasty):
    with (
        WriteLock(lock_path(Path(hasty.url.database))),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(Unavailable, match="too long"),
    ):
        pool.submit(write, hasty).result(timeout=5)
    assert write(hasty)
