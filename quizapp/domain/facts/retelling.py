"""The article retold as its facts."""

from dataclasses import dataclass

from quizapp.domain.facts.fact import paragraph_words


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage; `fact` is the id of the fact its words tell, empty for words in between."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    paragraphs: tuple[int, ...]
    speaker: str | None
    parts: tuple[Part, ...]
    silence: str = ""

    @property
    def place(self) -> str:
        return paragraph_words(self.paragraphs)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(part.fact for part in self.parts if part.fact)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    passages: tuple[Passage, ...]
