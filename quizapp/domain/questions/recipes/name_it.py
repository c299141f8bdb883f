"""Name it: the typed form of a question whose answer is a name or a date, recalled instead of recognised."""

from collections.abc import Iterator

from quizapp.domain.facts.fact import TYPED_KINDS, Fact, FactKind
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.short_answer import ShortAnswer, ShortAnswerBody
from quizapp.domain.questions.recipes.recipe import Angle, asked_of_article, explanation_of, question_on
from quizapp.domain.questions.recipes.typed_answers import accepted_forms, named_otherwise
from quizapp.domain.seeded_order import SeededOrder

MAX_WORDS = 5


class NameIt:
    """A short answer on every fact whose value is a person, place, organisation or date of a few words."""

    name = "name-it"
    label = "Name it"
    angle = Angle.RECALL

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each such fact."""
        for fact in base.facts:
            if is_named(fact) and fact.value is not None:
                yield question_on(
                    fact,
                    self,
                    type=ShortAnswer.name,
                    stem=asked_of_article(fact.ask),
                    body=ShortAnswerBody(fact.value.text, accepted_forms(fact, base), named_otherwise(fact, base)),
                    explanation=explanation_of(fact, base.speaker_of(fact)),
                )


def is_named(fact: Fact) -> bool:
    """Say whether the value is a name or date that can be typed from memory."""
    if fact.value is None or fact.value.quantity is not None:
        return False
    return (fact.kind in TYPED_KINDS or fact.kind is FactKind.DATE) and len(fact.value.text.split()) <= MAX_WORDS
