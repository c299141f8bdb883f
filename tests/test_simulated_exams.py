"""Whether forecasts of an exam come true, for learners as the app's memory model has them and for others."""

from dataclasses import dataclass
from statistics import fmean

import pytest

from quizapp.domain.memory.calibration import Calibration
from quizapp.domain.memory.forecast import exam_forecast, forecast
from quizapp.domain.memory.study_ahead import StudyPlan
from tests.power_law_learner import PowerLawLearner
from tests.simulated_study import Calibrator, SameModelLearner, Study

DAY, OTHERS = 20_000, 40
SCENARIOS, LEARNERS_EACH = 120, 8
EXAM_FACTS, FIRST_DAYS, MORE_DAYS, MET_A_DAY = 150, 25, 20, 4


def scenario(seed: int) -> Study:
    """Return a learner in the middle of their facts, with a history of real reviews."""
    study = Study(SameModelLearner(seed), seed)
    for number in range(FIRST_DAYS):
        study.study(DAY + number, MET_A_DAY)
    return study


def continued(begun: Study, seed: int, day: int, days: int, facts: int, a_day: int) -> Study:
    """Return one of the courses that a study can take from `day` on."""
    study = begun.branch(seed)
    for number in range(days):
        study.study(day + number, min(a_day, facts - len(study.memories)))
    return study


@pytest.mark.long
def test_eight_exams_in_ten_end_inside_the_interval_that_was_foretold(capsys):
    today, exam_day = DAY + FIRST_DAYS, DAY + FIRST_DAYS + MORE_DAYS
    inside, errors, foretold_reviews, real_reviews = [], [], 0, 0.0
    for number in range(SCENARIOS):
        begun = scenario(number)
        memories = begun.memories
        plan = StudyPlan(EXAM_FACTS - len(memories), MET_A_DAY)
        foretold_exam = exam_forecast(memories, today, exam_day, plan, minutes_a_day=None, seed=number)
        foretold_reviews += sum(
            day.studied.asked + day.studied.new for day in forecast(memories, today, MORE_DAYS, plan, number).days
        )
        for course in range(LEARNERS_EACH):
            seed = 1_000_000 + number * 100 + course
            study = continued(begun, seed, today, MORE_DAYS, EXAM_FACTS, MET_A_DAY)
            right = [study.learner.respond(0, memory, exam_day).right for memory in study.memories]
            share = sum(right) / EXAM_FACTS
            inside.append(foretold_exam.low <= share <= foretold_exam.high)
            errors.append(share - foretold_exam.recall)
            real_reviews += (len(study.log) - len(begun.log)) / LEARNERS_EACH
    with capsys.disabled():
        print(
            f"\nexam of {EXAM_FACTS} facts in {MORE_DAYS} days, {SCENARIOS} forecasts x {LEARNERS_EACH} learners: "
            f"{fmean(inside):.1%} inside the 80 % interval (standard error {(0.16 / len(inside)) ** 0.5:.1%}), "
            f"mean error {fmean(errors):+.4f}; reviews foretold {foretold_reviews}, real {real_reviews:.0f}"
        )
    assert 0.75 <= fmean(inside) <= 0.85
    assert abs(foretold_reviews / real_reviews - 1) <= 0.10


@dataclass(frozen=True)
class Exam:
    """How an exam of one learner with another memory ended, against what was foretold."""

    inside: bool
    error: float


def exams_of(seed: int, growth: float, with_calibration: bool) -> list[Exam]:
    """Foretell an exam of 200 facts, after 60 days of study and 30 days ahead, and hold it three times."""
    learner, calibrator = PowerLawLearner(seed, growth=growth), Calibrator()
    begun = Study(learner, seed, calibrator if with_calibration else None)
    for number in range(60):
        begun.study(DAY + number, 3)
    known = calibrator.calibration(begun.log) if with_calibration else Calibration(1.0, 0.0)
    plan = StudyPlan(20, 3, memory_factor=known.factor, factor_spread=known.spread)
    expected = exam_forecast(begun.memories, DAY + 60, DAY + 90, plan, minutes_a_day=None, seed=seed)
    found = []
    for course in range(3):
        study = continued(begun, 1_000_000 + seed * 10 + course, DAY + 60, 30, 200, 3)
        share = (
            sum(study.learner.respond(fact, one, DAY + 90).recalled for fact, one in enumerate(study.memories)) / 200
        )
        found.append(Exam(expected.low <= share <= expected.high, share - expected.recall))
    return found


@pytest.mark.long
@pytest.mark.parametrize("growth", [1.5, 0.8])
def test_exams_of_learners_with_another_memory_are_foretold_better_by_what_they_showed(growth, capsys):
    shares, errors = [], []
    for with_calibration in (False, True):
        found = [one for seed in range(OTHERS) for one in exams_of(seed, growth, with_calibration)]
        shares.append(fmean(one.inside for one in found))
        errors.append(fmean(abs(one.error) for one in found))
    with capsys.disabled():
        print(
            f"\nexams of {OTHERS} power-law learners, G - 1 about {growth}: inside the 80 % interval {shares[0]:.0%} "
            f"by the app's own model, {shares[1]:.0%} calibrated; "
            f"mean absolute error {errors[0]:.3f} and {errors[1]:.3f}"
        )
    assert shares[1] > shares[0]
    assert errors[1] < errors[0]
