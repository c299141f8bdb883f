"""Aiken carries the words of a question and of its answers, and says what it loses."""

import pytest

from quizapp.domain.questions.bank_formats.aiken_format import AikenFormat
from quizapp.domain.questions.question_types.registry import question_type
from tests.domain.questions.bank_formats.made_questions import bank_of
from tests.every_type import every_type_bank
from tests.factories import make_question

AIKEN = AikenFormat()
BANK = every_type_bank()


def test_the_words_of_questions_answers_and_keys_come_back():
    carried = [question for question in BANK.questions if question.type in AIKEN.types]
    rows = AIKEN.read(AIKEN.write(BANK)).rows
    for question, row in zip(carried, rows, strict=True):
        kind = question_type(question.type)
        assert (row.question.type, row.question.stem) == (question.type, question.stem)
        assert kind.options(row.question.body) == kind.options(question.body)
        assert kind.key(row.question.body) == kind.key(question.body)


def test_what_it_loses_of_every_question_is_named():
    losses = {loss.question_id: loss.what for loss in AIKEN.losses(BANK)}
    assert losses.keys() == {question.id for question in BANK.questions}
    for question in BANK.questions:
        if question.type in AIKEN.types:
            assert "the explanation" in losses[question.id]
            assert "the fact it tests" in losses[question.id]
        else:
            assert losses[question.id].startswith("The whole question: a file of Aiken has no")


@pytest.mark.parametrize("stem", ["A. or B?", "ANSWER: which?", "two\nlines"])
def test_a_question_that_looks_like_a_line_of_the_form_is_still_one_question(stem):
    (row,) = AIKEN.read(AIKEN.write(bank_of(make_question(stem=stem)))).rows
    assert row.question.stem.endswith(" ".join(stem.split()))
    assert row.question.body.key == "40 tons"
