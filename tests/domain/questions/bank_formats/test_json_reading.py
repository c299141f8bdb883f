import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.balance import balance_of
from quizapp.domain.questions.bank_formats import json_reading
from quizapp.domain.questions.bank_formats.json_format import FORMAT_VERSION, JsonFormat
from quizapp.domain.questions.bank_formats.json_reading import read_bank
from quizapp.domain.questions.snapshots import snapshot_of, snapshot_to_text
from tests.factories import make_bank

GOOD = JsonFormat().write(make_bank())
DATA = json.loads(GOOD)


def place_of(kind):
    return next(number for number, one in enumerate(DATA["questions"]) if one["type"] == kind)


CHOICE, NUMBER = place_of("single_choice"), place_of("numeric")
GONE = "take this field away"


def changed(path, value):
    data = copy.deepcopy(DATA)
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    if value == GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data).encode()


def complaints(data):
    with pytest.raises(InvalidContent) as caught:
        read_bank(data, FORMAT_VERSION)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["bank"], GONE, "bank: it must be an object"),
        (["bank"], [], "bank: it must be an object"),
        (["bank", "format"], 2, "`format` must be 1"),
        (["bank", "format"], True, "`format` must be 1"),
        (["bank", "format"], "1", "`format` must be 1"),
        (["bank", "name"], "../secrets", "`name` must be lower case words joined by hyphens"),
        (["bank", "name"], "a" * 101, "`name` must be text of at most 100 characters"),
        (["bank", "title"], "a" * 201, "`title` must be text of at most 200 characters"),
        (["bank", "colour"], "red", "bank: there is no field `colour`"),
        (["bank", "topics"], {}, "`topics` must be a list of objects"),
        (["bank", "topics", 0, "id"], "nets", "there is no topic “trade”"),
        (["source"], None, "source: it must be an object"),
        (["source", "outlet"], "", "`outlet` must not be empty"),
        (["source", "paragraphs"], 0, "`paragraphs` must be one number from 1 to 10000"),
        (["source", "paragraphs"], [1, 2], "`paragraphs` must be one number from 1 to 10000"),
        (["source", "paragraphs"], 10**100, "`paragraphs` must be one number from 1 to 10000"),
        (["source", "paragraphs"], 2, "its paragraph is not in the source"),
        (["source", "sides", 0, "pattern"], "pink", "`pattern` is “pink”; it must be one of solid, hatched"),
        (["source", "speakers", 0, "kind"], "ghost", "`kind` is “ghost”"),
        (["source", "speakers"], [], "there is no speaker “harbour-master”"),
        (["facts"], GONE, "`facts` is missing"),
        (["facts"], [5], "`facts` must be a list of objects"),
        (["facts", 0, "id"], "nothing", "there is no fact “catch-1”"),
        (["facts", 1, "id"], "catch-1", "two facts have the id “catch-1”"),
        (["facts", 0, "id"], "a" * 101, "`id` must be text of at most 100 characters"),
        (["facts", 0, "kind"], {}, "`kind` is “{}”; it must be one of"),
        (["facts", 0, "paragraphs"], [True], "`paragraphs` must be a number"),
        (["facts", 0, "note"], "\x00", "`note` must be text of at most 2000 characters"),
        (["facts", 0, "secret"], 1, "there is no field `secret`"),
        (["questions"], "none", "`questions` must be a list of objects"),
        (["questions", 1, "id"], DATA["questions"][0]["id"], "two questions have the id"),
        (["questions", 0, "type"], "essay", "there is no question type “essay”"),
        (["questions", 0, "type"], GONE, "`type` is missing"),
        (["questions", 0, "stem"], 5, "`stem` must be text in quotation marks"),
        (["questions", 0, "stem"], "a" * 501, "the stem is longer than 500 characters"),
        (["questions", 0, "facts"], [], "it tests no fact"),
        (["questions", 0, "facts"], ["nothing"], "there is no fact “nothing”"),
        (["questions", 0, "facts"], [["a"]], "`facts` must be a list of texts"),
        (["questions", 0, "topic"], "nets", "there is no topic “nets”"),
        (["questions", 0, "speaker"], "nobody", "there is no speaker “nobody”"),
        (["questions", 0, "scored"], "yes", "`scored` must be true or false"),
        (["questions", CHOICE, "body"], GONE, "`body` must be an object"),
        (["questions", CHOICE, "body", "key"], 5, "`body.key` must be str"),
        (["questions", CHOICE, "body", "distractors"], [], "it has 1 option; 3 to 9 can be asked"),
        (["questions", CHOICE, "body", "distractors", 0, "fact"], "nothing", "there is no fact “nothing”"),
        (["questions", CHOICE, "body", "rank"], 10**30, "the key's rank is not a place"),
        (["questions", NUMBER, "body", "number"], "1e999999999", "the number is not a decimal number"),
        (["questions", NUMBER, "body", "scale"], 10**400, "the scale is not one of"),
        (["questions", NUMBER, "body", "near", 0, "number"], "NaN", "is not a decimal number"),
        (["questions", NUMBER, "body", "near", 0, "number"], "1e999999999", "is not a decimal number"),
    ],
    ids=lambda value: ".".join(map(str, value))[:60] if isinstance(value, list) else ascii(value)[:30],
)
def test_what_is_wrong_is_named(path, value, sentence):
    found = complaints(changed(path, value))
    assert any(sentence in one for one in found), found


