"""Tags: words that instructors put on questions to find them again."""

from quizapp.domain.shown_name import name_key, name_problem, tidy_name

LONGEST_TAG = 50


def tidy_tag(text: str) -> str:
    """Return a tag as it is stored: one line, single spaces, small letters; so that “Exam” and “exam” are one."""
    return tidy_name(name_key(text))


def tag_problem(text: str) -> str:
    """Say what keeps a text from being a tag, in a sentence; empty where it is one."""
    problem = name_problem(tidy_name(text), LONGEST_TAG) or name_problem(tidy_tag(text), LONGEST_TAG)
    return f"The tag {problem}" if problem else ""
