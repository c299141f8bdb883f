"""What a rule is: an id, a severity, advice to the author, and a function that finds the places that break it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from quizapp.domain.questions.question import Bank


class Severity(StrEnum):
    """An error blocks publishing; a warning wants the author's reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is broken; `detail` is what was found there, where the place alone does not say."""

    rule: str
    severity: Severity
    place: str
    advice: str
    detail: str = ""


class Spot(NamedTuple):
    """Where a rule is broken: the id of a question or fact, or the bank's name; and the words or numbers at fault."""

    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule: `find` yields the spots in a bank that break it, each place at most once."""

    id: str
    severity: Severity
    advice: str
    find: Callable[[Bank], Iterator[Spot]]


def error(rule_id: str, advice: str, find: Callable[[Bank], Iterator[Spot]]) -> LintRule:
    """Make a rule that blocks publishing."""
    return LintRule(rule_id, Severity.ERROR, advice, find)


def warning(rule_id: str, advice: str, find: Callable[[Bank], Iterator[Spot]]) -> LintRule:
    """Make a rule that wants a reason when it is broken."""
    return LintRule(rule_id, Severity.WARNING, advice, find)