def test_every_problem_is_told_at_once():
    data = copy.deepcopy(DATA)
    data["bank"]["title"] = 5
    data["facts"][0]["kind"] = "guess"
    data["questions"][0]["body"] = None
    assert len(complaints(json.dumps(data).encode())) >= 3


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b'{"bank": {}, "bank": {}}', "the same key twice", id="twin keys"),
        pytest.param(b'{"bank": NaN}', "NaN is not a number", id="NaN"),
        pytest.param(b'{"bank": -Infinity}', "-Infinity is not a number", id="infinity"),
        pytest.param(b'{"bank": "\\ud800"}', "not JSON that can be read", id="lone surrogate"),
        pytest.param(b"\xef\xbb\xbf{}", "not JSON that can be read", id="byte order mark"),
        pytest.param(b"[" * 100_000, "not JSON that can be read", id="deep nesting"),
        pytest.param(b'{"a":' * 50_000, "not JSON that can be read", id="deep objects"),
        pytest.param(b"9" * 10_000, "not JSON that can be read", id="endless number"),
        pytest.param(b" " * (json_reading.MAX_BYTES + 1), "larger than 20 MB", id="too large"),
        pytest.param(b"[]", "it must hold an object", id="a list"),
    ],
)
def test_what_is_no_json_object_is_refused(data, sentence):
    assert sentence in complaints(data)[0]


def test_a_file_of_another_version_is_refused_whole():
    with pytest.raises(InvalidContent, match="`format` must be 9"):
        read_bank(GOOD, 9)


def test_what_only_repeats_the_body_may_be_missing():
    data = copy.deepcopy(DATA)
    for question in data["questions"]:
        for repeated in ("options", "key", "distractor_reasons", "distractor_facts", "paragraphs"):
            del question[repeated]
    assert JsonFormat().write(read_bank(json.dumps(data).encode(), FORMAT_VERSION)) == GOOD


def read_or_complain(data):
    try:
        bank = read_bank(data, FORMAT_VERSION)
    except InvalidContent as error:
        assert error.problems
        return
    balance_of(bank.facts, bank.source)
    for question in bank.questions:
        snapshot_to_text(snapshot_of(question, bank))
    written = JsonFormat().write(bank)
    assert JsonFormat().write(read_bank(written, FORMAT_VERSION)) == written


@st.composite
def mutated_bytes(draw):
    data = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data) - 1))
        piece = draw(
            st.binary(max_size=3) | st.sampled_from([b'"', b"{", b"]", b"null", b"1e999", b"-1", b"true", b"\\u0000"])
        )
        data[start : start + draw(st.integers(0, 8))] = piece
    return bytes(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def paths(data, way=()):
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*way, key))


PATHS = list(paths(DATA))
CHANGES = st.tuples(st.sampled_from(PATHS), JSON | st.sampled_from([1e308, "1e999999999", "x" * 3_000, "a b", 10**30]))


@given(mutated_bytes())
def test_mutated_bytes_are_read_or_refused(data):
    read_or_complain(data)


@given(CHANGES)
def test_a_mutated_value_is_read_or_refused(change):
    read_or_complain(changed(*change))


@pytest.mark.long
@settings(max_examples=10_000)
@given(mutated_bytes())
def test_many_mutated_bytes_are_read_or_refused(data):
    read_or_complain(data)


@pytest.mark.long
@settings(max_examples=10_000)
@given(CHANGES)
def test_many_mutated_values_are_read_or_refused(change):
    read_or_complain(changed(*change))
