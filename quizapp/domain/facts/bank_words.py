"""The words of a bank that an instructor makes in the browser: what it is called, where it comes from, who speaks."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from quizapp.domain.facts.fact import PATTERNS, Side, Source, Speaker, SpeakerKind, Topic
from quizapp.domain.facts.plain_name import plain_name

MAX_TOPICS = 100
MAX_SPEAKERS = 40
GENERAL = Topic("general", "General")
"""The topic of a bank that names none: every question stands under one."""
_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class BankWords:
    """All of a bank but its facts and questions. `text` is the source's own, where it is stored."""

    title: str
    summary: str
    language: str
    licence: str
    topics: tuple[Topic, ...]
    source: Source
    text: str = ""
    second_approver: bool = False

    @property
    def version(self) -> str:
        """Sum the words up, so that whoever saves others can be told from whoever saves these."""
        return sha256(json.dumps(asdict(self), ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A speaker as typed; `id` is empty for a new one, `side` is a place in the list of sides, from 0; none: None."""

    id: str
    name: str
    short: str
    role: str
    kind: SpeakerKind
    side: int | None


def new_id(label: str, taken: Iterable[str], fallback: str) -> str:
    """Make an id from a label that is none of `taken`."""
    wanted = plain_name(label) or fallback
    there, number, found = set(taken), 1, wanted
    while found in there:
        number += 1
        found = f"{wanted}-{number}"
    return found


def topics_of(labels: Sequence[str], before: Sequence[Topic]) -> tuple[Topic, ...]:
    """Give each label the id of the topic it was: the same words, or what stands in the place of other words now.

    Between two labels that stayed, as many new as old ones are the old ones renamed, in order; else those are that
    look alike. What is left gets an id of its own.
    """
    ids: dict[int, str] = {}
    old = [topic.label for topic in before]
    same = {label: topic.id for label, topic in zip(old, before, strict=True)}
    for place, label in enumerate(labels):
        if label in same:
            ids[place] = same.pop(label)
    _rename(labels, before, ids)
    taken = {topic.id for topic in before}
    for place, label in enumerate(labels):
        if place not in ids:
            ids[place] = new_id(label, taken | set(ids.values()), "topic")
    return tuple(Topic(ids[place], label) for place, label in enumerate(labels))


def _rename(labels: Sequence[str], before: Sequence[Topic], ids: dict[int, str]) -> None:
    """Pair what is new with what is gone: in order where as many came as went, else by their likeness."""
    new = [place for place in range(len(labels)) if place not in ids]
    gone = [topic for topic in before if topic.id not in ids.values()]
    if len(new) == len(gone):
        ids.update({place: topic.id for place, topic in zip(new, gone, strict=True)})
        return
    likeness = sorted(
        (-SequenceMatcher(None, labels[place].casefold(), topic.label.casefold()).ratio(), place, topic.id)
        for place in new
        for topic in gone
    )
    for like, place, topic_id in likeness:
        if -like >= _LIKE and place not in ids and topic_id not in ids.values():
            ids[place] = topic_id


def sides_of(typed: Sequence[tuple[str, str]], before: Sequence[Side]) -> tuple[Side, ...]:
    """Make the sides that were typed as label and adjective: the first is drawn solid, the second hatched.

    One without a label is none; one without an adjective is called by its label in short. An id stays with its pattern.
    """
    known = {side.pattern: side.id for side in before}
    found: list[Side] = []
    for (label, adjective), pattern in zip(typed, PATTERNS, strict=False):
        if label:
            taken = {*known.values(), *(side.id for side in found)}
            side_id = known.get(pattern) or new_id(label, taken, pattern)
            found.append(Side(side_id, label, adjective or _in_short(label), pattern))
    return tuple(found)


def _in_short(label: str) -> str:
    """Call a side by its label as it begins a sentence: "the fishers’ union" is "Fishers’ union"."""
    short = label.removeprefix("the ").removeprefix("The ") or label
    return short[:1].upper() + short[1:]


def speakers_of(
    lines: Sequence[SpeakerLine], side_ids: Mapping[int, str], before: Sequence[Speaker]
) -> tuple[Speaker, ...]:
    """Make the speakers that were typed; what no form shows of one stays. `side_ids` are the sides by their place."""
    known = {speaker.id: speaker for speaker in before}
    found: dict[str, Speaker] = {}
    for line in lines:
        was = known.get(line.id) if line.id not in found else None
        speaker_id = was.id if was else new_id(line.name, {*known, *found}, "speaker")
        found[speaker_id] = Speaker(
            id=speaker_id,
            name=line.name,
            short=line.short or line.name,
            role=line.role or "named in the source",
            kind=line.kind,
            side="" if line.kind is SpeakerKind.BOTH or line.side is None else side_ids.get(line.side, ""),
            interviewed=was.interviewed if was else False,
            spellings=was.spellings if was else (),
        )
    return tuple(found.values())
