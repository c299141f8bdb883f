import sys
from collections import Counter

import pytest

from quizapp.app import create_app
from quizapp.domain.errors import Unavailable
from quizapp.services import people, signing_in
from quizapp.services.accounts import actor_of_token
from quizapp.services.lock_out import FOR_ONE_NAME
from quizapp.web.later import LATER
from tests.factories import NOON
from tests.people import add_person, events, open_browser
from tests.web.conftest import Visitor, text_of
from tests.web.signing import PASSWORD, cookie_of, field_of, sign_in, sign_out, sign_up

NOBODY = "quiet-otter-1000"


@pytest.fixture
def ada(new_visitor):
    """Somebody's account; the browser that made it is another one."""
    return sign_up(new_visitor(), name="Ada", email="ada@example.org")


def hashing_done_by(action):
    """Count the password hashes that were computed while `action` ran, by watching argon2's own functions."""
    counted = Counter()

    def watch(frame, event, _):
        if event == "call" and frame.f_code.co_filename.endswith("argon2/low_level.py"):
            counted[frame.f_code.co_name] += 1

    sys.setprofile(watch)
    try:
        action()
    finally:
        sys.setprofile(None)
    return counted["hash_secret"] + counted["verify_secret"]


def without_token(answer, name):
    """Return a page without what differs in every page: the CSRF token, and the name that was typed."""
    return answer.text.replace(field_of(answer.text, "csrf_token"), "").replace(name, "")


def test_the_right_name_and_password_lead_on(visitor, ada):
    answer = sign_in(visitor, ada, path="/sign-in?next=/study")
    assert (answer.status_code, answer.location) == (302, "/study")


@pytest.mark.parametrize("spelling", [str.upper, lambda name: f"  {name} ", lambda name: name.replace("-", " ")])
def test_a_name_is_read_forgivingly(visitor, ada, spelling):
    assert sign_in(visitor, spelling(ada)).status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_signing_in_never_leads_to_another_site(visitor, ada, target):
    assert sign_in(visitor, ada, path=f"/sign-in?next={target}").location == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_page_with_the_same_work(visitor, new_visitor, ada):
    answers, work = {}, {}
    for name in (ada, NOBODY):
        browser = new_visitor()
        browser.get("/sign-in")
        work[name] = hashing_done_by(
            lambda browser=browser, name=name: answers.update(
                {name: browser.post("/sign-in", username=name, password="not the password")}
            )
        )
    assert [answers[name].status_code for name in (ada, NOBODY)] == [200, 200]
    assert without_token(answers[ada], ada) == without_token(answers[NOBODY], NOBODY)
    assert "Name and password do not belong together." in text_of(answers[ada])
    assert list(answers[ada].headers.keys()) == list(answers[NOBODY].headers.keys())
    assert work == {ada: 1, NOBODY: 1}


def test_a_suspended_account_looks_like_one_that_is_not_there(visitor, new_visitor, ada, runtime):
    with runtime.writing() as session:
        people.suspend(session, None, signing_in.account_named(session, ada).id, NOON)
    wrong = sign_in(new_visitor(), NOBODY)
    work = hashing_done_by(lambda: sign_in(visitor, ada))
    answer = sign_in(visitor, ada)
    assert without_token(answer, ada) == without_token(wrong, NOBODY) and work == 1


def test_resetting_says_the_same_and_works_as_hard_for_everybody(new_visitor, ada):
    pages, work = set(), set()
    for typed in (ada, "ada@example.org", NOBODY, "nobody@example.org"):
        browser = new_visitor()
        browser.get("/forgotten")
        found = []
        work.add(hashing_done_by(lambda b=browser, t=typed, f=found: f.append(b.post("/forgotten", email=t))))
        pages.add((found[0].status_code, without_token(found[0], typed)))
    assert len(pages) == 1 and work == {1}


@pytest.mark.parametrize("fields", [{"username": ""}, {"password": ""}, {"username": "x" * 5000}, {"password": "\x00"}])
def test_an_empty_or_odd_field_is_a_page_too(visitor, ada, fields):
    visitor.get("/sign-in")
    answer = visitor.post("/sign-in", **{"username": ada, "password": "wrong"} | fields)
    assert answer.status_code == 200 and "Name and password do not belong together." in text_of(answer)


def test_after_ten_failures_even_the_right_password_waits_a_quarter_of_an_hour(visitor, ada, clock):
    for _ in range(FOR_ONE_NAME):
        assert sign_in(visitor, ada, "wrong").status_code == 200
    held = sign_in(visitor, ada)
    assert held.status_code == 429 and "Wait 15 minutes" in text_of(held) and held.headers["Retry-After"] == "900"
    clock.advance(minutes=15)
    assert sign_in(visitor, ada).status_code == 302


def test_nobody_is_locked_out_of_a_browser_they_know(visitor, new_visitor):
    name = sign_up(visitor)
    sign_out(visitor)
    attacker = new_visitor()  # behind the same address
    for _ in range(FOR_ONE_NAME + 3):
        sign_in(attacker, name, "guess")
    assert sign_in(attacker, name).status_code == 429
    assert sign_in(visitor, name).status_code == 302


def test_a_name_that_nobody_has_is_held_back_just_the_same(visitor):
    for _ in range(FOR_ONE_NAME):
        sign_in(visitor, NOBODY, "wrong")
    assert sign_in(visitor, NOBODY, "wrong").status_code == 429


def test_the_browser_that_is_known_can_be_forged_by_nobody(visitor, new_visitor, ada):
    attacker = new_visitor()
    attacker.client.set_cookie("quizapp-known", 'WyJub25jZSIsW119.forged"')
    for _ in range(FOR_ONE_NAME):
        sign_in(attacker, ada, "wrong")
    assert sign_in(attacker, ada).status_code == 429


