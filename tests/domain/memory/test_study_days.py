from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.study_days import (
    date_of,
    day_number,
    end_of_day,
    offset_minutes,
    study_day,
    weekday_of,
    zone_named,
)
from tests.factories import NOON

ZONES = (
    "UTC",
    "Europe/Istanbul",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Chatham",
    "Pacific/Midway",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
)
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
moments = st.integers(0, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
zones = st.sampled_from(ZONES).map(ZoneInfo)
# Between the rollover hour and midnight no clock change of these zones tears a hole.
hours = st.times().filter(lambda one: one.hour >= 4)


@given(days, zones, hours, hours)
def test_reviews_on_two_local_days_in_a_row_are_one_day_apart_whatever_their_hours(day, zone, first, second):
    before = datetime.combine(day, first, zone).astimezone(UTC)
    after = datetime.combine(day + timedelta(days=1), second, zone).astimezone(UTC)
    assert study_day(after, zone) - study_day(before, zone) == 1


@given(moments, zones)
def test_a_study_day_never_goes_back_as_time_goes_on(moment, zone):
    assert study_day(moment + timedelta(hours=1), zone) - study_day(moment, zone) in (0, 1)


@given(moments, zones)
def test_a_day_ends_at_the_moment_the_next_one_begins(moment, zone):
    day = study_day(moment, zone)
    end = end_of_day(day, zone)
    assert moment < end
    assert study_day(end, zone) == day + 1
    assert study_day(end - timedelta(seconds=1), zone) == day


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Istanbul", "Asia/Kolkata"])
def test_a_session_at_two_in_the_morning_belongs_to_the_day_before(zone):
    late = datetime(2026, 3, 8, 1, 59, tzinfo=ZoneInfo(zone))
    assert study_day(late, ZoneInfo(zone)) == day_number(date(2026, 3, 7))


def test_the_rollover_hour_can_be_another():
    at_two = datetime(2026, 3, 8, 2, tzinfo=UTC)
    assert date_of(study_day(at_two, UTC, rollover_hour=0)) == date(2026, 3, 8)
    assert date_of(study_day(at_two, UTC, rollover_hour=2)) == date(2026, 3, 8)
    assert date_of(study_day(at_two, UTC, rollover_hour=3)) == date(2026, 3, 7)


def test_the_same_moment_is_another_day_on_the_other_side_of_the_world():
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert date_of(study_day(moment, ZoneInfo("Pacific/Midway"))) == date(2026, 4, 30)
    assert date_of(study_day(moment, ZoneInfo("Pacific/Kiritimati"))) == date(2026, 5, 1)


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        study_day(NOON.replace(tzinfo=None), UTC)


def test_an_offset_is_in_minutes_ahead_of_utc():
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert offset_minutes(moment, ZoneInfo("Asia/Kolkata")) == 330
    assert offset_minutes(moment, ZoneInfo("America/New_York")) == -240


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Nowhere/Land",
        "../../etc/passwd",
        "/etc/passwd",
        "Europe",
        "a" * 65,
        "Europe/\x00",
        "ıstanbul",
        "UTC\n",
        ".",
    ],
)
def test_a_name_that_is_no_zone_gives_none(name):
    assert zone_named(name) is None


def test_a_zone_is_found_by_its_name():
    assert zone_named("Asia/Yerevan") == ZoneInfo("Asia/Yerevan")


@given(days)
def test_the_weekday_of_a_study_day_is_that_of_its_date(day):
    assert weekday_of(day_number(day)) == day.weekday()
