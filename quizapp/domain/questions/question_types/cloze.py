"""Cloze: a sentence with one or more gaps to fill; each gap is graded like a short answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.domain.questions.question_types.author_values import Values, from_value, one_line
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
    ALMOST,
    MAX_TYPED,
    ShortAnswerBody,
    as_typed,
    is_accepted,
    is_near,
    named_other,
    problems_of_forms,
)
from quizapp.domain.seeded_order import SeededOrder

GAP = "____"
FORMS = " | "
MAX_GAPS = 6


@dataclass(frozen=True, slots=True)
class ClozeBody:
    """The sentence with "____" for each gap, and what belongs into each, in order."""

    sentence: str
    gaps: tuple[ShortAnswerBody, ...]


class Cloze(QuestionType[ClozeBody]):
    """Score: the share of gaps filled rightly."""

    name = "cloze"
    completes = True
    label = "Fill the gap"
    instruction = "Fill each gap."
    almost = ALMOST
    body_class = ClozeBody
    stem_field = "sentence"
    author_fields = (
        AuthorField(
            "sentence", "The sentence, with ____ for each gap", "text", "Leave out a word that matters, late in it."
        ),
        AuthorField(
            "gaps",
            "What belongs into each gap, one a line",
            "lines",
            "Other right forms follow after a stroke: Earth | the Earth",
            least=1,
        ),
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
        if GAP + "_" in body.sentence:
            found.append(f"a gap is written {GAP}, not longer.")
        for number, gap in enumerate(body.gaps, 1):
            flaws = problems_of_forms(gap)
            refused = [
                f"“{other.text}” is refused and accepted." for other in gap.others if is_accepted(other.text, gap)
            ]
            found.extend(f"gap {number}: {sentence}" for sentence in (*flaws, *refused))
        return found

    def author_values(self, body: ClozeBody) -> dict[str, Any]:
        """Return the sentence, and a line for each gap: the answer, then what else is accepted, between strokes."""
        return {"sentence": body.sentence, "gaps": [FORMS.join((gap.answer, *gap.accepted)) for gap in body.gaps]}

    def authored_body(self, values: Values, before: ClozeBody | None = None) -> ClozeBody:
        """Make a body; what a gap never accepts is kept where its answer is the same. Raises BadBody."""
        known = {} if before is None else {gap.answer: gap.others for gap in before.gaps}
        gaps = []
        for line in from_value("gaps", "lines", values.get("gaps")):
            answer, *accepted = (form.strip() for form in line.split(FORMS.strip()))
            gaps.append(ShortAnswerBody(answer, tuple(filter(None, accepted)), known.get(answer, ())))
        return ClozeBody(one_line(values.get("sentence")), tuple(gaps))

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
        typed = [form.get(f"response-{number}", "") for number in range(1, len(body.gaps) + 1)]
        if not any(text.strip() for text in typed):
            return Omitted()
        texts = [as_typed(text) if text.strip() else "" for text in typed]
        filled = [text for text in texts if text is not None]
        if len(filled) < len(texts):
            return NotGradable(f"Write at most {MAX_TYPED} characters into each gap, in one line.")
        near = [
            number for number, (text, gap) in enumerate(zip(filled, body.gaps, strict=True), 1) if is_near(text, gap)
        ]
        if near and not form.get("again"):
            return NotGradable(self._almost(near, len(body.gaps)))
        return Given({"texts": filled})

    def grade(self, body: ClozeBody, response: Response) -> Grade:
        """Grade each gap; the reason and fact are those of the first gap that names something else."""
        filled = list(zip(response["texts"], body.gaps, strict=True))
        right = sum(is_accepted(text, gap) for text, gap in filled)
        others = (named_other(text, gap) for text, gap in filled if not is_accepted(text, gap))
        other = next((one for one in others if one), None)
        return Grade(right / len(body.gaps), other.reason if other else "", other.fact if other else None)

    def right_response(self, body: ClozeBody) -> Response:
        """Type the answer of each gap."""
        return {"texts": [gap.answer for gap in body.gaps]}

    def example_responses(self) -> tuple[Response, Response]:
        """Return both gaps right, and one of them."""
        return {"texts": ["Third", "earth"]}, {"texts": ["third", "Mars"]}

    @staticmethod
    def _almost(near: list[int], gaps: int) -> str:
        """Say where the slip is, when there is more than one place where it could be."""
        places = f" in {'gap' if len(near) == 1 else 'gaps'} {' and '.join(map(str, near))}" if gaps > 1 else ""
        return f"{ALMOST}{places} and send it again."
