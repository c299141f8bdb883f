"""A visitor who uses the pages as a browser without JavaScript does: follows forms, sends their hidden fields."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.roles import Actor, Role
from quizapp.runtime import Runtime
from quizapp.services import accounts, quizzes
from tests.classroom import Classroom, make_classroom
from tests.every_type import NAME
from tests.people import add_person, sign_in_as
from tests.players import Form, mixing_response_to, partial_response_to, response_to

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """One browser. `get` keeps the page's CSRF token, `post` sends it."""

    def __init__(self, client: FlaskClient, runtime: Runtime) -> None:
        self.client = client
        self.runtime = runtime
        self.token = ""

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path, buffered=True)
        found = _TOKEN.search(answer.text) if answer.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **fields})

    def start(self, length: str = "5", bank: str = "harbour") -> str:
        """Start a quiz from the home page; return the address of its first question."""
        self.get("/")
        answer = self.post("/quizzes", bank=bank, length=length)
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    def question(self, path: str) -> quizzes.AskedQuestion:
        """Look behind a question page."""
        attempt_id, position = map(int, path.strip("/").split("/")[1:])
        with self._looking_behind() as (session, actor):
            return quizzes.asked_question(session, actor, attempt_id, position)

    def questions(self, base: str) -> list[quizzes.AskedQuestion]:
        """Look behind every question page of a quiz, in order."""
        attempt_id = int(base.strip("/").split("/")[1])
        with self._looking_behind() as (session, actor):
            first = quizzes.asked_question(session, actor, attempt_id, 1)
            others = range(2, first.length + 1)
            return [first, *(quizzes.asked_question(session, actor, attempt_id, position) for position in others)]

    @contextmanager
    def _looking_behind(self) -> Iterator[tuple[Session, Actor]]:
        with self.client.session_transaction() as cookie, self.runtime.reading() as session:
            actor = accounts.actor_of_token(session, cookie["token"], self.runtime.now())
            assert actor is not None
            yield session, actor

    def response(self, path: str, right: bool = True) -> Form:
        """Return what to post to answer the question at `path` rightly or wrongly."""
        return response_to(self.question(path), right)

    def partial_response(self, path: str) -> Form | None:
        """Return what to post to answer the question at `path` in part; None where its type gives no partial credit."""
        return partial_response_to(self.question(path))

    def answer(self, path: str, right: bool = True) -> TestResponse:
        self.get(path)
        return self.post(path, **self.response(path, right))

    def play(self, first: str, wrong: tuple[int, ...] = ()) -> str:
        """Answer every question, those at the positions in `wrong` wrongly; return the address of the result."""
        base = first.rsplit("/", 1)[0]
        for position in range(1, self.question(first).length + 1):
            assert self.answer(f"{base}/{position}", right=position not in wrong).status_code == 303
        return base.replace("quizzes", "results")


@pytest.fixture
def visitor(client: FlaskClient, runtime: Runtime) -> Visitor:
    return Visitor(client, runtime)


@pytest.fixture
def of_type(visitor: Visitor, runtime: Runtime) -> Callable[[str], list[str]]:
    """Start a quiz on a bank that asks in every way; call it with a type to get the addresses of its questions."""
    base = visitor.start("all", NAME).rsplit("/", 1)[0]
    paths: dict[str, list[str]] = {}
    for asked in visitor.questions(base):
        paths.setdefault(asked.snapshot.question.type, []).append(f"{base}/{asked.position}")
    return paths.__getitem__


@pytest.fixture
def new_visitor(app, runtime) -> Callable[[], Visitor]:
    return lambda: Visitor(app.test_client(), runtime)


def text_of(answer: TestResponse) -> str:
    """Return the words of a page, without tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def mixed_up(visitor: Visitor) -> str:
    """Start a quiz with all questions and take one fact for another; return the address of that question."""
    first = visitor.start("all")
    base, length = first.rsplit("/", 1)[0], visitor.question(first).length
    for position in range(1, length + 1):
        path = f"{base}/{position}"
        form = mixing_response_to(visitor.question(path))
        if form:
            visitor.get(path)
            visitor.post(path, **form)
            return path
    raise AssertionError("nothing can be mixed up")


@pytest.fixture
def instructor(visitor, runtime):
    with runtime.writing() as session:
        person = add_person(session, Role.INSTRUCTOR, "Ines")
    sign_in_as(visitor.client, runtime, person)
    return visitor


@pytest.fixture
def room(runtime: Runtime) -> Classroom:
    with runtime.writing() as session:
        return make_classroom(session)


@pytest.fixture
def browser_of(room: Classroom, new_visitor, runtime: Runtime) -> Callable[[str], Visitor]:
    """Call it with who somebody is to the class to get their browser; a stranger's has no cookie."""

    def of(who: str) -> Visitor:
        visitor = new_visitor()
        visitor.get("/")
        if who == "guest":
            visitor.start()
        elif who != "stranger":
            sign_in_as(visitor.client, runtime, room[who])
        visitor.get("/")
        return visitor

    return of
