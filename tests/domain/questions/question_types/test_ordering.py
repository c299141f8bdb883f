from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.ordering import OrderedItem, Ordering, OrderingBody
from quizapp.domain.questions.question_types.question_type import Given, Grade, NotGradable, Omitted
from quizapp.domain.seeded_order import SeededOrder

KIND = Ordering()
BODY = Ordering.example
ORDER = SeededOrder(1)
PARTLY_FIXED = OrderingBody(
    tuple(OrderedItem(name, name) for name in ("flood", "fire", "strike", "bridge")), ((0, 1), (0, 2), (0, 3), (1, 3))
)


def body_of(items, fixed=None):
    pairs = tuple(combinations(range(items), 2)) if fixed is None else tuple(fixed)
    return OrderingBody(tuple(OrderedItem(f"item {n}", f"fact-{n}") for n in range(items)), pairs)


BODIES = st.integers(3, 6).flatmap(
    lambda items: st.sets(st.sampled_from(list(combinations(range(items), 2))), min_size=1).map(
        lambda pairs: body_of(items, sorted(pairs))
    )
)


def score(order, body=BODY):
    return KIND.grade(body, {"order": list(order)}).score


def ranked(ranks, body=BODY, order=ORDER):
    """Send for each item (by its index) the place given to it, as the page of this order would."""
    return {f"response-{row.place}": str(ranks[row.index]) for row in KIND.present(body, order)}


@pytest.mark.parametrize(
    ("order", "expected"),
    [((0, 1, 2), 1), ((0, 2, 1), 1 / 3), ((1, 0, 2), 1 / 3), ((1, 2, 0), 0), ((2, 0, 1), 0), ((2, 1, 0), 0)],
)
def test_the_score_is_kendalls_tau_and_never_below_zero(order, expected):
    assert score(order) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((0, 1, 2, 3), 1), ((0, 2, 1, 3), 1), ((0, 1, 3, 2), 1),
        ((1, 0, 2, 3), 0.5), ((0, 2, 3, 1), 0.5), ((2, 0, 1, 3), 0.5), ((3, 2, 1, 0), 0),
    ],
)  # fmt: skip
def test_only_pairs_whose_order_the_source_fixes_count(order, expected):
    assert score(order, PARTLY_FIXED) == expected


@given(BODIES, st.data())
def test_no_score_leaves_its_bounds_and_one_means_that_no_pair_is_the_wrong_way_round(body, data):
    order = data.draw(st.permutations(range(len(body.items))))
    wrong = sum(order.index(one) > order.index(other) for one, other in body.fixed)
    assert 0 <= score(order, body) <= 1
    assert (score(order, body) == 1) == (wrong == 0)
    assert score(range(len(body.items)), body) == 1
    assert score(range(len(body.items))[::-1], body) == 0


@pytest.mark.parametrize("items", [3, 4, 5])
def test_an_order_at_random_wins_less_than_a_third(items):
    scores = [score(order, body_of(items)) for order in permutations(range(items))]
    assert sum(scores) / len(scores) < 1 / 3


@given(BODIES, st.data())
def test_an_item_is_marked_exactly_when_it_stands_elsewhere_and_on_the_wrong_side_of_another(body, data):
    order = data.draw(st.permutations(range(len(body.items))))
    misplaced = KIND.misplaced(body, {"order": order})
    assert bool(misplaced) == (score(order, body) < 1)
    for index in misplaced:
        assert order[index] != index
        assert any(index in pair for pair in body.fixed)


def test_another_order_of_what_the_source_leaves_open_is_marked_right():
    assert KIND.misplaced(PARTLY_FIXED, {"order": [0, 2, 1, 3]}) == set()
    assert KIND.misplaced(PARTLY_FIXED, {"order": [1, 0, 2, 3]}) == {0, 1}


def test_the_first_wrong_pair_gives_the_reason_and_a_wrong_order_borrows_from_no_fact():
    assert KIND.grade(BODY, {"order": [0, 2, 1]}) == Grade(pytest.approx(1 / 3), "“Kepler” comes before “Newton”.")


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_is_the_order_of_the_places_given(seed):
    order = SeededOrder(seed)
    assert KIND.read(ranked({0: 2, 1: 3, 2: 1}, order=order), BODY, order) == Given({"order": [2, 0, 1]})


@given(st.integers())
def test_every_item_is_shown_once(seed):
    assert sorted(row.text for row in KIND.present(BODY, SeededOrder(seed))) == ["Copernicus", "Kepler", "Newton"]


def test_the_items_are_shown_in_every_order_about_equally_often():
    shown = [tuple(row.index for row in KIND.present(BODY, SeededOrder(seed))) for seed in range(600)]
    assert all(60 < shown.count(order) < 140 for order in permutations(range(3)))


@pytest.mark.parametrize(
    "ranks",
    [("1", "1", "1"), ("1", "2", "2"), ("1", "2", ""), ("1", "", ""), ("0", "1", "2"), ("1", "2", "4"),
     ("１", "2", "3"),
     ("1", "2", "third"), ("1", "2", "3.0"), ("1", "2", "\x00"), ("1", "2", "3" * 5_000)],
)  # fmt: skip
def test_places_that_are_no_order_are_not_gradable(ranks):
    form = {f"response-{place}": rank for place, rank in enumerate(ranks, 1)}
    assert KIND.read(form, BODY, ORDER) == NotGradable("Give each a different place, from 1 to 3.")


@pytest.mark.parametrize("form", [{}, {"response": "1"}, {"response-1": " "}, {"response-4": "1"}])
def test_no_place_given_is_omitted(form):
    assert KIND.read(form, BODY, ORDER) == Omitted()


def test_orders_are_told_with_arrows():
    assert KIND.key(BODY) == ["Copernicus", "Kepler", "Newton"]
    assert KIND.answer_text(BODY) == "Copernicus → Kepler → Newton"
    assert KIND.response_text(BODY, {"order": [2, 0, 1]}) == "Newton → Copernicus → Kepler"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": BODY.items[:2]}, "it needs 3 to 8 items."),
        ({"items": body_of(9).items}, "it needs 3 to 8 items."),
        ({"items": (*BODY.items[:2], OrderedItem(" "))}, "an item is empty or there twice."),
        ({"items": (*BODY.items, OrderedItem("newton "))}, "an item is empty or there twice."),
        ({"fixed": ()}, "no pair of items has a fixed order."),
        ({"fixed": ((1, 0),)}, "a fixed pair does not name an earlier and a later item."),
        ({"fixed": ((0, 0),)}, "a fixed pair does not name an earlier and a later item."),
        ({"fixed": ((0, 3),)}, "a fixed pair does not name an earlier and a later item."),
        ({"fixed": ((-1, 1),)}, "a fixed pair does not name an earlier and a later item."),
        ({"fixed": ((0, 1, 2),)}, "a fixed pair does not name an earlier and a later item."),
        ({"fixed": ((0,),)}, "a fixed pair does not name an earlier and a later item."),
        ({"fixed": ((0, 1), (0, 1))}, "a fixed pair is there twice."),
    ],
)
def test_what_cannot_be_asked_is_said(changes, sentence):
    assert sentence in KIND.problems(replace(BODY, **changes))
