"""Write `bank.toml`, `facts.toml` and `retelling.toml` so that reading them gives the same words and facts again."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from quizapp.domain.facts.fact import Fact, Mode, Source, Status, Tier, Topic
from quizapp.domain.facts.passage import passage_to_json
from quizapp.domain.facts.retelling import Section, sections_to_json
from quizapp.domain.facts.toml_writing import toml_document

_FROZEN = (
    "# Written from a database. `recipes = []` says that no question is made from the facts: those there were stand\n"
    "# in written.json. Take the line out, or name recipes in it, to have more made by `quizapp bank build`.\n\n"
)
_FACTS = "# Written from a database. questions/README.md says what each field is.\n\n"


def bank_toml(title: str, summary: str, language: str, licence: str, source: Source, topics: Iterable[Topic]) -> str:
    """Write `bank.toml` of a bank whose questions stand in `written.json`: no recipe runs."""
    values: dict[str, Any] = {
        "title": title,
        "summary": summary,
        "language": language,
        "licence": licence,
        "recipes": [],
        "source": _source(source),
        "side": [
            {"id": side.id, "label": side.label, "adjective": side.adjective, "pattern": side.pattern}
            for side in source.sides
        ],
        "speaker": [
            _without_nothing(
                {
                    "id": one.id,
                    "name": one.name,
                    "short": one.short,
                    "role": one.role,
                    "kind": one.kind.value,
                    "side": one.side,
                    "interviewed": one.interviewed,
                    "spellings": list(one.spellings),
                }
            )
            for one in source.speakers
        ],
        "topic": [{"id": topic.id, "label": topic.label} for topic in topics],
    }
    return _FROZEN + toml_document({name: one for name, one in values.items() if name == "recipes" or one})


def facts_toml(facts: Iterable[Fact]) -> str:
    """Write `facts.toml`."""
    written = [_fact(fact) for fact in facts]
    return _FACTS + (toml_document({"fact": written}) if written else "")


def retelling_toml(sections: Sequence[Section]) -> str:
    """Write `retelling.toml`; nothing where there are no sections."""
    if not sections:
        return ""
    told = [
        {"title": section["title"], "passage": [_passage(one) for one in section["passages"]]}
        for section in sections_to_json(sections)
    ]
    return toml_document({"section": told})


def _source(source: Source) -> dict[str, Any]:
    values = {
        "id": source.id,
        "outlet": source.outlet,
        "outlet_place": source.outlet_place,
        "description": source.description,
        "title": source.title,
        "author": source.author,
        "date": source.date,
        "as_of": source.as_of,
        "retrieved": source.retrieved,
        "language": source.language,
        "paragraphs": source.paragraphs,
        "affiliation": source.affiliation,
        "kind": source.kind.value if source.is_deck else "",
    }
    return _without_nothing(values)


def _fact(fact: Fact) -> dict[str, Any]:
    """Return what differs from what a fact has when its file is silent."""
    statement, value = _marked(fact)
    values = {
        "id": fact.id,
        "paragraph": fact.paragraphs[0] if len(fact.paragraphs) == 1 else list(fact.paragraphs),
        "topic": fact.topic,
        "kind": fact.kind.value,
        "tier": "" if fact.tier is Tier.SHOULD else fact.tier.value,
        "speaker": fact.speaker or "",
        "mode": "" if fact.mode is (Mode.SAID if fact.speaker else Mode.REPORTED) else fact.mode.value,
        "status": "" if fact.status is _usual_status(fact) else fact.status.value,
        "statement": statement,
        "value": value,
        "accept": list(fact.value.accept) if fact.value else [],
        "ask": fact.ask,
        "value_of": fact.value_of,
        "relation": fact.relation,
        "said": fact.said,
        "group": fact.group,
        "note": fact.note,
        "reference": fact.reference,
        "not_with": sorted(fact.not_with),
        "when": fact.when,
        "after": list(fact.after),
        "event": fact.event,
        "review_by": fact.review_by,
    }
    written = _without_nothing(values)
    return written | {"passage": passage_to_json(fact.passage)} if fact.passage else written


def _usual_status(fact: Fact) -> Status:
    return Status.SINGLE_SOURCE if fact.speaker else Status.UNCONTESTED


def _marked(fact: Fact) -> tuple[str, str]:
    """Return the statement with its value in braces, and the value where its words cannot be marked."""
    text, value = fact.text, fact.value.text if fact.value else ""
    if not value or any(brace in text for brace in "{}"):
        return text, value
    places = list(re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text))
    if len(places) != 1 or value != value.strip():
        return text, value
    start, end = places[0].span()
    return f"{text[:start]}{{{value}}}{text[end:]}", ""


def _passage(values: dict[str, Any]) -> dict[str, Any]:
    paragraphs = values["paragraph"]
    shown = _without_nothing(values)
    return shown | {"paragraph": paragraphs[0] if len(paragraphs) == 1 else paragraphs}


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in values.items() if one not in ("", [], False, None)}
