"""Our JSON question by question: what is wrong with one leaves the others alone."""

import copy
import json

from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from tests.factories import make_bank

BANK = make_bank()
FORM = JsonFormat()
DATA = json.loads(FORM.write(BANK))


def read(data):
    return FORM.read(json.dumps(data, indent=1).encode())


def test_a_whole_file_gives_the_bank_and_each_question_its_line():
    data = FORM.write(BANK)
    draft = FORM.read(data)
    assert (draft.bank, draft.title, draft.notes) == (FORM.read_bank(data), BANK.title, ())
    lines = data.decode().splitlines()
    for row in draft.rows:
        assert f'"id": "{row.name}"' in lines[row.line]


def test_a_question_that_is_wrong_is_refused_alone():
    data = copy.deepcopy(DATA)
    data["questions"][1]["stem"] = ""
    draft = read(data)
    assert [bool(row.problem) for row in draft.rows] == [number == 1 for number in range(len(BANK.questions))]
    assert draft.rows[1].problem == "`stem` must not be empty."
    assert len(draft.bank.questions) == len(BANK.questions) - 1


def test_a_fact_that_is_wrong_takes_only_its_questions_along():
    data = copy.deepcopy(DATA)
    data["facts"][0]["kind"] = "ghost"
    draft = read(data)
    refused = [row for row in draft.rows if row.problem]
    assert refused
    assert all("there is no fact “catch-1”" in row.problem for row in refused)
    assert "“catch-1”, was left aside" in draft.notes[0]


def test_a_retelling_that_does_not_fit_is_left_aside_and_told():
    draft = read(DATA | {"retelling": "words"})
    assert not any(row.problem for row in draft.rows)
    assert draft.notes == ("The retelling of the article does not fit what was read, and was left aside.",)
