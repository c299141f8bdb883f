"""Which of these: a group as a list, among values of the same kind that do not belong to it."""

from collections.abc import Iterator, Sequence

from quizapp.domain.facts.fact import Fact, Group, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.spelling import folded_words
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoice, MultipleChoiceBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.recipes.distractors import (
    COMPARED_WITHIN_A_RELATION,
    borrowed_reason,
    is_of_another_side,
    same_or_within,
)
from quizapp.domain.questions.recipes.groups import members, question_on_group
from quizapp.domain.questions.recipes.recipe import Angle
from quizapp.domain.seeded_order import SeededOrder

FEWEST_KEYS, MOST_KEYS = 2, 4
FEWEST_OTHERS, MOST_OTHERS = 2, 4


class WhichOfThese:
    """A multiple-choice question for each group whose bank says how its list is asked for (`which` of a [[group]])."""

    name = "which-of-these"
    label = "Which of these"
    angle = Angle.TOGETHER

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions in the order of the groups."""
        for group in base.groups:
            chosen = members(group, base)[:MOST_KEYS]
            if not group.which or len(chosen) < FEWEST_KEYS:
                continue
            others = _others(group, chosen, base, order.within(group.name))
            if len(others) >= FEWEST_OTHERS:
                yield question_on_group(
                    group,
                    chosen,
                    base,
                    self,
                    type=MultipleChoice.name,
                    ask=group.which,
                    body=MultipleChoiceBody(
                        tuple(fact.value.text for fact in chosen if fact.value),
                        tuple(others[:MOST_OTHERS]),
                    ),
                )


def _others(group: Group, facts: Sequence[Fact], base: FactBase, order: SeededOrder) -> list[Distractor]:
    """List values that none of the facts has: of the relations that the group names, else of the same kind."""
    found: dict[str, Distractor] = {}
    for other in order.of(base.facts, name=lambda fact: fact.id):
        if other.value is not None and _is_comparable(group, facts[0], other) and _is_wrong(group, facts, other, base):
            one = Distractor(other.value.text, borrowed_reason(other, base.speaker_of(other)), other.id)
            found.setdefault(folded_words(other.value.text), one)
    return list(found.values())


def _is_comparable(group: Group, fact: Fact, other: Fact) -> bool:
    if group.among:
        return other.relation in group.among
    if fact.value is None or other.value is None or fact.value.kind != other.value.kind:
        return False
    return other.relation == fact.relation or fact.value.kind not in COMPARED_WITHIN_A_RELATION


def _is_wrong(group: Group, facts: Sequence[Fact], other: Fact, base: FactBase) -> bool:
    if group.holds(other) or other.status is Status.CONTRADICTED:
        return False
    return not any(
        other.id in fact.not_with
        or fact.id in other.not_with
        or same_or_within(fact.value, other.value)
        or is_of_another_side(fact, other, base)
        for fact in facts
    )
