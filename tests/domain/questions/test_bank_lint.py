"""Each rule catches what it is for and spares what only looks like it; no example is from a shipped bank."""

from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import FactKind, Speaker, SpeakerKind, Status
from quizapp.domain.questions.bank_lint import LINT_RULES, Severity, check_bank
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import SPEAKERS, make_bank, make_claim, make_fact, make_question, make_source

CANADIAN = Speaker("ada", "Ada", "Ada", "a skipper", SpeakerKind.PERSON, "harbour", spellings=("Adah",))
OUTDATED = make_fact(status=Status.OUTDATED, note="The pier is gone.")
CONTRADICTED = make_fact(status=Status.CONTRADICTED, note="The log gives 4 tons.", reference="The log")
QUAY = make_claim("catch-weight")
UNION = make_claim("catch-weight", "fishers")
TOLD = {"stem": "In the article, what did Quay say about the ice?", "explanation": "Quay said that it would melt."}
COMPARED = {
    "stem": "Which weight does the article give?",
    "explanation": "It gives 40 tons. The log gives 4 tons.",
    "scored": False,
}


def choice(key, *wrong):
    return SingleChoiceBody(key, tuple(Distractor(text, "It is right for another pier.") for text in wrong))


def findings(fact=None, question=None, source=None):
    fact = fact or make_fact()
    given = {"speaker": fact.speaker, "status": fact.status, "body": choice("40 tons", "15 tons", "20 tons")}
    questions = (make_question(**given | (question or {})),)
    bank = replace(make_bank([fact]), questions=questions, source=make_source(**source or {}))
    return {finding.rule for finding in check_bank(bank)}


