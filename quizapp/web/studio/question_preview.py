"""A question that is being written as its learners will meet it, before and after they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import NEEDS_NOTE
from quizapp.domain.questions.authored import Authored, author, findings_on, problems_of
from quizapp.domain.questions.bank_lint.near_duplicates import Like, like
from quizapp.domain.questions.bank_lint.rule import Finding
from quizapp.domain.questions.draft_text import DraftText, draft_of, stem_of_text
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.question_type import Given, Grade, NotGradable, Response
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type
from quizapp.domain.questions.snapshots import Snapshot
from quizapp.domain.results.mix_up import MixUp, mix_up_of
from quizapp.domain.results.quiz_drawing import option_order
from quizapp.services.studio.storing import snapshot_with
from quizapp.web.studio.question_checks import PLACES, Checked, Named, blank_places

OPEN = "…"
"""What stands for words that are not typed yet."""
_STAND_INS: Mapping[str, Any] = {
    "text": OPEN,
    "number": "0",
    "truth": "true",
    "lines": [OPEN],
    "distractors": [{"text": OPEN, "reason": OPEN, "fact": ""}],
    "pairs": [{"left": OPEN, "right": OPEN, "fact": ""}],
}
_ORDER = option_order(1, 1)
_NOTHING_CHOSEN = "Answer first."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the learner's templates ask of a position in a quiz."""

    snapshot: Snapshot
    response: Response | None
    attempt_id: None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the author sees beside the form. Without `asked` there is nothing to show yet.

    `missing` says what keeps the question from being asked; `can_be_answered` that an answer can be tried.
    """

    checked: Checked
    likes: list[Like]
    missing: list[str]
    asked: Asked | None = None
    presented: Any = None
    grade: Grade | None = None
    message: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    mix_up: MixUp | None = None
    can_be_answered: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether anything of the question is typed yet."""
        text = self.checked.text
        return any((text.line.strip(), text.stem.strip(), text.explanation.strip(), *text.body.values()))

    @property
    def question(self) -> Question | None:
        """What is asked."""
        return self.asked.snapshot.question if self.asked else None


def preview(
    text: DraftText, bank: Bank, named: Named, before: Any = None, answer: Mapping[str, str] | None = None
) -> Preview:
    """Show what was typed so far; with an `answer`, as a learner sees it who gave that.

    What is not typed yet is stood in for by dots, so that there is something to see from the first word.
    """
    authored, missing = _authored(text, bank, named, before)
    likes = like(bank, stem_of_text(text), text.line, authored.fact.id if authored else "", named.question)
    if authored is None:
        return Preview(Checked(text, missing), likes, missing)
    facts = {**bank.facts_by_id(), authored.fact.id: authored.fact}
    checked = Checked(text, missing, _findings(text, authored, bank), authored)
    if any(fact not in facts for fact in authored.question.cited_facts):
        return Preview(checked, likes, missing)
    question, snapshot = authored.question, snapshot_with(authored, bank)
    kind = question_type(question.type)
    presented = kind.present(question.body, _ORDER)
    shown = Preview(checked, likes, missing, Asked(snapshot, None), presented)
    if kind.problems(question.body):
        return shown
    shown = replace(shown, can_be_answered=True)
    if answer is None:
        return shown
    reading = kind.read(answer, question.body, _ORDER)
    if not isinstance(reading, Given):
        message = reading.message if isinstance(reading, NotGradable) else _NOTHING_CHOSEN
        return replace(shown, message=message, sent=answer)
    grade, mix_up = kind.grade(question.body, reading.response), mix_up_of(snapshot, reading.response)
    return replace(shown, asked=Asked(snapshot, reading.response), grade=grade, mix_up=mix_up)


def _authored(text: DraftText, bank: Bank, named: Named, before: Any) -> tuple[Authored | None, list[str]]:
    """Make a question of what is there; say what is missing still."""
    missing: list[str] = []
    body_is_whole = True
    try:
        draft_of(text, bank, before)
    except InvalidContent as error:
        missing = [_named(problem, text) for problem in error.problems]
        body_is_whole = not any(problem.place.startswith("body") for problem in error.problems)
    try:
        draft = draft_of(_stood_in(text, bank), bank, before)
    except InvalidContent:
        return None, missing
    authored = author(draft, bank, named.question, named.fact)
    return authored, [*missing, *(problems_of(authored, bank) if body_is_whole else ())]


def _named(problem: Problem, text: DraftText) -> str:
    """Name the field of the type that lacks something; the sentences of the other fields say it themselves."""
    fields = QUESTION_TYPES[text.type].author_fields
    label = next((one.label for one in fields if f"body.{one.name}" == problem.place), "")
    return f"{label}: {problem.sentence[:1].lower()}{problem.sentence[1:]}" if label else problem.sentence


def _stood_in(text: DraftText, bank: Bank) -> DraftText:
    """Fill in what is not typed, so that the rest can be shown."""
    kind, body = QUESTION_TYPES[text.type], dict(text.body)
    for one in kind.author_fields:
        value = body.get(one.name) or ""
        if one.required and one.kind in _STAND_INS and (is_blank(value) if isinstance(value, str) else not any(value)):
            body[one.name] = _STAND_INS[one.kind]
    topics, speakers = [topic.id for topic in bank.topics], {one.id for one in bank.source.speakers}
    filled = replace(
        text,
        body=body,
        line=OPEN if is_blank(text.line) else text.line,
        stem=OPEN if is_blank(text.stem) else text.stem,
        topic=text.topic if text.topic in topics else next(iter(topics), ""),
        speaker=text.speaker if text.speaker in speakers else "",
        note=OPEN if is_blank(text.note) and text.status in {one.value for one in NEEDS_NOTE} else text.note,
    )
    try:
        draft_of(filled, bank)
    except InvalidContent as error:
        if {"paragraph", "passage"} & {problem.place for problem in error.problems}:
            return replace(filled, paragraph="1", quote="", start=None, end=None)
    return filled


def _findings(text: DraftText, authored: Authored, bank: Bank) -> list[Finding]:
    """Say what the rules find at what is typed; at the answers once they can be asked."""
    quiet = blank_places(text)
    if question_type(authored.question.type).problems(authored.question.body):
        quiet.add("answers")
    checked = Checked(text, [], findings_on(authored, bank), authored)
    spoken = [place for place in PLACES if place not in quiet]
    return [finding for place in spoken for finding in checked.beside(place)]
