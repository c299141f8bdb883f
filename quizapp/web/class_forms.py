"""The forms of classes: their names, the names people have in them, and how long a code works."""

from flask_wtf import FlaskForm
from wtforms import Field, Form, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3

from quizapp.domain.join_code import CodeLife
from quizapp.domain.roles import ClassRole
from quizapp.domain.shown_name import LONGEST_CLASS_NAME, LONGEST_MEMBER_NAME, name_problem
from quizapp.web.form_checks import InOurWords, Needed

LIFE_LABELS = {
    CodeLife.DAY: "one day",
    CodeLife.TWO_WEEKS: "14 days",
    CodeLife.SCHOOL_YEAR: "a school year (300 days)",
}
LONGEST_CODE = 300
"""Long enough for the whole link, which is read as its code."""


class AName:
    """Refuse what is no name of at most this length."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, form: Form, field: Field) -> None:
        """Say what is wrong with it."""
        if problem := name_problem(field.data or "", self.longest):
            raise ValidationError(f"The name {problem}")


def life_field() -> SelectField:
    """Return a field that asks how long a code works."""
    choices = [SelectChoice(life.value, label) for life, label in LIFE_LABELS.items()]
    return SelectField("It works for", choices=choices, default=CodeLife.TWO_WEEKS.value)


class NameForm(FlaskForm):
    """The name of a class."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    name = StringField(
        "Name of the class",
        [Needed("Give the class a name."), AName(LONGEST_CLASS_NAME)],
        description="As its learners know it.",
    )


class NewClassForm(NameForm):
    """A new class, and what its teacher is called in it."""

    own_name = StringField(
        "Your name in it",
        [Needed("Write what your learners call you."), AName(LONGEST_MEMBER_NAME)],
        description="What your learners see.",
    )


class CodeForm(FlaskForm):
    """A new code: whom it is for, and how long it works."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    role = SelectField("For", choices=[SelectChoice(role.value, role.value) for role in ClassRole])
    life = life_field()


class JoinForm(FlaskForm):
    """A code, and the name its owner will have in the class."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    code = StringField("The code", [Needed("Write the code your teacher gave you.")], description="Like K7QM-4XHT.")
    name = StringField(
        "Your name in this class",
        [Needed("Write what you are called in this class."), AName(LONGEST_MEMBER_NAME)],
        description="Your teachers see it, other learners do not. If your code came with a name, that name is taken.",
    )
