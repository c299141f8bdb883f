from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from quizapp.database.engine import for_writing, lock_path, make_engine, sqlite_file


@pytest.fixture
def begun(engine: Engine) -> list[str]:
    """Every BEGIN as it is sent."""
    sent: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def remember(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("BEGIN"):
            sent.append(statement)

    return sent


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_every_connection_follows_the_recipe(engine, pragma, value):
    with engine.connect() as one, engine.connect() as other:
        assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, other)] == [value, value]


def test_the_patience_is_handed_in(database_url):
    engine = make_engine(database_url, patience=0.25)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 250
    engine.dispose()


def test_a_read_begins_plainly(runtime, begun):
    with runtime.reading() as session:
        session.execute(text("SELECT 1"))
    assert begun == ["BEGIN"]


def test_a_write_begins_immediately(runtime, begun):
    with runtime.writing() as session:
        session.execute(text("SELECT 1"))
    assert begun == ["BEGIN IMMEDIATE"]


def test_readers_and_writers_share_one_pool(engine):
    assert for_writing(engine).pool is engine.pool


def test_a_reader_keeps_its_picture_while_somebody_writes(runtime):
    count = text("SELECT count(*) FROM people")
    with runtime.reading() as reader:
        before = reader.execute(count).scalar()
        with runtime.writing() as writer:
            writer.execute(
                text("INSERT INTO people (role, pseudonym, created_at) VALUES ('guest', random(), '2026-05-01')")
            )
        assert reader.execute(count).scalar() == before
    with runtime.reading() as reader:
        assert reader.execute(count).scalar() == before + 1


def test_a_foreign_key_that_leads_nowhere_is_refused(runtime):
    with pytest.raises(IntegrityError), runtime.writing() as session:
        session.execute(
            text(
                "INSERT INTO sessions (token_hash, person_id, created_at, expires_at)"
                " VALUES ('x', 999, '2026-05-01', '2026-05-01')"
            )
        )


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "mysql://somebody@localhost/quizapp",
        "not a url",
        "",
    ],
)
def test_another_kind_of_database_is_refused_in_words(url):
    with pytest.raises(ValueError, match="QUIZAPP_DATABASE must be"):
        make_engine(url)


@pytest.mark.parametrize("url", ["postgresql://a@localhost/b", "postgresql+psycopg://a@localhost/b"])
def test_postgresql_is_spoken_to_by_psycopg_3(url):
    engine = make_engine(url)
    assert engine.driver == "psycopg"
    assert sqlite_file(url) is None


def test_the_folder_of_a_database_is_made(tmp_path):
    path = tmp_path / "a" / "b" / "quizapp.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    engine.dispose()
    assert path.is_file()
    assert lock_path(path) == path.with_name("quizapp.sqlite3.lock")


def test_asking_for_the_file_makes_nothing(tmp_path):
    assert sqlite_file(f"sqlite:///{tmp_path / 'a' / 'b'}") == Path(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_looking_for_nul_finds_nothing_on_either_database(either_database_url):
    engine = make_engine(either_database_url)
    with engine.connect() as connection:
        named = text("SELECT count(*) FROM banks WHERE name = :name")
        counts = [connection.execute(named, {"name": name}).scalar() for name in ("harbour", "\0", "harbour\0")]
    engine.dispose()
    assert counts == [1, 0, 0]
