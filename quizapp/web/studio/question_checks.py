"""What is wrong with a question that is being written, and beside which field each finding stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizapp.domain.facts.blank import is_blank
from quizapp.domain.questions.authored import Authored, author, findings_on, problems_of
from quizapp.domain.questions.bank_lint.reading import shown, unquoted
from quizapp.domain.questions.bank_lint.registry import SUBJECTS
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.domain.questions.draft_text import DraftText, draft_of, stem_of_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.services.studio.publishing import unanswered

PLACES = ("line", "paragraph", "status", "stem", "answers", "explanation")
"""Beside what a finding can stand: "answers" are the fields of the type."""
_BESIDE = {"stems": "stem", "wording": "stem", "attribution": "stem", "near_duplicates": "stem", "sources": "line"}
"""The place that the rules of each subject are about; those of the others are about the answers."""
_RULES = {
    "D-1": "paragraph",
    "D-3": "explanation",
    "D-4": "status",
    "D-5": "status",
    "D-12": "line",
    "D-13": "answers",
    "D-14": "answers",
    "D-21": "status",
    "D-23": "status",
    "grammatical-cue": "answers",
}
_ABOUT_WORDS = frozenset({"attribution", "wording"})
_STRETCH = 40
"""A rule that quotes what it found gives at least so much of it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the question and its fact are called while they are checked."""

    question: str
    fact: str


@dataclass
class Checked:
    """What was found wrong with a draft: what makes it impossible to ask, and what the rules of `bank check` say.

    `text` is what was typed; `pressing` says that somebody wants to save it, so that what lacks a reason is told.
    """

    text: DraftText
    problems: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    authored: Authored | None = None
    pressing: bool = False

    def beside(self, place: str) -> list[Finding]:
        """Return the findings that stand at one of `PLACES`."""
        if self.authored is None:
            return []
        return [one for one in self.findings if place_of(one, self.authored, self.text) == place]

    @property
    def errors(self) -> int:
        """How many rules forbid saving it."""
        return sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def left(self) -> list[Finding]:
        """The findings that keep it from being saved: errors, and advice that is passed over without a reason."""
        return unanswered(self.findings, dict(self.text.reasons))

    @property
    def may_be_saved(self) -> bool:
        """Say whether nothing keeps it from being saved."""
        return self.authored is not None and not self.problems and not self.left

    @property
    def in_words(self) -> str:
        """Count the problems and findings for whoever does not see them."""
        advice = len(self.findings) - self.errors
        told = [
            f"{number} {one if number == 1 else many}"
            for number, one, many in (
                (len(self.problems), "problem", "problems"),
                (self.errors, "rule is broken", "rules are broken"),
                (advice, "piece of advice", "pieces of advice"),
            )
            if number
        ]
        return f"{' and '.join(told)}." if told else "Nothing to mend."


def check(text: DraftText, bank: Bank, named: Named, before: object = None) -> Checked:
    """Make the question of a text and run every rule over it. Raises InvalidContent where it is not whole."""
    authored = author(draft_of(text, bank, before), bank, named.question, named.fact)
    problems = problems_of(authored, bank)
    return Checked(text, problems, [] if problems else findings_on(authored, bank), authored)


def place_of(finding: Finding, authored: Authored, text: DraftText) -> str:
    """Say at which place a finding stands; where it is about a word, beside the field that has the word."""
    asked, told = _told_in(authored, text)
    if finding.rule in _RULES:
        place = _RULES[finding.rule]
        return told if place == "explanation" else place
    subject = SUBJECTS[finding.rule]
    texts = {asked: authored.question.stem, told: authored.question.explanation, "line": authored.fact.text}
    texts["answers"] = " ".join(shown(authored.question))
    if finding.detail and subject in _ABOUT_WORDS:
        for place, words in texts.items():
            if finding.detail in unquoted(words) or words[:_STRETCH] in finding.detail:
                return place
    place = _BESIDE.get(subject, "answers")
    return asked if place == "stem" else place


def _told_in(authored: Authored, text: DraftText) -> tuple[str, str]:
    """Say where the author types what is asked, and what explains it."""
    stem = "answers" if question_type(authored.question.type).stem_field else "stem"
    return stem, "line" if is_blank(text.explanation) else "explanation"


def blank_places(text: DraftText) -> set[str]:
    """Return the places where nothing is typed yet."""
    typed: Mapping[str, str] = {"line": text.line, "stem": stem_of_text(text), "paragraph": text.paragraph + text.quote}
    return {place for place, words in typed.items() if is_blank(words)}
