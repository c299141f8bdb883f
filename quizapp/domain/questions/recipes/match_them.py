"""Match them: the facts of one group side by side, each value to what it is the value of."""

from collections.abc import Iterator, Sequence

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.matching import Matching, MatchingBody, Pair
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.recipes.distractors import (
    asked_the_other_way,
    borrowed_facts,
    borrowed_reason,
    same_or_within,
)
from quizapp.domain.questions.recipes.groups import groups_of, members, question_on_group, short_labels
from quizapp.domain.questions.recipes.recipe import Angle, sentence_start
from quizapp.domain.seeded_order import SeededOrder

FEWEST, MOST = 3, 6
SHORTEST_TELLING_WORD = 4


class MatchThem:
    """One matching question for each group with three values or more of one relation, unless it is asked in reverse.

    A group that bank.toml asks otherwise, or that its `facts` bring together, is matched only if it has a `match`.
    """

    name = "match-them"
    label = "Match them"
    angle = Angle.TOGETHER

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions in the order of the groups."""
        matched: list[set[str]] = []
        for group in groups_of(base):
            is_meant = group.match or not (group.facts or group.which or group.order)
            chosen = _that_can_be_matched(members(group, base))[:MOST]
            twins = {twin.id if twin else "" for twin in (asked_the_other_way(fact, base) for fact in chosen)}
            if not is_meant or len(chosen) < FEWEST or any(twins <= ids for ids in matched):
                continue
            matched.append({fact.id for fact in chosen})
            yield question_on_group(
                group,
                chosen,
                base,
                self,
                type=Matching.name,
                ask=group.match or f"which {chosen[0].relation} goes with each of these?",
                body=MatchingBody(_pairs(chosen), _extras(chosen, base, order)),
            )


def _pairs(facts: Sequence[Fact]) -> tuple[Pair, ...]:
    labels = short_labels([fact.value_of for fact in facts])
    return tuple(
        Pair(sentence_start(label), fact.value.text, fact.id)
        for fact, label in zip(facts, labels, strict=True)
        if fact.value
    )


def _that_can_be_matched(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out a value that is right for a fact before it as well, or has a word of what it is the value of."""
    values = [_words(fact.value.text) for fact in facts if fact.value]
    everywhere = frozenset.intersection(*values) if values else frozenset()
    kept: list[Fact] = []
    for fact in facts:
        if fact.value is None or (_words(fact.value.text) - everywhere) & _words(fact.value_of):
            continue
        if not any(_also_right(fact, [other]) for other in kept):
            kept.append(fact)
    return kept


def _words(text: str) -> frozenset[str]:
    words = fold(text).replace("“", " ").replace("”", " ").replace(",", " ").replace("’s", "").split()
    return frozenset(word for word in words if len(word) >= SHORTEST_TELLING_WORD)


def _extras(facts: Sequence[Fact], base: FactBase, order: SeededOrder) -> tuple[Distractor, ...]:
    """One more value of the same relation, so that the last row does not follow from the others."""
    for other in borrowed_facts(facts[0], base, order.within(facts[0].id)):
        if other.value and other.relation == facts[0].relation and not _also_right(other, facts):
            return (Distractor(other.value.text, borrowed_reason(other, base.speaker_of(other)), other.id),)
    return ()


def _also_right(other: Fact, facts: Sequence[Fact]) -> bool:
    return any(
        other.id in fact.not_with or fact.id in other.not_with or same_or_within(other.value, fact.value)
        for fact in facts
    )
