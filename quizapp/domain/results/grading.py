"""The score of a response and of an attempt: pure functions, 0 to 1, with omitted and wrong kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class AttemptScore:
    """What an attempt came to. `score` is the share of full credit over all its questions; omitted ones count 0."""

    score: float
    right: int
    partly: int
    wrong: int
    omitted: int

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return self.right + self.partly + self.wrong + self.omitted


def attempt_score(scores: Sequence[float | None]) -> AttemptScore:
    """Add up an attempt from the score of each question, None where no response was given."""
    given = [score for score in scores if score is not None]
    return AttemptScore(
        score=fsum(given) / len(scores) if scores else 0.0,
        right=sum(score >= 1 for score in given),
        partly=sum(0 < score < 1 for score in given),
        wrong=sum(score <= 0 for score in given),
        omitted=len(scores) - len(given),
    )
