import pytest

from quizapp.domain import errors
from quizapp.domain.errors import InvalidContent, Problem, QuizappError


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("facts.toml", "there is no fact.", 3), "facts.toml:3: there is no fact."),
        (Problem("facts.toml", "there is no fact."), "facts.toml: there is no fact."),
    ],
)
def test_a_problem_says_where_it_stands(problem, text):
    assert str(problem) == text


def test_invalid_content_names_every_place_one_a_line():
    error = InvalidContent([Problem("a", "one.", 1), Problem("b", "two.")])
    assert str(error) == "a:1: one.\nb: two."
    assert len(error.problems) == 2


def test_every_error_a_person_is_told_about_has_one_parent():
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(found) > 4
    assert all(issubclass(one, QuizappError) for one in found)
