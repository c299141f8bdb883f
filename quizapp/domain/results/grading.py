"""The score of a response and of an attempt: pure functions, 0 to 1, with omitted and wrong kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

_Z_95 = 1.959963984540054


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


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The range in which the share of right answers on questions like these plausibly lies, both ends 0 to 1."""

    low: float
    high: float


def plausible_range(score: float, questions: int) -> ScoreRange:
    """Return the 95 % interval of a mean score over `questions` questions.

    Wilson's score interval (E. B. Wilson, 1927): it stays within 0 and 1 and holds for few questions. For scores
    with partial credit it is too wide rather than too narrow. Raises ValueError for no questions or a score that
    is not from 0 to 1.
    """
    if questions < 1 or not 0 <= score <= 1:
        raise ValueError(f"no interval for a score of {score} over {questions} questions")
    z2 = _Z_95 * _Z_95
    centre = (score + z2 / (2 * questions)) / (1 + z2 / questions)
    half = _Z_95 * sqrt(score * (1 - score) / questions + z2 / (4 * questions**2)) / (1 + z2 / questions)
    return ScoreRange(max(0.0, min(centre - half, score)), min(1.0, max(centre + half, score)))
