from collections import Counter

import pytest

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.recipes.what_is_it import WhatIsIt
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import harbour_facts, make_fact, make_fact_base


def made(facts, seed=1):
    return list(WhatIsIt().questions(make_fact_base(facts), SeededOrder(seed)))


def asked(fact):
    return fact.id in [question.fact for question in made([*harbour_facts(), fact])]


@pytest.mark.parametrize("seed", range(10))
def test_key_and_options_are_what_the_values_stand_for(seed):
    facts = {fact.id: fact for fact in harbour_facts()}
    for question in made(facts.values(), seed):
        assert facts[question.fact].value.text in question.stem
        assert question.body.key.casefold() == facts[question.fact].value_of.casefold()
        for one in question.body.distractors:
            assert one.text.casefold() == facts[one.fact].value_of.casefold()
            assert facts[one.fact].value.text in one.reason


def test_a_value_of_its_own_is_asked():
    assert asked(make_fact("more", value_text="33 tons"))


@pytest.mark.parametrize(
    "changes",
    [
        {"value_text": "40 tons"},
        {"value_text": "33 tons", "speaker": "fishers"},
        {"value_text": "33 tons", "status": Status.CONTRADICTED, "note": "No."},
        {"kind": FactKind.CAUSE, "value_text": "the cold"},
        {"value_text": "33 tons", "value_of": "the catch of more, " + "which was long in coming and " * 5},
    ],
    ids=["a value of two facts", "a claim", "contradicted", "a cause", "words far longer than the others"],
)
def test_a_value_that_leads_to_no_single_thing_is_not_asked(changes):
    assert not asked(make_fact("more", **changes))


@pytest.mark.parametrize("seed", range(10))
def test_what_is_named_in_not_with_is_no_option(seed):
    facts = harbour_facts()
    shy = make_fact("shy", value_text="33 tons", not_with=frozenset({"catch-1", "catch-2"}))
    for question in made([*facts, shy], seed):
        unfit = {"shy": {"catch-1", "catch-2"}, "catch-1": {"shy"}, "catch-2": {"shy"}}
        assert unfit.get(question.fact, set()).isdisjoint(question.distractor_facts)


@pytest.mark.parametrize("seed", range(10))
def test_no_option_stands_twice(seed):
    facts = [*harbour_facts(), make_fact("twin", value_text="12 tons"), make_fact("more", value_text="33 tons")]
    for question in made(facts, seed):
        texts = [question.body.key, *(one.text for one in question.body.distractors)]
        assert max(Counter(texts).values()) == 1


def test_the_explanation_gives_the_value():
    assert all(question.stem.rstrip("?").split(" ")[-1] in question.explanation for question in made(harbour_facts()))
