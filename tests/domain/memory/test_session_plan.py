import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.session_plan import (
    FIRST_PACE_SECONDS,
    DailyLimit,
    LimitKind,
    minutes_for,
    pace_of,
    plan_backlog,
    plan_session,
)

TEN_CARDS = DailyLimit(LimitKind.CARDS, 10)


def test_pace_is_the_learners_own_once_there_is_enough_of_it():
    assert pace_of(0, 0) == FIRST_PACE_SECONDS
    assert pace_of(1_000, 200) == pytest.approx(5.5, abs=0.1)
    assert 5 < pace_of(15, 3) < FIRST_PACE_SECONDS


def test_a_limit_in_minutes_is_turned_into_cards_by_the_pace():
    assert DailyLimit(LimitKind.MINUTES, 20).cards(pace=12) == 100
    assert DailyLimit(LimitKind.MINUTES, 1).cards(pace=100) == 1


def test_what_is_due_goes_before_what_is_new():
    plan = plan_session(due=8, fresh=50, done_today=0, new_today=0, limit=TEN_CARDS, new_a_day=5, pace=12)
    assert (plan.due, plan.new, plan.waiting) == (8, 2, 0)


def test_the_limit_counts_what_was_done_today_already():
    plan = plan_session(due=30, fresh=50, done_today=7, new_today=0, limit=TEN_CARDS, new_a_day=5, pace=12)
    assert (plan.due, plan.new, plan.waiting) == (3, 0, 27)


def test_new_facts_a_day_have_a_limit_of_their_own():
    plan = plan_session(due=0, fresh=50, done_today=3, new_today=3, limit=TEN_CARDS, new_a_day=5, pace=12)
    assert plan.new == 2


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(1, 50))
def test_a_session_never_goes_over_the_limit(due, fresh, done, new_today, amount):
    plan = plan_session(due, fresh, done, new_today, DailyLimit(LimitKind.CARDS, amount), 10, 12)
    assert plan.cards <= max(0, amount - done)
    assert plan.due + plan.waiting == due
    assert 0 <= plan.new <= fresh


def test_a_backlog_is_level_on_the_day_nothing_is_left_over():
    assert plan_backlog(25, {11: 4, 12: 4}, today=10, a_day=15).level_on == 13
    assert plan_backlog(0, {}, today=10, a_day=15).level_on == 11


def test_a_backlog_that_grows_faster_than_it_is_worked_off_is_never_level():
    assert plan_backlog(5, dict.fromkeys(range(11, 400), 20), today=10, a_day=15).level_on is None


@pytest.mark.parametrize(("cards", "minutes"), [(0, 1), (1, 1), (12, 2), (100, 20)])
def test_time_is_told_in_whole_minutes(cards, minutes):
    assert minutes_for(cards, 12) == minutes
