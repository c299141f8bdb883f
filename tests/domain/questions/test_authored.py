from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import FactKind, Mode, Status, Tier
from quizapp.domain.questions.authored import Authored, Draft, author, findings_on, problems_of
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.question_types.matching import MatchingBody, Pair
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.every_type import every_type_bank
from tests.factories import make_bank

BANK = make_bank()
WRONG = (
    Distractor("40 tons", "The report gives 40 tons as another catch."),
    Distractor("85 tons", "The report does not have this figure."),
    Distractor("55 tons", "The report does not have this figure."),
)
DRAFT = Draft(
    type="single_choice",
    line="The report gives 70 tons as the last catch.",
    paragraph=4,
    speaker=None,
    topic="trade",
    stem="In the report, how large was the last catch?",
    body=SingleChoiceBody("70 tons", WRONG, in_order=True),
)


def made(**changes):
    return author(replace(DRAFT, **changes), BANK, "own-1", "own-1")


def test_the_line_is_the_fact_and_the_explanation():
    found = made(line="  The report gives\n70 tons  as the last catch. ")
    assert found.fact.text == found.question.explanation == DRAFT.line
    assert (found.fact.paragraphs, found.fact.topic, found.fact.tier) == ((4,), "trade", Tier.MAY)
    assert found.question.facts == ("own-1",) and not found.known and found.question.scored


def test_braces_in_the_line_are_words_and_mark_no_value():
    found = made(line="The report gives {70 tons} as {{the}} last catch.")
    assert found.fact.text == found.question.explanation == "The report gives ｛70 tons｝ as ｛｛the｝｝ last catch."
    assert found.fact.value.text == "70 tons"
    assert made(line=found.fact.text).fact == found.fact


@pytest.mark.parametrize(
    ("speaker", "status", "mode"),
    [
        (None, Status.UNCONTESTED, Mode.REPORTED),
        ("harbour-master", Status.SINGLE_SOURCE, Mode.SAID),
    ],
)
def test_who_says_it_decides_how_far_it_can_be_relied_on(speaker, status, mode):
    found = made(speaker=speaker)
    assert (found.fact.status, found.fact.mode) == (status, mode)
    assert (found.question.speaker, found.question.status) == (speaker, status)


@pytest.mark.parametrize(
    ("changes", "value", "kind"),
    [
        ({}, "70 tons", FactKind.QUANTITY),
        ({"line": "The report gives a figure of 1,70 tonsils."}, None, FactKind.EVENT),
        ({"line": "Quay said it.", "speaker": "harbour-master"}, None, FactKind.CLAIM),
        ({"body": SingleChoiceBody("The Report", WRONG)}, "The Report", FactKind.EVENT),
        ({"type": "true_false", "line": "It is true.", "body": TrueFalseBody(True, "So.")}, None, FactKind.EVENT),
        ({"type": "numeric", "body": NumericBody("70", "tons")}, "70 tons", FactKind.QUANTITY),
    ],
)
def test_the_right_answer_is_the_value_where_the_line_holds_it(changes, value, kind):
    fact = made(**changes).fact
    assert (fact.value.text if fact.value else None, fact.kind) == (value, kind)


def test_a_wrong_answer_that_is_the_value_of_a_fact_is_borrowed_from_it():
    behind = {one.text: one.fact for one in made().question.body.distractors}
    assert behind == {"40 tons": "catch-4", "55 tons": None, "85 tons": None}


def test_a_wrong_answer_can_name_the_fact_it_is_borrowed_from():
    named = Distractor("a heavy load", "That is the fifth catch.", "catch-5")
    body = made(body=SingleChoiceBody("70 tons", (named, *WRONG[1:]))).question.body
    assert body.distractors[0] == named


def test_left_empty_it_takes_over_the_value_of_its_fact_and_what_that_is_right_for():
    body = made(body=SingleChoiceBody("70 tons", (Distractor("", "", "catch-5"), *WRONG[1:]))).question.body
    first = body.distractors[0]
    assert (first.text, first.fact) == ("90 tons", "catch-5")
    assert "90 tons" in first.reason and "paragraph 5" in first.reason


def test_a_fact_is_no_wrong_answer_to_itself():
    known = BANK.facts[1]
    wrong = (Distractor("a load", "So.", known.id), *WRONG[1:])
    found = made(line=known.text, paragraph=known.paragraphs[0], body=SingleChoiceBody("15 tons", wrong))
    assert "a wrong answer cannot be borrowed from the fact that the question tests." in problems_of(found, BANK)


def test_a_false_statement_names_the_fact_of_its_wrong_part_and_a_true_one_none():
    changes = {"type": "true_false", "line": "It is so."}
    assert made(**changes, body=TrueFalseBody(False, "No.", "catch-5")).question.body.fact == "catch-5"
    assert made(**changes, body=TrueFalseBody(True, "Yes.", "catch-5")).question.body.fact is None


