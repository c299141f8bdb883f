import json
from dataclasses import replace

import pytest

from quizapp.domain.questions.bank_formats.json_format import (
    FORMAT_VERSION,
    JsonFormat,
    fact_to_json,
    question_to_json,
    source_to_json,
)
from tests.factories import make_bank, make_claim, make_fact, make_question, make_source

BANK = make_bank()
DATA = json.loads(JsonFormat().write(BANK))


def test_the_file_holds_bank_source_facts_and_questions():
    assert list(DATA) == ["bank", "source", "facts", "questions"]
    assert DATA["bank"]["format"] == FORMAT_VERSION
    assert (len(DATA["facts"]), len(DATA["questions"])) == (len(BANK.facts), len(BANK.questions))


def test_letters_stay_letters_and_the_file_ends_with_a_line_end():
    written = JsonFormat().write(replace(BANK, title="The fishers’ Čeřeň 🛶")).decode()
    assert "The fishers’ Čeřeň 🛶" in written
    assert written.endswith("}\n")
    assert "\r" not in written


def test_a_fact_is_written_without_its_braces_and_with_its_voice():
    written = fact_to_json(make_fact(), make_source())
    assert (written["statement"], written["value"], written["voice"]) == (
        "The boats of catch-weight landed 40 tons that month.",
        "40 tons",
        "outlet",
    )
    assert fact_to_json(make_claim(), make_source())["voice"] == "solid"
    assert fact_to_json(make_claim(), make_source())["value"] is None


def test_a_question_repeats_for_people_what_its_body_holds():
    facts = {"catch-weight": make_fact(paragraphs=(4, 3)), "other-catch": make_fact("other-catch")}
    written = question_to_json(make_question(), facts)
    assert written["key"] == "40 tons"
    assert sorted(written["options"]) == ["15 tons", "20 tons", "40 tons"]
    assert written["distractor_facts"] == ["other-catch", None]
    assert len(written["distractor_reasons"]) == 2
    assert written["paragraphs"] == [3, 4]
    assert written["body"]["key"] == "40 tons"


@pytest.mark.parametrize("field", ["outlet", "description", "author", "date", "as_of", "affiliation", "paragraphs"])
def test_the_source_is_told_in_every_file(field):
    assert DATA["source"][field] == source_to_json(make_source())[field] == getattr(make_source(), field)


def test_the_whole_source_comes_back():
    assert JsonFormat().read_bank(JsonFormat().write(BANK)).source == BANK.source
