"""Short answer: a few typed words, compared without regard to case, accents, punctuation and spelling variants."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.facts.spelling import folded_words, is_near_miss, same_words
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
ALMOST = "Almost. Check the spelling"
_BEFORE_A_NAME = ("in ", "on ", "at ", "from ")


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
    almost = ALMOST
    body_class = ShortAnswerBody
    author_fields = (
        AuthorField("answer", "Right answer", "text", "A word or a few, that only one thing fits."),
        AuthorField(
            "accepted",
            "Also accepted, one a line",
            "lines",
            "Other names and spellings. Case and accents do not matter.",
            required=False,
        ),
    )
    example = ShortAnswerBody(
        answer="Johannes Kepler",
        accepted=("Kepler",),
        others=(Distractor("Tycho Brahe", "Tycho Brahe measured the orbit of Mars.", "orbit-measured"),),
    )

    def problems(self, body: ShortAnswerBody) -> list[str]:
        """Check for an answer that can be typed, and that nothing is both accepted and refused."""
        found = problems_of_forms(body)
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
        typed = form.get("response", "")
        if not typed.strip():
            return Omitted()
        text = as_typed(typed)
        if text is None:
            return NotGradable(f"Write the answer in one line of at most {MAX_TYPED} characters.")
        if is_near(text, body) and not form.get("again"):
            return NotGradable(f"{ALMOST} and send it again.")
        return Given({"text": text})

    def grade(self, body: ShortAnswerBody, response: Response) -> Grade:
        """Give 1 for an accepted answer; else 0, with the reason and fact of the thing that was named."""
        if is_accepted(response["text"], body):
            return Grade(1.0)
        other = named_other(response["text"], body)
        return Grade(0.0, other.reason, other.fact) if other else Grade(0.0)

    def right_response(self, body: ShortAnswerBody) -> Response:
        """Type the answer."""
        return {"text": body.answer}

    def example_responses(self) -> tuple[Response, Response]:
        """Return a surname in small letters, and somebody else."""
        return {"text": "kepler"}, {"text": "Tycho Brahe"}


def as_typed(text: str) -> str | None:
    """Return one line without the invisible characters that come along when text is pasted; None if it is no line."""
    line = "".join(one for one in " ".join(text.split()) if unicodedata.category(one) != "Cf").strip()
    return line if line.isprintable() and 0 < len(line) <= MAX_TYPED else None


def problems_of_forms(body: ShortAnswerBody) -> list[str]:
    """Say what is wrong with the answer and its accepted forms."""
    if not folded_words(body.answer):
        return ["there is no answer."]
    forms = (body.answer, *body.accepted)
    found = [f"“{form}” has no letter or digit to compare." for form in body.accepted if not folded_words(form)]
    return found + [f"“{form[:20]}…” is too long to be typed." for form in forms if len(form) > MAX_TYPED]


def is_accepted(typed: str, body: ShortAnswerBody) -> bool:
    """Say whether what was typed is the answer or one of its accepted forms."""
    return any(_names(typed, wanted) for wanted in (body.answer, *body.accepted))


def named_other(typed: str, body: ShortAnswerBody) -> Distractor | None:
    """Return the other thing that was named, if it is one of those the body knows."""
    return next((other for other in body.others if _names(typed, other.text)), None)


def is_near(typed: str, body: ShortAnswerBody) -> bool:
    """Say whether what was typed is a misspelt answer, and neither the answer nor the name of something else."""
    if is_accepted(typed, body) or named_other(typed, body):
        return False
    if any(is_near_miss(typed, other.text) for other in body.others):
        return False
    return any(is_near_miss(typed, wanted) for wanted in (body.answer, *body.accepted))


def _names(typed: str, wanted: str) -> bool:
    """Say whether `typed` is `wanted`, perhaps as one says it: "in Brussels", "on Monday"."""
    if same_words(typed, wanted):
        return True
    opening = next((one for one in _BEFORE_A_NAME if typed.casefold().startswith(one)), None)
    return opening is not None and same_words(typed[len(opening) :], wanted)
