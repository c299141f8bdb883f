import pytest

from quizapp.domain.questions.tag import LONGEST_TAG, tag_problem, tidy_tag


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Exam \n 2026 ", "exam 2026"), ("ＥＸＡＭ", "exam"), ("Straße", "strasse")]
)
def test_a_tag_is_one_line_of_small_letters(typed, kept):
    assert (tag_problem(typed), tidy_tag(typed), tidy_tag(tidy_tag(typed))) == ("", kept, kept)


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "a\x00b", "a\u202eb", "x" * (LONGEST_TAG + 1), "ﷺ" * 10])
def test_what_cannot_be_a_tag_is_told_in_a_sentence(typed):
    assert tag_problem(typed).startswith("The tag ") and tag_problem(typed).endswith(".")


def test_the_longest_tag_is_one():
    assert tag_problem("x" * LONGEST_TAG) == ""
