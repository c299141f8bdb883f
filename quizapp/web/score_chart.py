"""Where the points of the score chart stand; the template only draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.services.history import PastAttempt

TOP, BASE, HEIGHT = 30, 230, 262
LEFT, RIGHT = 18.0, 94.0
MOST = 12


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One finished attempt: `x` in percent of the width, `y` and the ends of its range in pixels from the top."""

    x: float
    y: int
    low_y: int
    high_y: int
    started_at: datetime
    score: float


def chart_of(attempts: Sequence[PastAttempt]) -> list[ChartPoint]:
    """Place the newest twelve finished attempts from left (oldest) to right; empty below two: no line to draw."""
    finished = [attempt for attempt in attempts if attempt.score is not None][:MOST][::-1]
    if len(finished) < 2:
        return []
    step = (RIGHT - LEFT) / (len(finished) - 1)
    return [
        ChartPoint(
            x=round(LEFT + step * place, 2),
            y=_pixels(attempt.score or 0.0),
            low_y=_pixels(attempt.range.low if attempt.range else 0.0),
            high_y=_pixels(attempt.range.high if attempt.range else 0.0),
            started_at=attempt.started_at,
            score=attempt.score or 0.0,
        )
        for place, attempt in enumerate(finished)
    ]


def _pixels(share: float) -> int:
    return round(BASE - share * (BASE - TOP))
