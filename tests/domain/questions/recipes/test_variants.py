from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.fact import MONTHS, FactKind, make_value
from quizapp.domain.questions.recipes.variants import date_variants, near_numbers, number_variants
from quizapp.domain.seeded_order import SeededOrder

ORDER = SeededOrder(1)


@given(st.integers(2, 10**9).map(Decimal) | st.decimals("1.1", "999", places=1))
def test_near_numbers_are_others_within_a_third_and_three_times(number):
    found = near_numbers(number)
    assert number not in found
    assert len(found) == len(set(found))
    assert all(number / 4 <= other <= number * 4 for other in found)


@pytest.mark.parametrize(("number", "unlike"), [("10000", 1_000), ("360", 10), ("40", 5)])
def test_near_numbers_are_as_round_as_the_number(number, unlike):
    assert all(other % unlike == 0 for other in near_numbers(Decimal(number)))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("some 10,000 troops", "some ", ",000 troops"),
        ("$360 million", "$", " million"),
        ("nearly five months", "nearly ", " months"),
        ("57.9 kilometers", "", " kilometers"),
    ],
)
def test_hedge_unit_and_form_stay(text, start, end):
    found = number_variants(make_value(FactKind.QUANTITY, text), ORDER)
    assert len(found) >= 3
    assert text not in found
    assert all(one.startswith(start) and one.endswith(end) for one in found)


@pytest.mark.parametrize("text", ["a few boats", "the Old Pier"])
def test_what_is_no_number_has_no_variants(text):
    assert number_variants(make_value(FactKind.CAUSE, text), ORDER) == []


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("late March", {f"late {month}" for month in MONTHS if month != "March"}),
        ("1988", {"1985", "1986", "1987", "1989", "1990", "1991"}),
        ("last winter", {"last spring", "last summer", "last autumn"}),
        ("next week", set()),
    ],
)
def test_another_date_of_the_same_form_takes_the_place(text, some):
    assert set(date_variants(text, ORDER)) == some


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("text", ["the early 1990s", "the late 1980s"])
def test_halves_of_decades_are_offered_so_that_none_shares_more_than_the_others(text, seed):
    found = [text, *date_variants(text, SeededOrder(seed))]
    halves, decades = zip(*(one.removeprefix("the ").split() for one in found), strict=True)
    assert len(set(found)) == 4
    assert {halves.count("early"), *map(decades.count, decades)} == {2}


def test_the_neighbour_of_a_decade_is_now_before_and_now_after_it():
    found = {one for seed in range(20) for one in date_variants("the early 1990s", SeededOrder(seed))}
    assert {"the early 1980s", "the early 2000s"} <= found
