from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.memory.forecast import break_plan, exam_forecast, forecast
from quizapp.domain.memory.scheduling import NEW, Memory, MemoryState, ideal_interval, retrievability
from quizapp.domain.memory.spreading import Break, Calendar
from quizapp.domain.memory.study_ahead import StudyPlan
from quizapp.domain.memory.study_days import day_number
from tests.simulated_study import SameModelLearner, Study

TODAY = day_number(date(2026, 5, 1))  # a Friday


def grown(stability: float, difficulty: float = 5.0, last: int = 0, state: MemoryState = MemoryState.REVIEW) -> Memory:
    """Return a memory reviewed `last` days ago and due by its stability."""
    day = TODAY - last
    due = day if state is MemoryState.RELEARNING else day + ideal_interval(stability)
    step = None if state is MemoryState.REVIEW else 0
    return Memory(state, step, stability, difficulty, day, due, None, 5, 1, 3, day)


memories = st.lists(
    st.just(NEW)
    | st.builds(
        grown,
        st.floats(0.1, 500),
        st.floats(1, 10),
        st.integers(0, 60),
        st.sampled_from([MemoryState.REVIEW, MemoryState.RELEARNING]),
    ),
    max_size=30,
)
weeks = st.tuples(*[st.sampled_from((0, 50, 100))] * 7)
breaks = st.none() | st.builds(
    lambda first, length: Break(TODAY + first, TODAY + first + length), st.integers(0, 20), st.integers(0, 15)
)
plans = st.builds(
    StudyPlan,
    st.integers(0, 20),
    st.integers(0, 5),
    st.none() | st.integers(1, 12),
    st.builds(lambda week, days_off: Calendar(weekday_loads=week, days_off=days_off), weeks, breaks),
    st.sampled_from([0.8, 0.9, 0.95]),
)
seeds = st.integers(0, 2**31)
some = settings(max_examples=60, deadline=None)


@some
@given(memories, plans, seeds)
def test_no_day_goes_beyond_the_daily_limit(memories, plan, seed):
    for day in forecast(memories, TODAY, 40, plan, seed).days:
        assert plan.limit_cards_a_day is None or day.studied.reviews <= plan.limit_cards_a_day
        assert day.studied.new <= plan.new_a_day


@some
@given(memories, plans, seeds)
def test_nothing_is_studied_in_a_break_or_on_a_free_weekday(memories, plan, seed):
    for day in forecast(memories, TODAY, 40, plan, seed).days:
        if plan.calendar.is_off(day.studied.day) or plan.calendar.weight(day.studied.day) == 0:
            assert (day.studied.reviews, day.studied.new, day.minutes) == (0, 0, 0)
            assert day.studied.waiting == day.studied.due


@some
@given(memories, plans, seeds)
def test_one_seed_gives_one_course(memories, plan, seed):
    assert forecast(memories, TODAY, 20, plan, seed) == forecast(memories, TODAY, 20, plan, seed)


@some
@given(memories, plans, seeds)
def test_no_fact_is_lost_or_made_up(memories, plan, seed):
    found = forecast(memories, TODAY, 40, plan, seed)
    met = sum(one.stability is not None for one in memories)
    assert found.facts == len(memories) + plan.new_facts
    for day in found.days:
        met += day.studied.new
        assert day.met == met <= found.facts
        assert day.studied.due == day.studied.asked + day.studied.waiting <= met
        assert day.known <= day.met
        assert day.studied.asked + day.studied.new <= day.studied.reviews <= 2 * (day.studied.asked + day.studied.new)
        assert 0 <= day.recall <= 1


@some
@given(memories, seeds)
def test_without_a_limit_or_days_off_nothing_waits_and_new_facts_are_met_at_their_rate(memories, seed):
    found = forecast(memories, TODAY, 10, StudyPlan(new_facts=25, new_a_day=10), seed)
    assert all(day.studied.waiting == 0 for day in found.days)
    assert sum(day.studied.new for day in found.days) == 25 + sum(one.stability is None for one in memories)
    assert found.over_limit == ()


def test_what_is_due_is_worked_off_before_new_facts_are_met():
    overdue = [grown(5.0, last=30) for _ in range(50)]
    found = forecast(overdue, TODAY, 10, StudyPlan(new_facts=10, new_a_day=10, limit_cards_a_day=20), seed=1)
    first = found.days[0].studied
    assert (first.due, first.new) == (50, 0)
    assert first.waiting == first.due - first.asked > 0
    assert found.over_limit[0] == TODAY
    assert sum(day.studied.new for day in found.days) > 0


