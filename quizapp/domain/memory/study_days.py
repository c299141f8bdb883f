"""Study days: whole local days that begin at a rollover hour, so that a late evening belongs to the day it follows."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROLLOVER_HOUR = 4
_EPOCH = date(1970, 1, 1)
_LONGEST_NAME = 64


def study_day(moment: datetime, zone: tzinfo, rollover_hour: int = ROLLOVER_HOUR) -> int:
    """Return the study day of a moment as a count of days since 1970-01-01.

    Two reviews on consecutive local study days are one day apart whatever their hours, and whatever a clock change
    did in between. Raises ValueError for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone belongs to no study day")
    wall_clock = moment.astimezone(zone).replace(tzinfo=None)
    return day_number((wall_clock - timedelta(hours=rollover_hour)).date())


def day_number(day: date) -> int:
    """Count the days from 1970-01-01 to `day`."""
    return (day - _EPOCH).days


def date_of(day: int) -> date:
    """Return the calendar date of a study day."""
    return _EPOCH + timedelta(days=day)


def weekday_of(day: int) -> int:
    """Return the weekday of a study day, Monday 0 to Sunday 6; 1970-01-01 was a Thursday."""
    return (day + 3) % 7


def end_of_day(day: int, zone: tzinfo, rollover_hour: int = ROLLOVER_HOUR) -> datetime:
    """Return the moment, in UTC, at which a study day ends."""
    local = datetime.combine(date_of(day + 1), time(rollover_hour), zone)
    return local.astimezone(UTC)


def offset_minutes(moment: datetime, zone: tzinfo) -> int:
    """Return how many minutes a zone is ahead of UTC at a moment."""
    offset = moment.astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone with this IANA name ("Asia/Yerevan"); None where there is none, whatever was sent."""
    if not name or len(name) > _LONGEST_NAME or not name.isascii():
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name is an OSError, a path outside a ValueError
        return None
