import pytest

from tests.web.conftest import text_of
from tests.web.studying import take


@pytest.fixture
def learner(visitor):
    for _ in range(6):
        take(visitor)
    return visitor


def test_the_forecast_shows_a_month_and_a_year_in_words_and_tables(learner):
    page = text_of(learner.get("/study/forecast"))
    assert "6 facts met, 5 new ones still to meet." in page
    assert "The next 30 days" in page
    assert "In a year" in page
    assert page.count("The same as a table") == 2


def test_an_exam_can_be_asked_about_without_keeping_anything(learner):
    page = text_of(learner.get("/study/forecast?on=2026-06-01&minutes=20"))
    assert "On 1 June 2026, at 20 minutes a day: about" in page
    assert "probably between" in page
    assert "An exam" in text_of(learner.get("/study/forecast"))
    assert "1 June 2026, at" not in text_of(learner.get("/study/forecast"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("on=soon", "Write the day of the exam"),
        ("on=2020-01-01", "from tomorrow to a year ahead"),
        ("on=9999-12-31", "from tomorrow to a year ahead"),
        ("on=2026-06-01%00&minutes=-3", "at"),
        ("minutes=99999999999999999999", "The next 30 days"),
        ("on=%F0%9F%98%80&minutes=x", "Write the day of the exam"),
    ],
)
def test_what_cannot_be_foretold_is_said(learner, asked, told):
    answer = learner.get(f"/study/forecast?{asked}")
    assert answer.status_code == 200
    assert told in text_of(answer)


def test_a_stranger_has_no_forecast(visitor):
    assert visitor.get("/study/forecast").status_code == 404


def test_the_forecast_takes_few_statements(learner, statements):
    statements()
    learner.get("/study/forecast")
    assert len(statements()) <= 5
