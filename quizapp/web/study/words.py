"""Words for when something comes back, and for how well it is known."""

from datetime import date, timedelta

from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.known import Known
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.study_days import date_of

GRADE_WORDS = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}
GRADE_LABELS = {Rating.AGAIN: "Forgot it", Rating.HARD: "Hardly", Rating.GOOD: "Knew it", Rating.EASY: "Easily"}
KNOWN_WORDS = {Known.NEW: "not asked yet", Known.MET: "not recalled yet", Known.SEEN: "seen", Known.LEARNED: "learned"}
REVIEW_WORDS = {
    ReviewKind.STUDY: "Studied",
    ReviewKind.QUIZ: "In a quiz",
    ReviewKind.PRACTICE: "Practised",
    ReviewKind.PRETEST: "Before reading",
    ReviewKind.OPEN_BOOK: "From the article",
    ReviewKind.CONTRAST: "Two to tell apart",
}
_MONTH, _YEAR = 30.44, 365.25


def comes_back(interval: int, step: timedelta | None = None) -> str:
    """Say when a fact comes back: "in 10 min", "tomorrow", "in 4 days", "in about 3 months"."""
    if step is not None:
        minutes = round(step.total_seconds() / 60)
        return "now" if minutes < 1 else f"in {minutes} min"
    if interval <= 0:
        return "today"
    if interval == 1:
        return "tomorrow"
    if interval < 2 * _MONTH:
        return f"in {interval} days"
    if interval < 2 * _YEAR:
        return f"in about {round(interval / _MONTH)} months"
    return f"in about {round(interval / _YEAR)} years"


def day_words(day: int, today: int) -> str:
    """Name a study day as seen from today: "today", "tomorrow", "Friday", "Friday 12 June"."""
    if day == today:
        return "today"
    if day == today + 1:
        return "tomorrow"
    named = date_of(day)
    if today < day < today + 7:
        return f"{named:%A}"
    return f"{named:%A} {named.day} {named:%B}" + ("" if _near(named, date_of(today)) else f" {named.year}")


def today_date(day: int) -> str:
    """Write a study day as the head of a page has it: "Wednesday, 27 May"."""
    named = date_of(day)
    return f"{named:%A}, {named.day} {named:%B}"


def _near(one: date, other: date) -> bool:
    return abs((one - other).days) < 200
