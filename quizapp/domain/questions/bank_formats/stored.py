"""Facts, sources and retellings as stored. A text is its own cache key: changed, it meets no old entry."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.facts.field_reading import Table
from quizapp.domain.facts.retelling import Section, sections_from_json, sections_to_json
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


@lru_cache(maxsize=_CACHED)
def retelling_from_text(text: str) -> tuple[Section, ...]:
    """Read a stored retelling."""
    return sections_from_json(_table("retelling", f'{{"retelling": {text}}}'), [])


def retelling_to_text(sections: Iterable[Section]) -> str:
    """Write a retelling as it is stored."""
    return json.dumps(sections_to_json(sections), ensure_ascii=False, separators=(",", ":"))


def _table(name: str, text: str) -> Table:
    values: dict[str, Any] = json.loads(text)
    return Table("the database", name, values)
