from dataclasses import replace

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study import settings
from tests.factories import NOON

TODAY = StudySettings().day_of(NOON)
CHOSEN = StudySettings(
    zone="Asia/Yerevan",
    rollover_hour=5,
    four_buttons=True,
    cards_only=True,
    limit=DailyLimit(LimitKind.CARDS, 40),
    new_a_day=7,
    weekday_loads=(100, 100, 100, 100, 100, 50, 0),
    days_off=Break(TODAY + 3, TODAY + 9),
    exam_day=TODAY + 30,
)


def test_settings_come_back_as_they_were_kept(session, guest, stranger):
    settings.keep_settings(session, guest, CHOSEN, TODAY)
    assert settings.study_settings(session, guest) == CHOSEN
    settings.keep_settings(session, guest, replace(CHOSEN, days_off=None), TODAY)
    assert settings.study_settings(session, guest) == replace(CHOSEN, days_off=None)
    assert settings.study_settings(session, stranger) == StudySettings()
    assert settings.study_settings(session, None) == StudySettings()


def test_settings_that_are_not_sound_are_refused_field_by_field(session, guest):
    with pytest.raises(InvalidContent) as refused:
        settings.keep_settings(session, guest, replace(CHOSEN, zone="Moon/Base", new_a_day=-1), TODAY)
    assert {problem.place for problem in refused.value.problems} == {"zone", "new_a_day"}
    assert settings.study_settings(session, guest) == StudySettings()


def test_a_browsers_zone_is_learnt_once_and_never_over_a_chosen_one(session, guest):
    settings.learn_zone(session, guest, StudySettings(), "Asia/Tokyo")
    known = settings.study_settings(session, guest)
    assert known.zone == "Asia/Tokyo"
    settings.learn_zone(session, guest, known, "Europe/Paris")
    assert settings.study_settings(session, guest).zone == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["", "Moon/Base", "../etc", "x" * 500, "\x00"])
def test_a_zone_that_is_none_is_not_learnt(session, guest, zone):
    settings.learn_zone(session, guest, StudySettings(), zone)
    assert settings.study_settings(session, guest) == StudySettings()
