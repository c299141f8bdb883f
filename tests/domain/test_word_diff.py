from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.word_diff import MOST_PIECES, FieldDiff, Kind, fields_diff, word_diff

TEXTS = st.one_of(st.text(max_size=60), st.text("ab ,.\n’", max_size=60))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_difference(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert "".join(text for kind, text in parts if kind is not Kind.ADDED) == old
    assert "".join(text for kind, text in parts if kind is not Kind.REMOVED) == new


@given(TEXTS, TEXTS)
def test_no_part_is_empty_and_neighbours_are_of_different_kinds(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert all(text for _, text in parts)
    assert all(one[0] is not other[0] for one, other in pairwise(parts))


@given(TEXTS)
def test_the_same_text_has_no_difference(text: str) -> None:
    assert word_diff(text, text) == ([(Kind.SAME, text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("It brought 15 tons.", "It brought 16 tons.", "It brought [-15-]{+16+} tons."),
        ("It brought 1.5 tons.", "It brought 2.5 tons.", "It brought [-1.5-]{+2.5+} tons."),
        ("the ministers talk", "the three ministers talk", "the {+three +}ministers talk"),
        ("Who said so", "Who said so?", "Who said so{+?+}"),
        ("the old mill burns", "a new bridge burns", "[-the old mill-]{+a new bridge+} burns"),
        ("", "all", "{+all+}"),
        ("all", "", "[-all-]"),
    ],
)
def test_words_are_told_apart_as_a_reader_would(old: str, new: str, parts: str) -> None:
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    assert "".join(marks[kind].format(text) for kind, text in word_diff(old, new)) == parts


def test_texts_of_any_length_are_told_apart_in_reasonable_time() -> None:
    began = perf_counter()
    old, new = "a b " * 200_000, "b a " * 200_000
    assert [kind for kind, _ in word_diff(old, new)] == [Kind.REMOVED, Kind.ADDED, Kind.SAME]
    words = [f"w{number % 40}" for number in range(MOST_PIECES // 2)]
    assert len(word_diff(" ".join(words), " ".join(reversed(words)))) > 1
    assert perf_counter() - began < 5


def test_one_word_is_found_in_a_text_that_is_as_long_as_can_be() -> None:
    old, new = ("word " * 9_000 + end + " word" * 900 for end in ("old", "new"))
    assert [part for part in word_diff(old, new) if part[0] is not Kind.SAME] == [
        (Kind.REMOVED, "old"),
        (Kind.ADDED, "new"),
    ]


def test_only_fields_that_differ_are_told_and_a_missing_one_counts_as_empty() -> None:
    old = [("Question", "Who?"), ("Note", "gone"), ("Topic", "Talks")]
    new = [("Question", "Whom?"), ("Topic", "Talks"), ("Value", "new")]
    assert fields_diff(old, new) == [
        FieldDiff("Question", ((Kind.REMOVED, "Who"), (Kind.ADDED, "Whom"), (Kind.SAME, "?"))),
        FieldDiff("Value", ((Kind.ADDED, "new"),)),
        FieldDiff("Note", ((Kind.REMOVED, "gone"),)),
    ]
