"""The article retold as its facts: sections of passages in our words; the words that tell a fact are marked."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.domain.errors import Problem
from quizapp.domain.facts.fact import Fact, Source, Speaker, SpeakerKind, paragraph_words
from quizapp.domain.facts.field_reading import Table

RETELLING_FILE = "retelling.toml"
MAX_TITLE = 120
_MARKED = re.compile(r"\[([^\[\]]+)\]\(([a-z0-9]+(?:-[a-z0-9]+)*)\)")
_CLOSING = ".,;:!?…)”"
_PASSAGE_HEADER = re.compile(r"^\s*\[\[\s*section\s*\.\s*passage\s*\]\]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage; `fact` is the id of the fact that its words tell, empty for the words in between."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one voice says in one place. `silence` names a reply that the article does not give."""

    paragraphs: tuple[int, ...]
    speaker: str | None
    parts: tuple[Part, ...]
    silence: str = ""

    @property
    def text(self) -> str:
        """The passage as plain words."""
        return "".join(part.text for part in self.parts)

    @property
    def told(self) -> tuple[tuple[Part, str], ...]:
        """The parts, each with the punctuation that follows it, which the next part then lacks.

        What is put behind a fact's words then comes after the full stop, not before it.
        """
        found: list[tuple[Part, str]] = []
        for place, part in enumerate(self.parts):
            after = self.parts[place + 1].text if place + 1 < len(self.parts) else ""
            if part.fact:
                found.append((part, after[: len(after) - len(after.lstrip(_CLOSING))]))
            else:
                follows_a_fact = place > 0 and self.parts[place - 1].fact
                found.append((Part(part.text.lstrip(_CLOSING) if follows_a_fact else part.text), ""))
        return tuple(found)

    @property
    def place(self) -> str:
        """Where it stands, in words: "Paragraph 8"."""
        return paragraph_words(self.paragraphs)

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts it tells, in order."""
        return tuple(part.fact for part in self.parts if part.fact)


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under a title."""

    title: str
    passages: tuple[Passage, ...]


def read_retelling(text: str, facts: Iterable[Fact], source: Source) -> tuple[tuple[Section, ...], list[Problem]]:
    """Read `retelling.toml`; return its sections and everything that is wrong with them. An empty text has none."""
    if not text.strip():
        return (), []
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return (), [Problem(RETELLING_FILE, f"this is not TOML: {error}")]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _PASSAGE_HEADER.match(line)]
    head, opened = Table(RETELLING_FILE, "the top of the file", data), list[Table]()
    sections = _read_sections(head, "section", "passage", opened)
    head.finish()
    problems = [problem for table in (head, *opened) for problem in table.problems]
    if not problems:
        known = {fact.id: fact for fact in facts}
        problems = [
            Problem(RETELLING_FILE, sentence, lines[number - 1] if 0 < number <= len(lines) else None)
            for number, sentence in retelling_flaws(sections, known, source)
        ]
    return sections, problems


def sections_from_json(table: Table, opened: list[Table]) -> tuple[Section, ...]:
    """Read the sections of a bank in JSON, if it has any; the tables opened for them are added to `opened`."""
    if table.values.get("retelling") is None:
        table.taken.add("retelling")
        return ()
    return _read_sections(table, "retelling", "passages", opened)


def sections_to_json(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return sections as JSON values; a passage's text marks its facts as in the file."""
    return [
        {
            "title": section.title,
            "passages": [
                {
                    "paragraph": list(passage.paragraphs),
                    "speaker": passage.speaker,
                    "text": "".join(
                        f"[{part.text}]({part.fact})" if part.fact else part.text for part in passage.parts
                    ),
                    "silence": passage.silence,
                }
                for passage in section.passages
            ],
        }
        for section in sections
    ]


def _read_sections(table: Table, key: str, passages: str, opened: list[Table]) -> tuple[Section, ...]:
    sections = []
    for section in table.tables(key, opened):
        title = section.text("title", needed=True, longest=MAX_TITLE)
        read = tuple(_read_passage(passage) for passage in section.tables(passages, opened))
        section.finish()
        sections.append(Section(title, read))
    return tuple(sections)


def _read_passage(table: Table) -> Passage:
    passage = Passage(
        paragraphs=table.numbers("paragraph"),
        speaker=table.text("speaker") or None,
        parts=tuple(_parts(table.text("text", needed=True))),
        silence=table.text("silence"),
    )
    table.finish()
    if any(bracket in passage.text for bracket in "[]"):
        table.problem("a bracket is stray; facts are marked as [words](fact-id).")
    return passage


def _parts(text: str) -> Iterator[Part]:
    end = 0
    for found in _MARKED.finditer(text):
        if found.start() > end:
            yield Part(text[end : found.start()])
        yield Part(found[1], found[2])
        end = found.end()
    if end < len(text):
        yield Part(text[end:])


def retelling_flaws(
    sections: Iterable[Section], facts: Mapping[str, Fact], source: Source
) -> Iterator[tuple[int, str]]:
    """Say what is wrong with a retelling: the number of the passage, counted from 1 (0: the whole), and a sentence."""
    passages = [passage for section in sections for passage in section.passages]
    for number, passage in enumerate(passages, 1):
        yield from ((number, sentence) for sentence in _passage_flaws(passage, facts, source))
    told = Counter(fact_id for passage in passages for fact_id in passage.facts)
    if passages:
        yield from ((0, f"the fact “{fact_id}” is not told.") for fact_id in facts if fact_id not in told)
    yield from ((0, f"the fact “{fact_id}” is told {count} times.") for fact_id, count in told.items() if count > 1)


def _passage_flaws(passage: Passage, facts: Mapping[str, Fact], source: Source) -> Iterator[str]:
    if any(not 1 <= paragraph <= source.paragraphs for paragraph in passage.paragraphs):
        yield f"the source has the paragraphs 1 to {source.paragraphs}."
    speaker = source.speaker(passage.speaker)
    if passage.speaker and speaker is None:
        yield f"bank.toml has no speaker “{passage.speaker}”."
    elif speaker and not _is_named(speaker, passage.text):
        yield f"it rests on the word of {speaker.short} and must name them."
    for fact_id in passage.facts:
        fact = facts.get(fact_id)
        if fact is None:
            yield f"there is no fact “{fact_id}”."
        elif fact.speaker != passage.speaker:
            yield f"the fact “{fact_id}” is not said by the speaker of this passage."
        elif not set(fact.paragraphs) & set(passage.paragraphs):
            yield f"the fact “{fact_id}” stands in {fact.place.lower()}."


def _is_named(speaker: Speaker, text: str) -> bool:
    names = [speaker.name, speaker.short, *speaker.spellings]
    if speaker.kind is SpeakerKind.BOTH:
        names += ["both sides", "each side"]
    return any(name.casefold() in text.casefold() for name in names)
