"""Tests of what a draft says, label by label."""

import pytest

from quizapp.domain.questions.draft_labels import labelled
from quizapp.domain.questions.draft_text import DraftText, empty_text, text_of
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.every_type import every_type_bank

BANK = every_type_bank()


@pytest.mark.parametrize("kind", QUESTION_TYPES.values(), ids=lambda kind: kind.name)
def test_everything_that_an_author_can_type_has_a_label_of_its_own(kind):
    question = next(one for one in BANK.questions if one.type == kind.name)
    labels = dict(labelled(text_of(question, BANK.facts_by_id()[question.fact]), BANK))
    assert {one.label for one in kind.author_fields} < labels.keys()
    assert labels["Question"] == question.stem
    assert len(labels) == len(labelled(empty_text(kind), BANK))


def test_rows_are_told_line_by_line_and_ids_by_their_names():
    body = {"key": "a", "distractors": [{"text": "b", "reason": "No.", "fact": ""}, {"text": "c"}], "in_order": True}
    said = dict(labelled(DraftText("single_choice", topic=BANK.topics[0].id, speaker="nobody", body=body), BANK))
    assert said["Wrong answers, each with its reason"] == "b – No.\nc"
    assert (said["Topic"], said["Who says it"]) == (BANK.topics[0].label, "nobody")
    assert said["Keep the options in order"] == "Yes"
