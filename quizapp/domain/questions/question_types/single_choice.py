"""Single choice: one right option among wrong ones that are each right for something else."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.facts.blank import is_blank
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

_BORROW = (
    "The best is right for something else: choose the fact it is borrowed from, and its words and reason may stay "
    "empty. Any other says where the article has it (“paragraph 8”), or that nobody there says it."
)
MAX_OPTIONS = 9  # so that the keys 1 to 9 reach every one


@dataclass(frozen=True, slots=True)
class SingleChoiceBody:
    """The key and its distractors. With `in_order` the options stand as `rank` says (numbers, dates), else shuffled.

    `rank` is the key's place among the ordered options, counted from 0; distractors keep their own order around it.
    """

    key: str
    distractors: tuple[Distractor, ...]
    in_order: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class PresentedOption:
    """One option as shown: its place in this attempt (from 1), its words, and its index in the body (0 is the key)."""

    place: int
    text: str
    index: int


class SingleChoice(QuestionType[SingleChoiceBody]):
    """One right option; the index 0 stands for the key, 1 to n for the distractors."""

    name = "single_choice"
    label = "Single choice"
    instruction = "Choose one answer."
    body_class = SingleChoiceBody
    author_fields = (
        AuthorField("key", "Right answer", "text", "As short as the wrong ones: length gives nothing away."),
        AuthorField("distractors", "Wrong answers, each with its reason", "distractors", _BORROW, least=2),
        AuthorField("in_order", "Keep the options in order", "flag", "For numbers and dates.", required=False),
    )
    example = SingleChoiceBody(
        key="Mercury",
        distractors=(
            Distractor("Venus", "Venus is the second planet from the sun.", "second-planet"),
            Distractor("Mars", "Mars is the fourth planet from the sun.", "fourth-planet"),
        ),
    )

    def problems(self, body: SingleChoiceBody) -> list[str]:
        """Check for a key, enough distinct options and a reason for each wrong one."""
        texts = [text.strip().casefold() for text in self.options(body)]
        found = []
        if any(map(is_blank, texts)):
            found.append("an option is empty.")
        if len(set(texts)) < len(texts):
            found.append("two options are the same.")
        if not 3 <= len(texts) <= MAX_OPTIONS:
            have = "1 option" if len(texts) == 1 else f"{len(texts)} options"
            found.append(f"it has {have}; 3 to {MAX_OPTIONS} can be asked.")
        found.extend(
            f"the wrong answer “{one.text}” has no reason." for one in body.distractors if is_blank(one.reason)
        )
        if not 0 <= body.rank <= len(body.distractors):
            found.append("the key's rank is not a place among the options.")
        return found

    def key(self, body: SingleChoiceBody) -> str:
        """Return the key."""
        return body.key

    def answer_text(self, body: SingleChoiceBody) -> str:
        """Return the key."""
        return body.key

    def response_text(self, body: SingleChoiceBody, response: Response) -> str:
        """Return the words of the chosen option."""
        return self._texts(body)[response["option"]]

    def options(self, body: SingleChoiceBody) -> list[str]:
        """List the options in their own order, the key among them at its rank."""
        wrong = [one.text for one in body.distractors]
        return [*wrong[: body.rank], body.key, *wrong[body.rank :]]

    def distractors(self, body: SingleChoiceBody) -> tuple[Distractor, ...]:
        """List the wrong options."""
        return body.distractors

    def present(self, body: SingleChoiceBody, order: SeededOrder) -> tuple[PresentedOption, ...]:
        """Return the options in the order of this attempt."""
        texts = self._texts(body)
        return tuple(
            PresentedOption(place, texts[index], index) for place, index in enumerate(self._order(body, order), 1)
        )

    def read(self, form: Mapping[str, str], body: SingleChoiceBody, order: SeededOrder) -> Reading:
        """Read the place of the chosen option from the field `response`."""
        given = form.get("response", "").strip()
        if not given:
            return Omitted()
        indices = self._order(body, order)
        if given.isascii() and given.isdigit() and len(given) == 1 and 1 <= int(given) <= len(indices):
            return Given({"option": indices[int(given) - 1]})
        return NotGradable("Choose one of the answers shown.")

    def grade(self, body: SingleChoiceBody, response: Response) -> Grade:
        """Give 1 for the key, else 0 with the reason of the chosen distractor and the fact behind it."""
        index = response["option"]
        if index == 0:
            return Grade(1.0)
        chosen = body.distractors[index - 1]
        return Grade(0.0, chosen.reason, chosen.fact)

    def right_response(self, body: SingleChoiceBody) -> Response:
        """Choose the key."""
        return {"option": 0}

    def example_responses(self) -> tuple[Response, Response]:
        """Return the key and the first distractor."""
        return {"option": 0}, {"option": 1}

    @staticmethod
    def _texts(body: SingleChoiceBody) -> list[str]:
        return [body.key, *(one.text for one in body.distractors)]

    @staticmethod
    def _order(body: SingleChoiceBody, order: SeededOrder) -> list[int]:
        wrong = list(range(1, len(body.distractors) + 1))
        if body.in_order:
            return [*wrong[: body.rank], 0, *wrong[body.rank :]]
        return order.of([0, *wrong])
