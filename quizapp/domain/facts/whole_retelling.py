"""A retelling in which every fact stands: what the bank's file does not tell, such as a fact an instructor added."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.retelling import Part, Passage, Section


def whole_retelling(sections: Sequence[Section], facts: Iterable[Fact]) -> tuple[Section, ...]:
    """Return `sections` with each of `facts` told in it once.

    A fact that they do not tell gets a passage of its own after the others of its paragraph. Marks of facts that are
    not among `facts` become plain words. Without sections all facts stand in their own order under no title.
    """
    known = {fact.id: fact for fact in facts}
    told = [_without_strangers(section, known) for section in sections]
    if not told:
        return (Section("", _passages(list(known.values()))),)
    for fact in _untold(told, known.values()):
        _put(told, _passages([fact])[0])
    return tuple(told)


def _without_strangers(section: Section, known: dict[str, Fact]) -> Section:
    passages = tuple(
        replace(passage, parts=tuple(part if part.fact in known else Part(part.text) for part in passage.parts))
        for passage in section.passages
    )
    return replace(section, passages=passages)


def _untold(sections: Iterable[Section], facts: Iterable[Fact]) -> list[Fact]:
    told = {fact_id for section in sections for passage in section.passages for fact_id in passage.facts}
    return [fact for fact in facts if fact.id not in told]


def _passages(facts: Sequence[Fact]) -> tuple[Passage, ...]:
    """Tell facts by their statements; neighbours of one paragraph and voice share a passage."""
    return tuple(
        Passage(paragraphs, speaker, _parts(list(together)))
        for (paragraphs, speaker), together in groupby(facts, key=lambda fact: (fact.paragraphs, fact.speaker))
    )


def _parts(facts: Sequence[Fact]) -> tuple[Part, ...]:
    parts = [part for fact in facts for part in (Part(fact.text, fact.id), Part(" "))]
    return tuple(parts[:-1])


def _put(sections: list[Section], passage: Passage) -> None:
    """Put a passage behind the last one of its paragraph, else behind the last one of an earlier paragraph."""
    number = passage.paragraphs[0]
    places = [
        (place, index, number in other.paragraphs, other.paragraphs[0])
        for place, section in enumerate(sections)
        for index, other in enumerate(section.passages)
    ]
    same = [(place, index) for place, index, is_same, _ in places if is_same]
    earlier = [(first, place, index) for place, index, _, first in places if first < number]
    if same:
        place, index = same[-1]
    elif earlier:
        _, place, index = max(earlier)
    else:
        place, index = 0, -1
    passages = sections[place].passages
    sections[place] = replace(sections[place], passages=(*passages[: index + 1], passage, *passages[index + 1 :]))
