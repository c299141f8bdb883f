"""Cloze: a sentence with one or more gaps to fill; each gap is graded like a short answer."""

from collections.abc import Mapping
from dataclasses import dataclass

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
from quizapp.domain.questions.question_types.short_answer import (
    CHECK_SPELLING,
    MAX_TYPED,
    ShortAnswerBody,
    is_accepted,
    is_near,
    named_other,
)
from quizapp.domain.seeded_order import SeededOrder

GAP = "____"
MAX_GAPS = 6


@dataclass(frozen=True, slots=True)
class ClozeBody:
    """The sentence with "____" for each gap, and what belongs into each, in order."""

    sentence: str
    gaps: tuple[ShortAnswerBody, ...]


class Cloze(QuestionType[ClozeBody]):
    """Score: the share of gaps filled rightly."""

    name = "cloze"
    label = "Fill the gap"
    instruction = "Fill each gap."
    body_class = ClozeBody
    author_fields = (
        AuthorField("sentence", "The sentence, with ____ for each gap", "text"),
        AuthorField("gaps", "What belongs into each gap, one a line", "lines"),
    )
    example = ClozeBody(
        "The ____ planet from the sun is ____.",
        (ShortAnswerBody("third"), ShortAnswerBody("Earth", ("the Earth",), (Distractor("Mars", "Mars is fourth."),))),
    )

    def problems(self, body: ClozeBody) -> list[str]:
        """Check that there are as many gaps as answers, and that each can be answered."""
        found = []
        if not 1 <= len(body.gaps) <= MAX_GAPS:
            found.append(f"it needs 1 to {MAX_GAPS} gaps.")
        if body.sentence.count(GAP) != len(body.gaps):
            found.append(f"the sentence has {body.sentence.count(GAP)} gaps but {len(body.gaps)} answers.")
        found.extend("a gap has no answer." for gap in body.gaps if not gap.answer.strip())
        return found

    def key(self, body: ClozeBody) -> str | list[str]:
        """Return the answer of the gap, or the list of all."""
        answers = [gap.answer for gap in body.gaps]
        return answers[0] if len(answers) == 1 else answers

    def answer_text(self, body: ClozeBody) -> str:
        """Return the answers in order."""
        return "; ".join(gap.answer for gap in body.gaps)

    def response_text(self, body: ClozeBody, response: Response) -> str:
        """Return what was typed, in order; a dash for a gap left empty."""
        return "; ".join(text or "–" for text in response["texts"])

    def distractors(self, body: ClozeBody) -> tuple[Distractor, ...]:
        """List what is known to be something else, over all gaps."""
        return tuple(other for gap in body.gaps for other in gap.others)

    def present(self, body: ClozeBody, order: SeededOrder) -> tuple[str, ...]:
        """Return the parts of the sentence around the gaps."""
        return tuple(body.sentence.split(GAP))

    def read(self, form: Mapping[str, str], body: ClozeBody, order: SeededOrder) -> Reading:
        """Read the fields `response-1` to `response-n`; a near miss comes back once."""
        texts = [form.get(f"response-{number}", "").strip() for number in range(1, len(body.gaps) + 1)]
        if not any(texts):
            return Omitted()
        if any(len(text) > MAX_TYPED or not text.isprintable() for text in texts):
            return NotGradable(f"Write at most {MAX_TYPED} characters into each gap.")
        near = any(text and is_near(text, gap) for text, gap in zip(texts, body.gaps, strict=True))
        return NotGradable(CHECK_SPELLING) if near and not form.get("again") else Given({"texts": texts})

    def grade(self, body: ClozeBody, response: Response) -> Grade:
        """Grade each gap; the reason and fact are those of the first gap that names something else."""
        filled = list(zip(response["texts"], body.gaps, strict=True))
        right = sum(is_accepted(text, gap) for text, gap in filled)
        others = (named_other(text, gap) for text, gap in filled if not is_accepted(text, gap))
        other = next((one for one in others if one), None)
        return Grade(right / len(body.gaps), other.reason if other else "", other.fact if other else None)

    def example_responses(self) -> tuple[Response, Response]:
        """Return both gaps right, and one of them."""
        return {"texts": ["Third", "earth"]}, {"texts": ["third", "Mars"]}
