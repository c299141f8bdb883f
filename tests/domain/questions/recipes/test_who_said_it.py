from collections import Counter

import pytest

from quizapp.domain.facts.fact import Side, Speaker, SpeakerKind
from quizapp.domain.questions.recipes.who_said_it import WhoSaidIt
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import SIDES, SPEAKERS, harbour_facts, make_claim, make_fact, make_fact_base

BOARD = Speaker("board", "The harbour board", "the board", "one of the two sides", SpeakerKind.SIDE, "harbour")
TOWN = Speaker("town", "Bo Mayor", "Mayor", "the mayor", SpeakerKind.PERSON, "town")
THREE_SIDES = {
    "sides": (*SIDES, Side("town", "the town", "Town", "solid")),
    "speakers": (*SPEAKERS, BOARD, TOWN),
}
CLAIMS = [
    *(make_claim(f"quay-{number}") for number in range(9)),
    *(make_claim(f"union-{number}", "fishers") for number in range(3)),
    make_claim("board-1", "board"),
    make_claim("town-1", "town"),
]


def made(facts, seed=1, **source):
    return list(WhoSaidIt().questions(make_fact_base(facts, **source), SeededOrder(seed)))


@pytest.mark.parametrize("seed", range(10))
def test_no_speaker_is_the_key_of_more_than_half(seed):
    for facts in (CLAIMS, harbour_facts()):
        questions = made(facts, seed, **THREE_SIDES)
        assert max(Counter(question.body.key for question in questions).values()) <= len(questions) / 2


@pytest.mark.parametrize("seed", range(10))
def test_two_voices_of_one_side_never_stand_side_by_side(seed):
    sides = {speaker.name: speaker.side for speaker in THREE_SIDES["speakers"]}
    for question in made(CLAIMS, seed, **THREE_SIDES):
        texts = [question.body.key, *(one.text for one in question.body.distractors)]
        heard = [sides[text] for text in texts if text in sides]
        assert len(heard) == len(set(heard)) >= 2


def test_the_key_is_who_said_it_or_the_outlet_in_its_own_voice():
    facts = {fact.id: fact for fact in harbour_facts()}
    names = {speaker.id: speaker.name for speaker in SPEAKERS}
    for question in made(facts.values()):
        speaker = facts[question.fact].speaker
        assert names[speaker] == question.body.key if speaker else "The Quayside Times" in question.body.key


def test_a_wrong_voice_says_what_it_did_say():
    union = next(question for question in made(harbour_facts()) if question.fact == "pay-claim")
    quay = next(one for one in union.body.distractors if one.text == "Ada Quay")
    assert quay.fact == "ice-claim"
    assert "the ice of ice-claim would melt" in quay.reason


def test_the_outlet_is_an_option_where_somebody_is_quoted():
    for question in made(CLAIMS, **THREE_SIDES):
        assert sum("The Quayside Times" in one.text for one in question.body.distractors) == 1


@pytest.mark.parametrize(
    "unfit", [make_claim("x", "both"), make_claim("x", said=""), make_fact("x", speaker="fishers", said="")]
)
def test_what_nobody_says_alone_is_not_asked(unfit):
    assert "x" not in [question.fact for question in made([*harbour_facts(), unfit])]


def test_the_stem_does_not_name_the_speaker():
    for question in made(CLAIMS, **THREE_SIDES):
        assert question.body.key not in question.stem
        assert question.stem.startswith("In the article, who said that ")


def test_one_side_alone_is_not_asked():
    assert made([make_claim("a"), make_claim("b")]) == []


def test_the_explanation_names_the_speaker():
    assert all(question.body.key in question.explanation for question in made(CLAIMS, **THREE_SIDES))
