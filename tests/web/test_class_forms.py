import pytest
from werkzeug.datastructures import MultiDict

from quizapp.domain.join_code import CodeLife
from quizapp.web.class_forms import LIFE_LABELS, CodeForm, JoinForm, NewClassForm


@pytest.fixture(autouse=True)
def request_of_the_app(app):
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context():
        yield


def test_every_life_of_a_code_has_a_label():
    assert set(LIFE_LABELS) == set(CodeLife)


HIDDEN = "The name holds a character that cannot be seen. Type it anew."


@pytest.mark.parametrize(
    ("name", "own_name", "errors"),
    [
        ("Latin", "Ms T", []),
        (" ", "", ["Give the class a name.", "Write what your learners call you."]),
        ("x" * 121, "x" * 101, [f"The name is longer than {length} characters." for length in (120, 100)]),
        ("a\x00", "b\ud800", [HIDDEN, HIDDEN]),
    ],
)
def test_a_new_class_needs_two_names(name, own_name, errors):
    form = NewClassForm(MultiDict({"name": name, "own_name": own_name}))
    assert form.validate() == (not errors)
    assert [*form.name.errors, *form.own_name.errors] == errors


@pytest.mark.parametrize(
    ("fields", "fine"),
    [
        ({"role": "learner", "life": "day"}, True),
        ({"role": "teacher", "life": "school year"}, True),
        ({"role": "admin", "life": "day"}, False),
        ({"role": "learner", "life": "for ever"}, False),
        ({}, False),
    ],
)
def test_a_code_is_for_one_of_two_and_lives_for_one_of_three(fields, fine):
    assert CodeForm(MultiDict(fields)).validate() == fine


def test_joining_needs_a_code_and_a_name():
    form = JoinForm(MultiDict({"code": " ", "name": ""}))
    assert not form.validate() and set(form.errors) == {"code", "name"}
