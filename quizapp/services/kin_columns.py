"""By what a fact is related to others, kept beside it so that study need not read whole facts to keep them apart."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from quizapp.domain.facts.fact import Fact
from quizapp.domain.memory.spacing import Kin, KinKeys, keys_of, telling_keys


def kin_columns(fact: Fact) -> dict[str, str | bool]:
    """Return the values of the columns by which one fact is compared with others."""
    return _columns(fact, keys_of(fact))


def kin_columns_of(facts: Sequence[Fact]) -> list[dict[str, str | bool]]:
    """Return those values for all facts of a bank, in their order; what too many of them share is left out."""
    return [_columns(fact, keys) for fact, keys in zip(facts, telling_keys(facts), strict=True)]


def kin_of_row(row: Row[*tuple[Any, ...]]) -> Kin:
    """Read a row that holds `fact_id` and those columns."""
    return Kin(row.fact_id, KinKeys(row.group_key or "", row.value_key or "", row.ask_key or ""))


def _columns(fact: Fact, keys: KinKeys) -> dict[str, str | bool]:
    has_faces = (fact.value is not None and bool(fact.ask)) or bool(fact.said and fact.speaker)
    return {"group_key": keys.group, "value_key": keys.value, "ask_key": keys.ask, "has_faces": has_faces}
