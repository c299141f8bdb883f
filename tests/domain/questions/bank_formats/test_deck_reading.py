import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.deck_reading import read_deck
from tests.domain.questions.bank_formats.hostile_decks import OPEN, READ, REFUSED_AS_A_WHOLE


@pytest.mark.parametrize("name", REFUSED_AS_A_WHOLE)
def test_what_is_no_deck_is_refused_as_a_whole_with_the_reason(name):
    data, reason = REFUSED_AS_A_WHOLE[name]
    with pytest.raises(InvalidContent, match=reason):
        read_deck(data)


@pytest.mark.parametrize("name", READ)
def test_each_line_comes_to_its_card_or_its_problem(name):
    data, wanted = READ[name]
    rows = read_deck(data).rows
    assert len(rows) == len(wanted)
    for row, want in zip(rows, wanted, strict=True):
        if isinstance(want, str):
            assert want in row.problem
        else:
            assert (row.front, row.back, row.problem) == (*want, "")


def test_there_are_many_hostile_decks():
    assert len(READ) + len(REFUSED_AS_A_WHOLE) >= 60


def test_a_problem_names_the_line_it_stands_on():
    rows = read_deck(b'front,back\n"a\nb",c\n\nd,\n"e,f\ng,h\n').rows
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, False), (5, True), (6, True), (7, False)]
    assert OPEN in rows[2].problem and "lines 2 to 3" in rows[0].remark


def test_lines_are_counted_from_the_top_of_the_file_with_its_header():
    assert read_deck(b"#separator:comma\n#html:false\na,b\n").rows[0].line == 3


def test_every_column_is_read_by_its_name():
    (row,) = read_deck(b"front,back,topic,source,speaker,note\na,b,Geo,The Atlas,Ada Quay,Old\n").rows
    assert (row.topic, row.source, row.speaker, row.note) == ("Geo", "The Atlas", "Ada Quay", "Old")


@pytest.mark.parametrize(
    ("tags", "topic"),
    [("geo::europe capitals", "geo: europe"), ("a_b", "a b"), ("", ""), (" , ", ""), ("one;two", "one")],
)
def test_the_first_tag_is_the_topic(tags, topic):
    assert read_deck(f'front\tback\ttags\na\tb\t"{tags}"\n'.encode()).rows[0].topic == topic


def test_tags_of_the_whole_file_are_for_cards_without_their_own():
    rows = read_deck(b"#separator:comma\n#tags:all\n#tags column:3\na,b,own\nc,d,\n").rows
    assert [row.topic for row in rows] == ["own", "all"]


def test_columns_nobody_knows_are_ignored_with_a_note():
    deck = read_deck(b"front,back,colour\na,b,red\nc,d,\n")
    assert "“colour”" in deck.notes[0]
    assert [row.remark for row in deck.rows] == ["1 more column was ignored.", ""]


def test_what_is_left_out_of_a_card_is_said():
    assert "picture or a sound" in read_deck(b"#html:true\na<img src=x>\tb\n").rows[0].remark


def test_the_deck_may_name_itself():
    assert read_deck(b"#deck:  Capitals\na,b\n").title == "Capitals"


@pytest.mark.parametrize(
    ("file_name", "format_name", "back"),
    [("deck.csv", "", "b\tc"), ("deck.tsv", "", "c"), ("deck.txt", "tsv", "c"), ("deck.tsv", "csv", "b\tc")],
)
def test_the_format_asked_for_goes_before_the_suffix(file_name, format_name, back):
    assert read_deck(b"a,b\tc\n", file_name, format_name).rows[0].back == back


def test_ten_thousand_rows_are_read_and_quickly_even_with_every_quotation_open():
    data = b'"a""\n' * 5_000 + b"a,b\n" * 5_000
    start = time.perf_counter()
    assert len(read_deck(data, "deck.csv").rows) == 10_000
    assert time.perf_counter() - start < 5


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data):
    try:
        deck = read_deck(data)
    except InvalidContent as error:
        assert error.problems[0].sentence
    else:
        assert all(row.problem or (row.front and row.back) for row in deck.rows)


CELLS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20), st.sampled_from(["csv", "tsv"]))
def test_what_the_csv_module_writes_is_read_as_it_was(cards, format_name):
    written = io.StringIO()
    csv.writer(written, delimiter={"csv": ",", "tsv": "\t"}[format_name], quoting=csv.QUOTE_ALL).writerows(
        [("front", "back"), *cards]
    )
    rows = read_deck(written.getvalue().encode(), format_name=format_name).rows
    assert [(row.front, row.back, row.problem) for row in rows] == [(*card, "") for card in cards]


MUTATED = st.lists(st.tuples(st.integers(0, 120), st.binary(max_size=3)), max_size=6)


@given(MUTATED)
def test_a_good_deck_with_bytes_put_into_it_is_read_or_refused_in_words(changes):
    data = bytearray(b'front,back,topic\n"a, b",c,Geo\nd,"e\nf",Geo\ng,h,"x ""y"""\n#html:true\n&amp;,<b>i</b>,\n')
    for place, new in changes:
        data[place:place] = new
    try:
        deck = read_deck(bytes(data))
    except InvalidContent as error:
        assert error.problems[0].sentence
    else:
        assert all(row.line >= 1 for row in deck.rows)
