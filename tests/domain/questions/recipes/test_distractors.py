from decimal import Decimal

import pytest

from quizapp.domain.facts.fact import FactKind, Status, make_value
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.recipes.distractors import (
    NOT_IN_FACTS,
    WANTED,
    borrowed_facts,
    option_order,
    place_in_order,
    value_distractors,
)
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import make_fact, make_fact_base

SEEDS = range(25)


def berth(fact_id, text, accept=(), **changes):
    values = {
        "kind": FactKind.PLACE,
        "statement": f"The boat of {fact_id} lay at {{{text}}}, near Mill Bridge.",
        "value": make_value(changes.get("kind", FactKind.PLACE), text, accept),
        "ask": f"where did the boat of {fact_id} lie?",
        "value_of": f"the berth of {fact_id}",
        "relation": "berth",
    }
    return make_fact(fact_id, **values | changes)


KEY = berth("asked", "the Old Pier", ("North Quay",))
OTHERS = [berth("one", "the South Pier"), berth("two", "Gull Island")]


def catch(fact_id, text, **changes):
    return make_fact(fact_id, value_text=text, **changes)


def options(fact, others, seed=1):
    return value_distractors(fact, make_fact_base([fact, *others]), SeededOrder(seed).within(fact.id))


def offered(fact, others):
    return {one.text for seed in SEEDS for one in options(fact, others, seed)}


def test_a_value_of_the_same_relation_is_offered_with_its_reason_and_fact():
    found = {one.fact: one for one in options(KEY, OTHERS)}
    assert set(found) == {"one", "two"}
    assert found["one"].text == "the South Pier"
    assert "the berth of one" in found["one"].reason
    assert "(paragraph 3)" in found["one"].reason


@pytest.mark.parametrize(
    "intruder",
    [
        pytest.param(berth("x", "North Quay"), id="another spelling of the key"),
        pytest.param(berth("x", "Elsewhere", ("north quay",)), id="another spelling of both"),
        pytest.param(berth("x", "The Old Pier"), id="the key itself"),
        pytest.param(berth("x", "the Old Pier Inn"), id="holds the key"),
        pytest.param(berth("x", "Old Pier"), id="is held by the key"),
        pytest.param(berth("x", "Mill Bridge"), id="stands in the sentence anyway"),
        pytest.param(berth("x", "the far end", ("Mill Bridge",)), id="a spelling stands in the sentence"),
        pytest.param(berth("x", "Crab Bay", not_with=frozenset({"asked"})), id="the other names it in not_with"),
        pytest.param(berth("x", "Crab Bay", status=Status.CONTRADICTED, note="No."), id="contradicted"),
        pytest.param(berth("x", "Pier " + "and Pier " * 9), id="far longer than the key"),
        pytest.param(berth("x", "Rum"), id="far shorter than the key"),
        pytest.param(berth("x", "Ada Quay & Co", kind=FactKind.ORGANISATION), id="of another kind"),
        pytest.param(berth("x", "the cold", kind=FactKind.CAUSE), id="a phrase"),
        pytest.param(catch("x", "40 tons"), id="a number"),
    ],
)
def test_what_would_be_right_too_or_gives_itself_away_is_never_offered(intruder):
    assert offered(KEY, [*OTHERS, intruder]).isdisjoint({intruder.value.text})


def test_what_the_key_names_in_not_with_is_never_offered():
    key = berth("asked", "the Old Pier", not_with=frozenset({"x"}))
    assert "Crab Bay" not in offered(key, [*OTHERS, berth("x", "Crab Bay")])
    assert "Crab Bay" in offered(KEY, [*OTHERS, berth("x", "Crab Bay")])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_options_are_the_same_or_hold_one_another(seed):
    twins = [
        berth("a", "Crab Bay"),
        berth("b", "crab bay"),
        berth("c", "Crab Bay Inn"),
        berth("d", "Gull Cove", ("CRAB BAY",)),
    ]
    texts = [fold(one.text) for one in options(KEY, [*OTHERS, *twins], seed)]
    assert len(texts) == len(set(texts)) == WANTED
    assert sum("crab" in text or "cove" in text for text in texts) <= 1


def test_one_number_in_two_spellings_is_one_option():
    twins = [catch("a", "40 tons"), catch("b", "forty tons"), catch("c", "some 40 tons")]
    texts = [one.text for one in options(catch("asked", "15 tons"), twins)]
    assert sum(text in {"40 tons", "forty tons", "some 40 tons"} for text in texts) == 1


def test_values_of_the_same_relation_come_before_others():
    far = [catch(f"far-{n}", f"{n} tons", relation="freight") for n in range(50, 70)]
    near = [catch(f"near-{n}", f"{n} tons") for n in (12, 26, 90)]
    assert {one.fact for one in options(catch("asked", "40 tons"), [*far, *near])} == {"near-12", "near-26", "near-90"}


@pytest.mark.parametrize(
    "text", ["40 tons", "some 10,000 tons", "nearly five months", "$360 million", "57.9 kilometers", "44 days"]
)
def test_numbers_that_nobody_gave_fill_up_in_the_form_of_the_key(text):
    fact = catch("asked", text)
    for seed in SEEDS:
        found = options(fact, [], seed)
        assert len(found) == WANTED
        for one in found:
            assert (one.reason, one.fact) == (NOT_IN_FACTS, None)
            value = make_value(FactKind.QUANTITY, one.text)
            assert value.kind == fact.value.kind
            assert (value.quantity.hedge, value.quantity.scale) == (
                fact.value.quantity.hedge,
                fact.value.quantity.scale,
            )
            assert Decimal("0.25") <= value.quantity.number / fact.value.quantity.number <= 4
            assert value.quantity.number != fact.value.quantity.number