def test_mean_recall_is_that_of_the_memories_while_nothing_is_reviewed():
    facts = [grown(float(days), last=days // 2) for days in range(20, 60)]
    off = StudyPlan(calendar=Calendar(days_off=Break(TODAY, TODAY + 9)))
    last = forecast(facts, TODAY, 10, off, seed=1).days[-1]
    assert last.recall == pytest.approx(fmean(retrievability(one, TODAY + 9) for one in facts))


def test_a_day_with_more_minutes_than_it_has_is_said_to_be_impossible():
    overdue = [grown(5.0, last=30) for _ in range(3_000)]
    found = forecast(overdue, TODAY, 2, StudyPlan(pace_seconds=60), seed=1)
    assert found.days[0].minutes > 24 * 60
    assert found.impossible_days == (TODAY,)
    assert forecast(overdue, TODAY, 2, StudyPlan(pace_seconds=60, limit_cards_a_day=100), seed=1).impossible_days == ()


def test_totals_are_those_of_the_days():
    found = forecast([NEW] * 30, TODAY, 60, StudyPlan(new_a_day=10, pace_seconds=30), seed=4)
    assert found.reviews == sum(day.studied.reviews for day in found.days)
    assert found.minutes == pytest.approx(found.reviews / 2)
    assert found.days[-1].known == 30


def test_a_learner_without_facts_has_nothing_to_come():
    found = forecast([], TODAY, 5, StudyPlan(), seed=1)
    assert (found.reviews, found.days[-1].recall) == (0, 0)
    assert forecast([], TODAY, 0, StudyPlan(), seed=1).days == ()


def test_a_forecast_foretells_what_studying_by_the_real_scheduling_comes_to():
    real = []
    for seed in range(20):
        study = Study(SameModelLearner(seed), seed)
        for number in range(40):
            study.study(TODAY + number, 5 if number < 20 else 0)
        real.append(len(study.log))
    played = [forecast([NEW] * 100, TODAY, 40, StudyPlan(new_a_day=5), seed).days for seed in range(60)]
    foretold = fmean(sum(day.studied.asked + day.studied.new for day in days) for days in played)
    assert foretold == pytest.approx(fmean(real), rel=0.05)


def test_a_learner_whose_memory_lasts_longer_has_less_to_do():
    facts = [grown(float(days), last=days // 2) for days in range(5, 105)]
    usual = forecast(facts, TODAY, 120, StudyPlan(), seed=1)
    lasting = forecast(facts, TODAY, 120, StudyPlan(memory_factor=2.0), seed=1)
    assert lasting.reviews < usual.reviews
    assert lasting.days[0].recall > usual.days[0].recall


def test_more_minutes_a_day_never_lower_what_is_recalled_in_the_exam():
    overdue = [grown(6.0, last=15) for _ in range(150)]
    plan = StudyPlan(new_facts=100, new_a_day=10)
    recalls = [
        exam_forecast(overdue, TODAY, TODAY + 40, plan, minutes_a_day=minutes, seed=3, runs=4).recall
        for minutes in (1, 3, 6, 10, 20)
    ]
    for less, more in pairwise(recalls):
        assert more >= less - 0.01


@settings(max_examples=30, deadline=None)
@given(memories, plans, seeds, st.integers(0, 30))
def test_the_interval_of_an_exam_holds_its_mean_and_stays_within_none_and_all(memories, plan, seed, later):
    found = exam_forecast(memories, TODAY, TODAY + later, plan, minutes_a_day=5, seed=seed, runs=2)
    assert 0 <= found.low <= found.recall <= found.high <= 1
    assert found.met <= len(memories) + plan.new_facts


def test_facts_that_will_not_be_met_before_the_exam_count_as_forgotten():
    found = exam_forecast([], TODAY, TODAY + 5, StudyPlan(100, 10), minutes_a_day=None, seed=1)
    assert (found.met, found.facts) == (50, 100)
    assert 0.3 < found.recall <= 0.5


def test_an_exam_of_today_is_foretold_without_any_studying():
    facts = [grown(20.0, last=10)] * 40
    found = exam_forecast(facts, TODAY, TODAY, StudyPlan(), minutes_a_day=20, seed=1)
    chance = retrievability(facts[0], TODAY)
    assert found.recall == pytest.approx(chance)
    assert found.high - found.low == pytest.approx(2 * 1.2816 * (chance * (1 - chance) / 40) ** 0.5)


def test_the_less_is_known_of_a_learner_the_wider_the_interval():
    facts = [grown(20.0, last=step % 20) for step in range(100)]
    found = [
        exam_forecast(facts, TODAY, TODAY + 20, StudyPlan(factor_spread=spread), minutes_a_day=None, seed=1)
        for spread in (0.0, 0.25, 0.5)
    ]
    widths = [one.high - one.low for one in found]
    assert widths == sorted(widths)
    assert widths[2] > 1.3 * widths[0]


def test_one_run_says_nothing_of_the_spread_between_runs():
    with pytest.raises(ValueError, match="two"):
        exam_forecast([], TODAY, TODAY + 5, StudyPlan(), minutes_a_day=None, seed=1, runs=1)


def test_a_break_costs_recall_and_puts_reviews_off_without_heaping_them_up():
    facts = [grown(1.2**step, last=step % 5) for step in range(2, 22) for _ in range(10)]
    days_off = Break(TODAY + 14, TODAY + 20)
    found = break_plan(facts, TODAY, days_off, StudyPlan(), seed=2)
    assert found.put_off > 0
    assert 0.005 < found.recall_loss < 0.15
    assert found.a_day_studying_on < found.a_day_after


def test_what_is_due_in_a_planned_break_comes_before_or_after_it():
    facts = [grown(20.0, last=step % 15) for step in range(60)]
    days_off = Break(TODAY + 5, TODAY + 11)
    plan = StudyPlan(calendar=Calendar(days_off=days_off))
    found = forecast(facts, TODAY, 30, plan, seed=2)
    within = [day.studied for day in found.days if days_off.holds(day.studied.day)]
    assert sum(days_off.holds(one.due_day) for one in facts) > 20
    assert [day.due for day in within] == [0] * 7
    assert max(day.studied.reviews for day in found.days) < 20


def test_a_plan_that_holds_a_break_already_is_compared_with_studying_on():
    facts = [grown(10.0, last=step % 10) for step in range(60)]
    days_off = Break(TODAY + 3, TODAY + 9)
    plan = StudyPlan()
    planned = replace(plan, calendar=Calendar(days_off=days_off))
    assert break_plan(facts, TODAY, days_off, planned, seed=2) == break_plan(facts, TODAY, days_off, plan, seed=2)


def test_a_break_without_facts_costs_nothing():
    found = break_plan([], TODAY, Break(TODAY + 1, TODAY + 7), StudyPlan(), seed=2)
    assert (found.put_off, found.recall_loss) == (0, 0)
