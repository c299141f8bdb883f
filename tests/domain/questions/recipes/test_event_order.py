import pytest

from quizapp.domain.questions.recipes.event_order import comes_before, fixed_pairs, in_order
from tests.factories import make_fact


def event(fact_id, when="", *after):
    return make_fact(fact_id, when=when, after=after, event=fact_id)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("1988", "2020"), ("2020", "2020-07"), ("2023-05", "2023-07"), ("2023-07-01", "2023-07-02"), ("-44", "14")],
)
def test_of_two_dates_the_smaller_comes_first_if_they_differ_where_both_tell(earlier, later):
    one, other = event("a", earlier), event("b", later)
    assert comes_before(one, other, [one, other]) is (not later.startswith(earlier + "-"))
    assert not comes_before(other, one, [one, other])


@pytest.mark.parametrize("words", ["late August", "Wednesday", "", "1990s", "summer 2020"])
def test_dates_in_words_fix_nothing(words):
    one, other = event("a", "1900"), event("b", words)
    assert fixed_pairs([one, other]) == ()


def test_what_the_text_says_came_after_is_later():
    one, other = event("a"), event("b", "", "a")
    assert comes_before(one, other, [one, other])
    assert not comes_before(other, one, [one, other])


def test_what_came_after_goes_on_through_other_events():
    events = [event("a"), event("b", "", "a"), event("c", "", "b")]
    assert comes_before(events[0], events[2], events)


def test_events_that_wait_for_one_another_do_not_hang():
    events = [event("a", "", "b"), event("b", "", "a"), event("c", "", "zzz")]
    assert sorted(fact.id for fact in in_order(events)) == ["a", "b", "c"]


def test_events_are_sorted_and_ties_keep_the_order_of_the_facts():
    events = [event("late", "2020"), event("open"), event("early", "1988"), event("last", "", "late")]
    assert [fact.id for fact in in_order(events)] == ["open", "early", "late", "last"]


def test_only_pairs_that_the_text_fixes_are_named():
    events = in_order([event("a", "1900"), event("b"), event("c", "2000")])
    assert [(events[i].id, events[j].id) for i, j in fixed_pairs(events)] == [("a", "c")]
