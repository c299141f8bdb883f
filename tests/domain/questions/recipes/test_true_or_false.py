import pytest

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.recipes.true_or_false import TrueOrFalse
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import harbour_facts, make_fact, make_fact_base

MANY = [make_fact(f"catch-{number}", value_text=f"{number} tons") for number in range(10, 110)]


def made(facts, seed=1):
    return list(TrueOrFalse().questions(make_fact_base(facts), SeededOrder(seed)))


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker": "harbour-master", "status": Status.SINGLE_SOURCE},
        {"speaker": "both"},
        {"status": Status.DISPUTED, "note": "The log differs."},
        {"status": Status.CONTRADICTED, "note": "The log differs."},
        {"status": Status.OUTDATED, "note": "Long ago."},
        {"kind": FactKind.CLAIM},
        {"kind": FactKind.CHARACTERISATION},
        {"kind": FactKind.PREDICTION},
        {"value": None},
    ],
)
def test_what_is_not_plainly_the_articles_own_is_never_judged(changes):
    fact = make_fact("asked", **changes)
    assert "asked" not in [question.fact for question in made([fact, *harbour_facts()])]


@pytest.mark.parametrize("seed", range(5))
def test_about_half_of_the_statements_are_true(seed):
    true = sum(question.body.is_true for question in made(MANY, seed))
    assert 35 <= true <= 65


def test_a_true_statement_is_the_facts_own():
    facts = {fact.id: fact for fact in MANY}
    for question in made(MANY):
        assert question.stem.endswith(facts[question.fact].text) is question.body.is_true


def test_a_false_statement_has_exactly_one_value_swapped_for_another_facts():
    facts = {fact.id: fact for fact in MANY}
    for question in made(MANY):
        if not question.body.is_true:
            other = facts[question.body.fact].value.text
            assert question.stem.endswith(facts[question.fact].with_value(other))
            assert facts[question.body.fact].value_of in question.body.reason


def test_a_value_of_our_own_making_borrows_no_fact():
    alone = [question for seed in range(20) for question in made([make_fact()], seed) if not question.body.is_true]
    assert alone
    assert {question.body.fact for question in alone} == {None}
    assert all(question.body.reason for question in alone)


def test_a_value_with_nothing_to_swap_it_for_is_not_judged():
    assert made([make_fact(kind=FactKind.PLACE, value_text="the Old Pier")]) == []


def test_a_reason_is_not_judged_as_no_other_would_be_believed():
    reasons = [make_fact(f"late-{n}", kind=FactKind.CAUSE, value_text=f"frost number {n}") for n in range(5)]
    assert made(reasons) == []


def test_the_stem_says_that_the_article_is_the_judge():
    assert all("the article" in question.stem for question in made(MANY))
