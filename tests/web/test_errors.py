import pytest

from quizapp.domain.errors import TooMany, Unavailable
from tests.web.conftest import text_of

FRIENDLY = {
    400: "This form has expired",
    404: "There is no such page",
    405: "This page cannot be opened like that",
    413: "That is too much at once",
}


def test_a_missing_page_is_a_friendly_404(visitor):
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404 and FRIENDLY[404] in text_of(answer) and "Go to the home page" in text_of(answer)


def test_the_wrong_method_is_a_friendly_405(visitor):
    answer = visitor.get("/quizzes")
    assert answer.status_code == 405 and FRIENDLY[405] in text_of(answer)


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000])
@pytest.mark.parametrize("path", ["/quizzes", "/quizzes/1/1", "/quizzes/1/finish", "/results/1/retry", "/theme"])
def test_a_form_without_its_own_token_changes_nothing(visitor, path, token, statements):
    visitor.start()
    statements()
    answer = visitor.client.post(path, data={"csrf_token": token})
    assert answer.status_code == 400 and FRIENDLY[400] in text_of(answer)
    assert not [one for one in statements() if not one.startswith("SELECT")]


def test_another_visitors_token_is_no_good(visitor, new_visitor):
    first = visitor.start()
    other = new_visitor()
    other.get("/")
    visitor.token = other.token
    assert visitor.post(first, response="1").status_code == 400


def test_a_flood_is_a_friendly_413(visitor):
    visitor.get("/")
    answer = visitor.post("/quizzes", bank="x" * 300_000)
    assert answer.status_code == 413 and FRIENDLY[413] in text_of(answer)


def test_a_fault_of_ours_is_a_friendly_500_without_a_trace(app, new_visitor):
    def broken():
        raise ZeroDivisionError("a secret detail")

    app.view_functions["home.hello"] = broken
    answer = new_visitor().get("/hello")
    assert answer.status_code == 500
    assert "Something broke on our side" in text_of(answer) and "secret" not in answer.text


@pytest.mark.parametrize("path", ["/quizzes/1/1", "/quizzes/1", "/results/1", "/quizzes/1/finish"])
def test_a_stranger_finds_no_quiz_at_any_address(visitor, path):
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/%00", "/banks/%00", "/banks/" + "x" * 3000, "/quizzes/１/1", "/static/../app.py"])
def test_hostile_addresses_are_no_page(visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_cookie_that_was_tampered_with_is_a_stranger(visitor):
    visitor.start()
    visitor.client.set_cookie("quizapp", "eyJ0b2tlbiI6ImFkbWluIn0.aaaaaa.bbbbbbbb")
    assert "No quiz yet" in text_of(visitor.get("/history"))


def test_a_browser_that_lost_its_cookie_is_told_so(visitor):
    first = visitor.start()
    visitor.get(first)
    visitor.client.delete_cookie("quizapp")
    assert "lost its cookie" in text_of(visitor.post(first, response="1"))


def test_a_page_that_cannot_be_read_just_now_offers_to_try_again(app, new_visitor):
    def busy():
        raise Unavailable("locked")

    app.view_functions["home.hello"] = busy
    answer = new_visitor().get("/hello?x=1")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "The site is busy" in text_of(answer) and 'href="/hello?x=1"' in answer.text


def test_the_allowed_methods_are_named(visitor):
    assert "POST" in visitor.get("/quizzes").headers["Allow"]


def test_too_many_tries_are_a_friendly_429_that_says_when_to_come_back(app, new_visitor):
    def tried():
        raise TooMany

    app.view_functions["home.hello"] = tried
    answer = new_visitor().get("/hello")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Too many tries Wait a little and try again." in text_of(answer)


def test_a_host_that_cannot_be_one_gets_a_page_without_addresses(visitor):
    answer = visitor.client.get("/", headers={"Host": "x" * 64})
    assert answer.status_code == 400 and "This request could not be read" in text_of(answer)
    assert "href" not in answer.text and answer.headers["X-Content-Type-Options"] == "nosniff"
