from datetime import UTC, datetime

import pytest

from quizapp.domain.plausible_range import ScoreRange
from quizapp.web import filters
from tests.factories import make_claim, make_fact, make_source


@pytest.mark.parametrize(("share", "words"), [(0, "0 %"), (0.396, "40 %"), (1, "100 %")])
def test_a_share_is_written_as_percent(share, words):
    assert filters.percent(share) == words


def test_a_rough_share_claims_no_more_precision_than_five_percent():
    assert [filters.about_percent(share) for share in (0.3968, 0.892)] == ["40 %", "90 %"]


def test_a_moment_is_written_with_its_zone():
    assert filters.day_and_time(datetime(2026, 5, 1, 9, 3, tzinfo=UTC)) == "1 May 2026, 09:03 UTC"


def test_a_claim_names_its_speaker_and_a_report_its_outlet():
    source = make_source()
    assert filters.who_says(make_claim(speaker="fishers"), source) == "The fishers’ union said"
    assert filters.who_says(make_fact(), source) == "The Quayside Times’s own voice"


def test_a_range_is_said_in_a_sentence():
    said = filters.score_in_words(ScoreRange(0.3968, 0.892))
    assert said == "On questions like these you would get between about 40 % and 90 %."
