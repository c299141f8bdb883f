"""How far one learner's memory lasts longer or shorter than the memory model says, from their own latest reviews.

The model's parameters come from many people. One factor on its intervals, near 1 while little is known, makes up for
what sets a learner or their facts apart, long before there are reviews enough to fit all parameters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from quizapp.domain.memory.scheduling import DECAY, DESIRED_RETENTION, Memory, clamped

LATEST = 300
"""How many of the latest reviews count."""
LONGEST_FACTOR = 3.0
_SPREAD = 0.5
"""How much learners are thought to differ: the standard deviation of the factor's logarithm, before any review."""
_LEAST_STABILITY = 1.0
_STEPS = 14
_NEARBY = 0.1


@dataclass(frozen=True, slots=True)
class Foretold:
    """A review of a memory of a known stability after `days`; `guess` is the chance that a guess was right."""

    days: int
    stability: float
    right: bool
    guess: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """By what `factor` a learner's stabilities are multiplied, 1/3 to 3, and the standard deviation of its logarithm.

    As it stands it is what is known of a learner without any review.
    """

    factor: float = 1.0
    spread: float = _SPREAD


def foretold(memory: Memory, day: int, right: bool, guess: float = 0.0) -> Foretold | None:
    """Return what a review on study day `day` says about the factor; None where it says nothing.

    That is a first review, a repeat on the same day, and a memory so weak that it would have to come back within a day.
    `memory` is the one before the review.
    """
    if memory.stability is None or memory.last_day is None or memory.stability < _LEAST_STABILITY:
        return None
    days = day - memory.last_day
    return Foretold(days, memory.stability, right, guess) if days > 0 else None


def calibrate(reviews: Sequence[Foretold]) -> Calibration:
    """Return the factor that foretells a learner's latest reviews best, given in the order they were made.

    It is the mode of the posterior of c, where recall is FSRS-6's curve at stability c S, a right response has the
    chance p + (1 - p) guess, and ln c is normal about 0 with a standard deviation of 0.5: with few reviews it stays
    near 1. The spread is that of the normal curve with the posterior's curvature at its mode.
    """
    latest = reviews[-LATEST:]
    low, high = -log(LONGEST_FACTOR), log(LONGEST_FACTOR)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _slope(latest, middle) > 0:
            low = middle
        else:
            high = middle
    mode = (low + high) / 2
    curvature = (_slope(latest, mode - _NEARBY) - _slope(latest, mode + _NEARBY)) / (2 * _NEARBY)
    return Calibration(exp(mode), 1 / sqrt(max(curvature, 1 / _SPREAD**2)))


def calibrated(retention: float, factor: float) -> float:
    """Return the retention to ask of the scheduler so that its intervals become `factor` times as long.

    Then the learner's own recall on the day a fact is due is the `retention` they desired. It stays within the bounds
    of `scheduling.clamped`.
    """
    odds = clamped(retention) ** (-1 / DECAY) - 1
    return clamped(float((1 + factor * odds) ** -DECAY))


def _slope(reviews: Sequence[Foretold], log_factor: float) -> float:
    """Return the derivative of the log posterior by ln c."""
    curve = (DESIRED_RETENTION ** (-1 / DECAY) - 1) / exp(log_factor)
    slope = -log_factor / _SPREAD**2
    for one in reviews:
        time = curve * one.days / one.stability
        recall = (1 + time) ** -DECAY
        rise = (1 - one.guess) * DECAY * recall * time / (1 + time)
        right = recall + (1 - recall) * one.guess
        slope += rise / right if one.right else -rise / (1 - right)
    return float(slope)
