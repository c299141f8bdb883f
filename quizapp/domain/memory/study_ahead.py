"""A learner's studying played forward, day by day, by the rules that real reviews are scheduled by.

Every fact is self-graded with two buttons; a review's outcome is drawn from the recall that the memory foretells, with
a generator of its own, so that one seed gives one course (on one version of Python: `random.Random` may change).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf
from random import Random

from quizapp.domain.memory.evidence import UNKNOWN_BEFORE
from quizapp.domain.memory.known import LEARNED_DAYS
from quizapp.domain.memory.leech import gap_days
from quizapp.domain.memory.scheduling import (
    DESIRED_RETENTION,
    Memory,
    MemoryState,
    Rating,
    ideal_interval,
    recall_after,
    recalls_on,
    strength_after,
)
from quizapp.domain.memory.session_plan import FIRST_PACE_SECONDS
from quizapp.domain.memory.spreading import Calendar, day_bounds, day_out_of_break, least_loaded


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """How a learner goes on: `new_facts` never asked yet, at most `new_a_day` of them a day, after what is due.

    `limit_cards_a_day` is the most reviews a day, repeats after a lapse included; None: no limit. `calendar` gives
    weekdays and the break; its loads are not read, they follow from the facts. `pace_seconds` is the time of a review,
    `first_recall` the chance that a fact is known before it was ever asked. `memory_factor` is by what this learner's
    stabilities are multiplied where recall is foretold and days are chosen, and `factor_spread` how unsure that is: the
    standard deviation of its logarithm (both from `calibration.calibrate`; 0: the memory model is taken for true).
    """

    new_facts: int = 0
    new_a_day: int = 0
    limit_cards_a_day: int | None = None
    calendar: Calendar = field(default_factory=Calendar)
    retention: float = DESIRED_RETENTION
    pace_seconds: float = FIRST_PACE_SECONDS
    first_recall: float = UNKNOWN_BEFORE
    memory_factor: float = 1.0
    factor_spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Studied:
    """What happened on one study day: `due` facts, those `asked` of them, `new` ones, those still `waiting` at its end.

    `reviews` counts facts asked, new ones and repeats after a lapse.
    """

    day: int
    due: int
    asked: int
    new: int
    reviews: int
    waiting: int


@dataclass(slots=True)
class _Fact:
    stability: float
    difficulty: float
    last_day: int
    interval: int = 0
    recalled_days: int = 0
    recalled_on: int | None = None
    lapses: int = 0
    in_step: bool = True


class StudyAhead:
    """Facts and their memories from `today` on; `study` moves on by one day. Facts keep the order they were met in.

    `lasting` is by what memories last longer than the plan's factor, by which days are chosen, would have it.
    """

    __slots__ = (
        "_calendar",
        "_coming",
        "_facts",
        "_generator",
        "_lasting",
        "_loads",
        "_waiting",
        "day",
        "fresh",
        "plan",
    )

    def __init__(
        self, memories: Sequence[Memory], today: int, plan: StudyPlan, seed: int, lasting: float = 1.0
    ) -> None:
        self._lasting = plan.memory_factor * lasting
        self.plan, self.day = plan, today
        self._facts: list[_Fact] = []
        self._waiting: list[_Fact] = []
        self._coming: defaultdict[int, list[_Fact]] = defaultdict(list)
        self._loads: defaultdict[int, int] = defaultdict(int)
        self._calendar = replace(plan.calendar, loads=self._loads)
        self._generator = Random(seed)
        met = sorted((one for one in memories if one.stability is not None), key=lambda one: one.due_day or 0)
        for memory in met:
            if not self._is_moved(memory):
                self._take_over(memory, memory.due_day or 0)
        for turn, memory in enumerate(one for one in met if self._is_moved(one)):
            self._take_over(memory, day_out_of_break(memory.due_day or 0, self._calendar, today, turn))
        self.fresh = plan.new_facts + len(memories) - len(self._facts)

    @property
    def met(self) -> int:
        """How many facts were asked at least once."""
        return len(self._facts)

    @property
    def known(self) -> int:
        """How many facts are learned: recalled on three separate days."""
        return sum(fact.recalled_days >= LEARNED_DAYS for fact in self._facts)

    def recalls(self, day: int) -> list[float]:
        """Return the chance of recall on `day` of every fact met."""
        lasting = self._lasting
        stabilities = [fact.stability * lasting for fact in self._facts]
        return recalls_on(day, [fact.last_day for fact in self._facts], stabilities)

    def study(self) -> Studied:
        """Study for one day, unless it is free: what waited longest first, then new facts."""
        day = self.day
        self.day += 1
        self._waiting += self._coming.pop(day, [])
        due = len(self._waiting)
        if self._calendar.is_off(day) or not self._calendar.weight(day):
            return Studied(day, due, 0, 0, 0, due)
        room = inf if self.plan.limit_cards_a_day is None else self.plan.limit_cards_a_day
        asked = new = reviews = 0
        while asked < due and reviews < room:
            reviews += self._ask(self._waiting[asked], day, room - reviews > 1)
            asked += 1
        del self._waiting[:asked]
        while new < min(self.plan.new_a_day, self.fresh) and reviews < room:
            reviews += self._meet(day, room - reviews > 1)
            new += 1
        self.fresh -= new
        return Studied(day, due, asked, new, reviews, due - asked)

    def _is_moved(self, memory: Memory) -> bool:
        """Say whether a memory is due in the break ahead: planning one moves those out of it."""
        return (memory.due_day or 0) > self.day and self._calendar.is_off(memory.due_day or 0)

    def _take_over(self, memory: Memory, due: int) -> None:
        last_day = min(self.day, memory.last_day or 0)
        interval = memory.interval and due - last_day
        fact = _Fact(memory.stability or 0.0, memory.difficulty or 0.0, last_day, interval)
        fact.recalled_days, fact.recalled_on = memory.recalled_days, memory.recalled_on
        fact.lapses, fact.in_step = memory.lapses, memory.state is not MemoryState.REVIEW
        self._facts.append(fact)
        if due < self.day:
            self._waiting.append(fact)
        else:
            self._come_back(fact, due)

    def _meet(self, day: int, may_repeat: bool) -> int:
        """Ask a fact for the first time; return how many reviews it took."""
        known = self._generator.random() < self.plan.first_recall
        strength = strength_after(None, None, 0, Rating.GOOD if known else Rating.AGAIN)
        fact = _Fact(*strength, last_day=day)
        self._facts.append(fact)
        return self._recalled(fact, day) if known else self._repeat(fact, day, may_repeat)

    def _ask(self, fact: _Fact, day: int, may_repeat: bool) -> int:
        """Review a fact that is due; return how many reviews it took."""
        if self._generator.random() < recall_after(day - fact.last_day, fact.stability * self._lasting):
            _strengthen(fact, day, Rating.GOOD)
            return self._recalled(fact, day)
        _strengthen(fact, day, Rating.AGAIN)
        if not fact.in_step:
            fact.lapses += 1
            gap = gap_days(fact.lapses - 1, fact.lapses)
            if gap:
                fact.in_step = True
                self._come_back(fact, day + gap)
                return 1
        return self._repeat(fact, day, may_repeat)

    def _repeat(self, fact: _Fact, day: int, may_repeat: bool) -> int:
        """Ask again after some minutes, when it is recalled, or tomorrow where today has no room; count both times."""
        fact.interval, fact.in_step = 0, True
        if not may_repeat:
            self._come_back(fact, day + 1)
            return 1
        _strengthen(fact, day, Rating.GOOD)
        return 1 + self._recalled(fact, day)

    def _recalled(self, fact: _Fact, day: int) -> int:
        """Count one recall, and choose the day the fact comes back as `spreading.schedule` does."""
        fact.in_step = False
        if fact.recalled_on != day:
            fact.recalled_days += 1
            fact.recalled_on = day
        interval = ideal_interval(fact.stability * self.plan.memory_factor, self.plan.retention)
        first, last = day_bounds(day, interval, fact.interval, self._calendar.days_off)
        due = first if first == last else self._generator.choice(least_loaded(first, last, self._calendar))
        fact.interval = due - day
        self._come_back(fact, due)
        return 1

    def _come_back(self, fact: _Fact, day: int) -> None:
        self._coming[day].append(fact)
        self._loads[day] += 1


def _strengthen(fact: _Fact, day: int, rating: Rating) -> None:
    days = day - fact.last_day
    fact.stability, fact.difficulty = strength_after(fact.stability, fact.difficulty, days, rating)
    fact.last_day = day
