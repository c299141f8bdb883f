"""Single choice on the value of a fact, with the values of other facts as options.

Each kind of fact has a recipe of its own built on this: when, where, how many, who, which organisation, why, and
which words.
"""

from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, FactKind
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.distractors import ENOUGH, option_order, place_in_order, value_distractors
from quizapp.domain.questions.recipes.recipe import Angle, asked_of_article, explanation_of, question_on
from quizapp.domain.seeded_order import SeededOrder


class ValueChoice:
    """A choice on every fact of `kinds` that has a value and at least two sound wrong options."""

    name: str
    label: str
    angle = Angle.VALUE
    kinds: frozenset[FactKind]

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each fact with a value."""
        for fact in base.facts:
            if fact.value is None or fact.kind not in self.kinds:
                continue
            found = value_distractors(fact, base, order.within(fact.id))
            if len(found) >= ENOUGH:
                yield question_on(
                    fact,
                    self,
                    type=SingleChoice.name,
                    stem=asked_of_article(fact.ask),
                    body=single_choice_body(fact, found),
                    explanation=explanation_of(fact, base.speaker_of(fact)),
                )


def single_choice_body(fact: Fact, distractors: list[Distractor]) -> SingleChoiceBody:
    """Put key and distractors together; numbers and dates stand in their natural order."""
    if fact.value is None:
        raise ValueError(f"{fact.id} has no value")
    key = fact.value.text
    if fact.value.quantity is None and (fact.kind is not FactKind.DATE or place_in_order(key) is None):
        return SingleChoiceBody(key, tuple(distractors))
    ordered = sorted(distractors, key=lambda one: option_order(one.text))
    rank = sum(option_order(one.text) < option_order(key) for one in ordered)
    return SingleChoiceBody(key, tuple(ordered), in_order=True, rank=rank)
