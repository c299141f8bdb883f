import logging

import pytest

from quizapp.app import create_app
from quizapp.domain.roles import PERMISSIONS, Permission, Role
from quizapp.web.access import POLICIES
from tests.people import add_person, sign_in_as
from tests.web.conftest import Visitor, text_of

OPEN = ("/hello", "/favicon.ico", "/static/look.css")
FOR_INSTRUCTORS = ("/import", "/questions/harbour", "/questions/harbour/new/single_choice")


def test_every_page_has_a_policy_and_no_policy_is_left_over(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(POLICIES)


def test_a_page_without_a_policy_is_nobodys_and_is_written_down(settings, runtime, caplog):
    app = create_app(settings, runtime)

    @app.get("/undecided")
    def undecided():
        return "what nobody decided on"

    with caplog.at_level(logging.ERROR, "quizapp.web.access"):
        answer = Visitor(app.test_client(), runtime).get("/undecided")
    assert answer.status_code == 404 and "There is no such page" in text_of(answer)
    assert [record.message for record in caplog.records] == [
        "The page undecided has no policy in access.py, so nobody may open it."
    ]


@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_looks_nobody_up(visitor, statements, path):
    visitor.start()
    statements()
    assert visitor.get(path).status_code == 200
    assert statements() == []


@pytest.mark.parametrize("path", FOR_INSTRUCTORS)
def test_a_visitor_is_turned_away_without_a_statement(visitor, statements, path):
    assert visitor.get(path).status_code == 404
    assert statements() == []


@pytest.mark.parametrize("path", FOR_INSTRUCTORS)
def test_a_learner_is_turned_away_with_the_one_that_says_who_they_are(visitor, statements, path):
    visitor.start()
    statements()
    assert visitor.get(path).status_code == 404
    assert len(statements()) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUSPENDED])  # it is never stored
def test_the_role_decides_who_passes(client, runtime, role):
    with runtime.writing() as session:
        person = add_person(session, role)
    sign_in_as(client, runtime, person)
    passes = role in PERMISSIONS[Permission.WRITE_QUESTIONS]
    assert client.get("/import").status_code == (200 if passes else 404)


def test_the_wrong_method_stays_the_wrong_method(visitor):
    assert visitor.post("/decks/import").status_code == 405
