from dataclasses import replace
from datetime import date

import pytest

from quizapp.domain.facts.bank_file import AcceptedWarning
from quizapp.domain.facts.fact import Tier
from quizapp.domain.questions.bank_lint.coverage import coverage_by_tier, coverage_of
from quizapp.domain.questions.bank_lint.near_duplicates import near_duplicates
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.bank_lint.report import UNUSED, report_on
from quizapp.domain.questions.question_types.numeric import NumericBody
from tests.factories import harbour_facts, make_bank, make_fact, make_question
from tests.linting import QUAY, TOLD, bank_of, stemmed

DAY = date(2026, 5, 1)
NEGATIVE = bank_of(**stemmed("In the article, which pier did not freeze?"))
PLACE = "catch-weight.choose-value"


def accepted(rule="negative-stem", place=PLACE, reason="It is asked that way on the pier."):
    return AcceptedWarning(rule, place, reason)


def rules(findings):
    return [finding.rule for finding in findings]


def test_a_report_holds_what_the_check_finds():
    report = report_on(NEGATIVE)
    assert list(report.findings) == check_bank(NEGATIVE)
    assert (report.errors, report.errors + report.warnings) == (0, len(report.findings))
    assert (report.bank, report.questions, report.facts) == ("harbour", 1, 1)


def test_an_answered_warning_does_not_count_and_keeps_its_reason():
    before, after = report_on(NEGATIVE), report_on(NEGATIVE, [accepted()])
    assert after.warnings == before.warnings - 1
    assert [(one.finding.rule, one.reason) for one in after.answered] == [
        ("negative-stem", "It is asked that way on the pier.")
    ]
    assert "negative-stem" not in rules(after.findings)


@pytest.mark.parametrize(
    "answer", [accepted(rule="vague-terms"), accepted(place="elsewhere"), accepted("D-17", "harbour")]
)
def test_an_answer_that_answers_nothing_is_found(answer):
    report = report_on(NEGATIVE, [answer])
    assert [one.place for one in report.findings if one.rule == UNUSED] == [f"{answer.rule} {answer.place}"]
    assert "negative-stem" in rules(report.findings)


def test_an_error_cannot_be_answered_away():
    bank = bank_of(source={"date": ""})
    report = report_on(bank, [accepted("D-17", "harbour")])
    assert report.errors == report_on(bank).errors == 1
    assert UNUSED in rules(report.findings)


@pytest.mark.parametrize(
    ("review_by", "due"), [("2026-04-30", True), ("2026-05-01", False), ("2027-01-01", False), ("next year", True)]
)
def test_a_fact_past_its_review_date_comes_up_when_the_day_is_known(review_by, due):
    bank = bank_of(fact=make_fact(review_by=review_by))
    assert "D-5" not in rules(report_on(bank).findings)
    found = [one for one in report_on(bank, today=DAY).findings if one.rule == "D-5"]
    assert [one.place for one in found] == (["catch-weight"] if due else [])


def test_the_shares_of_speakers_and_sides_add_up():
    bank = make_bank()
    report = report_on(bank)
    for rows in (report.speakers, report.sides):
        assert sum(row.questions for row in rows) == len(bank.questions)
        assert sum(row.share for row in rows) == pytest.approx(1)
    assert {row.label for row in report.speakers} >= {"Ada Quay", "The Quayside Times, in its own voice"}
    assert {row.label for row in report.sides} >= {"the harbour board", "the fishers’ union"}


def test_a_bank_without_questions_has_a_report():
    report = report_on(replace(make_bank([make_fact()]), questions=()), today=DAY)
    assert (report.speakers, report.duplicates) == ((), ())
    assert [row.asked for row in report.tiers] == [0]


def test_coverage_counts_forms_recall_recognition_and_cards():
    numeric = make_question(id="n", type="numeric", body=NumericBody("40", "tons"))
    facts = [make_fact(tier=Tier.MUST), make_fact("b"), make_fact("c", value=None, ask="", statement="Ice.")]
    bank = replace(make_bank(facts), questions=(make_question(), numeric))
    covered = {one.fact: one for one in coverage_of(bank)}
    assert covered["catch-weight"].types == ("single_choice", "numeric")
    assert covered["catch-weight"].missing == ()
    assert covered["b"].missing == ("a question",)
    assert covered["c"].missing == ("a question", "a flashcard")
    tiers = {row.tier: row for row in coverage_by_tier(list(covered.values()))}
    assert set(tiers) == {Tier.MUST, Tier.SHOULD}
    must, should = tiers[Tier.MUST], tiers[Tier.SHOULD]
    assert (must.facts, must.asked, must.recalled, must.recognised, must.cards, must.full) == (1, 1, 1, 1, 1, 1)
    assert (should.facts, should.asked, should.cards, should.full) == (2, 0, 1, 0)


def test_a_question_on_several_facts_covers_each():
    bank = replace(make_bank(harbour_facts()), questions=(make_question(facts=("ice-1", "ice-2")),))
    covered = {one.fact for one in coverage_of(bank) if one.types}
    assert covered == {"ice-1", "ice-2"}


def test_near_duplicates_name_both_and_how_alike_they_are():
    one = make_question(id="one", stem="In the article, who froze the outer basin?", facts=("a",))
    other = make_question(id="other", stem="In the article, who was it that froze the outer basin?", facts=("b",))
    bank = replace(make_bank([make_fact()]), questions=(one, other))
    assert [(pair.earlier, pair.later, pair.similarity) for pair in near_duplicates(bank)] == [("one", "other", 1.0)]


def test_a_question_is_found_alike_once_however_many_it_is_like():
    bank = replace(make_bank([make_fact()]), questions=tuple(make_question(id=f"q{n}") for n in range(3)))
    assert [one.place for one in check_bank(bank) if one.rule == "near-duplicate"] == ["q1", "q2"]
    assert len(report_on(bank).duplicates) == 3


def test_the_same_bank_gives_the_same_report():
    bank = bank_of(fact=QUAY, question=TOLD)
    assert report_on(bank, today=DAY) == report_on(bank, today=DAY)
