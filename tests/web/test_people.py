import re

import pytest

from quizapp.domain.roles import Role
from tests.people import add_person, open_browser, sign_in_as
from tests.web.conftest import text_of
from tests.web.signing import sign_in


@pytest.fixture
def admin(visitor, runtime):
    with runtime.writing() as session:
        person = add_person(session, Role.ADMIN, "Root")
    sign_in_as(visitor.client, runtime, person)
    return visitor


@pytest.fixture
def ada(runtime):
    with runtime.writing() as session:
        actor = add_person(session, name="Ada", sign_in_name="quiet-otter-1815")
        open_browser(session, actor)
    return actor


def test_people_are_listed_and_found(admin, ada):
    assert "2 accounts" in text_of(admin.get("/people"))
    found = text_of(admin.get("/people?q=OTTER"))
    assert "1 account with “OTTER”" in found and "quiet-otter-1815" in found and "Root" not in found
    assert "0 accounts" in text_of(admin.get("/people?q=%00'%25"))


def test_a_role_is_given_and_told(admin, ada):
    page = admin.get(f"/people/{ada.id}")
    assert "Signs in as quiet-otter-1815" in text_of(page)
    assert admin.post(f"/people/{ada.id}/role", role="instructor").status_code == 303
    assert "Ada is an instructor now" in text_of(admin.get(f"/people/{ada.id}"))
    refused = admin.post(f"/people/{ada.id}/role", role="suspended")
    assert refused.status_code == 422


def test_suspending_and_letting_in_again(admin, ada):
    admin.get(f"/people/{ada.id}")
    admin.post(f"/people/{ada.id}/suspend")
    assert "Suspended." in text_of(admin.get(f"/people/{ada.id}"))
    admin.post(f"/people/{ada.id}/reinstate")
    assert "Suspended." not in text_of(admin.get(f"/people/{ada.id}"))


def test_a_link_for_a_new_password_is_shown_once_and_works(admin, ada, new_visitor):
    admin.get(f"/people/{ada.id}")
    page = admin.post(f"/people/{ada.id}/password-link")
    link = re.search(r"http://localhost(/forgotten/[^<\s]+)", page.text)[1]
    browser = new_visitor()
    browser.get(link)
    assert browser.post(link, password="a fresh new start").status_code == 302
    assert sign_in(browser, "quiet-otter-1815", "a fresh new start").status_code == 302


def test_an_admin_finds_nothing_to_lock_themselves_out_with(admin, runtime):
    with runtime.reading() as session:
        from quizapp.services.people import every_account

        own = every_account(session)[0].person_id
    page = admin.get(f"/people/{own}")
    assert "This is you" in text_of(page) and "Suspend" not in page.text.replace("suspend you", "")
    assert admin.post(f"/people/{own}/suspend").status_code == 409


@pytest.mark.parametrize("role", [None, Role.LEARNER, Role.INSTRUCTOR])
def test_for_everybody_else_there_are_no_such_pages(visitor, runtime, ada, role):
    if role is not None:
        with runtime.writing() as session:
            person = add_person(session, role)
        sign_in_as(visitor.client, runtime, person)
    visitor.get("/")
    for path in ("/people", f"/people/{ada.id}", "/people/999"):
        assert visitor.get(path).status_code == 404
    for action in ("role", "suspend", "reinstate", "password-link"):
        assert visitor.post(f"/people/{ada.id}/{action}", role="admin").status_code == 404


def test_an_account_that_is_not_there_is_no_page(admin):
    admin.get("/people")
    assert admin.get("/people/999").status_code == 404
    assert admin.post("/people/999/password-link").status_code == 404