def test_options_in_order_get_the_keys_place():
    body = made().question.body
    assert [one.text for one in body.distractors] == ["40 tons", "55 tons", "85 tons"] and body.rank == 2
    unordered = made(body=SingleChoiceBody("70 tons", WRONG)).question.body
    assert [one.text for one in unordered.distractors] == ["40 tons", "85 tons", "55 tons"] and unordered.rank == 0


def test_a_line_the_bank_knows_is_that_fact():
    known = BANK.facts[1]
    found = made(line=f" {known.text.upper().removesuffix('.')} ", paragraph=known.paragraphs[0])
    assert found.known and found.fact is known and found.question.facts == (known.id,)


@pytest.mark.parametrize("changes", [{"paragraph": 9}, {"speaker": "harbour-master"}])
def test_said_by_another_or_elsewhere_it_is_another_fact(changes):
    known = BANK.facts[1]
    assert not made(**{"line": known.text, "paragraph": known.paragraphs[0], **changes}).known


def test_a_fact_that_is_being_edited_is_not_taken_for_a_known_one():
    first = made()
    bank = replace(BANK, facts=(*BANK.facts, first.fact), questions=(*BANK.questions, first.question))
    again = author(DRAFT, bank, "own-1", "own-1")
    assert again == first


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"stem": " "}, "the stem is empty."),
        ({"paragraph": 13}, "the source has the paragraphs 1 to 12."),
        ({"body": SingleChoiceBody("70 tons", WRONG[:1])}, "it has 2 options; 3 to 9 can be asked."),
        ({"body": SingleChoiceBody("40 tons", WRONG)}, "two options are the same."),
    ],
)
def test_what_makes_it_impossible_to_ask_is_said(changes, problem):
    assert problems_of(made(), BANK) == []
    assert problem in problems_of(made(**changes), BANK)


def test_the_rules_say_only_what_concerns_this_question():
    assert findings_on(made(), BANK) == []
    careless = made(stem="How large was the last catch not?", speaker="harbour-master", line="Quay said 70 tons.")
    rules = {finding.rule for finding in findings_on(careless, BANK)}
    assert {"D-2", "negative-stem"} <= rules
    assert {finding.place for finding in findings_on(careless, BANK)} <= {"own-1"}


def expected_findings(authored, bank):
    """Run every rule over the whole bank, and keep what concerns the question and its fact."""
    fact, question = authored.fact, authored.question
    whole = replace(
        bank,
        facts=(*(one for one in bank.facts if one.id != fact.id), fact),
        questions=(*(one for one in bank.questions if one.id != question.id), question),
    )
    places = {question.id} if authored.known else {question.id, fact.id}
    return [finding for finding in check_bank(whole) if finding.place in places]


def flawed(question):
    """Spoil a question in ways that rules of every kind see."""
    yield question
    yield replace(question, stem=f"{question.stem} Why did nobody say so today?", explanation="It is bonus time!")
    yield replace(question, id="another")


@pytest.mark.parametrize("bank", [BANK, every_type_bank()], ids=lambda bank: bank.name)
def test_what_is_found_on_one_question_is_what_the_rules_find_in_the_whole_bank(bank):
    facts = bank.facts_by_id()
    of_every_type = {(one.type, one.recipe): one for one in bank.questions}.values()
    found = 0
    for question in of_every_type:
        for spoilt in flawed(question):
            for known in (True, False):
                authored = Authored(spoilt, facts[spoilt.fact], known)
                expected = expected_findings(authored, bank)
                assert findings_on(authored, bank) == expected
                found += len(expected)
    assert found > 20


def test_wrong_options_of_other_types_are_borrowed_from_facts_too():
    wrong = (Distractor("40 tons", ""), Distractor("85 tons", "The report does not have this figure."))
    several = made(type="multiple_choice", body=MultipleChoiceBody(("70 tons", "71 tons"), wrong))
    assert several.question.distractor_facts == ("catch-4", None)
    pairs = (Pair("Ann", "the Tern"), Pair("Bo", "the Gull"))
    assert made(type="matching", body=MatchingBody(pairs, wrong)).question.distractor_facts == ("catch-4", None)


def test_what_no_form_shows_of_a_fact_stays_while_its_words_do():
    first = made(speaker="harbour-master", line="The harbour master said that 70 tons came in.", value="70 tons")
    rich = replace(first.fact, said="70 tons came in", tier=Tier.SHOULD, mode=Mode.ACCUSED, review_by="2027-01-01")
    bank = replace(BANK, facts=(*BANK.facts, rich))
    draft = replace(DRAFT, speaker="harbour-master", line=rich.text, value="70 tons", note="Nobody weighed it.")
    again = author(draft, bank, "own-1", "own-1").fact
    assert again == replace(rich, note="Nobody weighed it.")
    other = author(replace(draft, line="The harbour master said that 71 tons came in."), bank, "own-1", "own-1").fact
    assert (other.said, other.value, other.tier, other.review_by) == ("", None, Tier.SHOULD, "2027-01-01")
