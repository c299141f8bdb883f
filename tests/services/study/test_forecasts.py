from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study import forecasts, settings
from tests.factories import NOON
from tests.services.studying import study

TODAY = StudySettings().day_of(NOON)


def test_a_forecast_plays_a_year_from_the_learners_own_cards(session, guest):
    study(session, guest)
    found = forecasts.study_forecast(session, guest, NOON)
    assert (found.met, found.unmet, found.recall_now) == (10, 1, 1.0)
    assert len(found.ahead.days) == 365
    assert found.ahead.days[-1].met == 11
    assert 0.7 < found.ahead.days[-1].recall < 1
    assert forecasts.study_forecast(session, guest, NOON) == found


def test_an_exam_is_foretold_with_a_range_that_more_minutes_do_not_lower(session, guest):
    study(session, guest)
    found = forecasts.study_forecast(session, guest, NOON, exam_day=TODAY + 60)
    assert found.exam.low < found.exam.recall < found.exam.high
    assert found.exam.facts == 11


@pytest.mark.parametrize("day", [TODAY, TODAY - 5, TODAY + 400])
def test_an_exam_in_the_past_or_beyond_a_year_is_not_foretold(session, guest, day):
    study(session, guest)
    assert forecasts.study_forecast(session, guest, NOON, exam_day=day).exam is None


def test_the_settings_are_what_is_played(session, guest):
    study(session, guest)
    chosen = replace(
        StudySettings(),
        limit=DailyLimit(LimitKind.CARDS, 2),
        days_off=Break(TODAY + 2, TODAY + 8),
        exam_day=TODAY + 30,
    )
    settings.keep_settings(session, guest, chosen, TODAY)
    found = forecasts.study_forecast(session, guest, NOON)
    assert all(day.studied.reviews <= 2 for day in found.ahead.days)
    assert not any(day.studied.reviews for day in found.ahead.days if chosen.days_off.holds(day.studied.day))
    assert found.exam.day == TODAY + 30
    assert found.days_off.put_off > 0


def test_a_learner_without_cards_has_an_empty_forecast(session, guest):
    found = forecasts.study_forecast(session, guest, NOON + timedelta(days=1))
    assert (found.met, found.unmet, found.exam, found.days_off) == (0, 0, None, None)
    assert found.ahead.reviews == 0
