"""Short answer: a few typed words, compared without regard to case, accents, punctuation and spelling variants."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.facts.spelling import is_near_miss, same_words
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

MAX_TYPED = 200
CHECK_SPELLING = "Almost. Check the spelling and send it again."


@dataclass(frozen=True, slots=True)
class ShortAnswerBody:
    """The answer, what else is accepted, and what never is: the values of other facts, with what they are."""

    answer: str
    accepted: tuple[str, ...] = ()
    others: tuple[Distractor, ...] = ()


class ShortAnswer(QuestionType[ShortAnswerBody]):
    """A near miss is sent back once with "check the spelling"; the name of something else never passes for one."""

    name = "short_answer"
    label = "Short answer"
    instruction = "Type a word or a few."
    body_class = ShortAnswerBody
    author_fields = (
        AuthorField("answer", "Right answer", "text"),
        AuthorField("accepted", "Also accepted, one a line", "lines", required=False),
    )
    example = ShortAnswerBody(
        answer="Johannes Kepler",
        accepted=("Kepler",),
        others=(Distractor("Tycho Brahe", "Tycho Brahe measured the orbit of Mars.", "orbit-measured"),),
    )

    def problems(self, body: ShortAnswerBody) -> list[str]:
        """Check for an answer, and that nothing is both accepted and refused."""
        found = [] if body.answer.strip() else ["there is no answer."]
        found.extend(
            f"“{other.text}” is refused and accepted." for other in body.others if is_accepted(other.text, body)
        )
        return found

    def key(self, body: ShortAnswerBody) -> str:
        """Return the answer."""
        return body.answer

    def answer_text(self, body: ShortAnswerBody) -> str:
        """Return the answer."""
        return body.answer

    def response_text(self, body: ShortAnswerBody, response: Response) -> str:
        """Return what was typed."""
        return str(response["text"])

    def distractors(self, body: ShortAnswerBody) -> tuple[Distractor, ...]:
        """List what is known to be something else."""
        return body.others

    def present(self, body: ShortAnswerBody, order: SeededOrder) -> None:
        """Return nothing: there is nothing to show but the field."""

    def read(self, form: Mapping[str, str], body: ShortAnswerBody, order: SeededOrder) -> Reading:
        """Read the field `response`; a near miss is not gradable unless the form says that it was sent again."""
        typed = form.get("response", "").strip()
        if not typed:
            return Omitted()
        if len(typed) > MAX_TYPED or not typed.isprintable():
            return NotGradable(f"Write the answer in one line of at most {MAX_TYPED} characters.")
        if is_near(typed, body) and not form.get("again"):
            return NotGradable(CHECK_SPELLING)
        return Given({"text": typed})

    def grade(self, body: ShortAnswerBody, response: Response) -> Grade:
        """Give 1 for an accepted answer; else 0, with the reason and fact of the thing that was named."""
        if is_accepted(response["text"], body):
            return Grade(1.0)
        other = named_other(response["text"], body)
        return Grade(0.0, other.reason, other.fact) if other else Grade(0.0)

    def example_responses(self) -> tuple[Response, Response]:
        """Return a surname in small letters, and somebody else."""
        return {"text": "kepler"}, {"text": "Tycho Brahe"}


def is_accepted(typed: str, body: ShortAnswerBody) -> bool:
    """Say whether what was typed is the answer or one of its accepted forms."""
    return any(same_words(typed, wanted) for wanted in (body.answer, *body.accepted))


def named_other(typed: str, body: ShortAnswerBody) -> Distractor | None:
    """Return the other thing that was named, if it is one of those the body knows."""
    return next((other for other in body.others if same_words(typed, other.text)), None)


def is_near(typed: str, body: ShortAnswerBody) -> bool:
    """Say whether what was typed is a misspelt answer, and neither the answer nor the name of something else."""
    if is_accepted(typed, body) or named_other(typed, body):
        return False
    if any(is_near_miss(typed, other.text) for other in body.others):
        return False
    return any(is_near_miss(typed, wanted) for wanted in (body.answer, *body.accepted))
