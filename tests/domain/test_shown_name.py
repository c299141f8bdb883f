import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.shown_name import name_key, name_problem, tidy_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\tLovelace\n", "Ada Lovelace"),
        ("e\u0301va", "\u00e9va"),
        ("Ə. Məmmədov", "Ə. Məmmədov"),
    ],
)
def test_a_name_is_stored_on_one_line_with_its_letters_composed(text, name):
    assert tidy_name(text) == name


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "X Æ A-12",
        "李小龍",
        "علی\u200cرضا",
        "D’Arcy",
        "'t Hooft",
        "=1+1",
        "Иван",
        "Ali 2",
        "Ni\u00f1o",
        "👩\u200d🏫",
    ],
)
def test_names_of_all_kinds_are_names(name):
    assert name_problem(name, 100) == ""


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u200c", "\u0301"])
def test_a_name_in_which_nothing_can_be_seen_is_empty(text):
    assert name_problem(text, 100) == "is empty."


@pytest.mark.parametrize(
    "hidden",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\u200b",
        "\u202e",
        "\u2066",
        "\u00ad",
        "\ufeff",
        "\ud800",
        "\u3164",
        "\U000e0041",
        "\ue000",
    ],
)
def test_what_nobody_can_see_is_refused_in_a_name(hidden):
    assert "cannot be seen" in name_problem(f"Ada{hidden}B", 100)


def test_a_name_is_as_long_as_it_is_stored():
    assert name_problem("x" * 100, 100) == ""
    assert name_problem(f"  {'x' * 100}  ", 100) == ""
    assert name_problem("x" * 101, 100) == "is longer than 100 characters."


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "ADA"), ("Straße", "STRASSE"), ("Ａｄａ", "ada"), (" Ada  B", "ada b")]
)
def test_case_width_and_spaces_tell_no_two_names_apart(one, other):
    assert name_key(one) == name_key(other)


@given(st.text())
def test_a_tidy_name_stays_as_it_is(text):
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    assert name_problem(tidy_name(text), 100) == name_problem(text, 100)
