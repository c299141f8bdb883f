import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.moved_passages import moved_facts, moved_passage
from quizapp.domain.facts.passage import Passage, passage_at
from tests.factories import make_fact

TEXT = "The ice came early.\n\nThe boats stayed. Nobody sailed.\n\nThe ice went late."


def passage(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return passage_at(TEXT, start, start + len(words))


def test_a_passage_stays_in_a_text_that_stays():
    assert moved_passage(passage("Nobody"), TEXT, TEXT) == passage("Nobody")


def test_words_after_a_new_paragraph_move_along():
    after = f"A new start.\n\n{TEXT}"
    moved = moved_passage(passage("The ice", 1), TEXT, after)
    assert moved.start == passage("The ice", 1).start + 14
    assert moved.stands_in(after)


def test_of_two_places_the_one_among_the_same_words_is_taken():
    after = TEXT.replace("The ice came early.\n\n", "") + " The ice came back."
    assert moved_passage(passage("The ice", 1), TEXT, after).start == after.index("The ice went")


def test_two_places_that_are_as_likely_are_none():
    assert moved_passage(Passage(3, 5, "ab"), "xy ab yx", "ab____ab") is None


def test_words_that_are_gone_are_lost_and_the_fact_keeps_what_it_had():
    kept, gone, without = (
        make_fact("kept", passage=passage("Nobody"), paragraphs=(2,)),
        make_fact("gone", passage=passage("came early"), paragraphs=(1,)),
        make_fact("without", paragraphs=(3,)),
    )
    found = moved_facts([kept, gone, without], TEXT, TEXT.replace("The ice came early.\n\n", ""))
    assert [fact.paragraphs for fact in found.facts] == [(1,), (1,), (3,)]
    assert found.facts[1:] == (gone, without)
    assert found.lost == (gone,)


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40), st.integers(0, 39), st.integers(1, 6))
def test_a_moved_passage_always_stands_where_it_is_said_to(before, after, start, length):
    words = before[start : start + length]
    if not words:
        return
    moved = moved_passage(Passage(start, start + len(words), words), before, after)
    assert moved is None or (moved.stands_in(after) and moved.text == words)
    if after.count(words) == 1 and words.strip("a") and after.find(words, after.find(words) + 1) < 0:
        assert moved is not None


@pytest.mark.parametrize("after", ["", "nothing of it"])
def test_in_a_text_without_the_words_there_is_none(after):
    assert moved_passage(passage("boats"), TEXT, after) is None
