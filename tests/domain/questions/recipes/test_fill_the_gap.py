import pytest

from quizapp.domain.facts.fact import FactKind, Status, make_value
from quizapp.domain.questions.question_types.cloze import GAP, Cloze
from quizapp.domain.questions.question_types.short_answer import is_accepted
from quizapp.domain.questions.recipes.fill_the_gap import FillTheGap
from quizapp.domain.questions.recipes.name_it import NameIt
from quizapp.domain.questions.recipes.type_number import TypeNumber
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import boat_facts, harbour_facts, make_fact, make_fact_base

ORDER = SeededOrder(1)


def made(*facts):
    return list(FillTheGap().questions(make_fact_base(facts), ORDER))


def words(text, **changes):
    values = {"kind": FactKind.CLAIM, "value_text": text, "statement": f"The crew spoke of {{{text}}} that day."}
    return make_fact("told", **values | changes)


def test_every_value_is_recalled_in_one_way_only():
    base = make_fact_base([*harbour_facts(), *boat_facts()])
    asked = [one.fact for recipe in (FillTheGap(), NameIt(), TypeNumber()) for one in recipe.questions(base, ORDER)]
    assert sorted(asked) == sorted(fact.id for fact in base.facts if fact.value)


def test_the_statement_with_its_value_left_out_is_the_question():
    question = made(words("a hard frost"))[0]
    assert question.stem == f"According to the article: The crew spoke of {GAP} that day."
    assert question.body.sentence == question.stem
    assert Cloze().problems(question.body) == []


def test_a_statement_that_names_its_speaker_needs_no_more():
    fact = words("a hard frost", speaker="harbour-master", statement="Quay spoke of {a hard frost}.")
    assert made(fact)[0].stem == f"Quay spoke of {GAP}."


def test_a_statement_about_the_article_needs_no_more():
    fact = words("a hard frost", statement="The article speaks of {a hard frost}.")
    assert made(fact)[0].stem == f"The article speaks of {GAP}."


def test_quotation_marks_stay_outside_the_gap():
    question = made(words("“bitter cold”"))[0]
    assert f"“{GAP}”" in question.stem
    assert question.body.gaps[0].answer == "bitter cold"
    assert all(is_accepted(typed, question.body.gaps[0]) for typed in ("bitter cold", "“bitter cold”"))


@pytest.mark.parametrize("text", ["naming a “cold spell”", "“cold” and “wet”"])
def test_quotation_marks_within_a_value_stay_whole(text):
    question = made(words(text))[0]
    assert question.body.gaps[0].answer == text
    assert question.stem.count("“") == question.stem.count("”") == 0


def test_other_wordings_are_accepted():
    value = make_value(FactKind.CAUSE, "a hard frost", ("the cold",))
    gap = made(words("a hard frost", kind=FactKind.CAUSE, value=value))[0].body.gaps[0]
    assert all(is_accepted(typed, gap) for typed in ("hard frost", "cold"))


@pytest.mark.parametrize(
    "changes",
    [
        {"value_text": "one two three four five six seven"},
        {"value_text": "40 tons", "kind": FactKind.QUANTITY},
        {"value_text": "the Old Pier", "kind": FactKind.PLACE},
        {"status": Status.CONTRADICTED, "note": "No."},
        {"value": None},
    ],
    ids=["too long", "a number", "a name", "contradicted", "no value"],
)
def test_what_cannot_be_filled_in_from_memory_is_left_out(changes):
    assert made(words(changes.pop("value_text", "a hard frost"), **changes)) == []
