import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.fact import Mode, Status, Tier
from quizapp.domain.facts.facts_file import read_fact_base

BANK = """
title = "The harbour"
summary = "What one report says."
language = "en"
licence = "MIT"
[source]
id = "harbour-article"
outlet = "The Quayside Times"
language = "en"
paragraphs = 12
[[side]]
id = "harbour"
label = "the harbour board"
adjective = "Harbour board"
[[speaker]]
id = "harbour-master"
name = "Ada Quay"
role = "the harbour master"
side = "harbour"
[[topic]]
id = "trade"
label = "Trade"
"""
CATCH = {
    "id": '"catch"',
    "paragraph": "3",
    "topic": '"trade"',
    "kind": '"quantity"',
    "statement": '"The boats landed {40 tons}."',
    "ask": '"how much did the boats land?"',
    "value_of": '"the catch"',
    "relation": '"catch"',
}
CLAIM = {
    "id": '"ice"',
    "paragraph": "[4, 5]",
    "topic": '"trade"',
    "kind": '"claim"',
    "speaker": '"harbour-master"',
    "statement": '"Quay said that the ice would melt."',
    "said": '"the ice would melt"',
}


def fact(base=CATCH, **changes):
    fields = base | changes
    return "[[fact]]\n" + "".join(f"{key} = {value}\n" for key, value in fields.items() if value is not None)


def read(facts_text, bank_text=BANK):
    return read_fact_base("harbour", bank_text, facts_text)


def complaints(facts_text, bank_text=BANK):
    with pytest.raises(InvalidContent) as caught:
        read(facts_text, bank_text)
    return [str(problem) for problem in caught.value.problems]


def test_a_sound_file_is_read_in_its_order():
    base = read(fact() + fact(CLAIM))
    assert [one.id for one in base.facts] == ["catch", "ice"]
    assert base.fact("ice").paragraphs == (4, 5)
    assert base.speaker_of(base.fact("ice")).name == "Ada Quay"
    assert base.speaker_of(base.fact("catch")) is None


def test_what_is_left_out_has_the_documented_defaults():
    catch, ice = read(fact() + fact(CLAIM)).facts
    assert (catch.mode, catch.status, catch.tier) == (Mode.REPORTED, Status.UNCONTESTED, Tier.SHOULD)
    assert (ice.mode, ice.status) == (Mode.SAID, Status.SINGLE_SOURCE)


def test_an_unknown_fact_is_a_key_error():
    with pytest.raises(KeyError):
        read(fact()).fact("nothing")


@pytest.mark.parametrize("header", ["[[fact]]", "  [[fact]]", "[[ fact ]]", "[[\tfact]]  # the catch", "[[fact ]]\t"])
def test_a_header_may_be_spaced_and_commented(header):
    text = fact().replace("[[fact]]", header)
    assert [one.line for one in read(f"# facts\n\n{text}").facts] == [3]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_both_ends_of_line_are_read_and_counted_alike(newline):
    text = (fact() + fact(CLAIM)).replace("\n", newline)
    assert [one.line for one in read(text).facts] == [1, 10]


def test_a_line_separator_inside_a_text_is_no_end_of_line():
    text = fact(note='"cold\u2028wet"') + fact(CLAIM)
    assert [(one.note, one.line) for one in read(text).facts] == [("cold\u2028wet", 1), ("", 11)]


def test_a_syntax_error_spoils_one_fact_not_the_file():
    broken = fact(id='"broken"', ask='"no end')
    found = complaints(fact() + broken + fact(CLAIM, topic='"nets"'))
    assert len(found) == 2
    assert found[0].startswith("facts.toml:10: this fact is not TOML")
    assert "at line 16" in found[0]
    assert found[1] == "facts.toml:19: ice: bank.toml has no topic “nets”."


