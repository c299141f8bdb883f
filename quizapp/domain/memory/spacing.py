"""Related facts are kept apart in study: one of them would give the other away."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.quantities import fold

CARDS_APART = 10
FEWEST_SHARED = 6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class KinKeys:
    """What makes one fact related to another, ready to be compared: group, words of its value, what it is asked by."""

    group: str
    value: str
    ask: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A fact, by the id of its row, with what it can be related by."""

    fact_id: int
    keys: KinKeys


def keys_of(fact: Fact) -> KinKeys:
    """Take from a fact what it can be related by."""
    return KinKeys(fact.group, _folded(fact.value.text) if fact.value else "", _folded(fact.ask))


def telling_keys(facts: Sequence[Fact]) -> list[KinKeys]:
    """Return what each fact of a bank is related by, less what so many share that it tells nothing.

    A deck whose cards all ask for one of three articles would else have to wait a day for every card.
    """
    found = [keys_of(fact) for fact in facts]
    groups, values = Counter(one.group for one in found), Counter(one.value for one in found)
    most = max(FEWEST_SHARED, len(found) // 10)
    return [
        KinKeys(one.group if groups[one.group] <= most else "", one.value if values[one.value] <= most else "", one.ask)
        for one in found
    ]


def related(one: Kin, other: Kin) -> bool:
    """Say whether two facts are related: of one group, with one value, or each asking for the other.s value."""
    if one.fact_id == other.fact_id:
        return False
    mine, theirs = one.keys, other.keys
    same_group = bool(mine.group) and mine.group == theirs.group
    same_value = bool(mine.value) and mine.value == theirs.value
    return same_group or same_value or (_stands_in(mine.value, theirs.ask) and _stands_in(theirs.value, mine.ask))


def pick(due: Sequence[Kin], asked_today: Sequence[Kin]) -> Kin | None:
    """Choose the first of `due` that may be asked now, given what was asked today, the latest last.

    First choice is a fact unrelated to all of today's; then one unrelated to the last ten cards. None: what is left is
    too close to those and waits, until tomorrow if need be.
    """
    for recent in (asked_today, asked_today[-CARDS_APART:]):
        found = next((one for one in due if not any(related(one, asked) for asked in recent)), None)
        if found is not None:
            return found
    return None


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _stands_in(value: str, ask: str) -> bool:
    return bool(value) and f" {value} " in f" {ask} "
