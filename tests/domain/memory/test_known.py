from dataclasses import replace

import pytest

from quizapp.domain.memory.known import Known, known_of, recall_of
from quizapp.domain.memory.scheduling import NEW, Rating, review
from tests.factories import NOON


def test_right_once_is_seen_and_three_separate_days_are_learned():
    memory = NEW
    found = [known_of(memory)]
    for day in (10, 10, 12, 15):
        memory = review(memory, Rating.GOOD, day, NOON).memory
        found.append(known_of(memory))
    assert found == [Known.NEW, Known.SEEN, Known.SEEN, Known.SEEN, Known.LEARNED]


def test_a_fact_asked_and_never_recalled_is_met():
    assert known_of(review(NEW, Rating.AGAIN, 10, NOON).memory) is Known.MET


@pytest.mark.parametrize(("days", "shade"), [(0, 4), (10, 3), (30, 2), (400, 1), (20_000, 0)])
def test_recall_fades_from_shade_four_to_none(days, shade):
    memory = replace(review(NEW, Rating.GOOD, 10, NOON).memory, stability=10.0)
    assert recall_of(memory, 10 + days).shade == shade


def test_a_fact_missed_today_is_not_shaded_as_known():
    missed = review(NEW, Rating.AGAIN, 10, NOON).memory
    assert (recall_of(missed, 10).just_missed, recall_of(missed, 10).shade) == (True, 0)
    assert not recall_of(missed, 11).just_missed
    assert not recall_of(review(missed, Rating.GOOD, 10, NOON).memory, 10).just_missed


def test_a_new_fact_has_no_recall():
    assert recall_of(NEW, 10).chance == 0
