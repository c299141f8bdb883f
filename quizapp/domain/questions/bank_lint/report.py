"""The report on a bank: what its rules find, which warnings its author has answered, and the tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from quizapp.domain.facts.bank_file import AcceptedWarning
from quizapp.domain.questions.bank_lint.coverage import FactCoverage, TierCoverage, coverage_by_tier, coverage_of
from quizapp.domain.questions.bank_lint.guess_check import GuessRow, guess_check
from quizapp.domain.questions.bank_lint.near_duplicates import NearDuplicate, near_duplicates
from quizapp.domain.questions.bank_lint.registry import LINT_RULES, check_bank
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.domain.questions.bank_lint.sources import overdue
from quizapp.domain.questions.question import Bank

UNUSED = "accepted-nothing"
UNUSED_ADVICE = "Take this [[accepted]] out of bank.toml: no warning has this rule and place."


@dataclass(frozen=True, slots=True)
class AnsweredFinding:
    """A warning that the author has answered; it does not count."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class VoiceShare:
    """How many questions rest on a speaker or on a side; `share` is of all questions, 0 to 1."""

    label: str
    questions: int
    share: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that `bank check` says."""

    bank: str
    questions: int
    facts: int
    findings: tuple[Finding, ...]
    answered: tuple[AnsweredFinding, ...]
    guesses: tuple[GuessRow, ...]
    speakers: tuple[VoiceShare, ...]
    sides: tuple[VoiceShare, ...]
    tiers: tuple[TierCoverage, ...]
    coverage: tuple[FactCoverage, ...]
    duplicates: tuple[NearDuplicate, ...]

    @property
    def errors(self) -> int:
        """How many findings block publishing."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many warnings nobody has answered."""
        return len(self.findings) - self.errors


def report_on(bank: Bank, accepted: Sequence[AcceptedWarning] = (), today: date | None = None) -> Report:
    """Check a bank; `today` also brings up the facts whose review is overdue."""
    found = [*check_bank(bank), *_overdue(bank, today)]
    reasons = {(one.rule, one.place): one.reason for one in accepted}
    answered = [one for one in found if one.severity is Severity.WARNING and (one.rule, one.place) in reasons]
    used = {(one.rule, one.place) for one in answered}
    covered = coverage_of(bank)
    return Report(
        bank=bank.name,
        questions=len(bank.questions),
        facts=len(bank.facts),
        findings=(*(one for one in found if one not in answered), *_unused(accepted, used)),
        answered=tuple(AnsweredFinding(one, reasons[one.rule, one.place]) for one in answered),
        guesses=tuple(guess_check(bank)),
        speakers=tuple(_speakers(bank)),
        sides=tuple(_sides(bank)),
        tiers=tuple(coverage_by_tier(covered)),
        coverage=tuple(covered),
        duplicates=tuple(near_duplicates(bank)),
    )


def _overdue(bank: Bank, today: date | None) -> list[Finding]:
    rule = next(rule for rule in LINT_RULES if rule.id == "D-5")
    spots = overdue(bank, today) if today else ()
    return [Finding(rule.id, rule.severity, spot.place, rule.advice, spot.detail) for spot in spots]


def _unused(accepted: Sequence[AcceptedWarning], used: set[tuple[str, str]]) -> list[Finding]:
    blank = Finding(UNUSED, Severity.WARNING, "", UNUSED_ADVICE)
    return [replace(blank, place=f"{one.rule} {one.place}") for one in accepted if (one.rule, one.place) not in used]


def _speakers(bank: Bank) -> list[VoiceShare]:
    """Count the questions by speaker, the most heard first; a question on several voices counts as mixed."""
    names = {speaker.id: speaker.name for speaker in bank.source.speakers}
    own = f"{bank.source.outlet}, in its own voice"
    return _shares([own if one.speaker is None else names.get(one.speaker, one.speaker) for one in bank.questions])


def _sides(bank: Bank) -> list[VoiceShare]:
    """Count the questions by side; speakers of no side and the outlet count as what they are."""
    labels = {side.id: side.label for side in bank.source.sides}
    voices = []
    for question in bank.questions:
        speaker = bank.source.speaker(question.speaker)
        if speaker is None:
            voices.append(f"{bank.source.outlet}, in its own voice")
        else:
            voices.append(labels.get(speaker.side, "both sides or none"))
    return _shares(voices)


def _shares(labels: list[str]) -> list[VoiceShare]:
    return [VoiceShare(label, count, count / len(labels)) for label, count in Counter(labels).most_common()]