def test_every_problem_of_both_files_is_told_at_once_with_the_line_of_the_fact():
    found = complaints(
        fact(kind='"catch"', tier="5") + fact(CLAIM, paragraph='"four"'), BANK.replace('title = "The harbour"', "")
    )
    assert [one.split(" ")[0] for one in found] == ["bank.toml:", "facts.toml:1:", "facts.toml:1:", "facts.toml:11:"]
    assert "`title` is missing" in found[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": '"Catch 1"'}, "`id` must be lower case words joined by hyphens"),
        ({"id": None}, "`id` is missing"),
        ({"id": f'"{"a" * 101}"'}, "`id` must be text of at most 100 characters"),
        ({"colour": '"red"'}, "there is no field `colour`"),
        ({"paragraph": "13"}, "the source has the paragraphs 1 to 12"),
        ({"paragraph": "0"}, "the source has the paragraphs 1 to 12"),
        ({"paragraph": "[]"}, "`paragraph` must be a number"),
        ({"paragraph": "true"}, "`paragraph` must be a number"),
        ({"paragraph": "3.5"}, "`paragraph` must be a number"),
        ({"paragraph": None}, "`paragraph` is missing"),
        ({"topic": '"nets"'}, "bank.toml has no topic “nets”"),
        ({"topic": "3"}, "`topic` must be text in quotation marks"),
        ({"kind": '"guess"'}, "`kind` is “guess”; it must be one of event, quantity"),
        ({"kind": None}, "`kind` is missing"),
        ({"tier": '"maybe"'}, "`tier` is “maybe”; it must be one of must, should, may"),
        ({"speaker": '"nobody"'}, "bank.toml has no speaker “nobody”"),
        ({"mode": '"claimed"'}, "`mode` is “claimed”"),
        ({"status": '"disputed"'}, "a fact that is disputed needs a `note`"),
        ({"status": '"contradicted"'}, "a fact that is contradicted needs a `note`"),
        ({"status": '"outdated"'}, "a fact that is outdated needs a `note`"),
        ({"not_with": '["nothing"]'}, "there is no fact “nothing”"),
        ({"after": '["nothing"]'}, "there is no fact “nothing”"),
        ({"not_with": '"catch"'}, "`not_with` must be a list of texts"),
        ({"accept": '["40 tonnes", ""]'}, "`accept` must hold texts"),
        ({"accept": '["40 tonnes\\u0000"]'}, "`accept` must hold texts"),
        ({"statement": '"The {boats} landed {40 tons}."'}, "marks more than one value"),
        ({"statement": '"The boats landed {40 tons."'}, "a brace in the statement is not closed"),
        ({"statement": '"The boats landed 40 tons."'}, "go with a value marked by braces"),
        ({"statement": '"The boats landed {plenty}."'}, "no number can be read from “plenty”"),
        ({"statement": '""'}, "`statement` must not be empty"),
        ({"statement": f'"{"a" * 2001}"'}, "at most 2000 characters"),
        ({"statement": '"nul \\u0000"'}, "at most 2000 characters"),
        ({"ask": None}, "`ask` is missing: the statement marks a value"),
        ({"ask": '"how much"'}, "`ask` must end with a question mark"),
        ({"value_of": None}, "`value_of` is missing: the statement marks a value"),
        ({"relation": None}, "`relation` is missing: the statement marks a value"),
        ({"said": '"it was cold"'}, "`said` goes with `speaker`"),
        ({"number": '"40"'}, "`number` must be a number"),
        ({"number": "inf"}, "`number` must be a number"),
        ({"number": "nan"}, "`number` must be a number"),
        ({"number": "true"}, "`number` must be a number"),
        ({"number": "0x" + "f" * 5_000}, "`number` must be a number"),
        ({"number": "9" * 5_000}, "this fact is not TOML"),
        ({"accept": "[" * 5_000}, "this fact is not TOML"),
    ],
)
def test_a_mistake_is_named_with_the_line_of_the_fact(changes, sentence):
    found = complaints("# one fact\n" + fact(**changes))
    assert any(sentence in one for one in found), found
    assert {one.split(" ")[0] for one in found} == {"facts.toml:2:"}


def test_a_value_without_a_mark_is_a_mistake():
    assert "a value is given but the statement marks none" in complaints(fact(CLAIM, value='"ice"'))[0]


