import pytest

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.recipes.distractors import option_order
from quizapp.domain.questions.recipes.registry import RECIPES
from quizapp.domain.questions.recipes.value_choice import ValueChoice, single_choice_body
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import harbour_facts, make_claim, make_fact, make_fact_base

CHOICES = [recipe for recipe in RECIPES if isinstance(recipe, ValueChoice)]


class AnyValue(ValueChoice):
    """A choice on values of every kind."""

    name = "any-value"
    label = "Any value"
    kinds = frozenset(FactKind)


def made(facts, seed=1):
    return list(AnyValue().questions(make_fact_base(facts), SeededOrder(seed)))


def test_each_kind_of_fact_has_one_choice():
    assert sorted(kind for recipe in CHOICES for kind in recipe.kinds) == sorted(FactKind)


@pytest.mark.parametrize("recipe", CHOICES, ids=lambda recipe: recipe.name)
def test_a_choice_keeps_to_its_kinds(recipe):
    facts = [
        make_fact(f"{kind}-{number}", kind=kind, value_text=text, relation=f"{kind} of a ship")
        for kind in FactKind
        for number, text in enumerate(("4 tons", "5 tons", "6 tons", "7 tons"))
    ]
    asked = recipe.questions(make_fact_base(facts), SeededOrder(1))
    assert {FactKind(question.fact.rsplit("-", 1)[0]) for question in asked} == recipe.kinds


def test_every_value_with_enough_wrong_options_is_asked():
    assert [question.fact for question in made(harbour_facts())] == [fact.id for fact in harbour_facts() if fact.value]


def test_a_statement_without_a_value_is_not_asked():
    assert made([make_claim()]) == []


def test_a_value_with_too_few_wrong_options_is_not_asked():
    assert made([make_fact(kind=FactKind.PLACE, value_text="the Old Pier")]) == []


@pytest.mark.parametrize(
    ("ask", "stem"),
    [
        ("how much was it?", "In the article, how much was it?"),
        ("what does the article call it?", "What does the article call it?"),
    ],
)
def test_a_stem_asks_what_the_article_says(ask, stem):
    assert made([make_fact(ask=ask)])[0].stem == stem


def test_the_key_is_the_value_of_the_fact():
    facts = {fact.id: fact for fact in harbour_facts()}
    assert all(question.body.key == facts[question.fact].value.text for question in made(facts.values()))


@pytest.mark.parametrize("seed", range(10))
def test_numbers_and_dates_stand_in_their_natural_order(seed):
    for question in made(harbour_facts(), seed):
        options = SingleChoice().options(question.body)
        assert question.body.in_order
        assert options == sorted(options, key=option_order)


def test_names_are_left_to_be_shuffled():
    names = [
        make_fact(f"berth-{name[0]}", kind=FactKind.PLACE, value_text=name, statement=f"It lay at {{{name}}}.")
        for name in ("Gull Island", "Crab Bay", "Old Pier", "Mill Bridge")
    ]
    assert [question.body.in_order for question in made(names)] == [False] * 4


def test_the_explanation_of_a_claim_says_whose_word_it_is():
    facts = [make_fact(), *harbour_facts()]
    facts.append(make_fact("claimed", value_text="33 tons", speaker="harbour-master", status=Status.SINGLE_SOURCE))
    explanation = next(question.explanation for question in made(facts) if question.fact == "claimed")
    assert "Quay" in explanation


def test_what_is_contradicted_is_explained_with_its_note_and_not_scored():
    fact = make_fact(status=Status.CONTRADICTED, note="The log gives 4 tons.", reference="The log")
    question = made([fact, *harbour_facts()])[0]
    assert "The log gives 4 tons." in question.explanation
    assert not question.scored


def test_a_fact_without_a_value_has_no_options():
    with pytest.raises(ValueError, match="has no value"):
        single_choice_body(make_claim(), [])
