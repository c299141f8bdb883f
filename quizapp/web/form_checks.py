"""What our forms refuse, and the sentences they say it in."""

from typing import ClassVar

from wtforms import Field, Form, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import Length, StopValidation

from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.quantities import NotANumber, read_number

NO_CHOICE = "Choose one of those on offer."


def given(field: Field) -> bool:
    """Say whether something was typed that can be seen."""
    return not is_blank(field.data or "")


def storable(form: Form, field: Field) -> None:
    """Refuse characters that no database keeps and nobody can see."""
    if any(ord(one) < 32 and one not in "\r\n\t" for one in field.data or ""):
        raise ValidationError("There is a character in it that cannot be stored. Type it anew.")


def a_number(form: Form, field: Field) -> None:
    """Refuse what no number can be read from."""
    try:
        read_number(field.data or "")
    except NotANumber as error:
        raise ValidationError(str(error)) from error


class Needed:
    """Refuse a field in which nothing can be seen, and say what is wanted."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        """Stop at once: what is not there has no other faults."""
        if not given(field):
            raise StopValidation(self.message)


def at_most(length: int) -> Length:
    """Refuse what is longer than `length` characters."""
    return Length(max=length, message=f"Shorten this: it can have {length} characters.")


class OurWords:
    """Say in our words what WTForms has sentences of its own for."""

    said: ClassVar = {
        "Not a valid choice.": NO_CHOICE,
        "Not a valid integer value.": "Write a whole number.",
        "Not a valid date value.": "Write a day, like 2026-06-01.",
    }

    def gettext(self, text: str) -> str:
        """Return our sentence, or the given one."""
        return self.said.get(text, text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of a sentence that goes with a count."""
        return one if count == 1 else many


class InOurWords:
    """What a form of ours takes its sentences from."""

    def get_translations(self, form: BaseForm) -> OurWords:
        """Return our sentences."""
        return OurWords()
