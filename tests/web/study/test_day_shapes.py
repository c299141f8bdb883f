from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.study_days import day_number
from quizapp.web.study.day_shapes import bars, heatmap

FRIDAY = day_number(date(2026, 5, 1))


@given(st.dictionaries(st.integers(FRIDAY - 182, FRIDAY), st.integers(0, 90)), st.integers(0, 6))
def test_the_weeks_hold_every_day_once_and_end_today(days, later):
    drawn = heatmap(days, FRIDAY + later)
    assert len(drawn.cells) == len({(cell.x, cell.y) for cell in drawn.cells})
    assert 25 * 7 < len(drawn.cells) <= 27 * 7
    assert drawn.cells[-1].y == (4 + later) % 7 * 23  # Monday is the first row
    assert all(cards > 0 for _, cards in drawn.table)
    assert drawn.studied <= 30


def test_a_day_is_darker_the_more_was_done():
    drawn = heatmap({FRIDAY: 40, FRIDAY - 1: 16, FRIDAY - 2: 6, FRIDAY - 3: 1}, FRIDAY)
    assert [cell.shade for cell in drawn.cells[-5:]] == [0, 1, 2, 3, 4]


def test_a_missed_day_is_blank_and_no_row():
    drawn = heatmap({FRIDAY - 2: 3}, FRIDAY)
    assert drawn.table == ((date(2026, 4, 29), 3),)
    assert drawn.studied == 1


def test_the_fullest_day_to_come_is_as_high_as_the_drawing():
    drawn = bars([(1, 0), (2, 5), (3, 10)], height=40)
    assert [bar.height for bar in drawn] == [0, 20, 40]


def test_days_without_anything_have_no_height():
    assert [bar.height for bar in bars([(1, 0), (2, 0)])] == [0, 0]