def test_a_number_given_beside_the_words_is_taken():
    week = read(fact(statement='"It took {over a week}."', number="1", unit='"weeks"', hedge='"over"')).facts[0]
    assert (week.value.text, week.value.quantity.number, week.value.kind) == ("over a week", 1, "number of weeks")


def test_two_facts_with_one_id_are_both_named():
    assert complaints(fact() + fact()) == [
        "facts.toml:1: catch: another fact has the same id.",
        "facts.toml:10: catch: another fact has the same id.",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_a_mistake(text):
    assert complaints(text) == ["facts.toml: there is no [[fact]] in it."]


@pytest.mark.parametrize("text", ['title = "x"\n', "[fact]\nid = 1\n", "[[facts]]\n"])
def test_only_comments_may_stand_before_the_first_fact(text):
    assert complaints(text + fact())[0] == "facts.toml:1: only comments may stand before the first [[fact]]."


@pytest.mark.parametrize("header", ["[[facts]]", "[other]", '[["fact"]]'])
def test_a_misspelt_header_is_not_passed_over_in_silence(header):
    found = complaints(fact() + fact(CLAIM).replace("[[fact]]", header))
    assert found == ["facts.toml:1: a table after this fact is not headed [[fact]]."]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("paragraphs = 12", "paragraphs = 0", "must say how many paragraphs"),
        ("paragraphs = 12", "", "[source]: `paragraphs` is missing"),
        ("[[side]]", "[side]", "`side` must be written as [[side]] tables"),
        ('adjective = "Harbour board"', "", "[[side]] 1: `adjective` is missing"),
        ('adjective = "Harbour board"', 'adjective = "x"\npattern = "red"', "`pattern` is “red”"),
        ('side = "harbour"', 'side = "moon"', "[[speaker]] harbour-master: there is no side “moon”"),
        ('role = "the harbour master"', 'role = "x"\nkind = "ghost"', "`kind` is “ghost”"),
        ('role = "the harbour master"', 'role = "x"\ninterviewed = "yes"', "`interviewed` must be true or false"),
        ('licence = "MIT"', 'licence = "MIT"\nlicense = "MIT"', "there is no field `license`"),
        ('label = "Trade"', 'label = "Trade"\n[[topic]]\nid = "trade"\nlabel = "x"', "two [[topic]]"),
        ('title = "The harbour"', 'title = "The harbour', "this is not TOML"),
        pytest.param('title = "The harbour"', f"title = {'9' * 5_000}", "this is not TOML", id="endless number"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_banks_file_is_named(old, new, sentence):
    assert old in BANK
    found = complaints(fact(), BANK.replace(old, new, 1))
    assert any(sentence in one for one in found), found
    assert all(one.startswith("bank.toml: ") for one in found)


FACTS = fact() + fact(CLAIM)
PIECES = st.sampled_from(
    [*"[]{}\"'=,.\n\\#", "[[fact]]", '"""', "\x00", "\r", "\u2028", "{a}", "9" * 5_000, "inf", "[fact.x]"]
) | st.text(max_size=3)


@st.composite
def mutated(draw, text):
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(PIECES) + text[start + draw(st.integers(0, 6)) :]
    return text


def read_or_complain(facts_text, bank_text):
    try:
        base = read(facts_text, bank_text)
    except InvalidContent as error:
        assert error.problems
        assert all(problem.line is None or problem.line >= 1 for problem in error.problems)
    else:
        assert base.facts


@given(mutated(FACTS))
@example(FACTS.replace('"trade"', "[" * 5_000))
def test_a_mutated_file_of_facts_is_read_or_refused(text):
    read_or_complain(text, BANK)


@given(mutated(BANK))
def test_a_mutated_bank_file_is_read_or_refused(text):
    read_or_complain(FACTS, text)


@pytest.mark.long
@settings(max_examples=20_000)
@given(mutated(FACTS), mutated(BANK))
def test_many_mutated_files_are_read_or_refused(facts_text, bank_text):
    read_or_complain(facts_text, bank_text)


@pytest.mark.parametrize("field", sorted(CATCH))
def test_no_field_of_a_value_fact_can_be_left_out(field):
    assert any(re.search(f"`?{field}`?", one) for one in complaints(fact(**{field: None})))
