import json

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import snapshot_from_text, snapshot_of, snapshot_to_text
from tests.factories import make_bank

BANK = make_bank()


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_a_question_comes_back_as_it_was_stored(question):
    text = snapshot_to_text(snapshot_of(question, BANK))
    opened = snapshot_from_text(text)
    assert opened.question == question
    assert snapshot_to_text(opened) == text


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_a_snapshot_holds_every_fact_and_speaker_its_feedback_needs_and_no_other(question):
    opened = snapshot_from_text(snapshot_to_text(snapshot_of(question, BANK)))
    assert set(opened.facts) == set(question.cited_facts)
    heard = {fact.speaker for fact in opened.facts.values()} - {None}
    assert {speaker.id for speaker in opened.source.speakers} == heard
    assert all((opened.speaker_of(fact) is None) is (fact.speaker is None) for fact in opened.facts.values())


def test_the_fact_of_a_snapshot_is_the_tested_one():
    question = BANK.questions[0]
    assert snapshot_of(question, BANK).fact.id == question.fact


def test_a_snapshot_grades_as_its_question_does():
    question = next(one for one in BANK.questions if one.type == "single_choice")
    snapshot = snapshot_of(question, BANK)
    for option in range(len(question.body.distractors) + 1):
        response = {"option": option}
        assert snapshot.grade(response) == question_type(question.type).grade(question.body, response)


def test_another_question_never_has_the_same_text():
    texts = {snapshot_to_text(snapshot_of(question, BANK)) for question in BANK.questions}
    assert len(texts) == len(BANK.questions)


@pytest.mark.parametrize(
    ("place", "field", "value"),
    [
        ("question", "type", "essay"),
        ("question", "body", {}),
        ("question", "stem", None),
        ("source", "outlet", 5),
        ("source", "sides", [{"id": "a"}]),
    ],
)
def test_a_text_that_breaks_the_rules_is_refused(place, field, value):
    data = json.loads(snapshot_to_text(snapshot_of(BANK.questions[0], BANK)))
    data[place][field] = value
    with pytest.raises(InvalidContent):
        snapshot_from_text(json.dumps(data))
