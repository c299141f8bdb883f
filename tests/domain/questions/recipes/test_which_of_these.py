import pytest

from quizapp.domain.facts.fact import FactKind, Group
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoice
from quizapp.domain.questions.recipes.which_of_these import WhichOfThese
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import EASTERN, boat_facts, make_fact, make_fact_base

SEEDS = range(10)


def made(facts, *groups, seed=1):
    return list(WhichOfThese().questions(make_fact_base(facts, groups=groups), SeededOrder(seed)))


def test_the_members_are_the_keys_and_values_of_the_same_relation_the_others():
    body = made(boat_facts(), EASTERN)[0].body
    assert body.keys == ("the Old Pier", "the East Quay")
    assert {one.text for one in body.distractors} == {"Gull Island", "Crab Bay"}
    assert all("the berth of" in one.reason for one in body.distractors)
    assert MultipleChoice().problems(body) == []


def test_the_stem_says_what_the_list_is_of():
    assert made(boat_facts(), EASTERN)[0].stem == "In the article, which of these berths lie in the east?"


def test_a_group_that_no_list_is_asked_of_is_left_out():
    assert made(boat_facts(), Group("boats by berth", match="which berth goes with each boat?")) == []


def test_wrong_options_come_from_the_relations_that_the_group_names():
    group = Group("boats by berth", which="where did boats lie?", among=("owner",))
    assert {one.text for one in made(boat_facts(), group)[0].body.distractors} <= {
        "the Rope Works",
        "the Net Guild",
        "the Bank",
    }


def test_one_key_or_one_other_is_too_few():
    assert made(boat_facts(), Group("one", facts=("berth-1",), which="where?")) == []
    assert made(boat_facts(), Group("three", facts=("berth-1", "berth-2", "berth-3"), which="where?")) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "changes",
    [
        {"value_text": "the Old Pier"},
        {"value_text": "the Old Pier Inn"},
        {"not_with": frozenset({"berth-4"})},
        {"kind": FactKind.ORGANISATION},
        {"relation": "shelter"},
    ],
    ids=["a key", "holds a key", "right too", "another kind", "another relation"],
)
def test_what_may_be_right_or_is_no_such_thing_is_never_offered(changes, seed):
    values = {"kind": FactKind.PLACE, "value_text": "Seal Rock", "relation": "berth"}
    intruder = make_fact("intruder", **values | changes)
    body = made([*boat_facts(), intruder], EASTERN, seed=seed)[0].body
    assert "intruder" not in [one.fact for one in body.distractors]


def test_the_words_of_the_other_side_are_never_offered():
    said = [
        make_fact(f"said-{n}", kind=FactKind.CLAIM, value_text=f"claim number {n}", speaker=speaker, relation="claims")
        for n, speaker in enumerate(("fishers", "fishers", "harbour-master", "harbour-master", "fishers", "fishers"))
    ]
    group = Group("of the union", facts=("said-0", "said-1"), which="which of these did the fishers’ union say?")
    assert {one.fact for one in made(said, group)[0].body.distractors} == {"said-4", "said-5"}
