"""Which of these: a group as a list, among values of the same kind that do not belong to it."""

from collections.abc import Iterator, Sequence

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.spelling import folded_words
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoice, MultipleChoiceBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.recipes.distractors import borrowed_reason
from quizapp.domain.questions.recipes.groups import groups_by_relation, question_on_group
from quizapp.domain.questions.recipes.recipe import asked_of_article, explanation_of
from quizapp.domain.seeded_order import SeededOrder

FEWEST_KEYS, MOST_KEYS = 2, 4
FEWEST_OTHERS, MOST_OTHERS = 2, 4


class WhichOfThese:
    """A multiple-choice question for each group whose bank says how its list is asked for (`which` of a [[group]])."""

    name = "which-of-these"
    label = "Which of these"

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions in the order of each group's first fact."""
        asked = {(group.name, group.relation): group.which for group in base.groups if group.which}
        for facts in groups_by_relation(base):
            which = asked.get((facts[0].group, facts[0].relation))
            others = _others(facts, base, order.within(facts[0].id))
            if which and len(facts) >= FEWEST_KEYS and len(others) >= FEWEST_OTHERS:
                chosen = facts[:MOST_KEYS]
                yield question_on_group(
                    chosen,
                    self,
                    type=MultipleChoice.name,
                    stem=asked_of_article(which),
                    body=MultipleChoiceBody(
                        tuple(fact.value.text for fact in chosen if fact.value),
                        tuple(others[:MOST_OTHERS]),
                    ),
                    explanation=" ".join(explanation_of(fact, base.speaker_of(fact)) for fact in chosen),
                )


def _others(facts: Sequence[Fact], base: FactBase, order: SeededOrder) -> list[Distractor]:
    """List values of the same kind from outside the group, none of which stands in it under any spelling."""
    inside = {folded_words(spelling) for fact in facts if fact.value for spelling in fact.value.spellings}
    excluded = {other for fact in facts for other in fact.not_with}
    kind = facts[0].value.kind if facts[0].value else ""
    found: dict[str, Distractor] = {}
    for other in order.of(base.facts, name=lambda fact: fact.id):
        if other.value is None or other.value.kind != kind or other.group == facts[0].group:
            continue
        if other.id in excluded or any(fact.id in other.not_with for fact in facts):
            continue
        if not inside.intersection(folded_words(spelling) for spelling in other.value.spellings):
            reason = borrowed_reason(other, base)
            found.setdefault(folded_words(other.value.text), Distractor(other.value.text, reason, other.id))
    return list(found.values())
