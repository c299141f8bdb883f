"""A source's own text with its facts marked in it, paragraph by paragraph."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.passage import Paragraph, Passage, paragraphs_of


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of a paragraph; `fact` is the id of the fact that rests on it, empty for the words in between.

    `begins` is false where a fact's passage goes on from the paragraph before.
    """

    text: str
    fact: str = ""
    begins: bool = True


@dataclass(frozen=True, slots=True)
class ToldParagraph:
    """A paragraph of the text; `beside` are its facts without a mark of their own, which are told below it."""

    number: int
    parts: tuple[TextPart, ...]
    beside: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts it tells, each once: those that begin in it, then those below it."""
        marked = (part.fact for part in self.parts if part.fact and part.begins)
        return tuple(dict.fromkeys((*marked, *(fact.id for fact in self.beside))))


@dataclass(frozen=True, slots=True)
class ToldText:
    """A text with its facts; `outside` are those that stand in no paragraph it has."""

    paragraphs: tuple[ToldParagraph, ...]
    outside: tuple[Fact, ...]


def told_text(text: str, facts: Iterable[Fact]) -> ToldText:
    """Mark each fact's passage in the text.

    Of passages that overlap the first is marked. What is not marked, because it overlaps, has no passage or its words
    do not stand there, is told below its paragraph.
    """
    there, paragraphs = list(facts), paragraphs_of(text)
    marked = _marked(text, there)
    of_mark = {fact.id for fact, _ in marked}
    numbers = {paragraph.number for paragraph in paragraphs}
    told, begun = [], set[str]()
    for paragraph in paragraphs:
        beside = [one for one in there if one.id not in of_mark and _first_in(one, numbers) == paragraph.number]
        told.append(ToldParagraph(paragraph.number, tuple(_parts(paragraph, marked, begun)), tuple(beside)))
    outside = tuple(one for one in there if one.id not in of_mark and not _first_in(one, numbers))
    return ToldText(tuple(told), outside)


def _first_in(fact: Fact, numbers: set[int]) -> int:
    """Return the first paragraph of the fact that the text has; 0 for none."""
    return next((number for number in fact.paragraphs if number in numbers), 0)


def _marked(text: str, facts: Iterable[Fact]) -> list[tuple[Fact, Passage]]:
    quoted = [(fact, fact.passage) for fact in facts if fact.passage and fact.passage.text.strip()]
    standing = [(fact, passage) for fact, passage in quoted if passage.stands_in(text)]
    standing.sort(key=lambda one: (one[1].start, -one[1].end))
    chosen: list[tuple[Fact, Passage]] = []
    for fact, passage in standing:
        if not chosen or passage.start >= chosen[-1][1].end:
            chosen.append((fact, passage))
    return chosen


def _parts(paragraph: Paragraph, marked: Sequence[tuple[Fact, Passage]], begun: set[str]) -> Iterable[TextPart]:
    place, end = paragraph.start, paragraph.start + len(paragraph.text)
    words = paragraph.text
    for fact, passage in marked:
        start, stop = max(passage.start, paragraph.start), min(passage.end, end)
        if start >= stop:
            continue
        if start > place:
            yield TextPart(words[place - paragraph.start : start - paragraph.start])
        yield TextPart(words[start - paragraph.start : stop - paragraph.start], fact.id, fact.id not in begun)
        begun.add(fact.id)
        place = stop
    if place < end:
        yield TextPart(words[place - paragraph.start :])
