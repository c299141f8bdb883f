from dataclasses import replace

import pytest

from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_settings import StudySettings, problems_of

TODAY = 20_000


def test_the_defaults_are_sound():
    assert problems_of(StudySettings(), TODAY) == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("zone", {"zone": "Nowhere/Land"}),
        ("rollover_hour", {"rollover_hour": 13}),
        ("rollover_hour", {"rollover_hour": -1}),
        ("limit_amount", {"limit": DailyLimit(LimitKind.MINUTES, 0)}),
        ("limit_amount", {"limit": DailyLimit(LimitKind.MINUTES, 601)}),
        ("limit_amount", {"limit": DailyLimit(LimitKind.CARDS, 2_001)}),
        ("new_a_day", {"new_a_day": 201}),
        ("weekday_loads", {"weekday_loads": (100,) * 6}),
        ("weekday_loads", {"weekday_loads": (70,) * 7}),
        ("weekday_loads", {"weekday_loads": (0,) * 7}),
        ("off_until", {"days_off": Break(TODAY + 5, TODAY + 4)}),
        ("off_until", {"days_off": Break(TODAY - 5, TODAY - 1)}),
        ("off_until", {"days_off": Break(TODAY, TODAY + 60)}),
        ("off_from", {"days_off": Break(TODAY + 366, TODAY + 370)}),
        ("exam_day", {"exam_day": TODAY}),
        ("exam_day", {"exam_day": TODAY + 4_000}),
    ],
)
def test_each_field_says_what_is_wrong_with_it(field, changes):
    assert list(problems_of(replace(StudySettings(), **changes), TODAY)) == [field]


def test_two_buttons_are_the_default_and_four_a_refinement():
    assert StudySettings().ratings == (Rating.AGAIN, Rating.GOOD)
    assert StudySettings(four_buttons=True).ratings == tuple(Rating)
