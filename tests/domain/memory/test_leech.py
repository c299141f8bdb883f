import pytest

from quizapp.domain.memory.leech import gap_days


@pytest.mark.parametrize(
    ("lapses", "days"), [(1, 0), (7, 0), (8, 7), (9, 0), (12, 14), (13, 0), (16, 28), (20, 56), (24, 112), (28, 180)]
)
def test_the_eighth_lapse_and_every_fourth_after_it_set_a_fact_aside_for_longer_each_time(lapses, days):
    assert gap_days(lapses - 1, lapses) == days


def test_a_review_that_was_no_lapse_sets_nothing_aside():
    assert gap_days(8, 8) == 0


def test_a_gap_has_an_end_however_often_a_fact_was_forgotten():
    assert gap_days(40_007, 40_008) == 180
