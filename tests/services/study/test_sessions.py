from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.domain.errors import Conflict
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study import sessions, settings
from quizapp.services.study.desk import desk
from tests.factories import NOON
from tests.services.studying import BANK, PRACTICE, STUDY, study, take, turn_of


def plan(session, actor, bank=BANK, now=NOON, **options):
    return sessions.plan(session, desk(session, actor, bank, STUDY, now), **options)


def start(session, actor, bank=BANK, kind=STUDY, now=NOON, **options):
    at = desk(session, actor, bank, kind, now)
    found, new_facts = sessions.plan(session, at, **options)
    return sessions.begin(session, at, found.cards, new_facts, seed=9, now=now)


def test_a_first_session_is_as_long_as_the_new_facts_of_a_day(session, guest):
    found, new_facts = plan(session, guest)
    assert (found.due, found.new, len(new_facts)) == (0, 10, 10)


def test_a_session_can_be_made_shorter_by_minutes(session, guest):
    found, new_facts = plan(session, guest, minutes=1)
    assert found.cards == len(new_facts) == 4


def test_who_wants_more_than_the_limit_gets_as_much_again(session, guest):
    chosen = replace(StudySettings(), new_a_day=3, limit=DailyLimit(LimitKind.CARDS, 3))
    settings.keep_settings(session, guest, chosen, chosen.day_of(NOON))
    study(session, guest)
    assert plan(session, guest)[0].cards == 0
    assert plan(session, guest, more=True)[0].new == 3


def test_all_banks_together_take_new_facts_only_from_those_begun(session, guest):
    assert plan(session, guest, bank="")[0].cards == 0
    take(session, guest)
    assert plan(session, guest, bank="")[0].new == 9


def test_all_banks_together_review_what_is_due_in_each(session, guest):
    first = take(session, guest)
    assert turn_of(session, guest, NOON + timedelta(days=3), bank="").fact_id == first.fact_id


def test_a_new_session_ends_the_one_that_runs(session, guest):
    take(session, guest)
    assert turn_of(session, guest).done == 1
    start(session, guest)
    assert turn_of(session, guest).done == 0


def test_a_session_of_yesterday_is_over(session, guest):
    take(session, guest)
    assert desk(session, guest, BANK, STUDY, NOON).sitting is not None
    assert desk(session, guest, BANK, STUDY, NOON + timedelta(days=1)).sitting is None


def test_a_study_day_ends_at_four_in_the_morning_of_the_learner(session, guest):
    settings.learn_zone(session, guest, StudySettings(), "Pacific/Auckland")
    take(session, guest)  # midnight there
    assert desk(session, guest, BANK, STUDY, NOON + timedelta(hours=3)).sitting is not None
    assert desk(session, guest, BANK, STUDY, NOON + timedelta(hours=5)).sitting is None


def test_practice_and_study_are_two_sessions(session, guest):
    take(session, guest)
    assert desk(session, guest, BANK, PRACTICE, NOON).sitting is None


def test_the_turn_of_a_form_can_be_taken_once(session, guest):
    at = start(session, guest)
    sessions.move_on(session, at.sitting, 0)
    with pytest.raises(Conflict):
        sessions.move_on(session, at.sitting, 0)


def test_pace_follows_what_reviews_took(session, guest):
    day = StudySettings().day_of(NOON)
    usual = sessions.pace(session, guest.id, day)
    assert usual == sessions.pace(session, None, day)
    for _ in range(10):
        take(session, guest)  # four seconds each
    assert 4 < sessions.pace(session, guest.id, day) < usual
