import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.toml_writing import toml_document

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = TEXTS | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = PLAIN | st.lists(PLAIN)
TABLES = st.recursive(
    st.dictionaries(TEXTS, VALUES, max_size=3),
    lambda inner: st.dictionaries(TEXTS, VALUES | inner | st.lists(inner, min_size=1, max_size=3), max_size=3),
    max_leaves=8,
)


@given(TABLES)
def test_what_is_written_is_read_back(values):
    assert tomllib.loads(toml_document(values)) == values


def test_plain_values_stand_before_the_tables_whatever_their_order():
    written = toml_document({"speaker": [{"id": "a"}], "source": {"id": "s"}, "title": "T"})
    assert written == 'title = "T"\n\n[[speaker]]\nid = "a"\n\n[source]\nid = "s"\n'


def test_a_table_inside_a_list_of_plain_values_stands_in_one_line():
    assert toml_document({"mixed": [1, {"a b": "c"}]}) == 'mixed = [1, { "a b" = "c" }]\n'


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), b"bytes", {1, 2}, "half \ud800", object()])
def test_what_toml_has_no_form_of_is_refused(value):
    with pytest.raises(TypeError):
        toml_document({"value": value})