def test_what_this_browsers_guest_did_becomes_the_accounts(visitor, ada):
    result = visitor.play(visitor.start())
    sign_in(visitor, ada)
    assert visitor.get(result).status_code == 200


def test_an_old_cookie_is_dead_after_signing_out(visitor, new_visitor):
    name = sign_up(visitor)
    stolen = cookie_of(visitor)
    sign_out(visitor)
    thief = new_visitor()
    thief.client.set_cookie("quizapp", stolen)
    assert "You have no account here" in text_of(thief.get("/settings"))
    assert thief.get("/settings/password").status_code == 302
    assert sign_in(visitor, name).status_code == 302


def test_signing_out_of_one_browser_leaves_the_others_signed_in(visitor, new_visitor):
    name = sign_up(visitor)
    phone = new_visitor()
    sign_in(phone, name)
    sign_out(visitor)
    assert "Your account" in text_of(phone.get("/settings"))


def test_a_guest_who_signs_out_loses_nothing(visitor):
    result = visitor.play(visitor.start())
    sign_out(visitor)
    assert visitor.get(result).status_code == 200


def test_the_forms_token_from_before_signing_in_is_worth_nothing_afterwards(visitor, ada):
    visitor.get("/sign-in")
    old = visitor.token
    sign_in(visitor, ada)
    visitor.token = old
    assert visitor.post("/sign-out").status_code == 400
    assert "Your account" in text_of(visitor.get("/settings"))


def test_each_way_in_and_out_leaves_one_event(visitor, new_visitor, runtime):
    name = sign_up(visitor)
    sign_out(visitor)
    sign_in(visitor, name, "wrong")
    sign_in(visitor, name)
    with runtime.reading() as session:
        assert events(session) == ["signed up", "signed out", "sign-in refused", "signed in"]


def test_a_signed_in_page_asks_who_it_is_once(visitor, statements):
    sign_up(visitor)
    visitor.get("/about")
    statements()
    visitor.get("/about")
    assert len(statements()) == 1


def test_no_password_is_written_into_the_database(visitor, engine):
    sign_up(visitor)
    sign_out(visitor)
    sign_in(visitor, PASSWORD, PASSWORD)
    with engine.connect() as connection:
        dump = "\n".join(connection.connection.dbapi_connection.iterdump())
    assert PASSWORD not in dump and "$argon2id$" in dump


def test_a_hash_that_was_made_with_less_work_is_made_anew_and_ends_no_session(settings, runtime):
    with runtime.writing() as session:
        person = add_person(session, sign_in_name="quiet-otter-1234")
        elsewhere = open_browser(session, person)
    app = create_app(settings, runtime)
    browser = Visitor(app.test_client(), runtime)
    assert sign_in(browser, "quiet-otter-1234").status_code == 302
    with runtime.reading() as session:
        stored = signing_in.account_numbered(session, person.id).password_hash
        assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert actor_of_token(session, elsewhere, NOON) == person
    sign_out(browser)
    assert sign_in(browser, "quiet-otter-1234").status_code == 302


@pytest.mark.parametrize("password", ["\ufdfa" * 1000, "x" * 1000, "\ufdfa" * 300])
def test_a_password_far_too_long_tells_nobody_who_has_an_account(new_visitor, ada, password):
    answers = [sign_in(new_visitor(), name, password) for name in (ada, NOBODY)]
    assert [one.status_code for one in answers] == [200, 200]
    assert without_token(answers[0], ada) == without_token(answers[1], NOBODY)


def test_a_link_is_mailed_by_a_thread_of_its_own_so_that_the_next_request_does_not_wait(app, new_visitor, ada):
    jobs = []
    app.config[LATER] = jobs.append
    visitor = new_visitor()
    visitor.get("/forgotten")
    for typed in (ada, NOBODY):
        visitor.post("/forgotten", email=typed).close()
    assert len(jobs) == 2, "the same is put off for who has an account and who has none"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/forgotten"])
@pytest.mark.parametrize("body", ['{"username": 1, "password": 2}', '"x"', '{"next": 5}', '{"email": "\\ud800"}', "{"])
def test_json_is_no_form(visitor, path, body):
    visitor.get(path)
    headers = {"X-CSRFToken": visitor.token}
    answer = visitor.client.post(path, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 400 and "authentication_token" not in answer.text


def test_a_known_browser_signs_in_even_when_its_school_has_tried_too_often(visitor, new_visitor):
    name = sign_up(visitor)
    sign_out(visitor)
    others = new_visitor()
    others.get("/sign-in")
    for number in range(301):
        answer = others.post("/sign-in", username=f"nobody-{number}", password="")
    assert answer.status_code == 429
    assert sign_in(visitor, name).status_code == 302


def test_a_password_is_never_repeated_on_the_page_that_offers_to_send_a_form_again(app, visitor):
    def busy():
        raise Unavailable("locked")

    app.view_functions["security.login"] = busy
    visitor.get("/about")
    answer = visitor.post("/sign-in", username="quiet-otter-1", password="my very own secret")
    assert answer.status_code == 503 and "my very own secret" not in answer.text


def test_whoever_comes_back_within_the_week_is_told_how_to_keep_the_account(visitor):
    name = sign_up(visitor)
    visitor.get("/settings/data/delete")
    visitor.post("/settings/data/delete", password=PASSWORD)
    sign_in(visitor, name)
    told = "Your account will be deleted on 8 May 2026. To keep it, open Settings"
    assert told in text_of(visitor.get("/"))
    visitor.get("/settings/data")
    visitor.post("/settings/data/keep")
    sign_out(visitor)
    sign_in(visitor, name)
    assert "will be deleted" not in text_of(visitor.get("/"))
