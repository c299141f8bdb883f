import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.spreadsheet_text import FORMULA_STARTS, defused, restored


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_nothing_starts_as_a_formula(start):
    assert defused(f"{start}1+1") == f"'{start}1+1"
    assert restored(defused(f"{start}1+1")) == f"{start}1+1"


@pytest.mark.parametrize("text", ["", "Ada", "'t Hooft", "1-1", "a=b", "'", "''"])
def test_other_text_stays_as_it_is(text):
    assert defused(text) == text == restored(text)


@given(st.text(alphabet="'=+-@\tax1＝"))
def test_every_text_comes_back_as_it_was(text):
    assert restored(defused(text)) == text
    assert not defused(text).startswith(FORMULA_STARTS)
