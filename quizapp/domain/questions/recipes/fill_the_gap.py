"""Fill the gap: the fact's own statement with its value left out, for values that are words rather than names."""

from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.cloze import GAP, Cloze, ClozeBody
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.recipes.name_it import is_named
from quizapp.domain.questions.recipes.recipe import BY_THE_ARTICLE, Angle, explanation_of, question_on
from quizapp.domain.questions.recipes.typed_answers import accepted_forms, named_otherwise, unquoted
from quizapp.domain.seeded_order import SeededOrder

MAX_WORDS = 6


class FillTheGap:
    """A cloze on every fact whose value is neither a number nor a name, so that it too is recalled once."""

    name = "fill-the-gap"
    label = "Fill the gap"
    angle = Angle.RECALL

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each such fact; the statement names its speaker, and so does the question."""
        for fact in base.facts:
            if fact.value is None or not _fits(fact):
                continue
            sentence = _sentence(fact)
            gap = ShortAnswerBody(unquoted(fact.value.text), accepted_forms(fact, base), named_otherwise(fact, base))
            yield question_on(
                fact,
                self,
                type=Cloze.name,
                stem=sentence,
                body=ClozeBody(sentence, (gap,)),
                explanation=explanation_of(fact, base.speaker_of(fact)),
            )


def _fits(fact: Fact) -> bool:
    if fact.value is None or fact.value.quantity is not None or is_named(fact):
        return False
    return fact.status is not Status.CONTRADICTED and len(fact.value.text.split()) <= MAX_WORDS


def _sentence(fact: Fact) -> str:
    """Leave the value out; quotation marks around it stay, since they are no part of what is typed."""
    quoted = fact.value is not None and unquoted(fact.value.text) != fact.value.text
    told = fact.with_value(f"“{GAP}”" if quoted else GAP)
    return told if fact.speaker or "article" in told else f"{BY_THE_ARTICLE}{told}"
