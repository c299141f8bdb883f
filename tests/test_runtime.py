import sqlite3

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError

from quizapp.app import make_runtime
from quizapp.database.engine import make_engine
from quizapp.domain.errors import Conflict, Unavailable

ADD = text(
    "INSERT INTO people (role, pseudonym, created_at) "
    "VALUES ('guest', CAST(random() AS VARCHAR), '2026-05-01 12:00:00+00:00')"
)
COUNT = text("SELECT count(*) FROM people")


@pytest.fixture
def database_url(either_database_url: str) -> str:
    return either_database_url


@pytest.fixture
def count(runtime):
    def people() -> int:
        with runtime.reading() as session:
            return session.execute(COUNT).scalar()

    return people


def test_what_is_written_is_committed_at_the_end_of_the_block(runtime, count):
    with runtime.writing() as session:
        session.execute(ADD)
        assert count() == 0
    assert count() == 1


def test_a_block_that_raises_stores_nothing_and_its_error_comes_out_as_it_is(runtime, count):
    with pytest.raises(Conflict, match="too late"), runtime.writing() as session:
        session.execute(ADD)
        raise Conflict("too late")
    assert count() == 0


def test_what_is_written_while_reading_is_not_kept(runtime, count):
    with runtime.reading() as session:
        session.execute(ADD)
    assert count() == 0


def test_a_broken_rule_stays_what_it_is(runtime):
    with pytest.raises(IntegrityError), runtime.writing() as session:
        session.execute(text("INSERT INTO people (role, created_at) VALUES (NULL, NULL)"))


def test_rows_can_be_read_after_the_block(runtime):
    with runtime.writing() as session:
        session.execute(ADD)
        found = session.execute(text("SELECT role FROM people")).one()
    assert found.role == "guest"


def test_a_writer_has_its_turn_before_its_first_statement(runtime, engine):
    with runtime.writing():
        assert engine.pool.checkedout() == 1


def test_every_connection_in_use_is_a_reason_to_try_again(database_url):
    narrow = create_engine(database_url, pool_size=2, max_overflow=0, pool_timeout=0.05)
    runtime = make_runtime(narrow)
    held = [narrow.connect() for _ in range(2)]
    with pytest.raises(Unavailable), runtime.reading() as session:
        session.execute(COUNT)
    for connection in held:
        connection.close()
    with runtime.reading() as session:
        assert session.execute(COUNT).scalar() == 0
    narrow.dispose()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, Unavailable),
        (sqlite3.SQLITE_FULL, Unavailable),
        (sqlite3.SQLITE_IOERR, Unavailable),
        (sqlite3.SQLITE_READONLY, Unavailable),
        (sqlite3.SQLITE_ERROR, OperationalError),
    ],
)
def test_only_what_may_pass_by_waiting_is_unavailable(runtime, code, kind):
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    with pytest.raises(kind), runtime.reading():
        raise OperationalError("SELECT 1", {}, error)


def test_a_missing_table_is_a_fault_of_ours(runtime):
    with pytest.raises(Exception, match="nowhere") as raised, runtime.reading() as session:
        session.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(raised.value, Unavailable)


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_a_reason_to_try_again():
    engine = make_engine("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable), make_runtime(engine).writing() as session:
        session.execute(COUNT)
    engine.dispose()


@pytest.mark.postgres
def test_a_connection_that_the_server_ended_is_replaced(postgres_server, postgres_template):
    engine = make_engine(postgres_server.new_database(postgres_template))
    runtime = make_runtime(engine)
    with runtime.reading() as session:
        session.execute(COUNT)
    stranger = make_engine(str(engine.url))
    with stranger.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    with runtime.reading() as session:
        assert session.execute(COUNT).scalar() == 0
    stranger.dispose()
    engine.dispose()
