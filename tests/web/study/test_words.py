from datetime import date, timedelta

import pytest

from quizapp.domain.memory.study_days import day_number
from quizapp.web.study.words import comes_back, day_words, today_date

FRIDAY = day_number(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (4, "in 4 days"),
        (60, "in 60 days"),
        (61, "in about 2 months"),
        (400, "in about 13 months"),
        (800, "in about 2 years"),
        (36_500, "in about 100 years"),
    ],
)
def test_an_interval_is_told_as_a_person_would(days, words):
    assert comes_back(days) == words


@pytest.mark.parametrize(("seconds", "words"), [(0, "now"), (600, "in 10 min"), (900, "in 15 min")])
def test_a_step_is_told_in_minutes(seconds, words):
    assert comes_back(0, timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("later", "words"),
    [(0, "today"), (1, "tomorrow"), (3, "Monday"), (7, "Friday 8 May"), (300, "Thursday 25 February 2027")],
)
def test_a_day_is_named_as_seen_from_today(later, words):
    assert day_words(FRIDAY + later, FRIDAY) == words


def test_the_head_of_a_page_names_the_day():
    assert today_date(FRIDAY) == "Friday, 1 May"
