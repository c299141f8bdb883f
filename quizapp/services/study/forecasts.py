"""A learner's forecast: days and minutes to come, recall then, an exam, a break, from their real memories."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.memory_tables import CardRow
from quizapp.domain.memory.forecast import (
    BreakPlan,
    ExamForecast,
    Forecast,
    break_plan,
    exam_forecast,
    forecast,
)
from quizapp.domain.memory.known import recall_of
from quizapp.domain.memory.scheduling import Memory
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.memory.study_ahead import StudyPlan
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf
from quizapp.services.study.cards import CARDS, MEMORY_COLUMNS, memory_of_row
from quizapp.services.study.desk import Desk, desk, is_studied
from quizapp.services.study.sessions import pace

MONTH_DAYS, YEAR_DAYS = 30, 365
MOST_FOR_A_YEAR = 3_000
MOST_FOR_AN_EXAM_DAYS = 365
_SEED = 1


@dataclass(frozen=True, slots=True)
class StudyForecast:
    """What is to come. `ahead` reaches a year, or a month where there are too many facts to play a year forward.

    `recall_now` is the mean chance of recall over the facts met, 0 to 1; `exam` and `days_off` are None where none is
    planned.
    """

    today: int
    settings: StudySettings
    met: int
    unmet: int
    recall_now: float
    ahead: Forecast
    minutes_a_day: int
    exam: ExamForecast | None
    days_off: BreakPlan | None


def study_forecast(
    session: Session, actor: Actor, now: datetime, minutes_a_day: int | None = None, exam_day: int | None = None
) -> StudyForecast:
    """Play the actor's days forward; `minutes_a_day` and `exam_day` stand for what the settings say. Four statements.

    The same memories on the same day give the same forecast. An exam more than a year away is not foretold.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    at = desk(session, actor, "", SessionKind.STUDY, now)
    memories, unmet = _memories(session, actor), _unmet(session, actor)
    speed = pace(session, actor.id, at.day)
    plan = _plan(at.settings, unmet, speed)
    exam_day = exam_day or at.settings.exam_day
    minutes = minutes_a_day or max(1, round(at.settings.limit.cards(speed) * speed / 60))
    days_off, exam = at.settings.days_off, None
    if exam_day is not None and at.day < exam_day <= at.day + MOST_FOR_AN_EXAM_DAYS and memories:
        exam = exam_forecast(memories, at.day, exam_day, plan, minutes_a_day=minutes, seed=_SEED)
    horizon = YEAR_DAYS if len(memories) + unmet <= MOST_FOR_A_YEAR else MONTH_DAYS
    return StudyForecast(
        today=at.day,
        settings=at.settings,
        met=len(memories),
        unmet=unmet,
        recall_now=_mean_recall(memories, at),
        ahead=forecast(memories, at.day, horizon, plan, _SEED),
        minutes_a_day=minutes,
        exam=exam,
        days_off=break_plan(memories, at.day, days_off, plan, seed=_SEED) if days_off and memories else None,
    )


def _mean_recall(memories: list[Memory], at: Desk) -> float:
    factor = at.settings.calibration.factor
    return sum(recall_of(one, at.day, factor).chance for one in memories) / len(memories) if memories else 0.0


def _plan(settings: StudySettings, unmet: int, speed: float) -> StudyPlan:
    return StudyPlan(
        new_facts=unmet,
        new_a_day=settings.new_a_day,
        limit_cards_a_day=settings.limit.cards(speed),
        calendar=settings.calendar({}, _SEED),
        retention=settings.retention,
        pace_seconds=speed,
        memory_factor=settings.calibration.factor,
        factor_spread=settings.calibration.spread,
    )


def _memories(session: Session, actor: Actor) -> list[Memory]:
    rows = session.execute(
        select(*MEMORY_COLUMNS)
        .join(FactRow, FactRow.id == CARDS.c.fact_id)
        .join(BankRow, BankRow.id == CARDS.c.bank_id)
        .where(CARDS.c.person_id == actor.id, is_studied(), on_shelf(actor))
        .order_by(CARDS.c.id)
    )
    return [memory_of_row(row) for row in rows]


def _unmet(session: Session, actor: Actor) -> int:
    """Count the facts never asked of the banks that the learner has begun."""
    met = select(CardRow.fact_id).where(CardRow.person_id == actor.id, CardRow.fact_id == FactRow.id).exists()
    begun = select(CardRow.bank_id).where(CardRow.person_id == actor.id)
    statement = (
        select(func.count())
        .select_from(FactRow)
        .join(BankRow, BankRow.source_id == FactRow.source_id)
        .where(is_studied(), on_shelf(actor), BankRow.id.in_(begun), ~met)
    )
    return session.scalar(statement) or 0
