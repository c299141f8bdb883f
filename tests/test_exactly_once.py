"""A response counts exactly once, whatever the browser, the network or the learner's other windows do.

Through the whole app with real threads, on SQLite and on PostgreSQL.
"""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
CHOICE = re.compile(r'type="radio" name="response" value="([^"]+)"')
TOLD = "You answered this question before"


@dataclass(frozen=True)
class OpenQuestion:
    """A question page in a browser: its address, the cookie, the token of its form and the choices it offers."""

    app: Flask
    path: str
    cookie: str
    token: str
    choices: Sequence[str]

    @property
    def attempt_id(self) -> int:
        return int(self.path.split("/")[2])

    def post(self, choice: str) -> TestResponse:
        """Send the form from a window of its own."""
        window = self.app.test_client()
        window.set_cookie("quizapp", self.cookie)
        return window.post(self.path, data={"csrf_token": self.token, "response": choice})

    def post_and_follow(self, choice: str) -> str:
        window = self.app.test_client()
        window.set_cookie("quizapp", self.cookie)
        return unescape(
            window.post(self.path, data={"csrf_token": self.token, "response": choice}, follow_redirects=True).text
        )


@pytest.fixture
def database_url(either_database_url: str) -> str:
    return either_database_url


@pytest.fixture
def opened(app: Flask) -> OpenQuestion:
    """The first question of a new quiz that offers choices."""
    browser = app.test_client()
    token = CSRF.search(browser.get("/").text)[1]
    answer = browser.post("/quizzes", data={"csrf_token": token, "bank": "harbour", "length": "20"})
    start = answer.location.rpartition("/")[0]
    for position in range(1, 21):
        path = f"{start}/{position}"
        page = browser.get(path).text
        choices = CHOICE.findall(page)
        if len(choices) > 2:
            return OpenQuestion(app, path, browser.get_cookie("quizapp").value, CSRF.search(page)[1], choices)
    raise AssertionError("no question with choices was drawn")


@pytest.fixture
def stored(engine: Engine, opened: OpenQuestion) -> Callable[[], tuple[int, int]]:
    """Call it for the number of responses and the attempt's own count of them."""

    def count() -> tuple[int, int]:
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT count(*) FROM responses")).scalar()
            counter = connection.execute(
                text("SELECT answered FROM attempts WHERE id = :id"), {"id": opened.attempt_id}
            ).scalar()
        return rows, counter

    return count


def at_once(calls: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    start = Barrier(len(calls))

    def go(call: Callable[[], TestResponse]) -> TestResponse:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def test_the_same_response_sent_twice_is_one_and_both_are_success(opened, stored):
    first, second = opened.post(opened.choices[0]), opened.post(opened.choices[0])
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert stored() == (1, 1)
    assert TOLD not in opened.post_and_follow(opened.choices[0])


def test_another_choice_for_an_answered_question_is_told_so_and_changes_nothing(opened, stored, engine):
    opened.post(opened.choices[0])
    with engine.connect() as connection:
        before = connection.execute(text("SELECT * FROM responses")).one()
    assert TOLD in opened.post_and_follow(opened.choices[1])
    assert stored() == (1, 1)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM responses")).one() == before


def test_a_hundred_of_the_same_at_once_are_one(opened, stored):
    answers = at_once([lambda: opened.post(opened.choices[0])] * 100)
    assert {answer.status_code for answer in answers} == {303}
    assert stored() == (1, 1)


def test_two_different_choices_at_once_leave_one_and_nobody_an_error_page(app, opened, stored):
    answers = at_once([lambda choice=choice: opened.post(choice) for choice in opened.choices[:2] * 10])
    assert {answer.status_code for answer in answers} == {303}
    assert stored() == (1, 1)
    told = [any(TOLD in message for _, message in flashes(app, answer)) for answer in answers]
    assert told.count(True) == 10, "those of the choice that did not count are told, the others are not"
    assert len({told[place] for place in range(0, 20, 2)}) == len({told[place] for place in range(1, 20, 2)}) == 1


def flashes(app: Flask, answer: TestResponse) -> list[tuple[str, str]]:
    """Return what the answer leaves in the cookie for the next page."""
    window = app.test_client()
    for cookie in answer.headers.getlist("Set-Cookie"):
        name, _, value = cookie.partition(";")[0].partition("=")
        window.set_cookie(name, value)
    with window.session_transaction() as session:
        return session.get("_flashes", [])


def test_every_question_of_a_quiz_at_once_is_counted_and_scored(app, engine):
    browser = app.test_client()
    token = CSRF.search(browser.get("/").text)[1]
    answer = browser.post("/quizzes", data={"csrf_token": token, "bank": "harbour", "length": "20"})
    start, cookie = answer.location.rpartition("/")[0], browser.get_cookie("quizapp").value
    calls = []
    for position in range(1, 21):
        page = browser.get(f"{start}/{position}").text
        one = OpenQuestion(app, f"{start}/{position}", cookie, CSRF.search(page)[1], CHOICE.findall(page) or ["1"])
        calls += [lambda one=one: one.post(one.choices[0])] * 2
    assert {answer.status_code for answer in at_once(calls)} == {303}
    with engine.connect() as connection:
        answered, score, finished = connection.execute(text("SELECT answered, score, finished_at FROM attempts")).one()
        rows, total = connection.execute(text("SELECT count(*), sum(score) FROM responses")).one()
    assert (answered, rows, finished is not None) == (20, 20, True)
    assert score == pytest.approx(total / 20)


def test_finishing_and_answering_at_once_ends_in_one_sound_result(app, opened, engine):
    finish = opened.path.rpartition("/")[0] + "/finish"

    def end() -> TestResponse:
        window = app.test_client()
        window.set_cookie("quizapp", opened.cookie)
        return window.post(finish, data={"csrf_token": opened.token})

    answers = at_once([lambda: opened.post(opened.choices[0]), end] * 4)
    assert {answer.status_code for answer in answers} == {303}
    with engine.connect() as connection:
        answered, length, score = connection.execute(text("SELECT answered, length, score FROM attempts")).one()
        rows, total = connection.execute(text("SELECT count(*), coalesce(sum(score), 0) FROM responses")).one()
    assert answered == rows
    assert score == pytest.approx(total / length)
