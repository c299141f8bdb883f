import pytest

from quizapp.domain.facts.fact import FactKind, make_value
from quizapp.domain.questions.recipes.typed_answers import accepted_forms, named_otherwise, unquoted
from tests.factories import boat_facts, make_claim, make_fact, make_fact_base


def place(fact_id, text, accept=(), **changes):
    value = make_value(FactKind.PLACE, text, accept)
    return make_fact(fact_id, **{"kind": FactKind.PLACE, "value": value, "relation": "berth"} | changes)


def named(fact, *others):
    return {one.text: one.fact for one in named_otherwise(fact, make_fact_base([fact, *others]))}


def test_the_forms_that_a_fact_names_are_accepted():
    fact = place("a", "the Old Pier", ("North Quay",))
    assert accepted_forms(fact, make_fact_base([fact])) == ("North Quay",)


def test_the_names_of_a_speaker_are_accepted():
    fact = make_fact(kind=FactKind.PERSON, value_text="Ada Quay")
    assert "Quay" in accepted_forms(fact, make_fact_base([fact]))


def test_values_of_the_same_kind_are_known_as_something_else_with_their_spellings():
    assert named(place("a", "the Old Pier"), place("b", "Crab Bay", ("Crab Cove",))) == {
        "Crab Bay": "b",
        "Crab Cove": "b",
    }


@pytest.mark.parametrize(
    "other",
    [
        place("b", "Old Pier"),
        place("b", "North Quay"),
        place("b", "Crab Bay", not_with=frozenset({"a"})),
        make_fact("b", kind=FactKind.ORGANISATION, value_text="Crab Bay"),
        make_claim("b"),
    ],
    ids=["the same words", "an accepted form", "right too", "another kind", "no value"],
)
def test_what_is_right_or_no_such_thing_is_not_something_else(other):
    assert named(place("a", "the Old Pier", ("North Quay",)), other) == {}


def test_phrases_are_mixed_up_only_within_their_relation():
    reason = next(fact for fact in boat_facts() if fact.id == "reason-1")
    assert set(named(reason, *boat_facts()).values()) == {"reason-2", "reason-3"}


def test_a_claim_has_no_typed_answer():
    assert accepted_forms(make_claim(), make_fact_base([])) == named_otherwise(make_claim(), make_fact_base([])) == ()


@pytest.mark.parametrize(
    ("text", "typed"),
    [("“cold”", "cold"), ("cold", "cold"), ("so “cold”", "so “cold”"), ("“a” and “b”", "“a” and “b”")],
)
def test_only_marks_around_the_whole_come_off(text, typed):
    assert unquoted(text) == typed
