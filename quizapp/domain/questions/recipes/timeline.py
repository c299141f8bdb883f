"""Timeline: put events in order, where the text fixes it by a date or by saying which came first."""

from collections.abc import Iterator, Sequence

from quizapp.domain.facts.fact import Fact, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.ordering import OrderedItem, Ordering, OrderingBody
from quizapp.domain.questions.recipes.event_order import fixed_pairs, in_order
from quizapp.domain.questions.recipes.groups import question_on_group
from quizapp.domain.questions.recipes.recipe import explanation_of, sentence_start
from quizapp.domain.seeded_order import SeededOrder

FEWEST, MOST = 3, 5


class Timeline:
    """Ordering questions on three to five events; a pair whose order the text leaves open is not graded."""

    name = "timeline"
    label = "Timeline"

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each handful of events."""
        events = [fact for fact in base.facts if fact.event and fact.status is not Status.CONTRADICTED]
        for chosen in _handfuls(in_order(events)):
            pairs = fixed_pairs(chosen)
            if len(chosen) >= FEWEST and pairs:
                yield question_on_group(
                    chosen,
                    self,
                    type=Ordering.name,
                    stem="In the article, in which order did these happen?",
                    body=OrderingBody(
                        tuple(OrderedItem(sentence_start(fact.event), fact.id) for fact in chosen), pairs
                    ),
                    explanation=" ".join(explanation_of(fact, base.speaker_of(fact)) for fact in chosen),
                )


def _handfuls(events: Sequence[Fact]) -> list[list[Fact]]:
    """Part the events into questions of like size, taking every n-th, so that each spans the whole time."""
    if len(events) < FEWEST:
        return []
    count = -(-len(events) // MOST)
    return [list(events[start::count]) for start in range(count)]
