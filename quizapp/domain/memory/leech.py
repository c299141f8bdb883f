"""Leeches: facts that keep being forgotten are set aside for a growing while instead of being drilled."""

from dataclasses import replace

from quizapp.domain.memory.scheduling import Memory
from quizapp.domain.memory.spreading import Scheduled

FIRST_AT = 8
THEN_EVERY = 4
FIRST_GAP_DAYS = 7
LONGEST_GAP_DAYS = 180


def gap_days(lapses_before: int, lapses: int) -> int:
    """Return for how many days the lapse just counted sets a fact aside; 0 where it does not.

    The eighth lapse does, then every fourth; the gap doubles each time, from a week to half a year.
    """
    reached = lapses > lapses_before and lapses >= FIRST_AT and (lapses - FIRST_AT) % THEN_EVERY == 0
    if not reached:
        return 0
    times_before = min(10, (lapses - FIRST_AT) // THEN_EVERY)
    return min(LONGEST_GAP_DAYS, FIRST_GAP_DAYS << times_before)


def set_aside(before: Memory, scheduled: Scheduled) -> Scheduled | None:
    """Return what a lapse that sets a fact aside leads to instead of its step of minutes; None where it does not."""
    gap = gap_days(before.lapses, scheduled.memory.lapses)
    if not gap:
        return None
    day = scheduled.memory.last_day or 0
    memory = replace(scheduled.memory, due_day=day + gap, due_at=None)
    return replace(scheduled, memory=memory, interval=gap, step=None, bounds=(gap, gap))
