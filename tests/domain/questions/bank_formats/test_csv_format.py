"""Tables of questions: ours in a spreadsheet, and those that people have."""

import csv
import io

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.tables.columns import OURS
from quizapp.domain.questions.bank_formats.tables.table_formats import CsvFormat
from quizapp.domain.questions.question_types.registry import question_type
from tests.domain.questions.bank_formats.made_questions import bank_of
from tests.every_type import every_type_bank
from tests.factories import make_question

TABLE = CsvFormat()
BANK = every_type_bank()


def cells_of(bank):
    return list(csv.DictReader(io.StringIO(TABLE.write(bank).decode("utf-8-sig"))))


def written(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, OURS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read_one(text):
    (row,) = TABLE.read(text.encode()).rows
    return row


def test_a_spreadsheet_finds_a_row_for_each_question_in_columns_that_say_what_they_are():
    rows = cells_of(BANK)
    assert [row["name"] for row in rows] == [question.id for question in BANK.questions]
    first, question = rows[0], BANK.questions[0]
    assert first["question"] == question.stem
    assert first["fact"] == BANK.facts_by_id()[question.fact].text
    assert first["topic"] == "Trade"


def test_no_cell_runs_as_a_formula_and_all_are_read_back():
    asked = make_question(stem="=SUM(A1:A9)", explanation="@x +1 -1", speaker=None)
    (cells,) = cells_of(bank_of(asked))
    assert not any(text.startswith(("=", "+", "-", "@")) for text in cells.values())
    (row,) = TABLE.read(TABLE.write(bank_of(asked))).rows
    assert row.question == asked


def test_without_the_last_column_the_words_and_answers_are_still_there():
    rows = TABLE.read(written([row | {"quizapp": ""} for row in cells_of(BANK)])).rows
    for question, row in zip(BANK.questions, rows, strict=True):
        read, kind = row.question, question_type(question.type)
        assert (row.problem, read.type, read.stem) == ("", question.type, question.stem)
        assert (read.id, read.explanation, read.status) == (question.id, question.explanation, question.status)
        assert kind.key(read.body) == kind.key(question.body)
        assert row.facts[0].statement == BANK.facts_by_id()[question.fact].text
        assert row.facts[0].paragraphs == BANK.facts_by_id()[question.fact].paragraphs


def test_what_was_changed_in_a_cell_stands_and_the_rest_is_as_it_was():
    cells = cells_of(BANK)[0]
    asked = BANK.questions[0]
    changes = {"fact": "The boats landed more.", "paragraph": "4, 5", "wrong 1": "99 tons"}
    (row,) = TABLE.read(written([cells | changes])).rows
    assert (row.question.id, row.question.recipe, row.question.stem) == (asked.id, asked.recipe, asked.stem)
    assert (row.facts[0].id, row.facts[0].statement) == (asked.fact, "The boats landed more.")
    assert row.facts[0].paragraphs == (4, 5)
    assert row.question.body.distractors[0].text == "99 tons"
    assert row.question.body.distractors[1:] == asked.body.distractors[1:]


@pytest.mark.parametrize(
    ("head", "cells", "kind", "answer"),
    [
        ("question,option a,option b,option c,correct", "Who?,Ann,Bob,Cy,B", "single_choice", "Bob"),
        ("Question,Answer 1,Answer 2,Answer 3,Correct answer", "Who?,Ann,Bob,Cy,3", "single_choice", "Cy"),
        ("question,choice 1,choice 2,choice 3,answer", "Who?,Ann,Bob,Cy,ann", "single_choice", "Ann"),
        ("question,option_a,option_b,option_c,correct", 'Who?,Ann,Bob,Cy,"A,C"', "multiple_choice", "Ann; Cy"),
        ("question;right answer;wrong 1;wrong 2", "Who?;Ann;Bob;Cy", "single_choice", "Ann"),
        ("question,correct answer", "It is so.,TRUE", "true_false", "True"),
        ("question,correct answer", "How many?,12.5", "numeric", "12.5"),
        ("question,correct answer", "Who?,Ann | Anne", "short_answer", "Ann"),
        ("question,correct answer", "It is _____ o'clock.,two", "cloze", "two"),
        ("question,correct answer", "Match.,a = b | c = d", "matching", "a: b; c: d"),
        ("question,type,correct answer", "Order.,ordering,a | b | c", "ordering", "a → b → c"),
        ("question,option a,option b,correct", "It is so.,True,False,B", "true_false", "False"),
    ],
)
def test_a_table_that_somebody_has_is_read(head, cells, kind, answer):
    row = read_one(f"{head}\n{cells}\n")
    assert (row.problem, row.question.type) == ("", kind)
    assert question_type(kind).answer_text(row.question.body) == answer


def test_topic_explanation_speaker_and_tags_are_taken_over():
    row = read_one(
        "question,right answer,explanation,category,tags,speaker,paragraph\n"
        'Who?,Ann,Ann did it.,History of boats,"old, new",Ada Quay,3\n'
    )
    assert (row.topic.id, row.topic.label, row.tags) == ("history-of-boats", "History of boats", ("old", "new"))
    assert [speaker.name for speaker in row.speakers] == ["Ada Quay"]
    assert (row.question.speaker, row.question.explanation) == ("ada-quay", "Ann did it.")
    assert row.facts[0].paragraphs == (3,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(encoding):
    (row,) = TABLE.read("question;right answer\r\nWo?;Köln\r\n".encode(encoding)).rows
    assert row.question.body.answer == "Köln"


def test_a_table_without_names_of_columns_says_which_there_must_be():
    with pytest.raises(InvalidContent, match="one called “question” and one called “right answer”"):
        TABLE.read(b"a,b,c\n")
