"""Rules that every registered recipe keeps, tried on the facts of a harbour; a new recipe needs no change here."""

import re
from pathlib import Path

import pytest

from quizapp.domain.facts.fact import Status
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.bank_lint.rule import Severity
from quizapp.domain.questions.question import check_question
from quizapp.domain.questions.recipes.recipe import Angle
from quizapp.domain.questions.recipes.registry import RECIPES
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import BERTHS, EASTERN, boat_facts, harbour_facts, make_fact, make_fact_base

FACTS = [*harbour_facts(), *boat_facts()]
GROUPS = (BERTHS, EASTERN)
BASE = make_fact_base(FACTS, groups=GROUPS)
SEEDS = range(10)

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)


def made(recipe, base=BASE, seed=1):
    return list(recipe.questions(base, SeededOrder(seed)))


def test_names_tell_recipes_apart():
    assert len({recipe.name for recipe in RECIPES}) == len({recipe.label for recipe in RECIPES}) == len(RECIPES)


@every_recipe
def test_a_recipe_has_a_test_of_its_name(recipe):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", recipe.name)
    assert (Path(__file__).parent / f"test_{recipe.name.replace('-', '_')}.py").is_file()


@every_recipe
def test_a_recipe_asks_something_about_a_harbour(recipe):
    assert made(recipe)


@every_recipe
@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_recipe_makes_can_be_asked(recipe, seed):
    facts = {fact.id: fact for fact in FACTS}
    assert [problem for question in made(recipe, seed=seed) for problem in check_question(question, facts)] == []


@every_recipe
@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_recipe_makes_breaks_no_rule_that_blocks_publishing(recipe, seed):
    bank = build_bank(make_fact_base(FACTS, f"harbour-{seed}", groups=GROUPS), [recipe])
    assert [finding for finding in check_bank(bank) if finding.severity is Severity.ERROR] == []


@every_recipe
def test_the_same_seed_makes_the_same_questions(recipe):
    assert made(recipe) == made(recipe)


@every_recipe
def test_ids_are_made_of_fact_or_group_and_recipe(recipe):
    for question in made(recipe):
        about, _, name = question.id.rpartition(".")
        assert name == recipe.name
        assert about == question.fact if len(question.facts) == 1 else re.fullmatch(r"[a-z0-9-]+", about)


@every_recipe
def test_questions_come_in_the_order_of_their_facts_or_groups(recipe):
    ids = [fact.id for fact in FACTS]
    places = [ids.index(question.fact) for question in made(recipe) if len(question.facts) == 1]
    assert places == sorted(places)


@every_recipe
def test_a_fact_that_comes_first_in_the_file_changes_no_id(recipe):
    newcomer = make_fact(
        "berth-0",
        kind="place",
        value_text="the Far Mole",
        statement="The boat Heron lay at {the Far Mole}.",
        ask="where did the boat Heron lie?",
        value_of="the berth of the boat Heron",
        relation="berth",
        group="boats by berth",
    )
    before = {question.id for question in made(recipe)}
    after = {question.id for question in made(recipe, make_fact_base([newcomer, *FACTS], groups=GROUPS))}
    assert before <= after


@every_recipe
def test_a_question_on_somebodys_word_names_them_or_asks_for_them(recipe):
    names = {"harbour-master": "Quay", "fishers": "fishers"}
    for question in made(recipe):
        if question.speaker and recipe.angle is not Angle.VOICE:
            assert names[question.speaker] in question.stem


@every_recipe
def test_which_facts_are_asked_does_not_hang_on_the_seed(recipe):
    counts = {len(made(recipe, seed=seed)) for seed in SEEDS}
    assert len(counts) == 1


@every_recipe
def test_a_question_takes_over_what_its_fact_knows_about_itself(recipe):
    facts = {fact.id: fact for fact in FACTS}
    for question in made(recipe):
        fact = facts[question.fact]
        if len(question.facts) > 1:
            continue
        assert (question.topic, question.speaker, question.status, question.scored, question.recipe) == (
            fact.topic,
            fact.speaker,
            fact.status,
            fact.scored,
            recipe.name,
        )


@every_recipe
def test_what_was_overtaken_is_never_scored(recipe):
    facts = [
        make_fact(f"catch-{n}", value_text=f"{n} tons", status=Status.OUTDATED, note="Long ago.") for n in (3, 4, 5, 7)
    ]
    assert not any(question.scored for question in made(recipe, make_fact_base(facts)))


@every_recipe
@pytest.mark.parametrize(
    "facts", [[], [make_fact(value=None, ask="", value_of="", relation="", statement="Ice.", kind="event")]]
)
def test_a_recipe_that_finds_nothing_makes_nothing_or_little(recipe, facts):
    assert len(made(recipe, make_fact_base(facts))) <= len(facts)
