"""Tests of passages and of the paragraphs they stand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.passage import (
    Passage,
    paragraphs_at,
    paragraphs_of,
    passage_at,
    passage_from_json,
    passage_of,
    passage_to_json,
    plain_text,
)

TEXT = "A ship came in.\n\nIt carried 40 tons\nof flour.\n \nIt left on Monday."


def test_a_blank_line_ends_a_paragraph_and_a_line_break_does_not():
    assert [(one.number, one.text) for one in paragraphs_of(TEXT)] == [
        (1, "A ship came in."),
        (2, "It carried 40 tons\nof flour."),
        (3, "It left on Monday."),
    ]


def test_no_text_has_no_paragraph():
    assert paragraphs_of("") == []
    assert paragraphs_of(plain_text(" \r\n\r\n ")) == []


def test_a_passage_leaves_out_the_spaces_around_its_words():
    start = TEXT.index(" 40")
    assert passage_at(TEXT, start, start + 9) == Passage(start + 1, start + 8, "40 tons")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 10_000), (15, 17)])
def test_where_no_words_are_marked_there_is_no_passage(start, end):
    with pytest.raises(ValueError, match="no words"):
        passage_at(TEXT, start, end)


def test_a_passage_may_run_over_two_paragraphs():
    passage = passage_at(TEXT, TEXT.index("flour"), TEXT.index("left"))
    assert paragraphs_at(TEXT, passage) == (2, 3)


def test_a_passage_is_not_found_where_the_text_has_changed():
    passage = passage_at(TEXT, 0, 6)
    assert passage.stands_in(TEXT)
    assert not passage.stands_in("The ship came in.")


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_a_passage_stands_in_its_text_and_comes_back_from_json(typed, one, other):
    text = plain_text(typed)
    try:
        passage = passage_at(text, min(one, other), max(one, other))
    except ValueError:
        return
    assert passage.stands_in(text)
    assert paragraphs_at(text, passage)
    assert passage_from_json(passage_to_json(passage)) == passage


@given(st.text(max_size=200))
def test_the_paragraphs_hold_every_word_at_its_place(typed):
    text = plain_text(typed)
    found = paragraphs_of(text)
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in found)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"start": 0, "end": 3, "text": "ab"},
        {"start": 0, "end": True, "text": "a"},
        {"start": "0", "end": 1, "text": "a"},
        {"start": 0, "end": 1, "text": "a", "sha256": "0" * 64},
        {"start": 0, "end": 1, "text": "a", "more": 1},
        {"start": 3, "end": 3, "text": ""},
    ],
)
def test_what_is_no_passage_is_refused(data):
    with pytest.raises(ValueError, match=r"it must|must be|count|hashed"):
        passage_from_json(data)


def test_words_are_found_however_they_are_spaced_and_first_in_the_paragraph_that_is_named():
    twice = f"{TEXT}\n\nIt carried 40 tons of salt."
    assert passage_of(twice, "40 tons of").text == "40 tons\nof"
    assert paragraphs_at(twice, passage_of(twice, " 40  tons\nof ", 4)) == (4,)
    assert paragraphs_at(twice, passage_of(twice, "40 tons", 1)) == (2,)


@pytest.mark.parametrize("words", ["", " \n ", "forty tons", "tons 40"])
def test_words_that_the_text_does_not_have_are_no_passage(words):
    with pytest.raises(ValueError):
        passage_of(TEXT, words)
