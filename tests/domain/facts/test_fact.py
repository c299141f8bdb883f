import pytest

from quizapp.domain.facts.fact import (
    FactKind,
    Status,
    date_granularity,
    make_value,
    paragraph_words,
    plain_statement,
)
from tests.factories import make_fact, make_source


def test_the_text_of_a_fact_has_no_braces():
    assert make_fact(statement="They landed {40 tons}.").text == "They landed 40 tons."


@pytest.mark.parametrize("other", ["15 tons", r"\1 tons", "{a}", ""])
def test_another_value_takes_the_place_of_the_marked_one_as_it_stands(other):
    assert make_fact(statement="They landed {40 tons}.").with_value(other) == f"They landed {other}."


@pytest.mark.parametrize("statement", ["No mark.", "An {empty", "a }{ b", "{}"])
def test_a_statement_without_a_mark_stays_as_it_is(statement):
    assert plain_statement(statement) == statement


@pytest.mark.parametrize(
    ("status", "scored"),
    [
        (Status.UNCONTESTED, True),
        (Status.SINGLE_SOURCE, True),
        (Status.DISPUTED, True),
        (Status.CONTRADICTED, False),
        (Status.OUTDATED, False),
    ],
)
def test_what_was_contradicted_or_overtaken_is_not_scored(status, scored):
    assert make_fact(status=status).scored is scored


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [((8,), "Paragraph 8"), ((3, 4), "Paragraphs 3 and 4"), ((1, 2, 9), "Paragraphs 1, 2 and 9")],
)
def test_a_place_is_named_in_words(paragraphs, words):
    assert make_fact(paragraphs=paragraphs).place == paragraph_words(paragraphs) == words


@pytest.mark.parametrize(
    ("kind", "text", "comparable"),
    [
        ("quantity", "40 tons", "number of tons"),
        ("quantity", "$360 million", "number of dollars"),
        ("duration", "nearly five Months", "number of months"),
        ("place", "the Old Pier", "place"),
        ("person", "Ada Quay", "person"),
        ("organisation", "2 Brothers Ltd", "organisation"),
        ("cause", "the early frost", "phrase"),
        ("date", "October", "date by month"),
        ("date", "3 February 2020", "date by month"),
        ("date", "Wednesday", "date by weekday"),
        ("date", "1988", "date by year"),
        ("date", "the early 1990s", "date by words"),
        ("characterisation", "“a cold week”", "phrase"),
    ],
)
def test_a_value_knows_what_it_is_comparable_with(kind, text, comparable):
    assert make_value(FactKind(kind), text).kind == comparable


def test_names_and_dates_are_never_read_as_numbers():
    assert make_value(FactKind.PLACE, "5 Dock Street").quantity is None
    assert make_value(FactKind.DATE, "2020").quantity is None


def test_other_spellings_come_after_the_value_itself():
    assert make_value(FactKind.PLACE, "the Old Pier", ("Pier 4",)).spellings == ("the Old Pier", "Pier 4")


@pytest.mark.parametrize("text", ["", "   ", ",", "12", "12345", "next week"])
def test_a_date_without_a_granularity_is_words(text):
    assert date_granularity(text) == "words"


@pytest.mark.parametrize("speaker_id", [None, "", "nobody"])
def test_the_outlets_own_voice_is_no_speaker(speaker_id):
    assert make_source().speaker(speaker_id) is None


def test_a_speaker_is_found_by_id():
    assert make_source().speaker("fishers").name == "The fishers’ union"


def test_moving_a_fact_in_its_file_does_not_change_it():
    assert make_fact(line=1) == make_fact(line=99)
