"""By what a fact is related to others, kept beside it so that study need not read whole facts to keep them apart."""

from typing import Any

from sqlalchemy import Row

from quizapp.domain.facts.fact import Fact
from quizapp.domain.memory.spacing import Kin, KinKeys, keys_of


def kin_columns(fact: Fact) -> dict[str, str]:
    """Return the values of the columns by which a fact is compared with others."""
    keys = keys_of(fact)
    return {"group_key": keys.group, "value_key": keys.value, "ask_key": keys.ask}


def kin_of_row(row: Row[*tuple[Any, ...]]) -> Kin:
    """Read a row that holds `fact_id` and those columns."""
    return Kin(row.fact_id, KinKeys(row.group_key or "", row.value_key or "", row.ask_key or ""))
