"""Which questions an attempt asks, and in which order: all of it follows from the attempt's seed."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.domain.seeded_order import SeededOrder

LENGTHS = (5, 10, 20)
DEFAULT_LENGTH = 10
SECONDS_A_QUESTION = 24
MAX_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Drawable:
    """A question that may be drawn: its id and the id of the fact it tests."""

    question_id: int
    fact_id: int


def draw(questions: Sequence[Drawable], length: int | None, seed: int) -> list[int]:
    """Draw the ids of `length` questions (None: all of them) in the order they are asked.

    No fact is asked twice before every fact was asked once, so a short quiz ranges over the whole source.
    """
    order = SeededOrder(seed)
    by_fact: dict[int, list[Drawable]] = {}
    for question in order.within("questions").of(questions, name=lambda one: one.question_id):
        by_fact.setdefault(question.fact_id, []).append(question)
    facts = order.within("facts").of(by_fact, name=lambda fact_id: fact_id)
    rounds = max((len(asked) for asked in by_fact.values()), default=0)
    drawn = [
        by_fact[fact_id][turn].question_id
        for turn in range(rounds)
        for fact_id in facts
        if turn < len(by_fact[fact_id])
    ]
    return drawn[: MAX_LENGTH if length is None else min(length, MAX_LENGTH)]


def option_order(seed: int, question_id: int) -> SeededOrder:
    """Return the order in which the options of one question stand in the attempt with this seed."""
    return SeededOrder(seed).within(f"options/{question_id}")


def about_minutes(length: int) -> int:
    """Estimate in whole minutes how long `length` questions take somebody who reads the feedback."""
    return max(1, round(length * SECONDS_A_QUESTION / 60))
