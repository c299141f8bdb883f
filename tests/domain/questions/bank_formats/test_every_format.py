"""Rules that every registered bank format keeps; a new format needs no change here."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.factories import make_bank, make_fact, make_question

BANK = make_bank()
FORMATS = list(BANK_FORMATS.values())

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def bank_with_an_example_of(kind):
    facts = [make_fact(fact_id) for fact_id in ("catch-weight", *sorted(set(kind.facts(kind.example))))]
    return replace(make_bank(facts), questions=(make_question(type=kind.name, body=kind.example),))


def test_names_and_labels_tell_formats_apart():
    assert len({form.name for form in FORMATS}) == len({form.label for form in FORMATS}) == len(FORMATS)


@every_format
def test_a_format_says_how_its_files_are_called_and_sent(form):
    assert re.fullmatch(r"\.[a-z0-9.]+", form.suffix)
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", form.media_type)


@every_format
def test_a_format_has_a_test_of_its_name(form):
    assert (Path(__file__).parent / f"test_{form.name.replace('-', '_')}_format.py").is_file()


@every_format
def test_the_same_bank_gives_the_same_bytes(form):
    assert form.write(BANK) == form.write(make_bank())


@every_format
def test_writing_what_was_read_gives_the_same_bytes(form):
    data = form.write(BANK)
    assert form.write(form.read(data)) == data


@every_format
def test_what_is_asked_comes_back(form):
    read = form.read(form.write(BANK))
    assert [(one.type, one.stem, one.body) for one in read.questions] == [
        (one.type, one.stem, one.body) for one in BANK.questions
    ]


@every_format
@pytest.mark.parametrize("kind", QUESTION_TYPES.values(), ids=lambda kind: kind.name)
def test_every_question_type_can_be_written_and_read(form, kind):
    bank = bank_with_an_example_of(kind)
    assert form.read(form.write(bank)).questions == bank.questions


@every_format
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"{}", b"[]", b"null", b"a" * 1_000, b"[" * 100_000])
def test_what_is_no_bank_is_refused(form, data):
    with pytest.raises(InvalidContent) as caught:
        form.read(data)
    assert caught.value.problems
