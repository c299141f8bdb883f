"""Timeline: put events in order, where the text fixes it by a date or by saying which came first."""

from collections.abc import Iterator, Sequence

from quizapp.domain.facts.fact import Fact, Group, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.ordering import OrderedItem, Ordering, OrderingBody
from quizapp.domain.questions.recipes.event_order import fixed_pairs, in_order
from quizapp.domain.questions.recipes.groups import question_on_group
from quizapp.domain.questions.recipes.recipe import Angle, sentence_start
from quizapp.domain.seeded_order import SeededOrder

FEWEST, MOST = 3, 5
ALL_EVENTS = Group("events", order="in which order did these happen?")


class Timeline:
    """Ordering questions on three to five events; a pair whose order the text leaves open is not graded.

    One for each group that bank.toml asks the `order` of; without such groups one on all events.
    """

    name = "timeline"
    label = "Timeline"
    angle = Angle.TOGETHER

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions in the order of the groups."""
        events = [fact for fact in base.facts if fact.event and fact.status is not Status.CONTRADICTED]
        groups = [group for group in base.groups if group.order]
        asked = [(group, [fact for fact in events if group.holds(fact)]) for group in groups]
        for group, found in asked or [(ALL_EVENTS, events)]:
            chosen = _spread(in_order(found))
            pairs = fixed_pairs(chosen)
            if len(chosen) >= FEWEST and pairs:
                items = tuple(OrderedItem(sentence_start(fact.event), fact.id) for fact in chosen)
                yield question_on_group(
                    group, chosen, base, self, type=Ordering.name, ask=group.order, body=OrderingBody(items, pairs)
                )


def _spread(events: Sequence[Fact]) -> list[Fact]:
    """Take as many events as one question holds, the first and the last and some between."""
    if len(events) <= MOST:
        return list(events)
    return [events[place * (len(events) - 1) // (MOST - 1)] for place in range(MOST)]
