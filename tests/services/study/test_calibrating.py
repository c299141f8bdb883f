from datetime import timedelta

import pytest

from quizapp.domain.memory.calibration import Calibration
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study import settings, turns
from quizapp.services.study.calibrating import calibrate_learner
from tests.factories import NOON
from tests.services.studying import BANK, STUDY, take


def study_for(session, actor, days, forgets):
    """Study every third day; who `forgets` has lost everything each third time, and learns it anew."""
    for day in range(0, days, 3):
        lost: set[int] = set()
        for _ in range(30):
            now = NOON + timedelta(days=day)
            found = turns.current_turn(session, actor, BANK, STUDY, now)
            if isinstance(found, turns.Finished):
                break
            forgotten = forgets and day % 9 == 6 and found.fact_id not in lost
            lost.add(found.fact_id)
            take(session, actor, right=not forgotten, now=now)


def test_a_learner_who_always_recalls_gets_longer_intervals_and_one_who_forgets_shorter_ones(session, guest, stranger):
    study_for(session, guest, 24, forgets=False)
    study_for(session, stranger, 24, forgets=True)
    sure = calibrate_learner(session, guest.id, StudySettings(), NOON)
    unsure = calibrate_learner(session, stranger.id, StudySettings(), NOON)
    assert unsure.factor < 1 < sure.factor
    assert settings.study_settings(session, guest).calibration.factor == pytest.approx(sure.factor)
    assert settings.study_settings(session, guest).target_retention < 0.9
    assert settings.study_settings(session, stranger).target_retention > 0.9


def test_a_few_reviews_change_nothing(session, guest):
    take(session, guest)
    assert calibrate_learner(session, guest.id, StudySettings(), NOON) == Calibration()
