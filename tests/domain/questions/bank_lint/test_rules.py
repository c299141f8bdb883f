"""Each rule catches what it is for and spares what only looks like it; no example is from a shipped bank."""

from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import Speaker, SpeakerKind
from quizapp.domain.questions.bank_lint.registry import LINT_RULES, check_bank
from quizapp.domain.questions.bank_lint.rule import Severity
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.domain.questions.bank_lint import (
    attribution_cases,
    bank_cases,
    options_cases,
    sources_cases,
    stems_cases,
    wording_cases,
)
from tests.factories import SPEAKERS, make_bank, make_claim, make_fact, make_question
from tests.linting import QUAY, findings

TABLES = (attribution_cases, sources_cases, wording_cases, stems_cases, options_cases, bank_cases)
CAUGHT = [case for table in TABLES for case in table.CAUGHT]
SPARED = [case for table in TABLES for case in table.SPARED]
FLAWS = {
    "absolute-terms", "all-of-the-above", "ambiguous-stem", "complex-options", "convergence", "fill-in-the-blank",
    "gratuitous-information", "grammatical-cue", "implausible-distractor", "logical-cue", "longest-answer",
    "lost-sequence", "more-than-one-correct", "negative-stem", "none-of-the-above", "true-false-series",
    "unfocused-stem", "vague-terms", "word-repeats",
}  # fmt: skip
WARNINGS = {f"D-{number}" for number in (5, 10, 11, 14, 15, 16, 18, 20, 21, 24)}


def case_ids(cases):
    return [f"{rule} {number}" for number, (rule, _) in enumerate(cases)]


@pytest.mark.parametrize(("rule", "changes"), CAUGHT, ids=case_ids(CAUGHT))
def test_a_rule_catches_what_it_is_for(rule, changes):
    assert rule in findings(**changes)


@pytest.mark.parametrize(("rule", "changes"), SPARED, ids=case_ids(SPARED))
def test_a_rule_spares_what_only_looks_like_it(rule, changes):
    assert rule not in findings(**changes)


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_every_rule_has_cases_of_both_sorts(rule):
    caught, spared = ([one for one, _ in cases].count(rule.id) for cases in (CAUGHT, SPARED))
    assert caught >= 2
    assert spared >= 2


def test_every_rule_for_contested_statements_and_every_flaw_is_there():
    ids = {rule.id for rule in LINT_RULES}
    assert len(FLAWS) == 19
    assert ids >= {f"D-{number}" for number in range(1, 25)} | FLAWS


def test_what_blocks_publishing_in_the_guide_blocks_it_here():
    numbered = [rule for rule in LINT_RULES if rule.id.startswith("D-")]
    assert {rule.id for rule in numbered if rule.severity is Severity.WARNING} == WARNINGS


def test_no_two_rules_have_one_id():
    assert len({rule.id for rule in LINT_RULES}) == len(LINT_RULES)


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_a_rule_tells_the_author_what_to_do_and_why_it_is_there(rule):
    assert rule.advice.endswith(".")
    assert rule.advice[0].isupper()
    assert rule.find.__doc__


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_a_rule_can_read_every_question_type_and_names_a_place_once(rule):
    questions = tuple(
        make_question(id=f"q.{name}", type=name, body=kind.example, stem="Which?")
        for name, kind in QUESTION_TYPES.items()
    )
    bank = replace(make_bank([make_fact()]), questions=questions)
    places = [spot.place for spot in rule.find(bank)]
    assert len(places) == len(set(places))
    assert list(rule.find(replace(bank, questions=()))) == [
        spot for spot in rule.find(replace(bank, questions=())) if spot.place in ("harbour", "catch-weight")
    ]


def test_a_voice_with_exactly_half_of_the_questions_does_not_dominate():
    questions = (make_question(speaker="fishers"), make_question(id="other"))
    assert "D-15" not in findings(replace(make_bank([make_fact()]), questions=questions))


def test_a_name_inside_a_word_is_not_the_name():
    ada = Speaker("ada", "Ada", "Ada", "a skipper", SpeakerKind.PERSON, "harbour", spellings=("Adah",))
    fact, source = make_claim("catch-weight", "ada"), {"speakers": (*SPEAKERS, ada)}
    for stem, broken in (("what was said in Canada?", True), ("what did Adah say?", False)):
        found = findings(fact=fact, question={"stem": f"In the article, {stem}"}, source=source)
        assert ("D-2" in found) is broken


def test_a_sound_bank_has_no_errors():
    assert [finding for finding in check_bank(make_bank()) if finding.severity is Severity.ERROR] == []


def test_findings_come_in_the_order_of_the_rules_with_advice_and_what_was_found():
    bank = replace(
        make_bank([QUAY]), questions=(make_question(stem="Why not?", speaker="harbour-master", explanation="So."),)
    )
    order = [rule.id for rule in LINT_RULES]
    found = check_bank(bank)
    places = [order.index(finding.rule) for finding in found]
    assert places == sorted(places)
    assert {finding.place for finding in found} == {"harbour", "catch-weight", "catch-weight.choose-value"}
    assert next(finding for finding in found if finding.rule == "negative-stem").detail == "not"