CAUGHT = [
    ("D-1", {"fact": make_fact(paragraphs=())}),
    ("D-1", {"fact": make_claim("catch-weight", paragraphs=()), "question": TOLD}),
    ("D-2", {"fact": QUAY, "question": {"stem": "What would the ice do?"}}),
    ("D-2", {"fact": QUAY, "question": {"stem": "In the article, what is said about the ice?"}}),
    ("D-2", {"fact": QUAY, "question": {"stem": "What would Quay’s ice do?"}}),
    ("D-2", {"fact": QUAY, "question": {"stem": "What was said on the quayside?"}}),
    ("D-2", {"fact": UNION, "question": {"stem": "What did Quay say?"}}),
    ("D-2", {"fact": make_fact(status=Status.DISPUTED, note="No."), "question": {"stem": "How large was the catch?"}}),
    ("D-2", {"fact": make_fact(kind=FactKind.PREDICTION), "question": {"stem": "What will the ice do?"}}),
    ("D-3", {"fact": QUAY, "question": {**TOLD, "explanation": "The ice would melt."}}),
    ("D-3", {"fact": UNION, "question": {"explanation": "The harbour master said so."}}),
    ("D-4", {"fact": CONTRADICTED, "question": {**COMPARED, "scored": True}}),
    ("D-4", {"fact": CONTRADICTED, "question": {**COMPARED, "stem": "How much did the boats land?"}}),
    ("D-4", {"fact": CONTRADICTED, "question": {**COMPARED, "explanation": "It gives 40 tons."}}),
    ("D-4", {"fact": replace(CONTRADICTED, reference=""), "question": COMPARED}),
    ("D-5", {"fact": OUTDATED, "question": {"scored": True}}),
    ("D-5", {"fact": replace(OUTDATED, speaker="fishers"), "question": {"scored": True}}),
    ("D-9", {"fact": QUAY, "question": {"type": "true_false", "body": TrueFalseBody(True, "So.")}}),
    ("D-9", {"fact": UNION, "question": {"type": "true_false", "body": TrueFalseBody(False, "No.", "x")}}),
    *(
        ("D-10", {"question": {"stem": f"In the article, what had the union {verb} about pay?"}})
        for verb in ("claimed", "admitted", "revealed", "insisted", "Alleged")
    ),
    ("D-13", {"question": {"body": SingleChoiceBody("a", (Distractor("b", ""), Distractor("c", "So.")))}}),
    ("D-13", {"question": {"type": "true_false", "body": TrueFalseBody(True, "")}}),
    ("D-15", {"fact": QUAY, "question": TOLD}),
    ("D-15", {"fact": UNION, "question": {"stem": "In the article, what did the fishers’ union say?"}}),
    *(("D-17", {"source": {field: ""}}) for field in ("outlet", "date", "description")),
    ("all-of-the-above", {"question": {"body": choice("40 tons", "15 tons", "All of the above")}}),
    ("all-of-the-above", {"question": {"body": choice("none of the above", "15 tons", "3 tons")}}),
    ("negative-stem", {"question": {"stem": "In the article, which pier did not freeze?"}}),
    ("negative-stem", {"question": {"stem": "In the article, which piers froze EXCEPT one?"}}),
    ("negative-stem", {"question": {"stem": "Which pier, by the article, never froze?"}}),
    ("longest-answer", {"question": {"body": choice("a very long winter at sea", "frost", "snow")}}),
    ("longest-answer", {"question": {"body": choice("the ice was far too thick for boats", "the ice melted", "fog")}}),
]
SPARED = [
    ("D-1", {}),
    ("D-1", {"fact": make_fact(paragraphs=(1, 12))}),
    ("D-2", {"fact": QUAY, "question": TOLD}),
    ("D-2", {"fact": QUAY, "question": {"stem": "In the article, who said that the ice would melt?"}}),
    ("D-2", {"fact": UNION, "question": {"stem": "According to the fishers’ union, when was the pay late?"}}),
    ("D-2", {"fact": UNION, "question": {"stem": "Of what did the fishers accuse the board?"}}),
    ("D-2", {"fact": QUAY, "question": {"stem": "Which words did Ada Quay use for the ice?"}}),
    ("D-2", {"fact": make_fact(status=Status.DISPUTED, note="No.")}),
    ("D-2", {"question": {"stem": "How much did the boats land?"}}),
    ("D-3", {"fact": QUAY, "question": TOLD}),
    ("D-3", {"fact": UNION, "question": {"explanation": "The fishers’ union said so."}}),
    ("D-3", {"question": {"explanation": "Forty tons."}}),
    ("D-4", {"fact": CONTRADICTED, "question": COMPARED}),
    ("D-4", {"question": {"scored": True, "stem": "How much?"}}),
    ("D-5", {"fact": OUTDATED, "question": {"scored": False}}),
    ("D-5", {"fact": make_fact(status=Status.DISPUTED, note="No."), "question": {"scored": True}}),
    ("D-9", {"question": {"type": "true_false", "body": TrueFalseBody(True, "So.")}}),
    ("D-9", {"fact": QUAY, "question": TOLD}),
    ("D-10", {"question": {"stem": "Which word, “claimed” or “said”, does the article use?"}}),
    ("D-10", {"question": {"stem": "In the article, what lay on the reclaimed land?"}}),
    ("D-13", {}),
    ("D-13", {"question": {"type": "true_false", "body": TrueFalseBody(False, "It was 15 tons.")}}),
    ("D-15", {}),
    ("D-17", {}),
    ("D-17", {"source": {"author": "", "title": "", "affiliation": ""}}),
    ("all-of-the-above", {"question": {"body": choice("above the pier", "all of it", "none")}}),
    ("all-of-the-above", {"question": {"stem": "In the article, what do all of the above boats carry?"}}),
    ("negative-stem", {"question": {"stem": "What does the article call “a harbour that never froze”?"}}),
    ("negative-stem", {"question": {"stem": "In the article, who said that the ice would not melt?"}}),
    ("negative-stem", {"question": {"stem": "Which notes, nothing else, does the article cite?"}}),
    ("negative-stem", {"question": {"type": "true_false", "body": TrueFalseBody(True, "So."), "stem": "Not so."}}),
    ("longest-answer", {"question": {"body": choice("the longest word", "a", "b")}}),
    ("longest-answer", {"question": {"body": choice("the ice of the pier", "the snow of the bay", "fog")}}),
]  # fmt: skip


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
    assert spared >= (1 if rule.id == "D-15" else 2)  # the other bank D-15 spares has a test of its own


def test_a_voice_with_exactly_half_of_the_questions_does_not_dominate():
    questions = (make_question(speaker="fishers"), make_question(id="other"))
    assert "D-15" not in {one.rule for one in check_bank(replace(make_bank([make_fact()]), questions=questions))}


def test_a_name_inside_a_word_is_not_the_name():
    fact, source = make_claim("catch-weight", "ada"), {"speakers": (*SPEAKERS, CANADIAN)}
    assert "D-2" in findings(fact, {"stem": "In the article, what was said in Canada?"}, source)
    assert "D-2" not in findings(fact, {"stem": "In the article, what did Adah say?"}, source)


def test_a_sound_bank_has_no_findings():
    assert [finding for finding in check_bank(make_bank()) if finding.severity is Severity.ERROR] == []


def test_findings_come_in_the_order_of_the_rules_with_advice():
    bank = replace(
        make_bank([QUAY]), questions=(make_question(stem="Why not?", speaker="harbour-master", explanation="So."),)
    )
    order = [rule.id for rule in LINT_RULES]
    found = check_bank(bank)
    assert [finding.rule for finding in found] == sorted({one.rule for one in found}, key=order.index)
    assert all(finding.advice.endswith(".") for finding in found)
    assert {finding.place for finding in found} == {"harbour", "catch-weight.choose-value"}


def test_no_two_rules_have_one_id():
    assert len({rule.id for rule in LINT_RULES}) == len(LINT_RULES)
