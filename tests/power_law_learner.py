"""A learner whose memory is not FSRS's: Wickelgren's power law, with savings and a spacing effect of its own.

**Forgetting.** p(t) = (1 + b t)^-ψ, Wickelgren's (1974) power law with time in days; ψ differs between learners. `gap`
is the time after which p is 0.9, so b = (0.9^(-1/ψ) - 1) / gap. Published exponents for verbal material lie about 0.15
to 0.5 (Wixted & Ebbesen 1991, Rubin & Wenzel 1996): median 0.3.

**Growth.** A recall after an interval multiplies `gap` by 1 + (G - 1) min(2, (1 - p) / 0.1): nothing is gained by a
recall that was certain, most by one that was hard (desirable difficulty). G = 2.5 at p = 0.9 is the factor by which
Wozniak's SuperMemo 2 (1990) lets intervals grow, from his own measurements. Unlike in FSRS it stays the same however
strong a memory is, and there is no difficulty that moves with the ratings.

**Forgotten.** What was forgotten and looked up keeps 30 % of its gap (Ebbinghaus' savings), at least what a first look
gives. Repeats within a day add nothing (massed practice).

**First look.** One look and a repeat some minutes later leave p = 0.8 on the next day, with ψ = 0.3 a gap of 0.4 days;
5 to 25 % of the facts were known before, with a gap of about 5 days.

**Noise.** Learners differ in ψ, in the first gap, in G; facts in the first gap and in G; every review has noise of its
own. In 1 to 5 % of responses attention lapses, and they are wrong whatever is remembered.

These figures were written down before the first run and not changed after it.
"""

from dataclasses import dataclass
from math import exp
from random import Random

from quizapp.domain.memory.scheduling import Memory
from tests.simulated_study import Response

PARAMETERS = {
    "exponent ψ": "log-normal, median 0.3, σ 0.25 by learner",
    "first gap": "log-normal, median 0.4 days, σ 0.4 by learner, 0.6 by fact",
    "growth G - 1": "log-normal, median 1.5, σ 0.3 by learner, 0.2 by fact",
    "noise of a review": "log-normal on the gap, σ 0.25",
    "lapses of attention": "1 to 5 % by learner",
    "known before": "5 to 25 % by learner, gap of median 5 days, σ 0.8",
    "kept after a lapse": "30 %",
    "repeat after minutes": "recalled in 95 %",
}
_KEPT = 0.3
_REPEAT_RECALL = 0.95


@dataclass(slots=True)
class _Trace:
    gap: float
    first_gap: float
    growth: float
    last_day: int


class PowerLawLearner:
    """`chosen` is the share of responses picked among options, where a guess is right with the chance `guess`.

    `growth` is the median of G - 1 over the learners.
    """

    def __init__(self, seed: int, chosen: float = 0.0, guess: float = 0.25, growth: float = 1.5) -> None:
        self.generator = Random(seed)
        self.chosen, self.guess = chosen, guess
        self.exponent = self._around(0.3, 0.25)
        self.first_gap = self._around(0.4, 0.4)
        self.growth = self._around(growth, 0.3)
        self.inattention = self.generator.uniform(0.01, 0.05)
        self.known_before = self.generator.uniform(0.05, 0.25)
        self._traces: dict[int, _Trace] = {}

    def recall(self, fact: int, day: int) -> float:
        """Return the true chance that a fact is recalled, attention given."""
        trace = self._traces[fact]
        rate = (0.9 ** (-1 / self.exponent) - 1) / trace.gap
        return float((1 + rate * (day - trace.last_day)) ** -self.exponent)

    def respond(self, fact: int, memory: Memory, day: int) -> Response:
        if fact not in self._traces:
            return self._first_look(fact, day)
        if self._traces[fact].last_day == day:
            return self._answer(_REPEAT_RECALL, self.generator.random() < _REPEAT_RECALL)
        chance = self.recall(fact, day)
        remembered = self.generator.random() < chance
        self._learn(self._traces[fact], chance, remembered, day)
        return self._answer(chance, remembered)

    def _first_look(self, fact: int, day: int) -> Response:
        first_gap = self._around(self.first_gap, 0.6)
        known = self.generator.random() < self.known_before
        gap = max(first_gap, self._around(5.0, 0.8)) if known else first_gap
        self._traces[fact] = _Trace(gap, first_gap, self._around(self.growth, 0.2), day)
        return self._answer(self.known_before, known)

    def _answer(self, chance: float, remembered: bool) -> Response:
        recalled = remembered and self.generator.random() >= self.inattention
        guess = self.guess if self.generator.random() < self.chosen else 0.0
        right = recalled or self.generator.random() < guess
        return Response(right, chance * (1 - self.inattention), recalled, guess)

    def _learn(self, trace: _Trace, chance: float, remembered: bool, day: int) -> None:
        if remembered:
            grown = trace.gap * (1 + trace.growth * min(2.0, (1 - chance) / 0.1))
        else:
            grown = max(trace.first_gap, _KEPT * trace.gap)
        trace.gap = self._around(grown, 0.25)
        trace.last_day = day

    def _around(self, median: float, sigma: float) -> float:
        return median * exp(self.generator.gauss(0, sigma))
