"""What every question type provides, and the three outcomes of reading a response: none, not gradable, given."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from quizapp.domain.questions.question_types.author_values import Values, from_value, to_value
from quizapp.domain.questions.question_types.body_json import body_from_json, body_to_json
from quizapp.domain.seeded_order import SeededOrder

Response = dict[str, Any]
"""What a learner gave, as JSON in the body's own terms (never in terms of the order it was shown in)."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """No response was given."""


@dataclass(frozen=True, slots=True)
class NotGradable:
    """Something was given that cannot be graded; the learner is told why and may correct it."""

    message: str


@dataclass(frozen=True, slots=True)
class Given:
    """A response that can be graded."""

    response: Response


Key = str | list[str] | list[list[str]]
Reading = Omitted | NotGradable | Given


@dataclass(frozen=True, slots=True)
class Grade:
    """The score of a response, from 0 to 1.

    For a wrong response that was borrowed from elsewhere, `fact` is the id of the fact behind it and `reason` says
    why it is wrong here and what it is right for. Where a question tests several facts, `asked_fact` is the one that
    this fact was taken for.
    """

    score: float
    reason: str = ""
    fact: str | None = None
    asked_fact: str | None = None


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong but plausible option: why it is wrong, and the fact it was borrowed from (None: the source lacks it)."""

    text: str
    reason: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorField:
    """One field of the form an author fills in; `author_values` says what each `kind` holds.

    `least` is the number of rows or lines that a list cannot do without.
    """

    name: str
    label: str
    kind: str
    help: str = ""
    required: bool = True
    least: int = 0


Body = TypeVar("Body")


class QuestionType(ABC, Generic[Body]):
    """One way to ask and grade. A type is stateless; everything about one question is in its body."""

    name: ClassVar[str]
    label: ClassVar[str]
    instruction: ClassVar[str]
    stem_label: ClassVar[str] = "Question"
    """What an author calls the words that put it."""
    stem_field: ClassVar[str] = ""
    """The author field whose words are the stem too, where a learner is shown no other."""
    author_fields: ClassVar[tuple[AuthorField, ...]]
    body_class: type[Body]
    example: Body
    completes: ClassVar[bool] = False
    """Whether a part of the answer is given: easier than typing all of it, harder than choosing."""

    @abstractmethod
    def problems(self, body: Body) -> list[str]:
        """Say in sentences for the author what is wrong with `body`; an empty list means it can be asked."""

    def author_values(self, body: Body) -> dict[str, Any]:
        """Return the body as the values of its author fields."""
        stored = body_to_json(body)
        return {one.name: to_value(one.kind, stored[one.name]) for one in self.author_fields}

    def authored_body(self, values: Values, before: Body | None = None) -> Body:
        """Make a body of the values of the author fields.

        What those cannot show is kept from `before`, the body that was edited. Raises BadValue, or BadBody where
        something is missing.
        """
        given = {one.name: from_value(one.name, one.kind, values.get(one.name)) for one in self.author_fields}
        kept = {} if before is None else {name: one for name, one in body_to_json(before).items() if name not in given}
        return body_from_json(
            self.body_class, {**kept, **{name: one for name, one in given.items() if one is not None}}
        )

    @abstractmethod
    def key(self, body: Body) -> Key:
        """Return the right response as a person would write it: a text, a list of texts, or pairs."""

    @abstractmethod
    def answer_text(self, body: Body) -> str:
        """Return the right answer as it is shown to a learner, with hedge and unit."""

    @abstractmethod
    def response_text(self, body: Body, response: Response) -> str:
        """Return what the learner gave as it is shown back to them."""

    @abstractmethod
    def present(self, body: Body, order: SeededOrder) -> Any:
        """Return what the template shows before a response; it must not hold the key."""

    @abstractmethod
    def read(self, form: Mapping[str, str], body: Body, order: SeededOrder) -> Reading:
        """Turn a posted form into a response; hostile input is Omitted or NotGradable, never an error."""

    @abstractmethod
    def grade(self, body: Body, response: Response) -> Grade:
        """Grade a response that `read` gave."""

    @abstractmethod
    def right_response(self, body: Body) -> Response:
        """Return a response that gets full credit, as an author is shown the question answered."""

    @abstractmethod
    def example_responses(self) -> tuple[Response, Response]:
        """Return a right and a wrong response to the example, for the tests that every type must pass."""

    def guess_chance(self, body: Body) -> float:
        """Return the chance that a blind guess gets full credit; 0 where the response must be produced.

        It is that of choosing one of the options, unless a type says otherwise.
        """
        offered = self.options(body)
        return 1 / len(offered) if offered else 0.0

    def options(self, body: Body) -> list[str]:
        """List the options offered; empty where there are none."""
        return []

    def facts(self, body: Body) -> tuple[str, ...]:
        """List the ids of every fact that the body names, so that grading never meets an unknown one."""
        return tuple(one.fact for one in self.distractors(body) if one.fact)

    def distractors(self, body: Body) -> tuple[Distractor, ...]:
        """List the wrong options with their reasons."""
        return ()
