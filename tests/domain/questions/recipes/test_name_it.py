import pytest

from quizapp.domain.facts.fact import FactKind, make_value
from quizapp.domain.questions.question_types.short_answer import is_accepted, named_other
from quizapp.domain.questions.recipes.name_it import NameIt
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import boat_facts, make_fact, make_fact_base

NAMED = ("berth", "master", "owner", "year-of-building")


def made(facts):
    return list(NameIt().questions(make_fact_base(facts), SeededOrder(1)))


def test_names_and_dates_are_typed_and_nothing_else_is():
    wanted = [fact.id for fact in boat_facts() if fact.id.startswith(NAMED)]
    assert [question.fact for question in made(boat_facts())] == wanted


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FactKind.QUANTITY, "40 tons"),
        (FactKind.CAUSE, "a hard frost"),
        (FactKind.PLACE, "the far end of the long mole"),
    ],
)
def test_numbers_reasons_and_long_names_are_left_to_others(kind, text):
    assert made([make_fact(kind=kind, value_text=text)]) == []


def test_the_value_and_its_other_spellings_are_accepted():
    value = make_value(FactKind.PLACE, "the Old Pier", ("North Quay",))
    body = made([make_fact(kind=FactKind.PLACE, value=value)])[0].body
    assert all(is_accepted(typed, body) for typed in ("the Old Pier", "old pier", "North Quay"))
    assert not is_accepted("Gull Island", body)


def test_the_value_of_another_fact_is_known_as_a_mix_up():
    body = made(boat_facts())[0].body
    other = named_other("Gull Island", body)
    assert other.fact == "berth-2"
    assert "the berth of the boat Tern" in other.reason


def test_the_question_asks_what_the_article_says():
    assert {question.stem.startswith("In the article, ") for question in made(boat_facts())} == {True}
