"""What is it: the reverse of "choose the value", from a value back to what it is the value of."""

from collections import Counter
from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, FactKind, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.distractors import ENOUGH, WANTED, asked_the_other_way, borrowed_reason
from quizapp.domain.questions.recipes.recipe import Angle, explanation_of, question_on, sentence_start
from quizapp.domain.seeded_order import SeededOrder

_KINDS = {
    FactKind.QUANTITY,
    FactKind.DURATION,
    FactKind.DATE,
    FactKind.PLACE,
    FactKind.PERSON,
    FactKind.ORGANISATION,
}
MAX_LENGTH_RATIO = 2.0


class WhatIsIt:
    """Single choice among what values of one relation stand for, where the value belongs to one fact only.

    A value that another question asks about by name ("who hosted the talks in Geneva?") is not asked again this way.
    """

    name = "what-is-it"
    label = "What is it"
    angle = Angle.REVERSE

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each fact in the article's own voice with a value of its own."""
        uses = Counter(fold(fact.value.text) for fact in base.facts if fact.value)
        for fact in base.facts:
            if not _fits(fact) or fact.value is None or uses[fold(fact.value.text)] > 1:
                continue
            if asked_the_other_way(fact, base):
                continue
            others = _other_things(fact, base, order.within(fact.id))
            if len(others) >= ENOUGH:
                yield question_on(
                    fact,
                    self,
                    type=SingleChoice.name,
                    stem=f"In the article, which of these is {fact.value.text}?",
                    body=SingleChoiceBody(
                        sentence_start(fact.value_of),
                        tuple(
                            Distractor(
                                sentence_start(other.value_of), borrowed_reason(other, base.speaker_of(other)), other.id
                            )
                            for other in others
                        ),
                    ),
                    explanation=explanation_of(fact, None),
                )


def _fits(fact: Fact) -> bool:
    return (
        fact.value is not None
        and fact.kind in _KINDS
        and fact.speaker is None
        and fact.status is not Status.CONTRADICTED
    )


def _other_things(fact: Fact, base: FactBase, order: SeededOrder) -> list[Fact]:
    """List facts of the same relation with other values, of like length; those of the same group first."""
    usable = [
        other
        for other in base.facts
        if other.id != fact.id and _fits(other) and _comparable(fact, other) and _of_like_length(fact, other)
    ]
    ranked = order.of(usable, name=lambda other: other.id)
    ranked.sort(key=lambda other: other.group != fact.group)
    different = {fold(other.value.text): other for other in reversed(ranked) if other.value}
    return [other for other in ranked if other in different.values()][:WANTED]


def _comparable(fact: Fact, other: Fact) -> bool:
    if other.id in fact.not_with or fact.id in other.not_with or other.value is None or fact.value is None:
        return False
    return other.relation == fact.relation and fold(other.value.text) != fold(fact.value.text)


def _of_like_length(fact: Fact, other: Fact) -> bool:
    shorter, longer = sorted((len(fact.value_of), len(other.value_of)))
    return longer <= MAX_LENGTH_RATIO * shorter
