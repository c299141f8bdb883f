"""How much a question counts in a score: what an instructor may choose, and how a learner is told."""

WEIGHTS = (0.0, 0.5, 1.0, 2.0, 3.0)
"""Multiples of a half, whose sums have no rounding in them: so no score can pass 1 by it."""
_WORDS = {
    0.0: "does not count in the score",
    0.5: "counts half",
    1.0: "counts once",
    2.0: "counts twice",
    3.0: "counts three times",
}


def weight_words(weight: float) -> str:
    """Say how much a question counts: "counts twice"."""
    return _WORDS.get(weight) or f"counts {weight:g} times"
