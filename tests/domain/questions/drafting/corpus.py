"""Texts of our own on everyday subjects, and what an instructor highlights in them: what drafting is tried on."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from quizapp.domain.facts.fact import Source, Speaker, SpeakerKind, Topic
from quizapp.domain.facts.passage import paragraphs_of
from quizapp.domain.questions.drafting.highlight import Highlight
from quizapp.domain.questions.question import Bank


class Marked(NamedTuple):
    """What is marked in a text and said of it; `speaker` is a name."""

    passage: str
    line: str
    value: str
    ask: str = ""
    speaker: str = ""


class Text(NamedTuple):
    """A text, who speaks in it, and what is marked."""

    text: str
    speakers: tuple[str, ...]
    marked: tuple[Marked, ...]


def _read() -> dict[str, Text]:
    stored = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        name: Text(one["text"], tuple(one["speakers"]), tuple(Marked(**mark) for mark in one["marked"]))
        for name, one in stored.items()
    }


TEXTS = _read()
ALL = [(name, marked) for name, text in TEXTS.items() for marked in text.marked]


def bank_of(name: str) -> Bank:
    """A bank with one of the texts and its speakers, and no question yet."""
    text, voices, _ = TEXTS[name]
    speakers = tuple(
        Speaker(voice.lower().replace(" ", "-"), voice, small_the(voice), "named in the text", SpeakerKind.PERSON)
        for voice in voices
    )
    source = Source(
        id=f"{name}-text",
        outlet="not given",
        description="a text of one’s own",
        title="none given",
        author="none given",
        date="not given",
        as_of="not given",
        language="en",
        paragraphs=len(paragraphs_of(text)),
        affiliation="",
        speakers=speakers,
    )
    return Bank(name, name.title(), "", "en", "", source, (Topic("text", "The text"),), (), (), text=text)


def highlight_of(marked: Marked, bank: Bank) -> Highlight:
    """The highlight that somebody makes of a marked passage."""
    start = bank.text.index(marked.passage)
    speaker = next((one.id for one in bank.source.speakers if one.name == marked.speaker), "")
    return Highlight(marked.line, marked.value, marked.ask, speaker, "text", start, start + len(marked.passage))


def without_speakers(bank: Bank) -> Bank:
    """The same bank, in whose source nobody speaks."""
    return replace(bank, source=replace(bank.source, speakers=()))


def small_the(name: str) -> str:
    """A name as it stands within a sentence."""
    return f"the {name[4:]}" if name.startswith("The ") else name
