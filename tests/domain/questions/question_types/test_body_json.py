import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.body_json import MAX_TEXT, BadBody, body_from_json, body_to_json
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody

BODY = SingleChoiceBody("a", (Distractor("b", "No.", "fact"), Distractor("c", "No.")), in_order=True, rank=2)
STORABLE = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
st.register_type_strategy(str, STORABLE)


def changed(**changes):
    return {**body_to_json(BODY), **changes}


@pytest.mark.parametrize("body_class", [kind.body_class for kind in QUESTION_TYPES.values()])
@given(data=st.data())
def test_every_body_survives_json(body_class, data):
    body = data.draw(st.from_type(body_class))
    assert body_from_json(body_class, json.loads(json.dumps(body_to_json(body)))) == body


def test_what_has_a_default_may_be_left_out():
    assert body_from_json(NumericBody, {"number": "5"}) == NumericBody("5")
    assert body_from_json(TrueFalseBody, {"is_true": True, "reason": "So."}) == TrueFalseBody(True, "So.")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "`body` must be an object."),
        ([], "`body` must be an object."),
        ("a", "`body` must be an object."),
        ({}, "`body.key` is missing."),
        (changed(colour="red"), "`body` has no field `colour`."),
        (changed(key=5), "`body.key` must be str."),
        (changed(key=None), "`body.key` must be str."),
        (changed(key="a\x00"), "`body.key` must be text of at most"),
        (changed(key="a" * (MAX_TEXT + 1)), "`body.key` must be text of at most"),
        (changed(rank=True), "`body.rank` must be int."),
        (changed(rank=1.0), "`body.rank` must be int."),
        (changed(in_order=1), "`body.in_order` must be bool."),
        (changed(distractors={}), "`body.distractors` must be a list."),
        (changed(distractors="ab"), "`body.distractors` must be a list."),
        (changed(distractors=[5]), "`body.distractors[0]` must be an object."),
        (changed(distractors=[{"text": "b", "reason": "No.", "fact": 5}]), "`body.distractors[0].fact` must be str."),
        (changed(distractors=[{"text": "b"}]), "`body.distractors[0].reason` is missing."),
    ],
)
def test_what_is_wrong_is_named_by_its_place(data, sentence):
    with pytest.raises(BadBody, match=re.escape(sentence)):
        body_from_json(SingleChoiceBody, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | STORABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "rank"]) | STORABLE, inner),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from([kind.body_class for kind in QUESTION_TYPES.values()]), JSON)
def test_any_json_is_a_body_or_a_bad_body(body_class, data):
    try:
        assert isinstance(body_from_json(body_class, data), body_class)
    except BadBody as error:
        assert "`body" in str(error)
