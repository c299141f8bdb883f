from decimal import Decimal

import pytest

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.question_types.numeric import Numeric
from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.questions.recipes.type_number import TypeNumber
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import harbour_facts, make_fact, make_fact_base

ORDER = SeededOrder(1)


def made(*facts):
    return list(TypeNumber().questions(make_fact_base(facts), ORDER))


def test_every_number_is_asked_and_nothing_else():
    numbers = [fact.id for fact in harbour_facts() if fact.value and fact.value.quantity]
    assert [question.fact for question in made(*harbour_facts())] == numbers


@pytest.mark.parametrize(
    ("kind", "text"), [(FactKind.DATE, "1988"), (FactKind.PLACE, "5 Dock Street"), (FactKind.CAUSE, "the cold")]
)
def test_years_and_names_are_not_typed(kind, text):
    assert made(make_fact(kind=kind, value_text=text)) == []


@pytest.mark.parametrize(
    "text", ["40 tons", "some 10,000 troops", "$360 million", "nearly five months", "57.9 kilometers", "a dozen boats"]
)
def test_the_words_of_the_fact_are_a_right_response(text):
    body = made(make_fact(value_text=text))[0].body
    reading = Numeric().read({"response": text}, body, ORDER)
    assert isinstance(reading, Given)
    assert Numeric().grade(body, reading.response).score == 1
    assert Numeric().problems(body) == []


def test_hedge_and_unit_are_shown_and_the_number_is_the_facts():
    body = made(make_fact(value_text="some $360 million"))[0].body
    assert (body.number, body.unit, body.hedge, body.scale) == ("360000000", "dollars", "some", 1_000_000)


def test_the_number_of_another_fact_is_a_known_mix_up():
    body = made(make_fact("a", value_text="40 tons"), make_fact("b", value_text="15 tons"))[0].body
    assert [(near.number, near.fact) for near in body.near] == [("15", "b")]
    assert "the catch of b" in body.near[0].reason


def test_the_same_number_elsewhere_is_no_mix_up():
    body = made(make_fact("a", value_text="40 tons"), make_fact("b", value_text="forty tons"))[0].body
    assert body.near == ()


def test_no_near_number_is_right():
    for question in made(*harbour_facts()):
        assert Decimal(question.body.number) not in [Decimal(near.number) for near in question.body.near]
