from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.spacing import CARDS_APART, Kin, keys_of, pick, related
from tests.factories import make_fact


def kin(fact_id: int = 1, **changes: object) -> Kin:
    return Kin(fact_id, keys_of(make_fact(f"fact-{fact_id}", **({"value_text": f"{fact_id}9 tons"} | changes))))


def test_facts_of_one_group_are_related():
    assert related(kin(1, group="hosts"), kin(2, group="hosts"))
    assert not related(kin(1, group="hosts"), kin(2, group="corridors"))


def test_facts_without_a_group_are_not_related_by_that():
    assert not related(kin(1), kin(2))


def test_facts_with_one_answer_are_related_however_it_is_spelt():
    assert related(kin(1, value_text="The Old Pier"), kin(2, value_text="the old pier"))


def test_mirrored_facts_are_related():
    there = kin(1, value_text="Cy Pilot", ask="who steered the Puffin?")
    back = kin(2, value_text="the Puffin", ask="which boat did Cy Pilot steer?")
    assert related(there, back)
    assert not related(there, kin(3, value_text="the Tern", ask="which boat did Cy Pilot sell?"))


def test_a_fact_is_not_related_to_itself():
    assert not related(kin(1, group="hosts"), kin(1, group="hosts"))


def test_an_unrelated_fact_goes_before_one_related_to_todays():
    asked = [kin(9, group="hosts"), *[kin(number) for number in range(20, 40)]]
    assert pick([kin(1, group="hosts"), kin(2)], asked) == kin(2)


def test_a_related_fact_may_come_ten_cards_later_where_nothing_else_is_left():
    asked = [kin(9, group="hosts"), *[kin(number) for number in range(20, 20 + CARDS_APART)]]
    assert pick([kin(1, group="hosts")], asked) == kin(1, group="hosts")
    assert pick([kin(1, group="hosts")], asked[:-1]) is None


def test_nothing_due_is_nothing_to_pick():
    assert pick([], [kin(1)]) is None


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_related_facts_are_never_within_ten_cards_of_one_session(groups):
    waiting = [kin(number, group=f"group {group}") for number, group in enumerate(groups, 1)]
    asked: list[Kin] = []
    while (following := pick(waiting, asked)) is not None:
        waiting.remove(following)
        asked.append(following)
    for place, one in enumerate(asked):
        assert not any(related(one, other) for other in asked[max(0, place - CARDS_APART) : place])
    assert len({one.keys.group for one in asked}) == len(set(groups))  # each group gets its turn
