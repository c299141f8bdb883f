from datetime import timedelta

from quizapp.domain.plausible_range import plausible_range
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services.history import PastAttempt
from quizapp.web.score_chart import BASE, MOST, TOP, chart_of
from tests.factories import NOON


def past(number, score):
    span = None if score is None else plausible_range(score, 10)
    return PastAttempt(
        attempt_id=number,
        kind=AttemptKind.QUIZ,
        bank_name="harbour",
        bank_title="The harbour",
        started_at=NOON - timedelta(days=number),
        length=10,
        answered=10,
        is_retry=False,
        finished=score is not None,
        is_open=True,
        score=score,
        range=span,
    )


def test_one_score_is_no_line():
    assert chart_of([past(1, 0.5)]) == []


def test_the_oldest_stands_left_and_a_full_score_on_top():
    points = chart_of([past(0, 1.0), past(1, 0.0)])
    assert [point.y for point in points] == [BASE, TOP]
    assert points[0].x < points[1].x


def test_unfinished_quizzes_are_left_out_and_only_the_newest_twelve_shown():
    points = chart_of([past(0, None), *(past(n, 0.5) for n in range(1, 20))])
    assert len(points) == MOST
    assert points[-1].started_at == NOON - timedelta(days=1)


def test_the_range_reaches_around_the_score():
    assert all(point.high_y <= point.y <= point.low_y for point in chart_of([past(0, 0.7), past(1, 0.2)]))
