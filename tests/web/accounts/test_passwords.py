import re
from email import message_from_bytes
from email.policy import default

import pytest

from quizapp.services import people, signing_in
from tests.people import events
from tests.web.conftest import text_of
from tests.web.signing import PASSWORD, cookie_of, sign_in, sign_up

NEW = "another otter pond"


def change(visitor, now=PASSWORD, new=NEW):
    visitor.get("/settings/password")
    return visitor.post("/settings/password", password=now, new_password=new)


@pytest.fixture
def mails(app, settings):
    """Return the mails that were written as files so far, the newest last."""

    def written():
        folder = settings.instance / "mail"
        return [read(path) for path in sorted(folder.glob("*.eml"))] if folder.is_dir() else []

    return written


def read(path):
    message = message_from_bytes(path.read_bytes(), policy=default)
    return f"To: {message['To']}\n{message.get_content()}"


def link_in(mail):
    return re.search(r"http://localhost(/forgotten/\S+)", mail)[1]


def ask_for_a_link(visitor, typed):
    visitor.get("/forgotten")
    answer = visitor.post("/forgotten", email=typed)
    answer.close()  # as a server does once the answer is sent; the mail goes out after that
    return answer


def test_changing_it_signs_every_other_browser_out_and_keeps_this_one(visitor, new_visitor):
    name, phone, thief = sign_up(visitor), new_visitor(), new_visitor()
    sign_in(phone, name)
    stolen = cookie_of(visitor)
    answer = change(visitor)
    assert (answer.status_code, answer.location) == (302, "/settings")
    assert "every other browser was signed out" in text_of(visitor.get("/settings"))
    thief.client.set_cookie("quizapp", stolen)
    for browser in (phone, thief):
        assert "You have no account here" in text_of(browser.get("/settings"))
    assert sign_in(phone, name).status_code == 200 and sign_in(phone, name, NEW).status_code == 302


