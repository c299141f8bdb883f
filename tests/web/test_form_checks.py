import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, IntegerField, SelectField, StringField
from wtforms.meta import DefaultMeta

from quizapp.web.form_checks import NO_CHOICE, InOurWords, Needed, a_number, at_most, storable


class Tried(Form):
    class Meta(InOurWords, DefaultMeta):
        pass

    words = StringField(validators=[Needed("Write it."), at_most(5), storable])
    number = StringField(validators=[a_number])
    place = IntegerField()
    side = SelectField()


def tried(**changes):
    form = Tried(MultiDict({"words": "ice", "number": "3", "place": "4", "side": "north", **changes}))
    form.side.choices = [("north", "North")]
    form.validate()
    return form.errors


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("words", "", "Write it."),
        ("words", "\u200b", "Write it."),
        ("words", "frozen", "Shorten this: it can have 5 characters."),
        ("words", "a\x07b", "There is a character in it that cannot be stored. Type it anew."),
        ("place", "four", "Write a whole number."),
        ("side", "west", NO_CHOICE),
    ],
)
def test_what_is_refused_is_said_in_our_words(name, value, message):
    assert tried(**{name: value}) == {name: [message]}


def test_a_number_that_cannot_be_read_is_refused_and_what_is_sound_passes():
    assert set(tried(number="many")) == {"number"}
    assert tried() == {}
