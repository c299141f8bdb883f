"""Type the number: the same question as "choose the value", recalled instead of recognised."""

from collections.abc import Iterator
from decimal import Decimal

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import Quantity
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.numeric import NearNumber, Numeric, NumericBody
from quizapp.domain.questions.recipes.distractors import borrowed_facts, borrowed_reason
from quizapp.domain.questions.recipes.recipe import Angle, asked_of_article, explanation_of, question_on
from quizapp.domain.seeded_order import SeededOrder


class TypeNumber:
    """A numeric question on every fact whose value is a number; the numbers it is mixed up with are known by name."""

    name = "type-number"
    label = "Type the number"
    angle = Angle.RECALL

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each fact with a number."""
        for fact in base.facts:
            if fact.value is not None and fact.value.quantity is not None:
                yield question_on(
                    fact,
                    self,
                    type=Numeric.name,
                    stem=asked_of_article(fact.ask),
                    body=self._body(fact, fact.value.quantity, base, order.within(fact.id)),
                    explanation=explanation_of(fact, base.speaker_of(fact)),
                )

    def _body(self, fact: Fact, quantity: Quantity, base: FactBase, order: SeededOrder) -> NumericBody:
        return NumericBody(
            number=_decimal_text(quantity.number),
            unit=quantity.unit,
            hedge=quantity.hedge,
            scale=quantity.scale,
            accepted=fact.value.spellings if fact.value else (),
            near=tuple(
                NearNumber(
                    _decimal_text(other.value.quantity.number), borrowed_reason(other, base.speaker_of(other)), other.id
                )
                for other in borrowed_facts(fact, base, order)
                if other.value and other.value.quantity
            ),
        )


def _decimal_text(number: Decimal) -> str:
    return f"{number.normalize():f}"
