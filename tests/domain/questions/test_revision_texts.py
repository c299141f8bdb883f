"""Tests of a question as labelled texts: nothing that an author writes is left out."""

from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import Status
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.revision_texts import texts_of
from quizapp.domain.questions.snapshots import Snapshot, snapshot_of
from tests.every_type import every_type_bank

BANK: Bank = every_type_bank()


def of_type(name: str) -> Snapshot:
    return snapshot_of(next(one for one in BANK.questions if one.type == name), BANK)


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_stem_key_and_reasons_of_every_type_are_told(name):
    snapshot = of_type(name)
    kind, body = QUESTION_TYPES[name], snapshot.question.body
    told = "\n".join(text for _, text in texts_of(snapshot, {}))
    key = kind.key(body)
    keys = [key] if isinstance(key, str) else [one if isinstance(one, str) else one[0] for one in key]
    if name != "ordering":
        assert all(one.casefold() in told.casefold() for one in keys), keys
    assert snapshot.question.stem in told and snapshot.question.explanation in told and snapshot.fact.text in told
    assert all(one.reason in told for one in kind.distractors(body) if one.reason)
    labels = [label for label, _ in texts_of(snapshot, {})]
    assert len(labels) == len(set(labels))


def test_topic_speaker_status_and_place_are_told_in_words():
    snapshot = of_type(SingleChoice.name)
    fact = replace(snapshot.fact, speaker=None, status=Status.SINGLE_SOURCE, note="Only one has it.", paragraphs=(3, 4))
    told = dict(
        texts_of(replace(snapshot, facts={**snapshot.facts, fact.id: fact}), {snapshot.question.topic: "Talks"})
    )
    assert (told["Topic"], told["Status"], told["Note"]) == ("Talks", "single source", "Only one has it.")
    assert (told["Place"], told["Speaker"]) == ("Paragraphs 3 and 4", "")
