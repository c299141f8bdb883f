"""How one learner studies: their days, their limit, their buttons. Every one of them has a default."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from quizapp.domain.memory.calibration import Calibration, calibrated
from quizapp.domain.memory.scheduling import DESIRED_RETENTION, Rating
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.spreading import FULL_LOAD, Break, Calendar
from quizapp.domain.memory.study_days import ROLLOVER_HOUR, offset_minutes, study_day, zone_named

NEW_A_DAY = 10
TWO_BUTTONS = (Rating.AGAIN, Rating.GOOD)
FOUR_BUTTONS = tuple(Rating)
WEEKDAY_LOADS = (FULL_LOAD, 50, 0)
MOST_MINUTES, MOST_CARDS, MOST_NEW = 600, 2_000, 200
LONGEST_BREAK_DAYS = 60


@dataclass(frozen=True, slots=True)
class StudySettings:
    """What a learner chose. `zone` is an IANA name, empty while it is unknown (UTC is used then).

    `weekday_loads` is the share of a full day in percent, Monday first; `exam_day` is a study day.
    """

    zone: str = ""
    rollover_hour: int = ROLLOVER_HOUR
    four_buttons: bool = False
    cards_only: bool = False
    limit: DailyLimit = field(default_factory=DailyLimit)
    new_a_day: int = NEW_A_DAY
    weekday_loads: tuple[int, ...] = (FULL_LOAD,) * 7
    days_off: Break | None = None
    exam_day: int | None = None
    retention: float = DESIRED_RETENTION
    calibration: Calibration = field(default_factory=Calibration)

    @property
    def target_retention(self) -> float:
        """The retention to schedule by, so that this learner's own recall comes to the one they desire."""
        return calibrated(self.retention, self.calibration.factor)

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings there is a button for."""
        return FOUR_BUTTONS if self.four_buttons else TWO_BUTTONS

    @property
    def time_zone(self) -> tzinfo:
        """The learner's time zone."""
        return zone_named(self.zone) or UTC

    def day_of(self, moment: datetime) -> int:
        """Return the study day of a moment."""
        return study_day(moment, self.time_zone, self.rollover_hour)

    def offset_of(self, moment: datetime) -> int:
        """Return how many minutes the learner's clock is ahead of UTC at a moment."""
        return offset_minutes(moment, self.time_zone)

    def calendar(self, loads: dict[int, int], seed: int | str) -> Calendar:
        """Return what the choice of a day depends on, given how many facts are due on each."""
        return Calendar(loads, self.weekday_loads, self.days_off, seed)


def problems_of(chosen: StudySettings, today: int) -> dict[str, str]:
    """Say what is wrong with settings, by the name of the field; nothing when they can be kept."""
    found: dict[str, str] = {}
    if chosen.zone and zone_named(chosen.zone) is None:
        found["zone"] = "There is no such time zone; choose one like Europe/Istanbul."
    if not 0 <= chosen.rollover_hour <= 12:
        found["rollover_hour"] = "A study day begins between 0 and 12 o’clock."
    most = MOST_MINUTES if chosen.limit.kind is LimitKind.MINUTES else MOST_CARDS
    if not 1 <= chosen.limit.amount <= most:
        found["limit_amount"] = f"A daily limit is from 1 to {most} {chosen.limit.kind}."
    if not 0 <= chosen.new_a_day <= MOST_NEW:
        found["new_a_day"] = f"New facts a day are from 0 to {MOST_NEW}."
    if len(chosen.weekday_loads) != 7 or any(load not in WEEKDAY_LOADS for load in chosen.weekday_loads):
        found["weekday_loads"] = "Each day of the week is full, half or free."
    elif not any(chosen.weekday_loads):
        found["weekday_loads"] = "At least one day of the week must not be free."
    return found | _problems_of_dates(chosen, today)


def _problems_of_dates(chosen: StudySettings, today: int) -> dict[str, str]:
    found: dict[str, str] = {}
    if chosen.days_off is not None:
        days = chosen.days_off.last - chosen.days_off.first + 1
        if days < 1:
            found["off_until"] = "The break ends before it begins."
        elif days > LONGEST_BREAK_DAYS:
            found["off_until"] = f"A break is at most {LONGEST_BREAK_DAYS} days long."
        elif chosen.days_off.last < today:
            found["off_until"] = "This break is over already."
        elif chosen.days_off.first > today + 365:
            found["off_from"] = "A break can be planned up to a year ahead."
    if chosen.exam_day is not None and not today < chosen.exam_day <= today + 3_650:
        found["exam_day"] = "The exam must lie in the future, within ten years."
    return found
