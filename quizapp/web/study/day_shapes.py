"""The pictures of a learner's days: 26 weeks as a heatmap, the days to come as bars; each with its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizapp.domain.memory.study_days import date_of, day_number
from quizapp.services.study.today import HEATMAP_DAYS, Today

CELL, PITCH = 19, 23
MONTH_DAYS = 30
_SHADES_FROM = (1, 5, 15, 30)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the heatmap, at its place in the drawing; `shade` runs from 0 (nothing) to 4."""

    x: int
    y: int
    shade: int


@dataclass(frozen=True, slots=True)
class Heatmap:
    """26 weeks, a column each; `months` names the month in which a column begins, `studied` counts days of 30."""

    cells: tuple[Cell, ...]
    months: tuple[tuple[int, str], ...]
    width: int
    studied: int
    table: tuple[tuple[date, int], ...]


def heatmap(days: Mapping[int, int], today: int) -> Heatmap:
    """Draw what was answered on each of the last 26 weeks' days, weeks beginning on Monday.

    The table holds the days with something to tell, the latest first: a day without study is no loss and no row.
    """
    first = _monday(date_of(today - HEATMAP_DAYS + 7))
    start = day_number(first)
    cells = tuple(
        Cell((day - start) // 7 * PITCH, (day - start) % 7 * PITCH, _shade(days.get(day, 0)))
        for day in range(start, today + 1)
    )
    weeks = (today - start) // 7 + 1
    mondays = [(week, first + timedelta(days=7 * week)) for week in range(weeks)]
    months = tuple((week * PITCH, f"{monday:%b}") for week, monday in mondays if monday.day <= 7)
    told = tuple((date_of(day), days[day]) for day in sorted(days, reverse=True) if days[day] and day >= start)
    studied = sum(1 for day in range(today - MONTH_DAYS + 1, today + 1) if days.get(day))
    return Heatmap(cells, months, weeks * PITCH - (PITCH - CELL), studied, told)


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day to come: how many facts are due on it, and its bar's place and height in percent and pixels."""

    day: int
    cards: int
    x: float
    height: float


def bars(coming: Sequence[tuple[int, int]], height: int = 48) -> tuple[DayBar, ...]:
    """Draw the days to come as bars, the fullest as high as the drawing."""
    most = max((cards for _, cards in coming), default=0)
    pitch = 100 / max(1, len(coming))
    return tuple(
        DayBar(day, cards, round(pitch * (place + 0.15), 2), round(height * cards / most, 1) if most else 0)
        for place, (day, cards) in enumerate(coming)
    )


@dataclass(frozen=True, slots=True)
class DaysShown:
    """Both pictures of a learner's days."""

    heatmap: Heatmap
    coming: tuple[DayBar, ...]


def days_shown(today: Today) -> DaysShown:
    """Draw the days behind and ahead of a learner."""
    return DaysShown(heatmap(today.days, today.day), bars(today.coming))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _shade(cards: int) -> int:
    return sum(cards >= bound for bound in _SHADES_FROM)
