"""Ordering: put events into the order the source gives them; only pairs that the source fixes are graded."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Any

from quizapp.domain.questions.question_types.author_values import Values, from_value
from quizapp.domain.questions.question_types.matching import PresentedRow
from quizapp.domain.questions.question_types.question_type import (
    AuthorField,
    Given,
    Grade,
    NotGradable,
    Omitted,
    QuestionType,
    Reading,
    Response,
)
from quizapp.domain.seeded_order import SeededOrder

MAX_ITEMS = 8


@dataclass(frozen=True, slots=True)
class OrderedItem:
    """One event, and the fact it comes from."""

    text: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class OrderingBody:
    """The items in a right order, and which pairs (earlier index, later index) the source fixes."""

    items: tuple[OrderedItem, ...]
    fixed: tuple[tuple[int, ...], ...]


class Ordering(QuestionType[OrderingBody]):
    """Score: right pairs less wrong pairs as a share of the fixed pairs (Kendall's tau), never below 0."""

    name = "ordering"
    label = "Ordering"
    instruction = "Give each its place, 1 for the earliest."
    body_class = OrderingBody
    author_fields = (
        AuthorField(
            "items", "The events, the earliest first, one a line", "lines", "Only such as the source orders.", least=3
        ),
    )
    example = OrderingBody(
        items=(
            OrderedItem("Copernicus", "copernicus"),
            OrderedItem("Kepler", "kepler"),
            OrderedItem("Newton", "newton"),
        ),
        fixed=((0, 1), (0, 2), (1, 2)),
    )

    def problems(self, body: OrderingBody) -> list[str]:
        """Check for three items or more, distinct, and pairs that can be graded."""
        texts = [item.text.strip().casefold() for item in body.items]
        found = []
        if not 3 <= len(texts) <= MAX_ITEMS:
            found.append(f"it needs 3 to {MAX_ITEMS} items.")
        if not all(texts) or len(set(texts)) < len(texts):
            found.append("an item is empty or there twice.")
        if not body.fixed:
            found.append("no pair of items has a fixed order.")
        if any(len(pair) != 2 or not 0 <= pair[0] < pair[1] < len(texts) for pair in body.fixed):
            found.append("a fixed pair does not name an earlier and a later item.")
        if len(set(body.fixed)) < len(body.fixed):
            found.append("a fixed pair is there twice.")
        return found

    def author_values(self, body: OrderingBody) -> dict[str, Any]:
        """Return the texts of the items in their order."""
        return {"items": [item.text for item in body.items]}

    def authored_body(self, values: Values, before: OrderingBody | None = None) -> OrderingBody:
        """Make a body in which every pair is fixed, or those of `before` where its items stand in the same order."""
        texts = from_value("items", "lines", values.get("items"))
        known = {} if before is None else {item.text: item.fact for item in before.items}
        items = tuple(OrderedItem(text, known.get(text)) for text in texts)
        if before is not None and texts == list(known):
            return OrderingBody(items, before.fixed)
        return OrderingBody(items, tuple(combinations(range(len(items)), 2)))

    def key(self, body: OrderingBody) -> list[str]:
        """Return the items in order."""
        return [item.text for item in body.items]

    def answer_text(self, body: OrderingBody) -> str:
        """Return the items in order, with arrows."""
        return " → ".join(self.key(body))

    def response_text(self, body: OrderingBody, response: Response) -> str:
        """Return the items as the learner ordered them."""
        return " → ".join(body.items[index].text for index in response["order"])

    def guess_chance(self, body: OrderingBody) -> float:
        """Return the chance of one given order; where the source leaves pairs open, a little more is right."""
        return 1 / factorial(len(body.items))

    def options(self, body: OrderingBody) -> list[str]:
        """List the items."""
        return self.key(body)

    def facts(self, body: OrderingBody) -> tuple[str, ...]:
        """List the facts of the items."""
        return tuple(item.fact for item in body.items if item.fact)

    def present(self, body: OrderingBody, order: SeededOrder) -> tuple[PresentedRow, ...]:
        """Return the items in the order of this attempt."""
        shuffled = order.of(range(len(body.items)))
        return tuple(PresentedRow(place, body.items[index].text, index) for place, index in enumerate(shuffled, 1))

    def read(self, form: Mapping[str, str], body: OrderingBody, order: SeededOrder) -> Reading:
        """Read `response-1` to `response-n`: the rank given to the item shown at each place."""
        ranks = [(form.get(f"response-{row.place}", "").strip(), row.index) for row in self.present(body, order)]
        if not any(rank for rank, _ in ranks):
            return Omitted()
        allowed = {str(number) for number in range(1, len(body.items) + 1)}
        if {rank for rank, _ in ranks} != allowed:
            return NotGradable(f"Give each a different place, from 1 to {len(body.items)}.")
        return Given({"order": [index for _, index in sorted(ranks)]})

    def grade(self, body: OrderingBody, response: Response) -> Grade:
        """Grade by the rule of the class."""
        wrong = self._wrong_pairs(body, response)
        score = max(0.0, 1 - 2 * len(wrong) / len(body.fixed))
        if not wrong:
            return Grade(score)
        earlier, later = (body.items[index] for index in wrong[0])
        return Grade(score, f"“{earlier.text}” comes before “{later.text}”.")

    def misplaced(self, body: OrderingBody, response: Response) -> set[int]:
        """List the items that stand at another place than in the answer and on the wrong side of another item."""
        crossed = {index for pair in self._wrong_pairs(body, response) for index in pair}
        return {index for place, index in enumerate(response["order"]) if place != index and index in crossed}

    def right_response(self, body: OrderingBody) -> Response:
        """Put the items in order."""
        return {"order": list(range(len(body.items)))}

    def example_responses(self) -> tuple[Response, Response]:
        """Return the right order, and the last two swapped."""
        return {"order": [0, 1, 2]}, {"order": [0, 2, 1]}

    @staticmethod
    def _wrong_pairs(body: OrderingBody, response: Response) -> list[tuple[int, ...]]:
        places = {index: place for place, index in enumerate(response["order"])}
        return [pair for pair in body.fixed if places[pair[0]] > places[pair[1]]]
