"""When the database cannot take a write just now: nothing is lost, and the page offers to send it again."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from werkzeug.test import TestResponse

from quizapp.app import make_runtime
from quizapp.database.engine import lock_path, make_engine
from quizapp.database.write_lock import WriteLock
from quizapp.domain.roles import Actor, Role
from quizapp.services import quizzes
from tests.players import response_to

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ROOM_ENOUGH = 1_000_000_000


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Its writers wait for a fifth of a second only."""
    made = make_engine(database_url, patience=0.2)
    yield made
    made.dispose()


@pytest.fixture
def pages_allowed(engine: Engine) -> list[int]:
    """The size in pages that the database may have; a test changes it to fill the disk and to make room."""
    allowed = [ROOM_ENOUGH]

    @event.listens_for(engine, "checkout")
    def limit(connection, record, proxy) -> None:
        connection.execute(f"PRAGMA max_page_count = {allowed[0]}")

    return allowed


def hidden_fields(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def start(client: FlaskClient, length: str = "all") -> str:
    token = hidden_fields(client.get("/").text)["csrf_token"]
    answer = client.post("/quizzes", data={"csrf_token": token, "bank": "harbour", "length": length})
    assert answer.status_code == 303
    return str(answer.location)


def send(client: FlaskClient, engine: Engine, path: str) -> tuple[dict[str, str], TestResponse]:
    """Answer the question at `path`; return what was sent and what came back."""
    attempt_id, position = map(int, path.split("/")[2:])
    with make_runtime(engine).reading() as session:
        person = session.execute(text("SELECT person_id FROM attempts WHERE id = :id"), {"id": attempt_id}).scalar()
        response = response_to(quizzes.asked_question(session, Actor(person, Role.GUEST), attempt_id, position))
    token = hidden_fields(client.get(path).text)["csrf_token"]
    return response, client.post(path, data={"csrf_token": token, **response})


def send_again(client: FlaskClient, path: str, page: TestResponse) -> TestResponse:
    """Press the button of the page."""
    form = re.search(r'<form class="actions" method="post" action="([^"]+)">(.*?)</form>', page.text, re.S)
    assert form, page.text
    assert form[1] == path
    return client.post(form[1], data=hidden_fields(form[2]))


def response_count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM responses")).scalar() or 0)


@pytest.fixture
def while_somebody_writes(database_url: str) -> Callable[[Callable[[], TestResponse]], TestResponse]:
    """Call it with a request to make while another thread holds the write lock."""

    def run(request: Callable[[], TestResponse]) -> TestResponse:
        held, done = Event(), Event()

        def hold() -> None:
            with WriteLock(lock_path(Path(database_url.removeprefix("sqlite:///")))):
                held.set()
                done.wait(10)

        with ThreadPoolExecutor(1) as pool:
            holder = pool.submit(hold)
            held.wait(10)
            try:
                return request()
            finally:
                done.set()
                holder.result(10)

    return run


def test_a_response_that_cannot_be_saved_is_kept_in_the_page(client, engine, while_somebody_writes):
    path = start(client)
    (response, page) = while_somebody_writes(lambda: send(client, engine, path))
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "Send it again" in page.text
    assert "Nothing is lost" in page.text
    assert response.items() <= hidden_fields(page.text).items()
    assert response_count(engine) == 0
    again = send_again(client, path, page)
    assert (again.status_code, again.location) == (303, f"{path}#feedback")
    assert response_count(engine) == 1


def test_reading_goes_on_while_somebody_writes(client, while_somebody_writes):
    path = start(client)
    for address in ("/", path, "/history", "/banks/harbour"):
        assert while_somebody_writes(lambda address=address: client.get(address)).status_code == 200


def test_a_quiz_that_cannot_be_started_leaves_no_half_of_it(app: Flask, engine, while_somebody_writes):
    client = app.test_client()
    token = hidden_fields(client.get("/").text)["csrf_token"]
    fields = {"csrf_token": token, "bank": "harbour", "length": "5"}
    page = while_somebody_writes(lambda: client.post("/quizzes", data=fields))
    assert page.status_code == 503
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar() == 0
    assert send_again(client, "/quizzes", page).status_code == 303
    with engine.connect() as connection:
        counts = connection.execute(text("SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM attempts)")).one()
    assert tuple(counts) == (1, 1)


def test_a_full_disk_loses_nothing_and_writes_come_back_with_room(app: Flask, engine, pages_allowed):
    windows = [(client, start(client)) for client in (app.test_client() for _ in range(6))]
    with engine.connect() as connection:
        pages_allowed[0] = connection.exec_driver_sql("PRAGMA page_count").scalar()
    acknowledged, client, path, response, page = 0, *windows[0], {}, None
    for client, first in windows:
        for position in range(1, 30):
            path = f"{first.rpartition('/')[0]}/{position}"
            response, page = send(client, engine, path)
            if page.status_code != 303:
                break
            acknowledged += 1
        if page.status_code != 303:
            break
    assert page.status_code == 503, f"{acknowledged} responses and still room"
    assert acknowledged > 0
    assert response_count(engine) == acknowledged
    assert response.items() <= hidden_fields(page.text).items()
    assert client.get(path).status_code == 200, "reading goes on"
    assert send_again(client, path, page).status_code == 503, "there is no room yet"

    pages_allowed[0] = ROOM_ENOUGH
    assert send_again(client, path, page).status_code == 303
    assert response_count(engine) == acknowledged + 1
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.execute(text("SELECT sum(answered) FROM attempts")).scalar() == acknowledged + 1
