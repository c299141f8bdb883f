"""A stored text as it is shown: paragraph by paragraph, what was highlighted before, and what is marked now."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.passage import Paragraph, paragraphs_of


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph; `is_fact` where a fact rests on it, `is_chosen` where it is marked now."""

    text: str
    is_fact: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of a text in parts; `start` is its place in the text."""

    number: int
    start: int
    parts: tuple[Part, ...]


def marked_paragraphs(text: str, facts: Iterable[Fact], chosen: tuple[int, int] | None = None) -> list[MarkedParagraph]:
    """Cut a text into paragraphs, and each where a passage of a fact or the marked one begins or ends."""
    known = [(fact.passage.start, fact.passage.end) for fact in facts if fact.passage and fact.passage.stands_in(text)]
    return [MarkedParagraph(one.number, one.start, tuple(_parts(one, known, chosen))) for one in paragraphs_of(text)]


def _parts(one: Paragraph, known: list[tuple[int, int]], chosen: tuple[int, int] | None) -> Iterable[Part]:
    end = one.start + len(one.text)
    spans = [span for span in (*known, *((chosen,) if chosen else ())) if span[0] < end and one.start < span[1]]
    cuts = sorted({one.start, end, *(min(max(place, one.start), end) for span in spans for place in span)})
    for first, last in pairwise(cuts):
        yield Part(
            text=one.text[first - one.start : last - one.start],
            is_fact=any(start <= first and last <= stop for start, stop in known),
            is_chosen=chosen is not None and chosen[0] <= first and last <= chosen[1],
        )
