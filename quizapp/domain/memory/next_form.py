"""In which form a fact is asked next: never twice the same where there is another, harder as its memory grows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.domain.memory.scheduling import Memory
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.seeded_order import SeededOrder

YOUNG_DAYS = 7
GROWN_DAYS = 30


class Form(StrEnum):
    """A way of asking a fact, from the easiest to the hardest; a card can stand beside each of them."""

    CARD = "card"
    RECOGNISE = "recognise"
    COMPLETE = "complete"
    PRODUCE = "produce"


def form_of(kind: QuestionType[Any]) -> Form:
    """Say in which form a type of question asks: by whether its answer can be guessed, and how much of it is given."""
    if kind.guess_chance(kind.example) > 0:
        return Form.RECOGNISE
    return Form.COMPLETE if kind.completes else Form.PRODUCE


_FIRST = ({Form.CARD}, {Form.RECOGNISE}, {Form.COMPLETE}, {Form.PRODUCE})
_YOUNG = ({Form.RECOGNISE, Form.CARD}, {Form.COMPLETE}, {Form.PRODUCE})
_GROWING = ({Form.COMPLETE, Form.CARD}, {Form.PRODUCE}, {Form.RECOGNISE})
_GROWN = ({Form.PRODUCE}, {Form.COMPLETE}, {Form.CARD}, {Form.RECOGNISE})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to ask one fact: one of its questions, or (`question_id` None) the two faces of its card.

    `times` counts how often this learner was asked in this way.
    """

    question_id: int | None
    form: Form
    times: int = 0


def next_form(
    candidates: Iterable[Candidate],
    memory: Memory,
    last: Candidate | None,
    seed: int | str,
    *,
    cards_only: bool = False,
) -> Candidate | None:
    """Choose the way a fact is asked next; None when there is none.

    The one asked last comes again only where it is the only one; with `cards_only` the faces come wherever there are
    faces. Of equally good ways the one asked least often is taken, then the one drawn by `seed`.
    """
    found = list(candidates)
    if cards_only and any(one.form is Form.CARD for one in found):
        return next(one for one in found if one.form is Form.CARD)
    if last is not None:
        another = [one for one in found if (one.question_id, one.form) != (last.question_id, last.form)]
        found = another or found
    for tier in _tiers(memory):
        fitting = [one for one in found if one.form in tier]
        if fitting:
            drawn = SeededOrder(seed).within("form").of(fitting, name=lambda one: (one.question_id, one.form))
            return min(drawn, key=lambda one: one.times)
    return None


def _tiers(memory: Memory) -> Sequence[set[Form]]:
    if memory.stability is None:
        return _FIRST
    if memory.stability < YOUNG_DAYS:
        return _YOUNG
    return _GROWING if memory.stability < GROWN_DAYS else _GROWN
