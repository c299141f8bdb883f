from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.join_code import ALPHABET, LENGTH, CodeLife, code_from, grouped, read_code

CODE = "K7QM4XHT"


def test_a_code_holds_forty_bits_and_no_two_signs_that_look_alike():
    assert log2(len(ALPHABET)) * LENGTH >= 40
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set("OIL") & set(ALPHABET)


def test_codes_follow_from_their_secret_and_differ_by_number():
    assert code_from("secret", 1) == code_from("secret", 1)
    codes = {code_from(secret, number) for secret in ("a", "b", "a1") for number in range(1_000)}
    assert len(codes) == 3_000
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert {one for code in codes for one in code} == set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "K7QM-4XHT", "k7qm4xht", " K7QM 4XHT ", "k7qm–4xht", "K7-QM-4X-HT", "k7qm\u00a04xht", "Ｋ７ＱＭ４ＸＨＴ",
        "https://quiz.example/join/K7QM-4XHT", "http://localhost:8000/join/k7qm-4xht/", "/join/K7QM4XHT", "K7QM.4XHT",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize(("typed", "code"), [("OoIiLl00", "00111100"), ("o1I0-l111", "01101111")])
def test_letters_that_look_like_digits_are_read_as_them(typed, code):
    assert read_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "K7QM", "K7QM-4XHTK", "K7QM-4XHU", "K7QM-4XH!é", "K7QM4XH\u0660", "\x00" * 8, "\ud800" * 8, "K" * 400]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_as_it_is_shown_is_read_back(code):
    assert read_code(grouped(code)) == read_code(grouped(code).lower()) == code
    assert len(grouped(code)) == LENGTH + 1


@given(st.text())
def test_whatever_is_typed_is_read_as_a_code_or_as_nothing(text):
    assert len(read_code(text)) in (0, LENGTH)


def test_each_life_of_a_code_is_longer_than_the_one_before():
    days = [life.time.days for life in CodeLife]
    assert days == [1, 14, 300]
