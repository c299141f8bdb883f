"""What differs between two texts, word by word, so that a person can read it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain, groupby

_PIECE = re.compile(r"\s+|\w+(?:[.,'’]\w+)*|[^\w\s]")
MOST_PIECES = 1_000
"""Where more than this differs it is told apart as a whole: comparing it word by word could take seconds."""


class Kind(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field that differs, with its words told apart."""

    label: str
    parts: tuple[tuple[Kind, str], ...]


def word_diff(old: str, new: str) -> list[tuple[Kind, str]]:
    """Tell apart what two texts share, what was removed and what was added, in reading order.

    The parts that are not ADDED make up `old`, those that are not REMOVED make up `new`, to the character. Where words
    were swapped the removed ones come first; a single space between two swapped words is swapped with them.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    opened, closed = before[:start], before[len(before) - end :]
    middle = _compared(before[start : len(before) - end], after[start : len(after) - end])
    parts = [(Kind.SAME, "".join(opened)), *middle, (Kind.SAME, "".join(closed))]
    return _joined(_with_gaps_swapped(_joined(parts)))


def _shared(one: list[str], other: list[str]) -> int:
    """Count the pieces with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _compared(before: list[str], after: list[str]) -> list[tuple[Kind, str]]:
    if max(len(before), len(after)) > MOST_PIECES:
        return [(Kind.REMOVED, "".join(before)), (Kind.ADDED, "".join(after))]
    parts: list[tuple[Kind, str]] = []
    # Blank space is "junk": it joins words that are the same, and is never what they are found by.
    for tag, start, end, new_start, new_end in SequenceMatcher(str.isspace, before, after).get_opcodes():
        if tag == "equal":
            parts.append((Kind.SAME, "".join(before[start:end])))
        else:
            parts.append((Kind.REMOVED, "".join(before[start:end])))
            parts.append((Kind.ADDED, "".join(after[new_start:new_end])))
    return parts


def _with_gaps_swapped(parts: list[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    """Draw changes together that only blank space keeps apart: three swapped words read better as one change."""
    for place, (kind, text) in enumerate(parts):
        between = 0 < place < len(parts) - 1
        if kind is Kind.SAME and between and text.isspace():
            yield from ((Kind.REMOVED, text), (Kind.ADDED, text))
        else:
            yield kind, text


def _joined(parts: Iterable[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Put neighbours of one kind together, and within each change the removed words before the added ones."""
    joined: list[tuple[Kind, str]] = []
    for same, run in groupby((part for part in parts if part[1]), key=lambda part: part[0] is Kind.SAME):
        words = list(run)
        kinds = (Kind.SAME,) if same else (Kind.REMOVED, Kind.ADDED)
        texts = ("".join(text for kind, text in words if kind is one) for one in kinds)
        joined.extend((kind, text) for kind, text in zip(kinds, texts, strict=True) if text)
    return joined


def fields_diff(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[FieldDiff]:
    """Tell apart two lists of labels with their texts; return the fields that differ, the new one's order first.

    A label that one of them lacks counts as empty there.
    """
    before, after = dict(old), dict(new)
    labels = dict.fromkeys(chain(after, before))
    return [
        FieldDiff(label, tuple(word_diff(before.get(label, ""), after.get(label, ""))))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]
