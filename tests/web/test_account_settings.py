import pytest
from flask_security.recoverable import generate_reset_password_token

from quizapp.services import signing_in
from quizapp.web.accounts.store import for_a_link
from tests.people import PASSWORD, events
from tests.web.conftest import text_of
from tests.web.signing import sign_in, sign_up


def test_a_guest_is_told_what_an_account_would_be_for(visitor):
    assert "You have no account here" in text_of(visitor.get("/settings"))
    visitor.start()
    assert "You are a guest here" in text_of(visitor.get("/settings"))


def test_name_and_address_are_kept_and_an_empty_name_is_the_sign_in_name(visitor):
    name = sign_up(visitor)
    visitor.get("/settings")
    assert visitor.post("/settings", name="Ada", email="ada@example.org", password=PASSWORD).status_code == 303
    page = visitor.get("/settings")
    assert 'value="Ada"' in page.text and 'value="ada@example.org"' in page.text and "Kept." in text_of(page)
    visitor.post("/settings", name=" ", email="", password=PASSWORD)
    page = visitor.get("/settings").text
    assert f'value="{name}"' in page and "ada@example.org" not in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "nowhere"}, "no e-mail address"),
        ({"name": "x" * 101}, "100 characters"),
        ({"name": "\x07"}, "stored"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(visitor, fields, message):
    sign_up(visitor, name="Ada")
    visitor.get("/settings")
    answer = visitor.post("/settings", **{"name": "Ada", "email": ""} | fields)
    assert answer.status_code == 422 and message in text_of(answer)
    assert 'value="Ada"' in visitor.get("/settings").text


def test_other_browsers_are_listed_and_signed_out_one_by_one_or_all_at_once(visitor, new_visitor, runtime):
    name = sign_up(visitor)
    agents = ("Mozilla/5.0 (Android 14) Firefox/130", "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120")
    others = [new_visitor() for _ in agents]
    for browser, agent in zip(others, agents, strict=True):
        browser.client.environ_base["HTTP_USER_AGENT"] = agent
        sign_in(browser, name)
    page = visitor.get("/settings")
    assert "Firefox on Android" in text_of(page) and "Edge on Windows" in text_of(page)
    (first, _) = [part.split('"')[0] for part in page.text.split('action="/settings/sessions/')[1:] if '/end"' in part][
        :2
    ]
    assert visitor.post(f"/settings/sessions/{first}").status_code == 303
    assert sum("Your account" in text_of(one.get("/settings")) for one in others) == 1
    visitor.get("/settings")
    assert visitor.post("/settings/sessions/end-others").status_code == 303
    assert not any("Your account" in text_of(one.get("/settings")) for one in others)
    assert "Your account" in text_of(visitor.get("/settings"))
    with runtime.reading() as session:
        assert events(session)[-2:] == ["session ended", "other sessions ended"]


def test_somebody_elses_session_is_no_page(visitor, new_visitor, engine):
    sign_up(visitor)
    other = new_visitor()
    sign_up(other)
    with engine.connect() as connection:
        theirs = connection.exec_driver_sql("SELECT max(id) FROM sessions").scalar()
    visitor.get("/settings")
    assert visitor.post(f"/settings/sessions/{theirs}/end").status_code == 404
    assert "Your account" in text_of(other.get("/settings"))


def test_ending_this_session_signs_out(visitor, engine):
    sign_up(visitor)
    with engine.connect() as connection:
        own = connection.exec_driver_sql("SELECT max(id) FROM sessions").scalar()
    visitor.get("/settings")
    assert visitor.post(f"/settings/sessions/{own}/end").location == "/"
    assert "You have no account here" in text_of(visitor.get("/settings"))


@pytest.mark.parametrize("path", ["/settings", "/settings/sessions/1/end", "/settings/sessions/end-others"])
def test_a_guest_changes_no_account(visitor, path):
    visitor.play(visitor.start())
    visitor.get("/")
    assert visitor.post(path, name="x").status_code == 404


def test_the_page_takes_two_statements(visitor, statements):
    sign_up(visitor)
    visitor.get("/settings")
    statements()
    visitor.get("/settings")
    assert len(statements()) == 2


def test_using_the_site_for_months_keeps_one_signed_in_up_to_a_year(visitor, clock):
    sign_up(visitor)
    for _ in range(7):
        clock.advance(days=50)
        visitor.get("/")
        visitor.post("/theme", back="/")
        visitor.get("/settings")
        visitor.post("/settings", name="Ada", email="")
    assert "Your account" in text_of(visitor.get("/settings"))
    clock.advance(days=20)
    assert "You have no account here" in text_of(visitor.get("/settings"))


def test_reading_alone_renews_nothing(visitor, clock, statements):
    sign_up(visitor)
    clock.advance(days=2)
    statements()
    visitor.get("/settings")
    assert not [sent for sent in statements() if not sent.startswith("SELECT")]


def test_the_address_is_changed_by_who_knows_the_password_and_the_old_one_is_told(visitor, app, settings):
    sign_up(visitor, email="old@example.org")
    for password in ("", "wrong"):
        visitor.get("/settings")
        answer = visitor.post("/settings", name="Ada", email="thief@example.org", password=password)
        assert answer.status_code == 422 and "This is not your password." in text_of(answer)
    visitor.post("/settings", name="Ada", email="new@example.org", password=PASSWORD).close()
    assert 'value="new@example.org"' in visitor.get("/settings").text
    (mail,) = (settings.instance / "mail").iterdir()
    assert "To: old@example.org" in mail.read_text()


def test_a_link_mailed_to_the_old_address_is_dead_with_it(visitor, new_visitor, runtime, app):
    name = sign_up(visitor, email="old@example.org")
    with runtime.reading() as session:
        account = signing_in.account_named(session, name)
    with app.app_context():
        token = generate_reset_password_token(for_a_link(account))
    assert new_visitor().get(f"/forgotten/{token}").status_code == 200
    visitor.get("/settings")
    visitor.post("/settings", name="Ada", email="new@example.org", password=PASSWORD)
    assert new_visitor().get(f"/forgotten/{token}").status_code == 302
