"""Learners made of formulas, taken through study days by the scheduling that real learners have."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Protocol

from quizapp.domain.memory.calibration import Calibration, Foretold, calibrate, calibrated, foretold
from quizapp.domain.memory.evidence import weight_of
from quizapp.domain.memory.scheduling import DESIRED_RETENTION, NEW, Memory, Rating, retrievability
from quizapp.domain.memory.spreading import Calendar, choices
from tests.factories import NOON

REPEATS_A_DAY = 10


@dataclass(frozen=True, slots=True)
class Response:
    """What the app sees (`right`, and what chance a guess had) and what it does not: the recall there was."""

    right: bool
    chance: float
    recalled: bool
    guess: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The first review of a fact on a day: the memory before it, and the response."""

    day: int
    memory: Memory
    response: Response


class Learner(Protocol):
    generator: Random

    def respond(self, fact: int, memory: Memory, day: int) -> Response: ...


class SameModelLearner:
    """Recalls just as the app's own memory model foretells."""

    def __init__(self, seed: int, first_recall: float = 0.5) -> None:
        self.generator, self.first_recall = Random(seed), first_recall

    def respond(self, fact: int, memory: Memory, day: int) -> Response:
        chance = self.first_recall if memory.stability is None else retrievability(memory, day)
        recalled = self.generator.random() < chance
        return Response(recalled, chance, recalled)


class Calibrator:
    """Asks for the retention that a learner's own reviews call for, as the app would before every session."""

    def __init__(self) -> None:
        self.reviews: list[Foretold] = []
        self.seen = 0

    def __call__(self, log: Sequence[Asked]) -> float:
        return calibrated(DESIRED_RETENTION, self.calibration(log).factor)

    def calibration(self, log: Sequence[Asked]) -> Calibration:
        """Return what the reviews say of the learner."""
        found = [foretold(one.memory, one.day, one.response.right, one.response.guess) for one in log[self.seen :]]
        self.reviews += [one for one in found if one is not None]
        self.seen = len(log)
        return calibrate(self.reviews)


class Study:
    """One learner's cards and their study log."""

    def __init__(self, learner: Learner, seed: int, calibrator: Calibrator | None = None) -> None:
        self.learner, self.seed = learner, seed
        self.calibrator = calibrator
        self.memories: list[Memory] = []
        self.log: list[Asked] = []
        self._due: defaultdict[int, list[int]] = defaultdict(list)
        self._loads: Counter[int] = Counter()

    def study(self, day: int, new_facts: int) -> None:
        """Review all that is due, then meet new facts; what was forgotten is repeated until it is recalled."""
        fresh = range(len(self.memories), len(self.memories) + new_facts)
        self.memories += [NEW] * new_facts
        retention = self.calibrator(self.log) if self.calibrator else DESIRED_RETENTION
        for fact in [*self._due.pop(day, []), *fresh]:
            self.log.append(Asked(day, self.memories[fact], self._ask(fact, day, retention)))
            repeats = 0
            while self.memories[fact].due_at is not None and repeats < REPEATS_A_DAY:
                self._ask(fact, day, retention)
                repeats += 1
            following = max(day + 1, self.memories[fact].due_day or 0)
            self._due[following].append(fact)
            self._loads[following] += 1

    def branch(self, seed: int) -> "Study":
        """Return the same study as it stands, to go on with other luck."""
        other = Study(deepcopy(self.learner), seed, deepcopy(self.calibrator))
        other.learner.generator = Random(seed)
        other.memories, other.log = list(self.memories), list(self.log)
        other._due, other._loads = deepcopy(self._due), Counter(self._loads)
        return other

    def _ask(self, fact: int, day: int, retention: float) -> Response:
        memory = self.memories[fact]
        response = self.learner.respond(fact, memory, day)
        rating = Rating.GOOD if response.right else Rating.AGAIN
        weight = weight_of(memory, day, response.guess) if response.right else 1.0
        calendar = Calendar(self._loads, seed=f"{self.seed}/{day}/{fact}")
        chosen = choices(memory, [rating], day, NOON, calendar, weight=weight, retention=retention)
        self.memories[fact] = chosen[rating].memory
        return response
