"""Related facts are kept apart in study: one of them would give the other away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.quantities import fold

CARDS_APART = 10
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Kin:
    """What makes one fact related to another: its group, the words of its value, and what it is asked by."""

    fact_id: int
    group: str
    value: str
    ask: str


def kin_of(fact_id: int, fact: Fact) -> Kin:
    """Take from a fact what it can be related by; `fact_id` is that of its row."""
    value = _folded(fact.value.text) if fact.value else ""
    return Kin(fact_id, fact.group, value, f" {_folded(fact.ask)} ")


def related(one: Kin, other: Kin) -> bool:
    """Say whether two facts are related: of one group, with one value, or each asking for the other.s value."""
    if one.fact_id == other.fact_id:
        return False
    same_group = bool(one.group) and one.group == other.group
    same_value = bool(one.value) and one.value == other.value
    return same_group or same_value or (_stands_in(one.value, other.ask) and _stands_in(other.value, one.ask))


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
    return bool(value) and f" {value} " in ask
