from collections import Counter

import pytest

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.recipes.own_voice_or_not import OwnVoiceOrNot
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import SIDES, boat_facts, harbour_facts, make_claim, make_fact, make_fact_base

CLAIMS = [
    *(make_claim(f"quay-{number}") for number in range(5)),
    *(make_claim(f"union-{number}", "fishers") for number in range(3)),
]


def reason(fact_id="late", **changes):
    values = {
        "kind": FactKind.CAUSE,
        "value_text": "a hard frost",
        "statement": "The boat came late in {a hard frost}.",
    }
    return make_fact(fact_id, **values | changes)


def made(facts, seed=1, **source):
    return list(OwnVoiceOrNot().questions(make_fact_base(facts, **source), SeededOrder(seed)))


@pytest.mark.parametrize("seed", range(10))
def test_each_voice_is_the_key_equally_often(seed):
    keys = Counter(question.body.key for question in made([*CLAIMS, *boat_facts()], seed))
    assert keys == {
        "As its own statement": 3,
        "As the word of the harbour board": 3,
        "As the word of the fishers’ union": 3,
    }


def test_every_question_offers_every_voice():
    for question in made([*CLAIMS, *boat_facts()]):
        assert len(set(SingleChoice().options(question.body))) == len(SIDES) + 1


def test_the_statement_goes_on_after_that_and_names_no_voice():
    stems = {question.fact: question.stem for question in made([make_claim(), make_claim("pay", "fishers"), reason()])}
    assert stems["ice-claim"] == "How does the article give the statement that the ice of ice-claim would melt?"
    assert stems["late"] == "How does the article give the statement that the boat came late in a hard frost?"


def test_the_explanation_names_the_speaker_and_the_side():
    told = {
        question.fact: question.explanation for question in made([make_claim(), make_claim("pay", "fishers"), reason()])
    }
    assert "Quay" in told["ice-claim"]
    assert "the harbour board" in told["ice-claim"]
    assert "nobody’s word" in told["late"]


@pytest.mark.parametrize(
    "unfit",
    [
        reason("x", statement="Frost made it late: {a hard frost}."),
        reason("x", statement="The article speaks of {a hard frost}."),
        reason("x", status=Status.CONTRADICTED, note="No."),
        make_claim("x", said="the ice was “bitter”"),
        make_claim("x", "both"),
        make_fact("x", statement="The boats landed {40 tons}."),
    ],
    ids=["may open with a name", "tells of itself", "contradicted", "quotes", "both sides", "no judgement"],
)
def test_what_gives_its_voice_away_or_is_no_judgement_is_not_asked(unfit):
    facts = [make_claim(), make_claim("pay", "fishers"), reason(), unfit]
    assert "x" not in {question.fact for seed in range(10) for question in made(facts, seed)}


def test_one_side_alone_is_not_asked():
    assert made([*harbour_facts(), reason()], sides=SIDES[:1]) == []
