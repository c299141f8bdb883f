"""Passages of a text that has changed: found again where their words still stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.passage import Passage, paragraphs_at

_AROUND = 60
"""How many characters before and after tell two places with the same words apart."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Facts with their passages where these stand now, and those whose words do not stand in the text any more."""

    facts: tuple[Fact, ...]
    lost: tuple[Fact, ...]


def moved_facts(facts: Iterable[Fact], before: str, after: str) -> Moved:
    """Find the passage of each fact in the text as it is now; a fact whose passage is lost stays as it was.

    With the passage moves the number of its paragraph.
    """
    moved, lost = [], []
    for fact in facts:
        found = fact.passage and moved_passage(fact.passage, before, after)
        if fact.passage and not found:
            lost.append(fact)
        moved.append(replace(fact, passage=found, paragraphs=paragraphs_at(after, found)) if found else fact)
    return Moved(tuple(moved), tuple(lost))


def moved_passage(passage: Passage, before: str, after: str) -> Passage | None:
    """Return where the words of a passage stand now; None where they do not, or two places are as likely."""
    places = list(_places(passage.text, after))
    if not places:
        return None
    likely = sorted(((_likeness(passage, before, place, after), place) for place in places), reverse=True)
    best = [place for like, place in likely if like == likely[0][0]]
    if len(best) > 1:
        best.sort(key=lambda place: abs(place - passage.start))
        if abs(best[0] - passage.start) == abs(best[1] - passage.start):
            return None
    return Passage(best[0], best[0] + len(passage.text), passage.text)


def _places(words: str, text: str) -> Iterable[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _likeness(passage: Passage, before: str, place: int, after: str) -> int:
    """Count the characters around a place that are those around the passage where it stood."""
    end = place + len(passage.text)
    ahead = _same(_ahead_of(passage.start, before), _ahead_of(place, after))
    return ahead + _same(before[passage.end : passage.end + _AROUND], after[end : end + _AROUND])


def _ahead_of(place: int, text: str) -> str:
    return text[max(0, place - _AROUND) : place][::-1]


def _same(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
