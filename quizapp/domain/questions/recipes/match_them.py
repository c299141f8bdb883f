"""Match them: the facts of one group and relation side by side, each value to what it is the value of."""

from collections.abc import Iterator, Sequence

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.matching import Matching, MatchingBody, Pair
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.recipes.distractors import borrowed_facts, borrowed_reason
from quizapp.domain.questions.recipes.groups import groups_by_relation, question_on_group
from quizapp.domain.questions.recipes.recipe import explanation_of, sentence_start
from quizapp.domain.seeded_order import SeededOrder

FEWEST, MOST = 3, 6


class MatchThem:
    """One matching question for each group of three facts or more with different values."""

    name = "match-them"
    label = "Match them"

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions in the order of each group's first fact."""
        for facts in groups_by_relation(base):
            chosen = facts[:MOST]
            if len(chosen) >= FEWEST:
                yield question_on_group(
                    chosen,
                    self,
                    type=Matching.name,
                    stem="In the article, what belongs together?",
                    body=MatchingBody(_pairs(chosen), _extras(chosen, base, order)),
                    explanation=" ".join(explanation_of(fact, base.speaker_of(fact)) for fact in chosen),
                )


def _pairs(facts: Sequence[Fact]) -> tuple[Pair, ...]:
    return tuple(Pair(sentence_start(fact.value_of), fact.value.text, fact.id) for fact in facts if fact.value)


def _extras(facts: Sequence[Fact], base: FactBase, order: SeededOrder) -> tuple[Distractor, ...]:
    """One more value of the same relation, so that the last row does not follow from the others."""
    taken = {fact.value.text for fact in facts if fact.value}
    for other in borrowed_facts(facts[0], base, order.within(facts[0].id)):
        if other.value and other.value.text not in taken and not _also_right(other, facts):
            return (Distractor(other.value.text, borrowed_reason(other, base), other.id),)
    return ()


def _also_right(other: Fact, facts: Sequence[Fact]) -> bool:
    return any(other.id in fact.not_with or fact.id in other.not_with for fact in facts)
