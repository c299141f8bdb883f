"""How far a fact is learned, and what a learner recalls of it now, in words as well as in figures."""

from dataclasses import dataclass, replace
from enum import StrEnum

from quizapp.domain.memory.scheduling import Memory, retrievability

LEARNED_DAYS = 3


class Known(StrEnum):
    """Right once is seen, not learned: it takes recalls on three separate days."""

    NEW = "new"
    MET = "met"
    """Asked, and not recalled yet."""
    SEEN = "seen"
    LEARNED = "learned"


def known_of(memory: Memory) -> Known:
    """Say how far a fact is learned."""
    if memory.stability is None:
        return Known.NEW
    if memory.recalled_days >= LEARNED_DAYS:
        return Known.LEARNED
    return Known.SEEN if memory.recalled_days else Known.MET


@dataclass(frozen=True, slots=True)
class Recall:
    """Recall of one fact now: the chance (0 to 1), its shade from 0 (none) to 4, and how far the fact is learned.

    `just_missed` says that it was missed the last time, today: the chance holds for who has just read the answer and
    says nothing of what is known.
    """

    chance: float
    shade: int
    known: Known
    just_missed: bool = False


SHADES_FROM = (0.5, 0.75, 0.9, 0.97)


def recall_of(memory: Memory, day: int, factor: float = 1.0) -> Recall:
    """Return the recall of a fact on study day `day` by a learner whose memories last `factor` times the model's."""
    lasting = memory if memory.stability is None else replace(memory, stability=memory.stability * factor)
    chance = retrievability(lasting, day)
    just_missed = memory.due_at is not None and memory.last_day == day
    shade = 0 if just_missed else sum(chance >= bound for bound in SHADES_FROM)
    return Recall(chance, shade, known_of(memory), just_missed)
