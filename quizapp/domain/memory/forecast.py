"""What is to come for a learner, from their real memories: days and minutes, recall on an exam day, a planned break."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, sqrt
from statistics import NormalDist, fmean, variance

from quizapp.domain.memory.scheduling import Memory
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_ahead import Studied, StudyAhead, StudyPlan

MINUTES_OF_A_DAY = 24 * 60
EXAM_RUNS = 8
BREAK_RUNS = 4
_Z_80 = 1.2816
_WEEK = 7


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """One study day to come: what is studied, how many `minutes` it takes, and what is recalled at its end.

    `recall` is the mean chance of recall over all facts `met`, 0 where there are none; `known` facts were recalled on
    three separate days.
    """

    studied: Studied
    minutes: float
    recall: float
    met: int
    known: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days to come of a learner who has `facts` before them, met or not."""

    days: tuple[ForecastDay, ...]
    facts: int

    @property
    def reviews(self) -> int:
        """All reviews of all days."""
        return sum(day.studied.reviews for day in self.days)

    @property
    def minutes(self) -> float:
        """The minutes of all days."""
        return sum(day.minutes for day in self.days)

    @property
    def impossible_days(self) -> tuple[int, ...]:
        """The study days that would take more minutes than a day has: the plan cannot be done."""
        return tuple(day.studied.day for day in self.days if day.minutes > MINUTES_OF_A_DAY)

    @property
    def over_limit(self) -> tuple[int, ...]:
        """The study days that are studied and whose daily limit leaves due facts waiting for the next."""
        return tuple(day.studied.day for day in self.days if day.studied.asked and day.studied.waiting)


@dataclass(frozen=True, slots=True)
class ExamForecast:
    """What is recalled on the day of an exam, as shares of all facts from 0 to 1; facts never met count as forgotten.

    The share recalled in the exam itself lies from `low` to `high` in 80 of 100 cases, as far as the memory model
    holds; of simulated learners with another memory, whose factor was calibrated, about 70 of 100 end inside.
    """

    day: int
    recall: float
    low: float
    high: float
    met: float
    facts: int


@dataclass(frozen=True, slots=True)
class BreakPlan:
    """What a planned break means. `put_off` reviews are not done in it.

    `recall` and `recall_studying_on` are means at the end of its last day, over the facts met before it begins;
    `a_day_after` reviews a day make up the first week after it, and would be `a_day_studying_on` without the break.
    """

    days_off: Break
    put_off: float
    recall: float
    recall_studying_on: float
    a_day_after: float
    a_day_studying_on: float

    @property
    def recall_loss(self) -> float:
        """How much lower mean recall is at the end of the break, 0 to 1."""
        return self.recall_studying_on - self.recall


def forecast(memories: Sequence[Memory], today: int, days: int, plan: StudyPlan, seed: int) -> Forecast:
    """Play `days` study days forward, `today` being the first; one course of those that are likely, drawn by `seed`.

    A due fact that the limit, a free weekday or the break leaves is carried over. Facts never asked are those of the
    plan and any memory without a review.
    """
    ahead = StudyAhead(memories, today, plan, seed)
    facts = ahead.met + ahead.fresh
    return Forecast(tuple(_next_day(ahead) for _ in range(days)), facts)


def exam_forecast(
    memories: Sequence[Memory],
    today: int,
    exam_day: int,
    plan: StudyPlan,
    *,
    minutes_a_day: int | None,
    seed: int,
    runs: int = EXAM_RUNS,
) -> ExamForecast:
    """Foretell what is recalled on `exam_day`, when `minutes_a_day` (None: the plan's limit) are studied until the eve.

    The 80 % interval is mean ± 1.2816 √(B (1 + 1/n) + W). B is the variance of mean recall between `n` seeded runs,
    whose memories last longer or shorter by equally likely steps of the plan's `factor_spread`; W is the mean over the
    runs of Σ p (1 - p) / N², the variance of an exam that asks each of N facts once. It assumes that the plan is kept,
    that the memory model holds but for that factor, that facts are recalled independently of each other, and that N is
    large enough for a normal curve (from about 20). Raises ValueError for fewer than two runs.
    """
    if runs < 2:
        raise ValueError("the variance between runs takes at least two of them")
    if minutes_a_day is not None:
        limit = DailyLimit(LimitKind.MINUTES, minutes_a_day).cards(plan.pace_seconds)
        plan = replace(plan, limit_cards_a_day=limit)
    facts = max(1, plan.new_facts + len(memories))
    means, variances, met = [], [], []
    for run in range(runs):
        lasting = exp(plan.factor_spread * NormalDist().inv_cdf((run + 0.5) / runs))
        ahead = StudyAhead(memories, today, plan, _seed_of(seed, run), lasting)
        _study_until(ahead, exam_day)
        chances = ahead.recalls(exam_day)
        means.append(sum(chances) / facts)
        variances.append(sum(chance * (1 - chance) for chance in chances) / facts**2)
        met.append(ahead.met)
    recall = fmean(means)
    reach = _Z_80 * sqrt(variance(means) * (1 + 1 / runs) + fmean(variances))
    return ExamForecast(exam_day, recall, max(0.0, recall - reach), min(1.0, recall + reach), fmean(met), facts)


def break_plan(
    memories: Sequence[Memory], today: int, days_off: Break, plan: StudyPlan, *, seed: int, runs: int = BREAK_RUNS
) -> BreakPlan:
    """Compare a break known from today on with studying on, as means of seeded runs; the plan's own break is replaced.

    Taking it moves what is due within it to the days around it, as planning a break does; new facts are met on the same
    days in both but for the break itself.
    """
    off = [_around(memories, today, days_off, plan, _seed_of(seed, run), taken=True) for run in range(runs)]
    on = [_around(memories, today, days_off, plan, _seed_of(seed, run), taken=False) for run in range(runs)]
    return BreakPlan(
        days_off=days_off,
        put_off=fmean(within for within, _, _ in on),
        recall=fmean(recall for _, recall, _ in off),
        recall_studying_on=fmean(recall for _, recall, _ in on),
        a_day_after=fmean(after for _, _, after in off),
        a_day_studying_on=fmean(after for _, _, after in on),
    )


def _around(
    memories: Sequence[Memory], today: int, days_off: Break, plan: StudyPlan, seed: int, *, taken: bool
) -> tuple[float, float, float]:
    """Return the reviews within a break, mean recall at its end, and the reviews a day in the week after it."""
    calendar = replace(plan.calendar, days_off=days_off if taken else None)
    ahead = StudyAhead(memories, today, replace(plan, calendar=calendar), seed)
    _study_until(ahead, days_off.first)
    met = ahead.met
    within = sum(day.reviews for day in _study_until(ahead, days_off.last + 1))
    chances = ahead.recalls(days_off.last)[:met]
    after = sum(day.reviews for day in _study_until(ahead, days_off.last + 1 + _WEEK))
    return within, fmean(chances) if chances else 0.0, after / _WEEK


def _study_until(ahead: StudyAhead, day: int) -> list[Studied]:
    return [ahead.study() for _ in range(ahead.day, day)]


def _next_day(ahead: StudyAhead) -> ForecastDay:
    studied = ahead.study()
    chances = ahead.recalls(studied.day)
    minutes = studied.reviews * ahead.plan.pace_seconds / 60
    return ForecastDay(studied, minutes, sum(chances) / len(chances) if chances else 0.0, ahead.met, ahead.known)


def _seed_of(seed: int, run: int) -> int:
    """Derive the seed of one run; seeds close to each other must not share their runs."""
    return seed * 1_000_003 + run
