import re
from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from quizapp.domain.sign_in_names import sign_in_name_of
from tests.web.conftest import text_of
from tests.web.signing import PASSWORD, cookie_of, field_of, sign_in, sign_out, sign_up


def test_a_newcomer_signs_up_and_is_signed_in_under_the_name_that_was_shown(visitor):
    name = sign_up(visitor, name="Ada")
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{4}", name)
    assert f"You sign in as {name} from now on" in text_of(visitor.get("/"))
    settings = visitor.get("/settings")
    assert "Your account" in text_of(settings) and 'value="Ada"' in settings.text
    sign_out(visitor)
    assert "You have no account here" in text_of(visitor.get("/settings"))
    assert sign_in(visitor, name).status_code == 302
    assert "Your account" in text_of(visitor.get("/settings"))


def test_the_name_is_the_one_we_gave_whatever_was_typed(visitor):
    name = sign_up(visitor, username="admin")
    assert name != "admin" and sign_in_is_possible(visitor, name) and not sign_in_is_possible(visitor, "admin")


def sign_in_is_possible(visitor, name):
    sign_out(visitor)
    return sign_in(visitor, name).status_code == 302


@pytest.mark.parametrize("forgery", ["", "quiet-otter-4821", "x.y.z"])
def test_a_name_that_we_did_not_give_is_replaced_by_a_new_one(visitor, forgery):
    visitor.get("/sign-up")
    answer = visitor.post("/sign-up", proposal=forgery, username="quiet-otter-4821", password=PASSWORD)
    assert answer.status_code == 200 and "this is your sign-in name now" in text_of(answer)
    assert field_of(answer.text, "username") != "quiet-otter-4821"
    assert "You have no account here" in text_of(visitor.get("/settings"))


def test_a_name_signed_with_another_key_is_none_of_ours(visitor):
    forged = URLSafeTimedSerializer("another key", salt="sign-in name").dumps("admin")
    visitor.get("/sign-up")
    assert visitor.post("/sign-up", proposal=forged, password=PASSWORD).status_code == 200


def test_a_name_that_was_given_meanwhile_makes_no_second_account(visitor, new_visitor):
    page = visitor.get("/sign-up").text
    proposal = field_of(page, "proposal")
    visitor.post("/sign-up", proposal=proposal, password=PASSWORD)
    late = new_visitor()
    late.get("/sign-up")
    answer = late.post("/sign-up", proposal=proposal, password="another password")
    assert answer.status_code == 409 and "This sign-in name is taken" in text_of(answer)
    assert sign_in(late, field_of(page, "username"), "another password").status_code == 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"password": ""}, "Choose a password."),
        ({"password": "short"}, "Use at least 8 characters"),
        ({"password": "x" * 201}, "Use at most 200 characters."),
        ({"password": "password1"}, "among the most used ones"),
        ({"password": "Princess"}, "among the most used ones"),
        ({"password": "Ada Lovelace", "name": "ada lovelace"}, "must not be your name"),
        ({"email": "no address"}, "This is no e-mail address"),
        ({"email": "a@b"}, "This is no e-mail address"),
        ({"name": "x" * 101}, "it can have 100 characters"),
        ({"name": "a\x00b"}, "a character in it that cannot be stored"),
        ({"email": "x" * 255 + "@example.org"}, "it can have 254 characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(visitor, fields, message):
    page = visitor.get("/sign-up").text
    given = {"proposal": field_of(page, "proposal"), "password": PASSWORD, "name": "", "email": "kept@example.org"}
    answer = visitor.post("/sign-up", **given | fields)
    assert answer.status_code == 200 and message in text_of(answer)
    assert field_of(answer.text, "username") == field_of(page, "username")
    assert "email" in fields or 'value="kept@example.org"' in answer.text
    assert fields.get("password", PASSWORD) == "" or fields.get("password", PASSWORD) not in answer.text
    assert "You have no account here" in text_of(visitor.get("/settings"))


@pytest.mark.parametrize(
    "password", ["пароль из слов", "  spaces around  ", "🦦🦦🦦🦦🦦🦦🦦🦦", "ﬁne ﬂag ﬀort", "x" * 200]
)
def test_any_characters_make_a_password(visitor, password):
    name = sign_up(visitor, password=password)
    sign_out(visitor)
    assert sign_in(visitor, name, password).status_code == 302


def test_an_address_that_another_account_has_is_taken_without_a_word(visitor, new_visitor):
    other = new_visitor()
    sign_up(visitor, email="ada@example.org")
    sign_up(other, email="ada@example.org")
    assert "Your account" in text_of(other.get("/settings"))


def test_a_guest_keeps_every_attempt_and_the_cookie_from_before_is_dead(visitor, new_visitor):
    result = visitor.play(visitor.start())
    before = cookie_of(visitor)
    sign_up(visitor)
    assert visitor.get(result).status_code == 200
    assert "harbour" in text_of(visitor.get("/history"))
    thief = new_visitor()
    thief.client.set_cookie("quizapp", before)
    assert thief.get(result).status_code == 404


def test_somebody_signed_in_is_sent_away_from_the_form(visitor):
    sign_up(visitor)
    assert visitor.get("/sign-up").status_code == 302


def test_signing_up_leads_on_to_where_one_wanted_to_go_but_never_to_another_site(visitor, new_visitor):
    for path, expected in (("/study", "/study"), ("https://evil.example/", "/"), ("//evil.example/", "/")):
        visitor = new_visitor()
        page = visitor.get("/sign-up?next=" + path).text
        given = {"proposal": field_of(page, "proposal"), "next": path, "password": PASSWORD}
        assert visitor.post("/sign-up", **given).location == expected


def test_a_name_is_given_for_a_day(visitor, app):
    signer = URLSafeTimedSerializer(app.secret_key, salt="sign-in name")

    class Yesterday(type(signer.make_signer(signer.salt))):
        def get_timestamp(self):
            return super().get_timestamp() - int(timedelta(days=1, seconds=5).total_seconds())

    old = URLSafeTimedSerializer(app.secret_key, salt="sign-in name", signer=Yesterday).dumps(sign_in_name_of("x"))
    visitor.get("/sign-up")
    assert "this is your sign-in name now" in text_of(visitor.post("/sign-up", proposal=old, password=PASSWORD))


def test_a_double_click_makes_one_account_and_claims_nothing_else(visitor, new_visitor):
    page = visitor.get("/sign-up").text
    fields = {"proposal": field_of(page, "proposal"), "password": PASSWORD}
    second = new_visitor()
    second.client.set_cookie("quizapp", cookie_of(visitor))
    second.token = visitor.token
    assert visitor.post("/sign-up", **fields).status_code == 302
    again = second.post("/sign-up", **fields)
    assert again.status_code == 409 and "If you pressed the button twice, sign in with it" in text_of(again)
    assert "from now on" not in text_of(again)


def test_of_two_tabs_of_one_guest_the_second_takes_nothing_over(visitor, new_visitor):
    visitor.play(visitor.start())
    tab = new_visitor()
    tab.client.set_cookie("quizapp", cookie_of(visitor))
    page, other = visitor.get("/sign-up").text, tab.get("/sign-up").text
    assert visitor.post("/sign-up", proposal=field_of(page, "proposal"), password=PASSWORD).status_code == 302
    tab.post("/sign-up", proposal=field_of(other, "proposal"), password="somebody else now")
    sign_out(visitor)
    assert sign_in(visitor, field_of(page, "username")).status_code == 302
