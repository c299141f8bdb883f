import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.seeded_order import MAX_SEED, SeededOrder

SEEDS = st.integers(0, MAX_SEED)
NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), unique=True, max_size=12)


@given(SEEDS, NAMES)
def test_nothing_is_lost_and_nothing_is_added(seed, names):
    assert sorted(SeededOrder(seed).of(names)) == sorted(names)


@given(SEEDS, NAMES, st.text("newcomer", min_size=20))
def test_adding_one_thing_leaves_the_order_of_the_others_alone(seed, names, newcomer):
    order = SeededOrder(seed)
    assert [name for name in order.of([*names, newcomer]) if name != newcomer] == order.of(names)


@given(SEEDS, NAMES)
def test_the_order_does_not_depend_on_the_order_of_the_input(seed, names):
    assert SeededOrder(seed).of(names) == SeededOrder(seed).of(reversed(names))


@given(SEEDS, st.text("abc"), st.integers(1, 1_000))
def test_a_drawn_number_is_below_its_bound(seed, name, below):
    assert 0 <= SeededOrder(seed).number(name, below) < below


def test_things_are_told_apart_by_the_name_given():
    pairs = [("a", 1), ("b", 2), ("c", 3)]
    assert [pair[1] for pair in SeededOrder(1).of(pairs, name=lambda pair: pair[0])] == [
        {"a": 1, "b": 2, "c": 3}[letter] for letter in SeededOrder(1).of("abc")
    ]


def test_the_order_of_a_seed_never_changes_between_versions():
    assert SeededOrder(7).of(["apple", "boat", "crane", "dock"]) == ["apple", "crane", "dock", "boat"]


@pytest.mark.parametrize("make", [lambda n: SeededOrder(n), lambda n: SeededOrder(1).within(n)])
def test_every_place_is_reached_about_equally_often(make):
    firsts = [make(number).of("abcd")[0] for number in range(400)]
    assert all(70 < firsts.count(letter) < 130 for letter in "abcd")


def test_parts_have_orders_of_their_own():
    letters = "abcdefgh"
    whole = SeededOrder(1)
    assert len({tuple(whole.within(part).of(letters)) for part in range(20)}) == 20
