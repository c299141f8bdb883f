"""How little a few questions tell: the range in which a score plausibly lies."""

from dataclasses import dataclass
from math import sqrt

_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The range in which the share of right answers on questions like these plausibly lies, both ends 0 to 1."""

    low: float
    high: float


def plausible_range(score: float, questions: float) -> ScoreRange:
    """Return the 95 % interval of a mean score over `questions` questions, which may be `effective_questions`.

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
