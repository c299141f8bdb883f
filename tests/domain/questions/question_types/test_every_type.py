"""Rules that every registered question type keeps, tried on its own `example`; a new type needs no change here."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.question_types.author_values import BadValue
from quizapp.domain.questions.question_types.body_json import BadBody, body_from_json, body_to_json
from quizapp.domain.questions.question_types.question_type import Given, NotGradable, Omitted
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type
from quizapp.domain.seeded_order import SeededOrder
from quizapp.settings import CHECKOUT

ORDER = SeededOrder(1)
TYPES = list(QUESTION_TYPES.values())
TEMPLATES = CHECKOUT / "quizapp/web/templates/question_types"
TESTS = Path(__file__).parent
EMPTY = ["", " ", "\n\t", "\u00a0"]
HOSTILE = [
    "0", "1", "2", "99", "-1", "+1", "1.5", "１", "٣", "²", "1e999", "NaN", "inf", "0x1", "true", "true\n", "True",
    "false", "TRUE ", "null", "\x00", "1\x00", "🙂", "<script>", "‮1", "1\u2028", "None", "[]", "{}", "9" * 10_000,
    "a" * 10_000, "1" + " " * 10_000, "12,000 species", "twelve thousand", "1 or 2", "ten five", "'; DROP TABLE--",
]  # fmt: skip

every_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)


@every_type
def test_a_type_has_a_template_and_a_test_of_its_name(kind):
    needed = [TEMPLATES / f"{kind.name}.html", TESTS / f"test_{kind.name}.py"]
    assert [str(path) for path in needed if not path.is_file()] == []


def test_no_template_is_left_over():
    assert {path.stem for path in TEMPLATES.glob("*.html")} == set(QUESTION_TYPES)


def test_names_and_labels_tell_types_apart():
    assert len({kind.name for kind in TYPES}) == len({kind.label for kind in TYPES}) == len(TYPES)
    assert all(question_type(kind.name) is kind for kind in TYPES)


@every_type
def test_a_type_says_what_it_is_and_what_to_do(kind):
    assert kind.name.isidentifier()
    assert kind.label
    assert kind.instruction.endswith(".")


@every_type
def test_the_author_fills_in_fields_that_the_body_has(kind):
    names = [field.name for field in kind.author_fields]
    assert set(names) <= {field.name for field in fields(kind.body_class)}
    assert len(set(names)) == len(names) > 0


@every_type
def test_the_example_can_be_asked(kind):
    assert kind.problems(kind.example) == []


@every_type
def test_the_body_survives_json(kind):
    data = json.loads(json.dumps(body_to_json(kind.example)))
    assert body_from_json(kind.body_class, data) == kind.example


@every_type
def test_there_are_words_for_the_key_and_the_answer(kind):
    key = kind.key(kind.example)
    texts = (
        [key]
        if isinstance(key, str)
        else [text for part in key for text in ([part] if isinstance(part, str) else part)]
    )
    assert texts
    assert all(text.strip() for text in (*texts, kind.answer_text(kind.example)))


@every_type
def test_the_distractors_are_among_the_options_beside_the_key_and_have_reasons(kind):
    options, key = kind.options(kind.example), kind.key(kind.example)
    wrong = [one.text for one in kind.distractors(kind.example)]
    if options:
        assert len(options) == len(set(options))
        assert set(wrong) < set(options)
    if options and isinstance(key, str):
        assert sorted([key, *wrong]) == sorted(options)
    assert all(one.reason for one in kind.distractors(kind.example))


@every_type
def test_the_right_example_response_scores_one_and_the_wrong_one_less(kind):
    right, wrong = kind.example_responses()
    assert kind.grade(kind.example, right).score == 1
    assert 0 <= kind.grade(kind.example, wrong).score < 1
    assert all(kind.response_text(kind.example, response).strip() for response in (right, wrong))


@every_type
@pytest.mark.parametrize("form", [{}, *({"response": text} for text in EMPTY), {"other": "1"}])
def test_an_empty_form_is_an_omitted_response(kind, form):
    assert kind.read(form, kind.example, ORDER) == Omitted()


@every_type
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_input_is_read_without_an_error(kind, text):
    read_and_grade(kind, text)


@every_type
@given(text=st.text(max_size=40))
def test_any_text_is_read_without_an_error(kind, text):
    read_and_grade(kind, text)


def read_and_grade(kind, text):
    form = {"response": text} | {f"response-{number}": text for number in range(-1, 12)}
    for seed in range(5):
        order = SeededOrder(seed)
        reading = kind.read(form, kind.example, order)
        assert kind.read(form, kind.example, order) == reading
        match reading:
            case NotGradable(message):
                assert message.strip()
                assert len(message) < 1_000
            case Given(response):
                stored = json.loads(json.dumps(response))
                assert stored == response
                assert "\x00" not in json.dumps(response, ensure_ascii=False)
                assert 0 <= kind.grade(kind.example, stored).score <= 1
                assert 0 < len(kind.response_text(kind.example, stored)) < 2_000
            case _:
                assert not text.strip()


@every_type
def test_a_type_is_shown_with_every_seed_and_always_the_same_for_one(kind):
    for seed in range(50):
        shown = kind.present(kind.example, SeededOrder(seed))
        assert shown == kind.present(kind.example, SeededOrder(seed))


@every_type
def test_a_body_of_another_shape_is_never_taken(kind):
    others = [other for other in TYPES if other.body_class is not kind.body_class]
    for other in others:
        with pytest.raises(ValueError, match="body"):
            body_from_json(kind.body_class, body_to_json(other.example))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=20) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "left", "fact"]), inner),
    max_leaves=6,
)


@every_type
def test_a_body_comes_back_from_what_its_author_sees_of_it(kind):
    values = json.loads(json.dumps(kind.author_values(kind.example)))
    assert values.keys() == {field.name for field in kind.author_fields}
    assert kind.authored_body(values, kind.example) == kind.example


@every_type
def test_what_an_author_sees_is_enough_for_a_question_that_can_be_asked(kind):
    made = kind.authored_body(kind.author_values(kind.example))
    assert kind.problems(made) == []
    assert kind.answer_text(made) == kind.answer_text(kind.example)


@every_type
@given(data=st.data())
def test_whatever_an_author_sends_is_a_body_or_refused(kind, data):
    values = {field.name: data.draw(JSON_VALUES) for field in kind.author_fields}
    try:
        made = kind.authored_body(values)
    except (BadBody, BadValue):
        return
    assert isinstance(made, kind.body_class)
    assert all(isinstance(problem, str) for problem in kind.problems(made))