@pytest.mark.parametrize(
    ("now", "new", "message"),
    [
        ("wrong", NEW, "This is not your password."),
        ("", NEW, "Type your password."),
        (PASSWORD, PASSWORD, "This is the password you have."),
        (PASSWORD, "short", "Use at least 8 characters"),
        (PASSWORD, "iloveyou", "among the most used ones"),
        (PASSWORD, "", "Choose a password."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_changed(visitor, now, new, message):
    name = sign_up(visitor)
    answer = change(visitor, now, new)
    assert answer.status_code == 200 and message in text_of(answer)
    assert sign_in_works(visitor, name)


def sign_in_works(visitor, name):
    visitor.get("/settings")
    visitor.post("/sign-out")
    return sign_in(visitor, name).status_code == 302


def test_whoever_is_not_signed_in_is_asked_to_and_then_led_on(visitor, new_visitor):
    name, guest = sign_up(visitor), new_visitor()
    answer = guest.get("/settings/password")
    assert answer.status_code == 302 and answer.location == "/sign-in?next=/settings/password"
    assert sign_in(guest, name, path=answer.location).location == "/settings/password"


@pytest.mark.parametrize("by", ["name", "address"])
def test_a_link_comes_by_mail_and_works_once(visitor, new_visitor, mails, by):
    name = sign_up(visitor, email="ada@example.org")
    elsewhere = new_visitor()
    ask_for_a_link(elsewhere, name if by == "name" else "ada@example.org")
    (mail,) = mails()
    assert name in mail and "To: ada@example.org" in mail
    link = link_in(mail)
    assert name in text_of(elsewhere.get(link))
    answer = elsewhere.post(link, password=NEW)
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert "You have no account here" in text_of(visitor.get("/settings"))  # signed out by it
    assert sign_in(elsewhere, name, NEW).status_code == 302
    again = new_visitor()
    assert again.get(link).location == "/forgotten"
    assert "does not work any more" in text_of(again.get("/forgotten"))


def test_a_family_with_one_address_gets_a_link_for_each_account(visitor, new_visitor, mails):
    names = {sign_up(new_visitor(), email="home@example.org") for _ in range(3)}
    ask_for_a_link(visitor, "home@example.org")
    assert {name for name in names for mail in mails() if name in mail} == names and len(mails()) == 3


def test_no_mail_goes_to_accounts_without_an_address_or_to_nobody(visitor, new_visitor, mails):
    name = sign_up(new_visitor())
    for typed in (name, "nobody@example.org", "", "@", "x" * 5000, "ada\r\nBcc: eve@example.org"):
        assert ask_for_a_link(visitor, typed).status_code == 200
    assert mails() == []


def test_a_password_that_is_refused_leaves_the_link_good(visitor, new_visitor, mails):
    sign_up(visitor, email="ada@example.org")
    elsewhere = new_visitor()
    ask_for_a_link(elsewhere, "ada@example.org")
    link = link_in(mails()[0])
    elsewhere.get(link)
    refused = elsewhere.post(link, password="password")
    assert refused.status_code == 200 and "among the most used ones" in text_of(refused)
    assert elsewhere.post(link, password=NEW).status_code == 302


@pytest.mark.parametrize("token", ["x", "x" * 3000, "%00", "a.b.c", "é"])
def test_a_link_that_is_none_of_ours_leads_back_to_the_form(visitor, token):
    visitor.get("/forgotten")
    assert visitor.get(f"/forgotten/{token}").status_code == 302
    assert visitor.post(f"/forgotten/{token}", password=NEW).status_code == 302


def test_the_mail_names_our_own_address_and_not_the_one_a_request_claims(visitor, app, mails):
    app.config["QUIZAPP_SITE"] = "https://quiz.example.org"
    sign_up(visitor, email="ada@example.org")
    visitor.get("/forgotten")
    sent = {"csrf_token": visitor.token, "email": "ada@example.org"}
    visitor.client.post("/forgotten", data=sent, headers={"X-Forwarded-Host": "evil.example"}).close()
    assert "https://quiz.example.org/forgotten/" in mails()[0] and "evil" not in mails()[0]


def test_who_changed_and_who_reset_is_told_apart_in_the_log(visitor, new_visitor, mails, runtime):
    sign_up(visitor, email="ada@example.org")
    change(visitor)
    elsewhere = new_visitor()
    ask_for_a_link(elsewhere, "ada@example.org")
    link = link_in(mails()[-1])
    elsewhere.get(link)
    elsewhere.post(link, password="a third good one")
    with runtime.reading() as session:
        assert events(session) == ["signed up", "password changed", "password reset asked", "password reset"]


def test_whoever_finds_a_browser_left_open_cannot_guess_the_password_either(visitor, clock):
    sign_up(visitor)
    for _ in range(10):
        assert change(visitor, "wrong").status_code == 200
    assert change(visitor, "wrong").status_code == 429
    visitor.get("/settings/data/delete")
    assert visitor.post("/settings/data/delete", password=PASSWORD).status_code == 429
    clock.advance(minutes=15)
    assert change(visitor).status_code == 302


def test_an_address_is_found_however_its_letters_are_written(visitor, new_visitor, mails):
    sign_up(visitor, email="Ada@Example.org")
    ask_for_a_link(new_visitor(), " ada@example.ORG")
    assert len(mails()) == 1


def test_nobody_floods_a_mailbox(visitor, new_visitor, mails, clock):
    for _ in range(7):
        sign_up(new_visitor(), email="victim@example.org")
    for _ in range(3):
        ask_for_a_link(visitor, "victim@example.org")
    assert len(mails()) == 5
    clock.advance(minutes=10)
    ask_for_a_link(visitor, "victim@example.org")
    assert len(mails()) == 10


def test_a_link_dies_with_a_suspension_also_when_it_is_taken_back(visitor, new_visitor, mails, runtime):
    name, elsewhere = sign_up(visitor, email="ada@example.org"), new_visitor()
    ask_for_a_link(elsewhere, name)
    with runtime.writing() as session:
        person = signing_in.account_named(session, name).id
        people.suspend(session, None, person, runtime.now())
        people.reinstate(session, None, person, runtime.now())
    assert elsewhere.get(link_in(mails()[0])).location == "/forgotten"


@pytest.mark.parametrize("path", ["/settings/password", "/settings/data/delete"])
@pytest.mark.parametrize("typed", ["x" * 5000, "\ufdfa" * 1000])
def test_far_too_long_a_password_is_a_wrong_one(visitor, path, typed):
    sign_up(visitor)
    visitor.get(path)
    assert visitor.post(path, password=typed, new_password=NEW).status_code in (200, 422)


def test_a_wrong_password_is_written_down_wherever_it_is_asked_for(visitor, runtime):
    sign_up(visitor)
    change(visitor, "wrong")
    visitor.get("/settings/data/delete")
    visitor.post("/settings/data/delete", password="wrong")
    with runtime.reading() as session:
        assert events(session) == ["signed up", "sign-in refused", "sign-in refused"]
