import re

import pytest
from sqlalchemy import select

from quizapp.database.class_tables import ClassMemberRow
from quizapp.services import join_codes
from tests.classroom import events
from tests.web.conftest import text_of


def without_tokens(answer):
    return re.sub(r'name="csrf_token" (type="hidden" )?value="[^"]+"', "", answer.text)


@pytest.mark.parametrize("who", ("stranger", "guest"))
def test_who_has_no_account_is_asked_to_make_one_and_comes_back_to_the_code(browser_of, who):
    page = browser_of(who).get("/join/k7qm4xht")
    assert page.status_code == 200
    assert "Make an account or sign in, then you join" in text_of(page)
    for path in ("/sign-up", "/sign-in"):
        assert f'href="{path}?next=/join/K7QM-4XHT"' in page.text


@pytest.mark.parametrize("who", ["stranger", "guest", "other learner", "other teacher", "learner"])
def test_opening_a_link_does_not_tell_whether_its_code_is_any_good(browser_of, room, who):
    visitor = browser_of(who)
    pages = set()
    for code in (room.code, room.teacher_code, room.other_code, "0000-0000"):
        page = visitor.get(f"/join/{code}")
        assert page.status_code == 200
        pages.add(without_tokens(page).replace(code, "CODE"))
    assert len(pages) == 1


@pytest.mark.parametrize("code", ["what", "K7QM", "a" * 3_000, "%00", "é", "K7QM-4XHU", "<script>"])
def test_a_link_without_a_possible_code_asks_for_one(browser_of, code):
    page = browser_of("learner").get(f"/join/{code}")
    assert page.status_code == 200 and "Your link brought" not in page.text
    assert 'name="code" required type="text" value=""' in page.text
    assert 'next=/join"' in browser_of("stranger").get(f"/join/{code}").text


@pytest.mark.parametrize("who", ("stranger", "guest"))
def test_a_code_sent_without_an_account_goes_back_to_its_page(browser_of, room, who, runtime):
    visitor = browser_of(who)
    for code in (room.code, "0000-0000"):
        answer = visitor.post("/join", code=code, name="Me")
        assert (answer.status_code, answer.location) == (303, f"/join/{code}")
    assert visitor.post("/join", code="?", name="Me").location == "/join"
    with runtime.reading() as session:
        assert "join code refused" not in events(session)


def test_the_page_takes_two_statements_and_offers_the_name_of_the_account(browser_of, room, statements):
    visitor = browser_of("other learner")
    statements()
    page = visitor.get(f"/join/{room.code}")
    assert len(statements()) == 2
    assert 'value="Olga"' in page.text and f'value="{room.code}"' in page.text


@pytest.mark.parametrize("path", ["/join", "/join/{}"])
def test_a_code_joins_by_its_page_and_by_its_link(browser_of, room, path):
    visitor = browser_of("other learner")
    visitor.get(path.format(room.code))
    for _ in range(2):
        answer = visitor.post("/join", code=room.code.lower(), name="Olga of Biology")
        assert (answer.status_code, answer.location) == (303, "/classes/1")
    page = text_of(visitor.get("/classes/1"))
    assert "You are in this class now" in page and "You are called Olga of Biology" in page


def test_a_wrong_code_is_said_beside_its_field_and_counted(browser_of, room, runtime):
    visitor = browser_of("other learner")
    with runtime.reading() as session:
        known = events(session)
    for code in ("0000-0000", room.teacher_code, "nonsense"):
        answer = visitor.post("/join", code=code, name="My name here")
        assert answer.status_code == 422
        assert join_codes.REFUSED in text_of(answer)
        assert f'value="{code}"' in answer.text and 'value="My name here"' in answer.text
    with runtime.reading() as session:
        assert events(session) == known + ["join code refused"] * 3


@pytest.mark.parametrize(("field", "text"), [("code", ""), ("name", ""), ("name", "x" * 101), ("name", "a\x00b")])
def test_what_is_missing_is_said_and_not_counted(browser_of, room, runtime, field, text):
    visitor = browser_of("other learner")
    answer = visitor.post("/join", **({"code": room.code, "name": "Olga"} | {field: text}))
    assert answer.status_code == 422 and f'id="{field}-errors"' in answer.text
    with runtime.reading() as session:
        assert "join code refused" not in events(session)
        joined = select(ClassMemberRow.class_id).where(ClassMemberRow.person_id == room["other learner"].id)
        assert session.scalars(joined).all() == [room.other_id]


def test_too_many_wrong_codes_are_a_page_that_says_when_to_come_back(browser_of, room, clock):
    visitor = browser_of("other learner")
    for _ in range(join_codes.MAX_REFUSED):
        assert visitor.post("/join", code="0000-0000", name="Me").status_code == 422
    for code in ("0000-0000", room.code):
        answer = visitor.post("/join", code=code, name="Me")
        assert answer.status_code == 429 and answer.headers["Retry-After"] == "3600"
        assert "Too many tries" in text_of(answer) and "Try again in an hour" in text_of(answer)
    clock.advance(minutes=61)
    assert visitor.post("/join", code=room.code, name="Me").status_code == 303


def test_a_form_without_its_token_joins_nothing(browser_of, room, runtime):
    visitor = browser_of("other learner")
    assert visitor.client.post("/join", data={"code": room.code, "name": "Me"}).status_code == 400
    assert visitor.get("/classes/1").status_code == 404
