"""How each fact went in an attempt and in what followed from it: the marks on the reading page."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.questions.snapshots import Snapshot


class FactMark(StrEnum):
    """What became of a fact that was asked."""

    RIGHT = "right"
    PARTLY = "partly"
    """Some credit, not all: of several facts that one question tests, not all went right."""
    MISSED = "missed"
    OMITTED = "omitted"
    MENDED = "mended"
    """Not right in the attempt itself, right the last time it was asked after that."""


_WORST_FIRST = (FactMark.MISSED, FactMark.PARTLY, FactMark.RIGHT, FactMark.OMITTED)


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """One question of the attempt itself or of one that followed from it; `score` is None where it was omitted.

    `tapped` is the fact that was asked for by itself, if one was.
    """

    snapshot: Snapshot
    score: float | None
    followed: bool
    tapped: str = ""

    def may_spoil(self, fact_id: str) -> bool:
        """Say whether less than full credit tells that this fact went wrong: of several it may have been another."""
        return len(self.snapshot.question.facts) == 1 or fact_id == self.tapped


def marks_of(asked: Iterable[AskedOnce]) -> dict[str, FactMark]:
    """Mark every fact that was asked, by its id. `asked` is in the order of asking.

    Within the attempt the worst response to a question on the fact counts; full credit alone is right. What is asked
    again afterwards mends what was missed, or spoils what was mended; of a fact first asked afterwards, the last
    response counts. A later question on several facts spoils none of them but the one that was tapped.
    """
    marks: dict[str, FactMark] = {}
    for one in asked:
        for fact_id in one.snapshot.question.facts:
            before = marks.get(fact_id)
            marks[fact_id] = _followed(before, one, fact_id) if one.followed else _first(before, one)
    return marks


def _first(before: FactMark | None, one: AskedOnce) -> FactMark:
    mark = _of_response(one)
    found = [known for known in (before, mark) if known is not None]
    return next(known for known in _WORST_FIRST if known in found)


def _followed(before: FactMark | None, one: AskedOnce, fact_id: str) -> FactMark:
    mark = _of_response(one)
    if mark is FactMark.OMITTED:
        return before or mark
    if mark is FactMark.RIGHT and before not in (None, FactMark.RIGHT):
        return FactMark.MENDED
    if before in (FactMark.RIGHT, FactMark.MENDED) and not one.may_spoil(fact_id):
        return before
    return mark


def _of_response(one: AskedOnce) -> FactMark:
    if one.score is None:
        return FactMark.OMITTED
    if one.score >= 1:
        return FactMark.RIGHT
    return FactMark.PARTLY if one.score > 0 else FactMark.MISSED
