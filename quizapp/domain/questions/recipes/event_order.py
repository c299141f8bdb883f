"""Which event came first: by absolute dates, and by what the text says came after what."""

import re
from collections.abc import Sequence

from quizapp.domain.facts.fact import Fact

_DATE = re.compile(r"(-?\d{1,4})(?:-(\d{2}))?(?:-(\d{2}))?")


def in_order(events: Sequence[Fact]) -> list[Fact]:
    """Sort events so that none stands before one that the text places earlier; ties keep the order of the facts."""
    left = list(events)
    sorted_events: list[Fact] = []
    while left:
        free = [one for one in left if not any(comes_before(other, one, events) for other in left if other is not one)]
        first = (free or left)[0]
        sorted_events.append(first)
        left.remove(first)
    return sorted_events


def fixed_pairs(events: Sequence[Fact]) -> tuple[tuple[int, ...], ...]:
    """List the pairs (earlier index, later index) whose order the text fixes."""
    return tuple(
        (i, j)
        for i in range(len(events))
        for j in range(i + 1, len(events))
        if comes_before(events[i], events[j], events)
    )


def comes_before(earlier: Fact, later: Fact, events: Sequence[Fact]) -> bool:
    """Say whether the text fixes that `earlier` came first, directly or through other events."""
    return _by_date(earlier, later) or _by_words(earlier, later, events)


def _by_words(earlier: Fact, later: Fact, events: Sequence[Fact]) -> bool:
    known = {fact.id: fact for fact in events}
    waiting, seen = list(later.after), set[str]()
    while waiting:
        fact_id = waiting.pop()
        if fact_id == earlier.id:
            return True
        if fact_id not in seen and fact_id in known:
            seen.add(fact_id)
            waiting.extend(known[fact_id].after)
    return False


def _by_date(earlier: Fact, later: Fact) -> bool:
    one, other = _date_of(earlier), _date_of(later)
    if one is None or other is None:
        return False
    return any(a < b for a, b in zip(one, other, strict=False)) and one[: min(len(one), len(other))] < other


def _date_of(fact: Fact) -> tuple[int, ...] | None:
    found = _DATE.fullmatch(fact.when)
    return tuple(int(part) for part in found.groups() if part) if found else None
