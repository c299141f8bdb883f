import pytest

from quizapp.domain.roles import Role
from quizapp.services import accounts
from quizapp.services.setup import new_setup_link
from tests.factories import NOON
from tests.web.conftest import text_of


@pytest.fixture
def link(runtime) -> str:
    with runtime.writing() as session:
        assert new_setup_link(session, "a-setup-token", NOON)
    return "/setup/a-setup-token"


def role_of(visitor, runtime):
    with visitor.client.session_transaction() as cookie, runtime.reading() as session:
        actor = accounts.actor_of_token(session, cookie.get("token", ""), NOON)
    return actor and actor.role


def test_opening_the_link_changes_nothing_and_shows_a_button(visitor, link, runtime):
    for _ in range(2):
        page = visitor.get(link)
        assert page.status_code == 200 and "Become the instructor" in text_of(page)
    assert role_of(visitor, runtime) is None


def test_the_button_makes_a_visitor_an_instructor_and_the_link_worthless(visitor, new_visitor, link, runtime):
    visitor.get(link)
    answer = visitor.post(link)
    assert answer.status_code == 303
    assert role_of(visitor, runtime) is Role.INSTRUCTOR
    assert "You are the instructor now" in text_of(visitor.get(answer.location))
    late = new_visitor()
    late.get("/")
    assert (late.get(link).status_code, late.post(link).status_code) == (404, 404)
    assert role_of(late, runtime) is None


def test_a_guest_keeps_what_they_did_and_gets_a_new_cookie(visitor, link, runtime):
    result = visitor.play(visitor.start())
    with visitor.client.session_transaction() as cookie:
        before = cookie["token"]
    visitor.get(link)
    visitor.post(link)
    with visitor.client.session_transaction() as cookie:
        assert cookie["token"] != before
    assert visitor.get(result).status_code == 200
    with runtime.reading() as session:
        assert accounts.actor_of_token(session, before, NOON) is None


def test_an_unknown_link_is_no_page(visitor, link):
    visitor.get("/")
    for path in ("/setup/another-token", "/setup/", "/setup", "/setup/" + "x" * 3000, "/setup/%00", "/setup/é"):
        assert visitor.get(path).status_code == 404
        assert visitor.post(path).status_code in (404, 405)


def test_the_button_needs_the_forms_token_and_the_page_is_not_kept(visitor, link):
    page = visitor.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert visitor.client.post(link).status_code == 400
    assert visitor.get(link).status_code == 200
