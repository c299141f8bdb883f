import pytest

from quizapp.web.ids import MAX_ID, id_of


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("0042", 42), (str(MAX_ID), MAX_ID)])
def test_an_id_is_read(text, number):
    assert id_of(text) == number


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.0", "²", "１", "x", str(MAX_ID + 1), "9" * 5000, " 1", "1e3", "\x00"]
)
def test_anything_else_is_no_id(text):
    assert id_of(text) == 0
