import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.app import make_runtime
from quizapp.cli.doctor import PACKAGES, sqlite_warning, without_password
from quizapp.database.engine import make_engine, opened_engine
from quizapp.services.mail_delivery import carrier_of, send_waiting
from quizapp.services.outbox import queue_mail
from tests.factories import NOON
from tests.people import add_person


def test_a_sound_installation_is_called_so(run):
    run("upgrade")
    said = run("doctor").stdout
    assert "Nothing is wrong." in said
    assert all(f"\n{package} " in f"\n{said}" for package in PACKAGES)
    said = " ".join(said.split())
    facts = ("database sqlite", "integrity ok", "free space", "questions /", "secret key set", "outbox 0 waiting")
    for fact in facts:
        assert fact in said


def test_where_nothing_was_ever_started_it_says_so_and_makes_nothing(run, settings):
    said = run("doctor", status=1).stdout
    assert "There is no database yet; run `quizapp upgrade`" in said
    assert "1 problem(s)." in said
    assert not settings.instance.exists()


def test_where_no_folder_leads_it_still_answers(run, settings, tmp_path):
    far = tmp_path / "a" / "b" / "c"
    lost = replace(settings, instance=far, database=f"sqlite:///{far / 'quizapp.sqlite3'}", secret_key="")
    said = run("doctor", status=1, settings=lost).stdout
    assert "will be made at the first start" in said
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("kind", ["empty", "older"])
def test_a_database_that_was_not_upgraded_is_a_problem(run, settings, kind):
    settings.instance.mkdir()
    file = Path(settings.database.removeprefix("sqlite:///"))
    file.touch()
    if kind == "older":
        run("upgrade")
        engine = make_engine(settings.database)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        engine.dispose()
    assert "The database is not upgraded; run `quizapp upgrade`." in run("doctor", status=1).stdout


def test_a_file_that_is_no_database_is_a_problem(run, settings):
    settings.instance.mkdir()
    Path(settings.database.removeprefix("sqlite:///")).write_text("this is a letter, not a database" * 100)
    said = run("doctor", status=1).stdout
    assert "! The database cannot be opened: file is not a database" in said


def test_a_damaged_database_is_a_problem(run, settings, template_database):
    settings.instance.mkdir()
    file = Path(settings.database.removeprefix("sqlite:///"))
    shutil.copy(template_database, file)
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = b"\xff" * 40_000
    file.write_bytes(content)
    said = run("doctor", status=1).stdout
    assert "! The database" in said


def test_a_password_is_not_shown(run, settings):
    away = replace(settings, database="postgresql://somebody:password@127.0.0.1:1/quizapp")
    said = run("doctor", status=1, settings=away).stdout
    assert "postgresql+psycopg://somebody:***@127.0.0.1:1/quizapp" in said
    assert "The database cannot be opened" in said
    assert "password@" not in said


@pytest.mark.postgres
def test_postgresql_is_looked_at_too(run, settings, postgres_server, postgres_template):
    there = replace(settings, database=postgres_server.new_database(postgres_template))
    assert "Nothing is wrong." in run("doctor", settings=there).stdout


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_sqlite_with_the_wal_bug_is_warned_of(version):
    assert ".".join(map(str, version)) in sqlite_warning(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (4, 0, 0)])
def test_a_mended_sqlite_is_not_spoken_of(version):
    assert sqlite_warning(version) is None


def test_the_outbox_is_counted_and_mail_that_fails_is_a_problem(run, settings):
    run("upgrade")
    with opened_engine(settings.database) as engine:
        runtime = make_runtime(engine)
        with runtime.writing() as session:
            queue_mail(session, add_person(session).id, "ada@example.org", "Hello", "text", NOON)
        assert "outbox 1 waiting, 0 sent" in " ".join(run("doctor").stdout.split())
        nowhere = carrier_of("smtp://127.0.0.1:1")
        assert send_waiting(runtime.writing, nowhere, "quizapp@example.org", NOON) == (0, 1)
    said = run("doctor", status=1).stdout
    assert "! Mail could not be sent (ConnectionRefusedError" in said and "1 problem(s)." in said


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("smtp://me:secret@mail.example.org:25", "smtp://mail.example.org:25"),
        ("file:///var/mail", "file:///var/mail"),
    ],
)
def test_a_mail_address_is_shown_without_name_and_password(url, shown):
    assert without_password(url) == shown
