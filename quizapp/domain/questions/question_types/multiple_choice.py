"""Multiple choice: several right options among wrong ones, with partial credit that ticking all cannot win."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.questions.question_types.question_type import (
    AuthorField,
    Distractor,
    Given,
    Grade,
    Omitted,
    QuestionType,
    Reading,
    Response,
)
from quizapp.domain.questions.question_types.single_choice import MAX_OPTIONS, PresentedOption
from quizapp.domain.seeded_order import SeededOrder


@dataclass(frozen=True, slots=True)
class MultipleChoiceBody:
    """The right options and the wrong ones. An index counts the keys first, then the distractors."""

    keys: tuple[str, ...]
    distractors: tuple[Distractor, ...]


class MultipleChoice(QuestionType[MultipleChoiceBody]):
    """Score: share of keys ticked less share of distractors ticked, never below 0; so ticking all gives 0."""

    name = "multiple_choice"
    label = "Multiple choice"
    instruction = "Choose every right answer; a wrong one costs."
    body_class = MultipleChoiceBody
    author_fields = (
        AuthorField("keys", "Right answers, one a line", "lines", "Two or more, each right by itself.", least=2),
        AuthorField(
            "distractors",
            "Wrong answers, each with its reason",
            "distractors",
            "Of the same kind as the right ones: all people, all places, all numbers of one unit.",
            least=1,
        ),
    )
    example = MultipleChoiceBody(
        keys=("Mercury", "Venus"),
        distractors=(
            Distractor("Mars", "Mars is further from the sun than the Earth.", "fourth-planet"),
            Distractor("Jupiter", "Jupiter is further from the sun than the Earth.", "fifth-planet"),
        ),
    )

    def problems(self, body: MultipleChoiceBody) -> list[str]:
        """Check for two keys or more, one distractor or more, distinct options, and reasons."""
        texts = [text.strip().casefold() for text in self.options(body)]
        found = []
        if not all(texts):
            found.append("an option is empty.")
        if len(set(texts)) < len(texts):
            found.append("two options are the same.")
        if len(body.keys) < 2 or not body.distractors:
            found.append("it needs two right answers or more, and a wrong one.")
        if len(texts) > MAX_OPTIONS:
            found.append(f"it has {len(texts)} options; at most {MAX_OPTIONS} can be asked.")
        found.extend(f"the wrong answer “{one.text}” has no reason." for one in body.distractors if not one.reason)
        return found

    def key(self, body: MultipleChoiceBody) -> list[str]:
        """Return the keys."""
        return list(body.keys)

    def answer_text(self, body: MultipleChoiceBody) -> str:
        """Return the keys, separated by semicolons."""
        return "; ".join(body.keys)

    def response_text(self, body: MultipleChoiceBody, response: Response) -> str:
        """Return the ticked options, separated by semicolons."""
        options = self.options(body)
        return "; ".join(options[index] for index in response["options"])

    def guess_chance(self, body: MultipleChoiceBody) -> float:
        """Return the chance of ticking exactly the keys: each set of options but the empty one is as likely."""
        return 1 / ((1 << len(self.options(body))) - 1)

    def options(self, body: MultipleChoiceBody) -> list[str]:
        """List the keys, then the distractors."""
        return [*body.keys, *(one.text for one in body.distractors)]

    def distractors(self, body: MultipleChoiceBody) -> tuple[Distractor, ...]:
        """List the wrong options."""
        return body.distractors

    def present(self, body: MultipleChoiceBody, order: SeededOrder) -> tuple[PresentedOption, ...]:
        """Return the options in the order of this attempt."""
        options = self.options(body)
        return tuple(PresentedOption(place, options[index], index) for place, index in self._places(body, order))

    def read(self, form: Mapping[str, str], body: MultipleChoiceBody, order: SeededOrder) -> Reading:
        """Read the fields `response-1` to `response-n`, one for each ticked place."""
        ticked = sorted(
            index for place, index in self._places(body, order) if form.get(f"response-{place}", "").strip()
        )
        return Given({"options": ticked}) if ticked else Omitted()

    def grade(self, body: MultipleChoiceBody, response: Response) -> Grade:
        """Grade by the rule of the class; the reason holds those of all wrong options, the fact is the first one's."""
        ticked = set(response["options"])
        keys = range(len(body.keys))
        wrong = [body.distractors[index - len(body.keys)] for index in sorted(ticked.difference(keys))]
        score = len(ticked.intersection(keys)) / len(body.keys) - len(wrong) / len(body.distractors)
        reason = " ".join(one.reason for one in wrong)
        return Grade(max(0.0, score), reason, next((one.fact for one in wrong if one.fact), None))

    def right_response(self, body: MultipleChoiceBody) -> Response:
        """Tick the keys."""
        return {"options": list(range(len(body.keys)))}

    def example_responses(self) -> tuple[Response, Response]:
        """Return both keys, and everything."""
        return {"options": [0, 1]}, {"options": [0, 1, 2, 3]}

    def _places(self, body: MultipleChoiceBody, order: SeededOrder) -> list[tuple[int, int]]:
        return list(enumerate(order.of(range(len(self.options(body)))), 1))
