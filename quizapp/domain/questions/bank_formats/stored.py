"""Facts and sources as the database keeps them. A text is its own cache key: a changed one meets no old entry."""

import json
from functools import lru_cache
from typing import Any

from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.facts.field_reading import Table
from quizapp.domain.questions.bank_formats.json_reading import read_fact, read_source

_CACHED = 4_096


@lru_cache(maxsize=_CACHED)
def fact_from_text(text: str) -> Fact:
    """Read a stored fact."""
    return read_fact(_table("fact", text))


@lru_cache(maxsize=_CACHED)
def source_from_text(text: str) -> Source:
    """Read a stored source."""
    return read_source(_table("source", text), [])


def _table(name: str, text: str) -> Table:
    values: dict[str, Any] = json.loads(text)
    return Table("the database", name, values)
