from dataclasses import replace

import pytest

from quizapp.domain.facts.bank_words import BankWords, SpeakerLine, new_id, sides_of, speakers_of, topics_of
from quizapp.domain.facts.fact import Side, SpeakerKind, Topic
from tests.factories import SIDES, SPEAKERS, make_source

BEFORE = (Topic("trade", "Trade"), Topic("weather", "Weather"), Topic("people", "People"))
WORDS = BankWords("The harbour", "Ice.", "en", "Ours.", BEFORE, make_source())


@pytest.mark.parametrize(
    ("labels", "ids"),
    [
        (["Trade", "Weather", "People"], ["trade", "weather", "people"]),
        (["People", "Trade", "Weather"], ["people", "trade", "weather"]),
        (["Trade", "Ice and wind", "People"], ["trade", "weather", "people"]),
        (["Trades", "Weather", "Persons"], ["trade", "weather", "people"]),
        (["Trade", "People"], ["trade", "people"]),
        (["Trade", "Weathers"], ["trade", "weather"]),
        (["Trade", "Weather", "People", "Ships"], ["trade", "weather", "people", "ships"]),
        (["Trade", "Weather", "Peoples", "Ships"], ["trade", "weather", "people", "ships"]),
        (["Trade", "Weather", "People", "trade!"], ["trade", "weather", "people", "trade-2"]),
        ([], []),
    ],
)
def test_a_topic_keeps_its_id_when_its_label_is_edited(labels, ids):
    assert [topic.id for topic in topics_of(labels, BEFORE)] == ids


def test_labels_without_plain_letters_get_ids_that_differ():
    found = topics_of(["Ժողովուրդ", "Քաղաքներ", "?"], ())
    assert len({topic.id for topic in found}) == 3
    assert all(topic.id for topic in found)
    assert new_id("!", (), "topic") != ""


def test_the_first_side_is_solid_the_second_hatched_and_ids_stay():
    assert sides_of([("the harbour board", "Harbour board"), ("the fishers’ union", "Union")], SIDES) == SIDES
    renamed = sides_of([("the board", ""), ("", "")], SIDES)
    assert renamed == (Side("harbour", "the board", "Board", "solid"),)
    assert sides_of([("", ""), ("the crew", "Crew")], ()) == (Side("the-crew", "the crew", "Crew", "hatched"),)


def test_two_sides_of_one_name_get_two_ids():
    first, second = sides_of([("Crew", ""), ("Crew", "")], ())
    assert first.id != second.id


def line(**changes):
    return replace(SpeakerLine("", "Bo Rower", "", "", SpeakerKind.PERSON, None), **changes)


def test_a_speaker_keeps_its_id_and_what_no_form_shows():
    before = (replace(SPEAKERS[0], spellings=("Quays",)),)
    typed = line(id="harbour-master", name="Ada Key", short="Key", role="master", side=1)
    (found,) = speakers_of([typed], {1: "fishers"}, before)
    assert found == replace(before[0], name="Ada Key", short="Key", role="master", side="fishers")


def test_a_new_speaker_is_named_by_its_name_and_needs_nothing_else():
    one, other = speakers_of([line(), line(kind=SpeakerKind.BOTH, side=0)], {0: "harbour"}, ())
    assert (one.id, one.short, one.side) == ("bo-rower", "Bo Rower", "")
    assert (other.id, other.side) == ("bo-rower-2", "")


def test_an_id_that_comes_twice_or_from_nowhere_makes_a_new_speaker():
    found = speakers_of([line(id="harbour-master"), line(id="harbour-master"), line(id="strange")], {}, SPEAKERS)
    assert [one.id for one in found] == ["harbour-master", "bo-rower", "bo-rower-2"]


@pytest.mark.parametrize(
    "changes",
    [{"text": "x"}, {"topics": BEFORE[::-1]}, {"source": make_source(date="2021")}, {"second_approver": True}],
)
def test_other_words_have_another_version(changes):
    assert replace(WORDS).version == WORDS.version
    assert replace(WORDS, **changes).version != WORDS.version
