"""Leeches: facts that keep being forgotten are set aside for a growing while instead of being drilled."""

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
