"""Matching: to each thing on the left belongs one on the right; the right side may hold more than is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import perm

from quizapp.domain.questions.question_types.question_type import (
    AuthorField,
    Distractor,
    Given,
    Grade,
    NotGradable,
    Omitted,
    QuestionType,
    Reading,
    Response,
)
from quizapp.domain.seeded_order import SeededOrder

MAX_ROWS = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together, and the fact that says so."""

    left: str
    right: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class MatchingBody:
    """The pairs, and things on the right that belong to none. An index on the right counts pairs, then extras."""

    pairs: tuple[Pair, ...]
    extras: tuple[Distractor, ...] = ()


@dataclass(frozen=True, slots=True)
class PresentedRow:
    """One thing on the left: its place in this attempt, its words, and its index in the body."""

    place: int
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class PresentedMatching:
    """Both sides in the order of this attempt."""

    rows: tuple[PresentedRow, ...]
    choices: tuple[PresentedRow, ...]


class Matching(QuestionType[MatchingBody]):
    """Score: the share of rows matched rightly. Rows are answered by selects; a row left open is wrong."""

    name = "matching"
    label = "Matching"
    instruction = "Choose for each row what belongs to it."
    body_class = MatchingBody
    author_fields = (
        AuthorField(
            "pairs", "What belongs together", "pairs", "Three to six pairs of one kind; each fits one only.", least=2
        ),
        AuthorField(
            "extras",
            "More on the right that belongs to none",
            "distractors",
            "One or two keep the last pair from being found by elimination.",
            required=False,
        ),
    )
    example = MatchingBody(
        pairs=(
            Pair("Mercury", "no moon", "moons-of-mercury"),
            Pair("Earth", "one moon", "moons-of-earth"),
            Pair("Mars", "two moons", "moons-of-mars"),
        ),
        extras=(Distractor("three moons", "No planet of this list has three moons."),),
    )

    def problems(self, body: MatchingBody) -> list[str]:
        """Check for two rows or more and distinct texts on each side."""
        lefts = [pair.left.strip().casefold() for pair in body.pairs]
        rights = [text.strip().casefold() for text in self.rights(body)]
        found = []
        if not 2 <= len(lefts) <= MAX_ROWS or len(rights) > MAX_ROWS + 1:
            found.append(f"it needs 2 to {MAX_ROWS} rows and at most {MAX_ROWS + 1} choices.")
        if not all(lefts) or not all(rights):
            found.append("a side of a pair is empty.")
        if len(set(lefts)) < len(lefts) or len(set(rights)) < len(rights):
            found.append("two entries of one side are the same.")
        return found

    def key(self, body: MatchingBody) -> list[list[str]]:
        """Return the pairs."""
        return [[pair.left, pair.right] for pair in body.pairs]

    def answer_text(self, body: MatchingBody) -> str:
        """Return the pairs in words."""
        return "; ".join(f"{pair.left}: {pair.right}" for pair in body.pairs)

    def response_text(self, body: MatchingBody, response: Response) -> str:
        """Return what was matched, a dash for an open row."""
        rights = self.rights(body)
        chosen = dict(response["pairs"])
        shown = (rights[chosen[index]] if index in chosen else "–" for index in range(len(body.pairs)))
        return "; ".join(f"{pair.left}: {text}" for pair, text in zip(body.pairs, shown, strict=True))

    def rights(self, body: MatchingBody) -> list[str]:
        """List the right side: the partners of the pairs in order, then the extras."""
        return [*(pair.right for pair in body.pairs), *(extra.text for extra in body.extras)]

    def guess_chance(self, body: MatchingBody) -> float:
        """Return the chance of matching every row when nothing on the right is used twice."""
        return 1 / perm(len(self.rights(body)), len(body.pairs))

    def options(self, body: MatchingBody) -> list[str]:
        """List the right side."""
        return self.rights(body)

    def facts(self, body: MatchingBody) -> tuple[str, ...]:
        """List the facts of the pairs and of the extras."""
        named = (*(pair.fact for pair in body.pairs), *(extra.fact for extra in body.extras))
        return tuple(fact for fact in named if fact)

    def distractors(self, body: MatchingBody) -> tuple[Distractor, ...]:
        """List the extras."""
        return body.extras

    def present(self, body: MatchingBody, order: SeededOrder) -> PresentedMatching:
        """Return both sides, each in an order of its own."""
        rights = self.rights(body)
        lefts = order.within("left").of(range(len(body.pairs)))
        choices = order.within("right").of(range(len(rights)))
        return PresentedMatching(
            rows=tuple(PresentedRow(place, body.pairs[index].left, index) for place, index in enumerate(lefts, 1)),
            choices=tuple(PresentedRow(place, rights[index], index) for place, index in enumerate(choices, 1)),
        )

    def read(self, form: Mapping[str, str], body: MatchingBody, order: SeededOrder) -> Reading:
        """Read `response-1` to `response-n`: for the row at each place, the place of the chosen partner."""
        shown = self.present(body, order)
        by_place = {str(choice.place): choice.index for choice in shown.choices}
        given = [(row.index, form.get(f"response-{row.place}", "").strip()) for row in shown.rows]
        if not any(text for _, text in given):
            return Omitted()
        if any(text and text not in by_place for _, text in given):
            return NotGradable("Choose from the answers shown.")
        return Given({"pairs": sorted([index, by_place[text]] for index, text in given if text)})

    def grade(self, body: MatchingBody, response: Response) -> Grade:
        """Give the share of right rows; the first wrong one names the fact whose partner was chosen."""
        wrong = [(left, right) for left, right in response["pairs"] if left != right]
        score = sum(left == right for left, right in response["pairs"]) / len(body.pairs)
        if not wrong:
            return Grade(score)
        left, right = wrong[0]
        reasons = " ".join(self._reason(body, chosen) for _, chosen in wrong)
        return Grade(score, reasons, self._fact(body, right), body.pairs[left].fact)

    def right_response(self, body: MatchingBody) -> Response:
        """Match each row with its own partner."""
        return {"pairs": [[row, row] for row in range(len(body.pairs))]}

    def example_responses(self) -> tuple[Response, Response]:
        """Return all right, and two swapped."""
        return {"pairs": [[0, 0], [1, 1], [2, 2]]}, {"pairs": [[0, 1], [1, 0], [2, 2]]}

    def _reason(self, body: MatchingBody, right: int) -> str:
        if right >= len(body.pairs):
            return body.extras[right - len(body.pairs)].reason
        return f"“{body.pairs[right].right}” belongs to “{body.pairs[right].left}”."

    def _fact(self, body: MatchingBody, right: int) -> str | None:
        return body.pairs[right].fact if right < len(body.pairs) else body.extras[right - len(body.pairs)].fact
