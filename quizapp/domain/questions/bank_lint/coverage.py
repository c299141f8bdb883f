"""Which facts are asked, and in how many forms: each that matters is recalled once and recognised once."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.domain.facts.fact import Fact, Tier
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, error, warning
from quizapp.domain.questions.flashcard_face import face_of
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.cloze import Cloze
from quizapp.domain.questions.question_types.numeric import Numeric
from quizapp.domain.questions.question_types.short_answer import ShortAnswer

RECALL = frozenset({ShortAnswer.name, Cloze.name, Numeric.name})
MIN_FORMS = 2


@dataclass(frozen=True, slots=True)
class FactCoverage:
    """The question types that ask a fact, whether it has a flashcard, and what is missing, in words."""

    fact: str
    tier: Tier
    types: tuple[str, ...]
    card: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Say what the fact still wants."""
        wants = {
            "a question": bool(self.types),
            "a second form": len(self.types) >= MIN_FORMS,
            "a question of recall": bool(RECALL.intersection(self.types)),
            "a question of recognition": bool(set(self.types) - RECALL),
            "a flashcard": self.card,
        }
        missing = tuple(want for want, has in wants.items() if not has)
        return missing if self.types else tuple(want for want in missing if want in ("a question", "a flashcard"))


@dataclass(frozen=True, slots=True)
class TierCoverage:
    """How many facts of a tier are asked at all, recalled, recognised, on a card, and covered in full."""

    tier: Tier
    facts: int
    asked: int
    recalled: int
    recognised: int
    cards: int
    full: int


def coverage_of(bank: Bank) -> list[FactCoverage]:
    """Say for each fact how it is covered, in the order of the facts."""
    types: dict[str, list[str]] = {}
    for question in bank.questions:
        for fact in question.facts:
            types.setdefault(fact, []).append(question.type)
    return [_covered(fact, types.get(fact.id, []), bank) for fact in bank.facts]


def _covered(fact: Fact, types: list[str], bank: Bank) -> FactCoverage:
    return FactCoverage(fact.id, fact.tier, tuple(dict.fromkeys(types)), face_of(fact, bank.source) is not None)


def coverage_by_tier(covered: list[FactCoverage]) -> list[TierCoverage]:
    """Count the facts of each tier that there is."""
    rows = []
    for tier in Tier:
        of_tier = [one for one in covered if one.tier is tier]
        if of_tier:
            rows.append(
                TierCoverage(
                    tier,
                    facts=len(of_tier),
                    asked=sum(bool(one.types) for one in of_tier),
                    recalled=sum(bool(RECALL.intersection(one.types)) for one in of_tier),
                    recognised=sum(bool(set(one.types) - RECALL) for one in of_tier),
                    cards=sum(one.card for one in of_tier),
                    full=sum(not one.missing for one in of_tier),
                )
            )
    return rows


def must_facts_are_covered(bank: Bank) -> Iterator[Spot]:
    """Every fact that must be asked is asked in two forms, recalled and recognised, and has a card."""
    return _uncovered(bank, Tier.MUST)


def should_facts_are_covered(bank: Bank) -> Iterator[Spot]:
    """Every fact that should be asked is asked in two forms as well."""
    return _uncovered(bank, Tier.SHOULD)


def _uncovered(bank: Bank, tier: Tier) -> Iterator[Spot]:
    for one in coverage_of(bank):
        if one.tier is tier and one.missing:
            yield Spot(one.fact, f"wants {', '.join(one.missing)}")


_ADVICE = "Let it be asked in two forms, once recalled and once recognised, and have a card."
RULES: tuple[LintRule, ...] = (
    error("must-coverage", _ADVICE, must_facts_are_covered),
    warning("should-coverage", _ADVICE, should_facts_are_covered),
)
