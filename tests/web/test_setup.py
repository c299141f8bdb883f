import pytest

from quizapp.domain.roles import Role
from quizapp.services import accounts
from quizapp.services.setup import new_setup_link
from tests.factories import NOON
from tests.web.conftest import text_of
from tests.web.signing import cookie_of, sign_up


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


def test_a_visitor_makes_an_account_on_the_way_and_comes_back_to_the_link(visitor, link, runtime):
    page = visitor.get(link)
    assert "First make an account" in text_of(page) and f'href="/sign-up?next={link}"' in page.text
    assert visitor.post(link).status_code == 404
    sign_up(visitor, f"/sign-up?next={link}")
    assert f'action="{link}"' in visitor.get(link).text
    assert role_of(visitor, runtime) is Role.LEARNER


def test_the_button_makes_a_learner_an_admin_and_the_link_worthless(visitor, new_visitor, link, runtime):
    sign_up(visitor)
    visitor.get(link)
    answer = visitor.post(link)
    assert answer.status_code == 303
    assert role_of(visitor, runtime) is Role.ADMIN
    assert "You are the instructor now" in text_of(visitor.get(answer.location))
    late = new_visitor()
    sign_up(late)
    late.get("/")
    assert (late.get(link).status_code, late.post(link).status_code) == (404, 404)
    assert role_of(late, runtime) is Role.LEARNER


def test_a_guest_keeps_what_they_did_and_gets_a_new_cookie(visitor, new_visitor, link):
    result = visitor.play(visitor.start())
    sign_up(visitor)
    before = cookie_of(visitor)
    visitor.get(link)
    visitor.post(link)
    assert visitor.get(result).status_code == 200
    thief = new_visitor()
    thief.client.set_cookie("quizapp", before)
    assert thief.get(result).status_code == 404


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
