"""Tests of a question that goes over to another bank: what can go, and how it reads there."""

from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import SourceKind, Speaker, SpeakerKind
from quizapp.domain.facts.passage import Passage
from quizapp.domain.questions.moving import Unmovable, fact_there, question_there, same_fact, topic_there
from quizapp.domain.questions.question_types.numeric import NearNumber, NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.snapshots import Snapshot
from tests.factories import boat_facts, make_bank, make_claim, make_fact, make_question, make_source

THERE = make_bank(boat_facts()[:6], "boats")


def snapshot(fact=None, **changes) -> Snapshot:
    fact = fact or make_fact("mine")
    question = make_question(
        **{"id": "own-1", "facts": (fact.id,), "speaker": fact.speaker, "topic": "trade"} | changes
    )
    others = {name: make_fact(name) for name in question.cited_facts if name != fact.id}
    return Snapshot(question, {fact.id: fact, **others}, make_source())


def there(fact, bank=THERE, source=None):
    return fact_there(fact, source or make_source(), bank, fact.id, "weather")


def test_a_topic_is_known_by_its_label_whatever_its_case():
    assert topic_there("  THE weather", {"a": "Trade", "b": "The Weather"}) == "b"
    assert topic_there("Talks", {"a": "Trade"}) is None


def test_a_fact_keeps_its_words_and_loses_its_ties():
    fact = make_fact(not_with=frozenset({"x"}), after=("y",), group="g", event="e")
    moved = there(fact)
    assert (moved.statement, moved.topic, moved.value) == (fact.statement, "weather", fact.value)
    assert (moved.not_with, moved.after, moved.group, moved.event) == (frozenset(), (), "", "")


def test_a_speaker_is_known_by_name():
    source = replace(THERE.source, speakers=(Speaker("s9", "ADA QUAY", "Quay", "", SpeakerKind.PERSON),))
    assert there(make_claim(), replace(THERE, source=source)).speaker == "s9"


@pytest.mark.parametrize(
    ("bank", "fact", "words"),
    [
        (replace(THERE, source=replace(THERE.source, kind=SourceKind.DECK)), make_fact(), "a deck"),
        (
            replace(THERE, source=replace(THERE.source, paragraphs=2)),
            make_fact(paragraphs=(2, 3)),
            "paragraphs 2 and 3",
        ),
        (replace(THERE, source=replace(THERE.source, speakers=())), make_claim(), "Ada Quay"),
    ],
)
def test_what_would_be_said_falsely_there_stays(bank, fact, words):
    with pytest.raises(Unmovable, match=words):
        there(fact, bank)


def test_a_speaker_of_another_name_is_another_one_whatever_the_id():
    other = replace(THERE.source, speakers=(Speaker("harbour-master", "Bo Pier", "Pier", "", SpeakerKind.PERSON),))
    with pytest.raises(Unmovable, match="Ada Quay"):
        there(make_claim(), replace(THERE, source=other))


def test_a_passage_goes_where_its_words_are():
    fact = make_fact(passage=Passage(0, 5, "Boats"))
    assert there(fact, replace(THERE, text="Boats came.")).passage == Passage(0, 5, "Boats")
    assert there(fact, replace(THERE, text="No Boats.")).passage == Passage(3, 8, "Boats")
    assert there(fact, replace(THERE, text="None.")).passage is None


def test_wrong_answers_keep_their_reasons_and_lose_facts_that_stay_behind():
    wrong = (Distractor("15 tons", "That is another boat.", "stays"), Distractor("16 tons", "Nobody says so."))
    moved = question_there(
        snapshot(body=SingleChoiceBody("40 tons", wrong)), THERE, {"mine": make_fact("new")}, "weather"
    )
    question = moved.snapshot.question
    assert (question.facts, question.topic, moved.untied) == (("new",), "weather", 1)
    assert question.body.distractors == (replace(wrong[0], fact=None), wrong[1])
    assert moved.snapshot.source.id == THERE.source.id and list(moved.snapshot.facts) == ["new"]


def test_a_near_number_is_nothing_without_its_fact():
    body = NumericBody("7", near=(NearNumber("9", "That is another.", "stays"),))
    moved = question_there(snapshot(type="numeric", body=body), THERE, {"mine": make_fact("new")}, "weather")
    assert moved.snapshot.question.body == NumericBody("7") and moved.untied == 1


def test_a_fact_that_says_the_same_in_the_same_place_is_the_same():
    fact = THERE.facts[0]
    assert same_fact(replace(fact, id="other"), THERE) == fact
    assert same_fact(replace(fact, id="other", paragraphs=(9,)), THERE) is None
