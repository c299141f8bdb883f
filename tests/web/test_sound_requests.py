import pytest

from quizapp.web.sound_requests import unsound_fields
from tests.hostile_input import multipart_body
from tests.web.conftest import text_of


@pytest.mark.parametrize(
    ("cookie", "unsound"),
    [
        ({}, []),
        ({"token": "abc", "csrf_token": "0f", "length": 5, "_permanent": True, "_flashes": [["message", "Kept."]]}, []),
        ({"token": 5, "csrf_token": None, "_permanent": "yes", "_flashes": "x"}, None),
        ({"token": "é", "csrf_token": "a\x00", "_flashes": [["message"]]}, None),
        ({"_flashes": [["message", {}]]}, None),
    ],
)
def test_a_field_of_another_kind_is_unsound(cookie, unsound):
    assert unsound_fields(cookie) == (list(cookie) if unsound is None else unsound)


def test_an_unsound_field_is_forgotten_and_the_others_stay(visitor):
    visitor.get("/")
    with visitor.client.session_transaction() as cookie:
        cookie["token"], cookie["_flashes"], kept = [1], {"a": 1}, cookie["csrf_token"]
    assert visitor.get("/history").status_code == 200
    visitor.start()
    with visitor.client.session_transaction() as cookie:
        assert cookie["csrf_token"] == kept
        assert isinstance(cookie["token"], str)
        assert "_flashes" not in cookie


def test_a_part_without_a_name_is_refused_with_a_page_of_ours(visitor):
    visitor.get("/")
    body = multipart_body([("csrf_token", visitor.token), ("bank", "harbour"), ("length", "5")])
    nameless = body.data.replace(b' name="length"', b"")
    answer = visitor.client.post("/quizzes", data=nameless, content_type=body.content_type)
    assert answer.status_code == 400
    assert "This request could not be read" in text_of(answer)


def test_a_file_where_text_belongs_is_refused(visitor):
    visitor.get("/")
    body = multipart_body([("csrf_token", visitor.token), ("length", "5")], [("bank", "a.csv", b"harbour")])
    answer = visitor.client.post("/quizzes", data=body.data, content_type=body.content_type)
    assert answer.status_code == 400
    assert "This request could not be read" in text_of(answer)
