"""The exact words of a source's text that a fact rests on, and the paragraphs of such a text."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

MAX_TEXT = 200_000
"""The characters of the longest text that can be stored of a source."""
_BREAK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: its words, where they begin and where they end, counted in characters from 0."""

    start: int
    end: int
    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, by which another program can tell that they are the same."""
        return sha256(self.text.encode()).hexdigest()

    def stands_in(self, text: str) -> bool:
        """Say whether the text has these words at this place."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text: its number, from 1, its words, and where they begin."""

    number: int
    text: str
    start: int


def plain_text(typed: str) -> str:
    """Return a text as it is stored: one kind of line break, no space at the ends. Passages count in it."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def paragraphs_of(text: str) -> list[Paragraph]:
    """Cut a stored text at its blank lines."""
    found: list[Paragraph] = []
    start = 0
    for end, after in [*((gap.start(), gap.end()) for gap in _BREAK.finditer(text)), (len(text), len(text))]:
        if text[start:end].strip():
            found.append(Paragraph(len(found) + 1, text[start:end], start))
        start = after
    return found


def passage_at(text: str, start: int, end: int) -> Passage:
    """Return the words between two places, without the spaces around them. Raises ValueError where there are none."""
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise ValueError("no words are marked there")
    start += len(words) - len(words.lstrip())
    return Passage(start, start + len(words.strip()), words.strip())


def passage_of(text: str, words: str, paragraph: int | None = None) -> Passage:
    """Find words in a text, however they are spaced there: first in the paragraph with this number, then anywhere.

    Raises ValueError where the text does not have them.
    """
    wanted = re.compile(r"\s+".join(map(re.escape, words.split())))
    if not words.strip():
        raise ValueError("no words are given")
    here = [one for one in paragraphs_of(text) if one.number == paragraph]
    found = next((hit for one in here if (hit := wanted.search(text, one.start, one.start + len(one.text)))), None)
    found = found or wanted.search(text)
    if found is None:
        raise ValueError("the text does not have these words")
    return Passage(found.start(), found.end(), found[0])


def paragraphs_at(text: str, passage: Passage) -> tuple[int, ...]:
    """Return the numbers of the paragraphs that a passage touches."""
    return tuple(
        one.number
        for one in paragraphs_of(text)
        if one.start < passage.end and passage.start < one.start + len(one.text)
    )


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Return a passage as JSON values."""
    return {"start": passage.start, "end": passage.end, "text": passage.text, "sha256": passage.digest}


def passage_from_json(data: object) -> Passage:
    """Read what `passage_to_json` wrote. Raises ValueError where it is none, or not the words that were hashed."""
    if not isinstance(data, dict) or data.keys() - {"start", "end", "text", "sha256"}:
        raise ValueError("it must be an object with start, end, text and sha256")
    start, end, text = data.get("start"), data.get("end"), data.get("text")
    if type(start) is not int or type(end) is not int or not isinstance(text, str):
        raise ValueError("start and end must be numbers, and text its words")
    passage = Passage(start, end, text)
    if not 0 <= start < end or end - start != len(text):
        raise ValueError("start and end do not count its words")
    if data.get("sha256") not in (None, passage.digest):
        raise ValueError("its words are not those that were hashed")
    return passage
