"""The forecast: a month and a year of studying, an exam, a break; each a figure with what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from flask import Blueprint, render_template, request

from quizapp.domain.memory.forecast import ForecastDay
from quizapp.domain.memory.study_days import date_of, day_number
from quizapp.domain.memory.study_settings import MOST_MINUTES
from quizapp.runtime import runtime
from quizapp.services.study import forecasts
from quizapp.web.ids import id_of
from quizapp.web.study.day_shapes import DayBar, bars
from quizapp.web.visitors import require_actor

blueprint = Blueprint("study_forecast", __name__, url_prefix="/study/forecast")

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a week of the forecast: when it begins, reviews and minutes a day, and recall at its end."""

    begins: date
    reviews: float
    minutes: float
    recall: float
    met: int


@blueprint.get("")
def show() -> str:
    """Show what is to come; `?on=` and `?minutes=` ask about an exam without keeping anything."""
    actor = require_actor()
    exam_day, told = _exam_day(request.args.get("on", ""))
    minutes = min(MOST_MINUTES, id_of(request.args.get("minutes", ""))) or None
    with runtime().reading() as database:
        found = forecasts.study_forecast(database, actor, runtime().now(), minutes, exam_day)
    if exam_day is not None and found.exam is None and not told:
        told = "An exam can be foretold from tomorrow to a year ahead, once there is a card."
    month, year = spans(found.ahead.days[: forecasts.MONTH_DAYS], 1), spans(found.ahead.days, _WEEK)
    return render_template(
        "study/forecast.html",
        forecast=found,
        month=month,
        month_bars=shape(month),
        year=year if len(found.ahead.days) > forecasts.MONTH_DAYS else [],
        year_bars=shape(year),
        exam_on=date_of(found.exam.day) if found.exam else None,
        told=told,
    )


def spans(days: Sequence[ForecastDay], length: int) -> list[Span]:
    """Gather the days of a forecast into spans of `length` days; a last one that is shorter counts too."""
    parts = [days[start : start + length] for start in range(0, len(days), length)]
    return [
        Span(
            begins=date_of(part[0].studied.day),
            reviews=fmean(day.studied.reviews for day in part),
            minutes=fmean(day.minutes for day in part),
            recall=part[-1].recall,
            met=part[-1].met,
        )
        for part in parts
    ]


def shape(found: Sequence[Span]) -> tuple[DayBar, ...]:
    """Draw the minutes a day of each span."""
    return bars([(place, round(span.minutes * 10)) for place, span in enumerate(found)], height=72)


def _exam_day(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    try:
        return day_number(date.fromisoformat(text[:10])), ""
    except ValueError:
        return None, "Write the day of the exam like 2026-06-01."
