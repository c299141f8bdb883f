import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.app import create_app, make_runtime
from quizapp.cli.main import cli
from quizapp.database.account_tables import PersonRow
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.services import signing_in
from tests.people import PASSWORD, events
from tests.web.conftest import Visitor, text_of
from tests.web.signing import sign_in


@pytest.fixture
def add(settings):
    """Add somebody with a password from standard input; return the result."""

    def invoke(*arguments, password=PASSWORD, status=0):
        result = CliRunner().invoke(cli, ["user", "add", *arguments], obj=settings, input=f"{password}\n")
        assert result.exit_code == status, result.output
        return result

    return invoke


@pytest.fixture
def browser(settings):
    """A browser at the app of this installation."""
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        runtime = make_runtime(engine)
        yield Visitor(create_app(settings, runtime).test_client(), runtime)


def name_in(result):
    return re.search(r"signs in as (\S+)", result.stdout)[1]


def test_a_person_who_was_added_signs_in_with_the_name_that_was_printed(add, browser):
    name = name_in(add("Ines Teacher", "--role", "instructor", "--email", "ines@example.org"))
    assert sign_in(browser, name).status_code == 302
    assert browser.get("/import").status_code == 200
    assert "ines@example.org" in browser.get("/settings").text


@pytest.mark.parametrize(
    ("arguments", "password", "message"),
    [
        (("Ada",), "short", "password: Use at least 8 characters"),
        (("Ada",), "", "password: Use at least 8 characters"),
        (("Ada",), "password1", "among the most used"),
        (("Ada Lovelace",), "ada lovelace", "must not be your name"),
        (("Ada", "--email", "nowhere"), PASSWORD, "--email: this is no e-mail address"),
        ((" ",), PASSWORD, "NAME: it must have 1 to 100 characters"),
        (("x" * 101,), PASSWORD, "NAME: it must have 1 to 100 characters"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_added(add, run, arguments, password, message):
    assert message in add(*arguments, password=password, status=1).output
    assert run("user", "list").stdout == ""


def test_people_are_listed_with_their_role(add, run):
    ines, ada = name_in(add("Ines", "--role", "admin")), name_in(add("Ada"))
    assert run("user", "list").stdout == f"{ines}\tadmin\tInes\n{ada}\tlearner\tAda\n"
    assert run("user", "list", "--role", "learner").stdout == f"{ada}\tlearner\tAda\n"


def test_a_role_is_changed_and_somebody_suspended_and_let_in_again(add, run, settings):
    ada = name_in(add("Ada"))
    run("user", "role", ada, "instructor")
    run("user", "suspend", ada.upper())
    assert f"{ada}\tinstructor, suspended\tAda" in run("user", "list").stdout
    run("user", "reinstate", ada)
    assert f"{ada}\tinstructor\tAda" in run("user", "list").stdout
    with opened_engine(settings.database) as engine, make_runtime(engine).reading() as session:
        assert events(session) == ["person added", "role changed", "suspended", "reinstated"]


@pytest.mark.parametrize("command", [("suspend",), ("reinstate",), ("role",), ("password-link",)])
def test_a_name_that_nobody_has_is_said(run, command):
    words = ("user", *command, "no-body-1", *(("learner",) if command == ("role",) else ()))
    assert "Nobody signs in as “no-body-1”" in run(*words, status=1).stderr


def test_a_role_that_no_account_has_is_refused_before_anything_is_done(add, run):
    add("Ada", "--role", "guest", status=2)
    assert run("user", "list").stdout == ""


def test_a_link_for_a_new_password_is_printed_and_works(add, run, browser):
    ada = name_in(add("Ada"))
    link = run("user", "password-link", ada).stdout.strip()
    path = link.removeprefix("http://127.0.0.1:8000")
    assert ada in text_of(browser.get(path))
    assert browser.post(path, password="a fresh new start").status_code == 302
    assert sign_in(browser, ada, "a fresh new start").status_code == 302


def test_the_database_is_made_where_there_is_none(add, settings):
    add("Ada")
    with opened_engine(settings.database) as engine:
        assert upgrade(engine) is False


def test_accounts_are_deleted_a_week_after_their_owners_asked_for_it(add, run, settings, browser):
    ada, ben = name_in(add("Ada")), name_in(add("Ben"))
    sign_in(browser, ada)
    browser.get("/settings/data/delete")
    assert browser.post("/settings/data/delete", password=PASSWORD).status_code == 303
    assert run("user", "erase-due").stdout == "0 deleted.\n"
    with opened_engine(settings.database) as engine, make_runtime(engine).writing() as session:
        account = signing_in.account_named(session, ada)
        session.get_one(PersonRow, account.id).erase_after = account.erase_after - timedelta(days=8)
    assert run("user", "erase-due").stdout == "1 deleted.\n"
    assert run("user", "list").stdout == f"{ben}\tlearner\tBen\n"
    assert "Ada" not in Path(settings.database.removeprefix("sqlite:///")).read_bytes().decode("latin-1")


def test_a_password_with_other_letters_opens_the_account_too(add, browser):
    name = name_in(add("Ann", password="drei grüne Wale"))
    assert sign_in(browser, name, "drei grüne Wale").status_code == 302
