"""How each fact went in an attempt and in what followed from it: the marks on the reading page."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.questions.snapshots import Snapshot


class FactMark(StrEnum):
    """What became of a fact that was asked."""

    RIGHT = "right"
    MISSED = "missed"
    OMITTED = "omitted"
    MENDED = "mended"
    """Missed in the attempt itself, right the last time it was asked after that."""


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """One question of the attempt itself or of one that followed from it; `score` is None where it was omitted."""

    snapshot: Snapshot
    score: float | None
    followed: bool


def marks_of(asked: Iterable[AskedOnce]) -> dict[str, FactMark]:
    """Mark every fact that was asked, by its id. `asked` is in the order of asking.

    A fact is right in an attempt when every question on it got full credit. What is asked again afterwards mends what
    was missed, or spoils what was mended; of a fact first asked afterwards, the last response counts.
    """
    marks: dict[str, FactMark] = {}
    for one in asked:
        for fact_id in one.snapshot.question.facts:
            marks[fact_id] = _followed(marks.get(fact_id), one) if one.followed else _first(marks.get(fact_id), one)
    return marks


def _first(before: FactMark | None, one: AskedOnce) -> FactMark:
    if one.score is None:
        return before or FactMark.OMITTED
    if one.score < 1 or before is FactMark.MISSED:
        return FactMark.MISSED
    return FactMark.RIGHT


def _followed(before: FactMark | None, one: AskedOnce) -> FactMark:
    if one.score is None:
        return before or FactMark.OMITTED
    if one.score < 1:
        return FactMark.MISSED
    return FactMark.RIGHT if before in (None, FactMark.RIGHT) else FactMark.MENDED
