"""The score of a response and of an attempt: pure functions, 0 to 1, with omitted and wrong kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class AttemptScore:
    """What an attempt came to.

    `score` is the share of full credit over all its questions, each as much as it weighs; omitted ones count 0.
    `effective` is how many questions of one weight would say as much.
    """

    score: float
    right: int
    partly: int
    wrong: int
    omitted: int
    effective: float = 0.0

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return self.right + self.partly + self.wrong + self.omitted


def attempt_score(scores: Sequence[float | None], weights: Sequence[float] | None = None) -> AttemptScore:
    """Add up an attempt from the score of each question, None where no response was given.

    Without `weights`, and where all are 0, every question counts the same. `services/quizzes.py` says the same in SQL.
    """
    if not weights or not any(weights):
        weights = [1.0] * len(scores)
    given = [score for score in scores if score is not None]
    total = fsum(weights)
    earned = fsum(weight * score for weight, score in zip(weights, scores, strict=True) if score is not None)
    return AttemptScore(
        score=min(earned / total, 1.0) if total else 0.0,
        right=sum(score >= 1 for score in given),
        partly=sum(0 < score < 1 for score in given),
        wrong=sum(score <= 0 for score in given),
        omitted=len(scores) - len(given),
        effective=effective_questions(total, fsum(weight * weight for weight in weights), len(weights)),
    )


def effective_questions(total: float, squares: float, questions: int) -> float:
    """Return how many questions of one weight say as much as these, from the sums of weights and of their squares."""
    return total * total / squares if squares else float(questions)
