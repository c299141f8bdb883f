import pytest

from quizapp.domain.facts.blank import is_blank


@pytest.mark.parametrize("text", ["", " \t\n", "\u200b\u200b", "\ufeff \u2060", "\u3164", "\u2800", "\u034f\ufe0f"])
def test_what_nobody_can_see_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " ə ", "\u200ba\u200b", "?", "Հ", "é"])
def test_one_letter_or_sign_is_enough(text):
    assert not is_blank(text)