@pytest.mark.parametrize(
    ("text", "shape"), [("March", "month"), ("Friday", "weekday"), ("1988", "year"), ("May 1990", "month")]
)
def test_dates_that_nobody_gave_fill_up_in_the_form_of_the_key(text, shape):
    fact = catch("asked", text, kind=FactKind.DATE)
    for seed in SEEDS:
        found = options(fact, [], seed)
        assert len({one.text for one in found} - {text}) == WANTED
        assert {make_value(FactKind.DATE, one.text).kind for one in found} == {f"date by {shape}"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [("40 tons", "20 tons"), ("40 tons", "60 tons"), ("40 tons", "twenty tons"), ("five months", "6 months")],
)
def test_a_number_that_another_sentence_gives_is_not_called_nobodys(text, stated):
    other = catch("other", stated, not_with=frozenset({"asked"}))
    nobodys = {
        make_value(FactKind.QUANTITY, one.text).quantity.number
        for seed in SEEDS
        for one in options(catch("asked", text), [other], seed)
        if one.fact is None
    }
    assert nobodys
    assert other.value.quantity.number not in nobodys


@pytest.mark.parametrize(
    ("kind", "text", "statement", "unfit"),
    [
        (FactKind.DATE, "April", "The ice that came in March broke in {April}.", "March"),
        (FactKind.DATE, "1988", "Four years after 1986 the pier of {1988} stood.", "1986"),
        (FactKind.QUANTITY, "40 tons", "After 30 tons of coal the boats landed {40 tons}.", "30 tons"),
        (FactKind.QUANTITY, "four boats", "Besides five boats of the board came {four boats}.", "five boats"),
    ],
)
def test_an_invented_value_never_stands_in_the_sentence_anyway(kind, text, statement, unfit):
    assert unfit not in offered(catch("asked", text, kind=kind, statement=statement), [])


def test_what_has_too_few_wrong_options_offers_them_all_the_same():
    assert len(options(KEY, OTHERS[:1])) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_borrowed_facts_exist_and_are_other_facts(seed):
    facts = [catch(f"catch-{n}", f"{n} tons") for n in range(10, 40)]
    found = borrowed_facts(facts[0], make_fact_base(facts), SeededOrder(seed))
    assert facts[0] not in found
    assert set(found) <= set(facts)


@pytest.mark.parametrize(
    "texts",
    [
        ["January", "late March", "December"],
        ["Monday", "last Thursday", "Sunday"],
        ["the early 1980s", "1988", "the early 1990s", "1994", "the late 1990s", "2020"],
        ["the spring", "the autumn", "the winter"],
    ],
)
def test_dates_have_an_order_of_their_own(texts):
    assert sorted(texts, key=place_in_order) == texts


@pytest.mark.parametrize("texts", [["2 tons", "15 tons", "1,000 tons"], ["two boats", "five boats", "19 boats"]])
def test_numbers_stand_by_size(texts):
    assert sorted(texts, key=option_order) == texts


@pytest.mark.parametrize("text", ["last week", "recently", "Maypole", "20200"])
def test_other_words_have_no_order(text):
    assert place_in_order(text) is None


@pytest.mark.parametrize("text", ["five months", "$360 million", "44 days"])
def test_the_key_of_invented_numbers_stands_at_every_rank(text):
    ranks = []
    for seed in range(200):
        fact = catch(f"asked-{seed}", text)
        ranks.append(sum(option_order(one.text) < option_order(text) for one in options(fact, [], seed)))
    assert all(30 < ranks.count(rank) < 80 for rank in range(WANTED + 1))


def said(fact_id, text, speaker):
    return catch(fact_id, text, kind=FactKind.CLAIM, relation="what is said", speaker=speaker)


def test_nobody_is_offered_what_the_other_side_said():
    mine = said("asked", "the ice is thick", "harbour-master")
    others = [
        said("own", "the pay is late", "harbour-master"),
        said("theirs", "the dock is shut", "fishers"),
        said("both", "the sea is high", "both"),
        said("paper", "the fish is dear", None),
    ]
    assert {one.fact for one in options(mine, others)} == {"own", "both", "paper"}


def test_a_number_that_the_other_side_gave_may_be_offered():
    mine = catch("asked", "40 tons", speaker="harbour-master")
    assert "theirs" in {one.fact for one in options(mine, [catch("theirs", "15 tons", speaker="fishers")])}


def test_of_many_dates_those_are_borrowed_that_leave_the_key_no_favourite_place():
    months = ["January", "February", "March", "August", "October", "November"]
    others = [catch(f"in-{month}", month, kind=FactKind.DATE) for month in months]
    ranks = []
    for seed in range(200):
        fact = catch("asked", "May", kind=FactKind.DATE)
        found = options(fact, others, seed)
        assert all(one.fact for one in found)
        ranks.append(sum(option_order(one.text) < option_order("May") for one in found))
    assert all(30 < ranks.count(rank) < 80 for rank in range(WANTED + 1))
