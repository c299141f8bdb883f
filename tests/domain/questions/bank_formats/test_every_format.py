"""Rules that every registered bank format keeps; a new format needs no change here."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.cli.bank_folders import bank_folders, read_questions
from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.bank_formats.losses import FIELD_WORDS
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.question import check_question
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.settings import CHECKOUT
from tests.domain.questions.bank_formats.made_questions import BODIES, bank_of, questions
from tests.every_type import every_type_bank
from tests.factories import make_bank, make_fact, make_question

BANK = make_bank()
FORMATS = list(BANK_FORMATS.values())
READ = [form for form in FORMATS if form.reads]
GIFT = BANK_FORMATS["gift"]
WHOLE = [BANK_FORMATS[name] for name in ("json", "moodle-xml", "csv", "tsv")]
SHIPPED = {folder.path.name: read_questions(folder) for folder in bank_folders(CHECKOUT / "questions")}
SHIPPED["every-type"] = every_type_bank()
NOT_WHOLE = {("gift", "cloze")}  # the example has two gaps, and GIFT has one
EXAMPLES = [
    (form, kind)
    for form in (*WHOLE, GIFT)  # Aiken keeps the words only, which its own test looks at
    for kind in QUESTION_TYPES.values()
    if kind.name in form.types and (form.name, kind.name) not in NOT_WHOLE
]

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
every_reader = pytest.mark.parametrize("form", READ, ids=lambda form: form.name)
every_example = pytest.mark.parametrize(("form", "kind"), EXAMPLES, ids=lambda one: one.name)


def bank_with_an_example_of(kind):
    facts = [make_fact(fact_id) for fact_id in ("catch-weight", *sorted(set(kind.facts(kind.example))))]
    question = make_question(type=kind.name, body=kind.example)
    if kind.name == "cloze":
        question = replace(question, stem=kind.example.sentence)
    return replace(make_bank(facts), questions=(question,))


def read_back(form, bank):
    """The rows of a written bank, by the id of the question that each was."""
    rows = form.read(form.write(bank)).rows
    groups = {}
    for question in bank.questions:
        if question.type in form.types and not (form.name == "gift" and has_many_gaps(question)):
            groups.setdefault(question.topic if form.name in ("gift", "moodle-xml") else "", []).append(question)
    written = [question for group in groups.values() for question in group]
    assert len(rows) == len(written)
    return {question.id: (question, row) for question, row in zip(written, rows, strict=True)}


def has_many_gaps(question):
    return question.type == "cloze" and len(question.body.gaps) > 1


def changed_fields(question, row):
    if row.question is None:
        return ["body"]
    return [one.name for one in fields(question) if getattr(question, one.name) != getattr(row.question, one.name)]


def test_names_and_labels_tell_formats_apart():
    assert len({form.name for form in FORMATS}) == len({form.label for form in FORMATS}) == len(FORMATS)


@every_format
def test_a_format_says_how_its_files_are_called_and_sent(form):
    assert re.fullmatch(r"\.[a-z0-9.]+", form.suffix)
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", form.media_type)
    assert form.types <= QUESTION_TYPES.keys()
    assert not form.aside or form.aside.endswith(".")


@every_format
def test_a_format_has_a_test_of_its_name(form):
    assert (Path(__file__).parent / f"test_{form.name.replace('-', '_')}_format.py").is_file()


@every_format
def test_the_same_bank_gives_the_same_bytes(form):
    assert form.write(BANK) == form.write(make_bank())


@every_example
def test_the_example_of_every_type_that_a_format_has_comes_back(form, kind):
    bank = bank_with_an_example_of(kind)
    facts = bank.facts_by_id()
    (row,) = form.read(form.write(bank)).rows
    assert (row.question, row.problem, row.remark) == (bank.questions[0], "", "")
    told = {fact.id: fact_to_json(fact, bank.source) for fact in row.facts}
    assert told == {name: fact_to_json(facts[name], bank.source) for name in bank.questions[0].cited_facts}


@pytest.mark.parametrize("name", SHIPPED)
@every_reader
def test_every_question_of_the_banks_comes_back_but_for_what_is_named_as_lost(form, name):
    bank = SHIPPED[name]
    lost = {loss.question_id: loss for loss in form.losses(bank)}
    facts = bank.facts_by_id()
    back = read_back(form, bank)
    for question in bank.questions:
        if question.id not in back:
            assert lost[question.id].what.startswith("The whole question")
            continue
        _, row = back[question.id]
        if question.id not in lost:
            assert row.question == question
            told = {fact.id: fact_to_json(fact, bank.source) for fact in row.facts}
            assert told == {one: fact_to_json(facts[one], bank.source) for one in question.cited_facts}
    if form in WHOLE:
        assert lost == {}


@given(asked=questions())
@settings(max_examples=40)
def test_whatever_differs_after_a_round_trip_is_named_as_lost(asked):
    for form in READ:
        bank = bank_of(asked)
        what = "".join(loss.what for loss in form.losses(bank)).casefold()
        if asked.type not in form.types or (form.name == "gift" and has_many_gaps(asked)):
            assert what.startswith("the whole question")
            continue
        row = form.read(form.write(bank)).rows[0]
        for name in changed_fields(asked, row):
            if name != "body":
                assert FIELD_WORDS[name].casefold() in what
            else:
                assert any(word in what for word in ("answers", "the whole question", "borrowed"))
        if not changed_fields(asked, row):
            assert what == ""


def check_that_all_comes_back(forms, *asked):
    for form in forms:
        for question, row in read_back(form, bank_of(*asked)).values():
            assert (form.name, row.question, row.problem) == (form.name, question, "")
            assert [fact.id for fact in row.facts] == list(question.cited_facts)


@pytest.mark.parametrize("kind", BODIES)
@given(data=st.data())
@settings(max_examples=20)
def test_a_question_of_any_words_comes_back_equal_field_by_field(kind, data):
    asked = data.draw(questions((kind,)))
    forms = [form for form in (*WHOLE, GIFT) if kind in form.types and not (form is GIFT and has_many_gaps(asked))]
    check_that_all_comes_back(forms, asked)


@pytest.mark.long
@given(asked=st.lists(questions(), min_size=1, max_size=4, unique_by=lambda one: one.id))
@settings(max_examples=2_000)
def test_many_questions_of_any_words_come_back_equal_field_by_field(asked):
    in_gift = [one for one in asked if one.type in GIFT.types and not has_many_gaps(one)]
    check_that_all_comes_back(WHOLE, *asked)
    if in_gift:
        check_that_all_comes_back([GIFT], *in_gift)


@every_reader
def test_every_row_can_be_asked_and_names_its_speakers_and_topics(form):
    for row in form.read(form.write(every_type_bank())).rows:
        facts = {fact.id: fact for fact in row.facts}
        assert check_question(row.question, facts) == []
        assert row.question.fact == row.facts[0].id
        assert row.question.topic == row.topic.id
        said = {row.question.speaker, *(fact.speaker for fact in row.facts)} - {None}
        assert said <= {speaker.id for speaker in row.speakers}
        assert {fact.topic for fact in row.facts} <= {row.topic.id, *(topic.id for topic in row.other_topics)}
        assert row.line > 0


@every_reader
def test_the_same_file_twice_names_the_same_questions(form):
    data = form.write(BANK)
    assert [row.question.id for row in form.read(data).rows] == [row.question.id for row in form.read(data).rows]


@every_format
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"{}", b"[]", b"null", b"a" * 1_000, b"[" * 100_000])
def test_what_is_no_bank_is_refused_or_has_no_sound_row(form, data):
    try:
        rows = form.read(data).rows
    except InvalidContent as error:
        assert error.problems
        return
    assert form.name == "gift"  # words without braces are a description to it
    assert all(row.problem for row in rows)


NOTHING_SAID = """name,question,type,option a,option b,option c,correct
spring,When does spring begin?,,March,May,June,A
late,The boats were late.,true/false,,,,true
"""


@pytest.mark.parametrize("form", [*WHOLE, GIFT, BANK_FORMATS["aiken"]], ids=lambda form: form.name)
def test_sentences_that_an_import_made_up_are_told_to_nobody_and_made_again(form):
    rows = BANK_FORMATS["csv"].read(NOTHING_SAID.encode()).rows
    asked, facts = [row.question for row in rows], [row.facts[0] for row in rows]
    assert asked[0].explanation == "The question “When does spring begin?” is answered: March."
    data = form.write(replace(BANK, questions=tuple(asked), facts=tuple(facts), topics=(rows[0].topic,)))
    if form.name != "json":
        seen = without_what_quizapp_keeps(data.decode())
        assert "When does spring begin?" in seen
        for made_up in ("gives no reason", "is answered:", "The statement “"):
            assert made_up not in seen
    if form.name != "aiken":
        assert [row.question for row in form.read(data).rows] == asked
        assert [row.facts[0].text for row in form.read(data).rows] == [fact.text for fact in facts]
    if form.name in ("gift", "moodle-xml"):
        assert [row.question for row in form.read(seen.encode()).rows] == asked


def without_what_quizapp_keeps(text):
    """Leave out what only quizapp looks at: comments, its element, its column."""
    return re.sub(
        r'// quizapp:.*|<quizapp>.*?</quizapp>|"?\{""question"".*', "", text, flags=re.S if "<quiz" in text else 0
    )
