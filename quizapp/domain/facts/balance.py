"""Whose voice a bank is: which paragraphs rest on whose word, counted from the facts and said in plain words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.facts.fact import Fact, Source, Speaker, SpeakerKind

_WORDS = [
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
    "Twenty",
]


class Voice(StrEnum):
    """How a fact or paragraph is drawn: by one of the first two sides, by both, or by the outlet itself."""

    SOLID = "solid"
    HATCHED = "hatched"
    BOTH = "both"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class ParagraphVoice:
    """One bar of the strip: a paragraph, how many facts were kept from it, and whose voice it is."""

    paragraph: int
    facts: int
    voice: Voice


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """How many paragraphs are in one voice."""

    voice: Voice
    label: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Whose voice a bank is, for the strip, its legend and the statement below it."""

    strip: tuple[ParagraphVoice, ...]
    counts: tuple[VoiceCount, ...]
    statement: str


def voice_of(fact: Fact, source: Source) -> Voice:
    """Say in whose voice a fact is."""
    return voice_of_speaker(fact.speaker, source)


def voice_of_speaker(speaker_id: str | None, source: Source) -> Voice:
    """Say how the words of a speaker are drawn; None stands for the outlet."""
    speaker = source.speaker(speaker_id)
    if speaker is None:
        return Voice.OUTLET
    if speaker.kind is SpeakerKind.BOTH:
        return Voice.BOTH
    side = next((side for side in source.sides if side.id == speaker.side), None)
    return Voice(side.pattern) if side else Voice.OUTLET


def balance_of(facts: Iterable[Fact], source: Source) -> Balance:
    """Count the voices of every paragraph of the source and say what follows."""
    by_paragraph: dict[int, list[Fact]] = {number: [] for number in range(1, source.paragraphs + 1)}
    for fact in facts:
        for paragraph in fact.paragraphs:
            by_paragraph.setdefault(paragraph, []).append(fact)
    strip = tuple(_paragraph_voice(number, kept, source) for number, kept in by_paragraph.items())
    counted = Counter(bar.voice for bar in strip if bar.facts)
    labels = _labels(source)
    counts = tuple(VoiceCount(voice, labels[voice], counted[voice]) for voice in labels if counted[voice])
    return Balance(strip, tuple(sorted(counts, key=lambda one: -one.paragraphs)), _statement(by_paragraph, source))


def _paragraph_voice(number: int, facts: list[Fact], source: Source) -> ParagraphVoice:
    voices = {voice_of(fact, source) for fact in facts}
    spoken = voices - {Voice.OUTLET}
    if not spoken:
        voice = Voice.OUTLET
    elif len(spoken) == 1:
        voice = spoken.pop()
    else:
        voice = Voice.BOTH
    return ParagraphVoice(number, len(facts), voice)


def _labels(source: Source) -> dict[Voice, str]:
    labels = {Voice(side.pattern): side.label for side in source.sides}
    return {**labels, Voice.BOTH: "Both sides", Voice.OUTLET: f"{source.outlet} itself"}


def _statement(by_paragraph: Mapping[int, list[Fact]], source: Source) -> str:
    """Name the voice that carries most paragraphs, where the other sides are heard, and who was not interviewed."""
    carried = Counter(
        speaker.id
        for facts in by_paragraph.values()
        for speaker in {source.speaker(fact.speaker) for fact in facts}
        if speaker and speaker.kind is SpeakerKind.PERSON
    )
    total = source.paragraphs
    if source.is_deck:
        if source.is_of_cards:
            return f"{source.outlet} is an imported deck. Nobody here has checked what its cards say."
        return f"{source.outlet} is a collection of imported questions. Nobody here has checked what they say."
    if not carried:
        return _in_its_own_voice(sum(map(bool, by_paragraph.values())), source)
    loudest_id, count = carried.most_common(1)[0]
    loudest = source.speaker(loudest_id)
    if loudest is None:
        return ""
    rest = "rests" if count == 1 else "rest"
    parts = [f"{_in_words(count)} of {total} paragraphs {rest} on what {loudest.short}, {loudest.role}, says."]
    parts.extend(_heard(side.id, by_paragraph, source) for side in source.sides if side.id != loudest.side)
    return " ".join(parts)


def _in_its_own_voice(told: int, source: Source) -> str:
    """Say that nobody else is heard in the paragraphs that facts were kept from, which may be fewer than there are."""
    if not told:
        return "No fact was kept from a paragraph of it yet."
    paragraphs = "The one paragraph" if told == 1 else f"All {told} paragraphs"
    kept = "" if told == source.paragraphs else " that facts were kept from"
    return f"{paragraphs}{kept} {'is' if told == 1 else 'are'} in the voice of {source.outlet} itself."


def _heard(side_id: str, by_paragraph: Mapping[int, list[Fact]], source: Source) -> str:
    side = next(side for side in source.sides if side.id == side_id)
    heard = [
        number
        for number, facts in by_paragraph.items()
        if any(_speaks_for(source.speaker(f.speaker), side_id) for f in facts)
    ]
    interviewed = any(speaker.side == side_id and speaker.interviewed for speaker in source.speakers)
    where = f"{side.adjective} positions appear in {_in_words(len(heard)).lower()} of them"
    if not heard:
        where = f"{side.adjective} positions do not appear"
    elif len(heard) <= 6:
        where = f"{side.adjective} positions appear in {_paragraphs(heard)}"
    return f"{where}." if interviewed else f"{where}; nobody from {side.label} was interviewed."


def _speaks_for(speaker: Speaker | None, side_id: str) -> bool:
    return speaker is not None and (speaker.side == side_id or speaker.kind is SpeakerKind.BOTH)


def _paragraphs(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"paragraph {numbers[0]}"
    return f"paragraphs {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _in_words(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)
