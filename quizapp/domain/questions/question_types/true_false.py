"""True or false: a statement of the source as it stands, or with exactly one value swapped for another's."""

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

_WORDS = {True: "True", False: "False"}


@dataclass(frozen=True, slots=True)
class TrueFalseBody:
    """Whether the stem's statement holds. A false one says why, and which fact its wrong value was borrowed from."""

    is_true: bool
    reason: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class PresentedAnswer:
    """One of the two answers: the value it posts and its word."""

    value: str
    text: str


class TrueFalse(QuestionType[TrueFalseBody]):
    """Two answers, always in the order True, False."""

    name = "true_false"
    label = "True or false"
    stem_label = "Statement"
    instruction = "Decide whether the article says this."
    body_class = TrueFalseBody
    author_fields = (
        AuthorField("is_true", "By the article, the statement is", "truth"),
        AuthorField("reason", "Why it is true or false", "text", "If false, say what is right instead."),
        AuthorField("fact", "If false: the fact its wrong part is borrowed from", "fact", required=False),
    )
    example = TrueFalseBody(False, "Mars has two moons; one moon is what the Earth has.", "moons-of-earth")

    def problems(self, body: TrueFalseBody) -> list[str]:
        """Check that there is a reason."""
        return [] if not is_blank(body.reason) else ["it does not say why the statement is true or false."]

    def key(self, body: TrueFalseBody) -> str:
        """Return "True" or "False"."""
        return _WORDS[body.is_true]

    def answer_text(self, body: TrueFalseBody) -> str:
        """Return "True" or "False"."""
        return _WORDS[body.is_true]

    def response_text(self, body: TrueFalseBody, response: Response) -> str:
        """Return "True" or "False"."""
        return _WORDS[response["value"]]

    def options(self, body: TrueFalseBody) -> list[str]:
        """List both answers."""
        return list(_WORDS.values())

    def distractors(self, body: TrueFalseBody) -> tuple[Distractor, ...]:
        """Return the wrong answer with its reason."""
        return (Distractor(_WORDS[not body.is_true], body.reason, body.fact),)

    def present(self, body: TrueFalseBody, order: SeededOrder) -> tuple[PresentedAnswer, ...]:
        """Return both answers."""
        return (PresentedAnswer("true", "True"), PresentedAnswer("false", "False"))

    def read(self, form: Mapping[str, str], body: TrueFalseBody, order: SeededOrder) -> Reading:
        """Read "true" or "false" from the field `response`."""
        given = form.get("response", "").strip()
        if not given:
            return Omitted()
        if given in ("true", "false"):
            return Given({"value": given == "true"})
        return NotGradable("Choose True or False.")

    def grade(self, body: TrueFalseBody, response: Response) -> Grade:
        """Give 1 when the learner judged the statement rightly, else 0 with the reason."""
        if response["value"] == body.is_true:
            return Grade(1.0)
        return Grade(0.0, body.reason, body.fact)

    def right_response(self, body: TrueFalseBody) -> Response:
        """Say what it is."""
        return {"value": body.is_true}

    def example_responses(self) -> tuple[Response, Response]:
        """Return False (right for the example) and True."""
        return {"value": False}, {"value": True}
