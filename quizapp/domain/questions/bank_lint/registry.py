"""Every rule of `bank check`. To add one: its function in the file of its subject, its cases, and a line there.

The rules that read the facts' own data are the main net, word lists the second: "How large is Karabakh?" holds no
suspicious word, only the fact's status can catch it.
"""

import re

from quizapp.domain.questions.bank_lint import (
    attribution,
    coverage,
    cues,
    guess_check,
    near_duplicates,
    options,
    sources,
    stems,
    wording,
)
from quizapp.domain.questions.bank_lint.rule import Finding, LintRule
from quizapp.domain.questions.question import Bank


def _place(rule: LintRule) -> tuple[int, str]:
    numbered = re.fullmatch(r"D-(\d+)", rule.id)
    return (int(numbered[1]), "") if numbered else (100, "")


LINT_RULES: tuple[LintRule, ...] = tuple(
    sorted(
        (
            *attribution.RULES,
            *sources.RULES,
            *wording.RULES,
            *stems.RULES,
            *options.RULES,
            *cues.RULES,
            *near_duplicates.RULES,
            *guess_check.RULES,
            *coverage.RULES,
        ),
        key=_place,
    )
)
if len({rule.id for rule in LINT_RULES}) < len(LINT_RULES):
    raise RuntimeError("two rules have one id")
SUBJECTS = {rule.id: rule.find.__module__.rsplit(".", 1)[1] for rule in LINT_RULES}
"""What each rule is about: the name of the file it stands in, by its id."""

COVERAGE = "coverage"
"""The subject of the rules that compare the questions on one fact."""


def check_bank(bank: Bank) -> list[Finding]:
    """Run every rule over the bank; the findings come in the order of the rules, then of the questions."""
    return [
        Finding(rule.id, rule.severity, spot.place, rule.advice, spot.detail)
        for rule in LINT_RULES
        for spot in rule.find(bank)
    ]
