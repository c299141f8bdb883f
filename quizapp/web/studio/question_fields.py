"""The fields of a question's form that belong to its type, one builder for each kind of author field."""

from collections.abc import Callable, Iterator
from textwrap import shorten
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Optional

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import MAX_STEM, Bank
from quizapp.domain.questions.question_types.author_values import ROW_FIELDS
from quizapp.domain.questions.question_types.matching import MAX_ROWS
from quizapp.domain.questions.question_types.question_type import AuthorField, QuestionType
from quizapp.domain.questions.question_types.single_choice import MAX_OPTIONS
from quizapp.web.form_checks import InOurWords, Needed, a_number, at_most, given, storable

MAX_LINE = 300
MAX_WORDS = 200
MAX_LINES = 2_000
MAX_CHOICE = 90
ROWS = 3
PREFIX = "body_"


class DistractorForm(Form):
    """One wrong answer with its reason and the fact it is borrowed from; a row left empty is none.

    A row with a fact alone takes over that fact's value and what it is right for. `_rows` adds the field `fact`.
    """

    class Meta(InOurWords, DefaultMeta):
        """Our sentences."""

    text = StringField("Wrong answer", [at_most(MAX_WORDS), storable])
    reason = StringField("Why it is wrong, and what it is right for", [at_most(MAX_LINE), storable])
    fact: SelectField
    with_values: frozenset[str] = frozenset()
    """The ids of the facts that have a value to take over."""

    def validate_text(self, field: Field) -> None:
        """Refuse a reason alone, and a fact that has no words of its own to offer."""
        if given(field) or self.fact.data in self.with_values:
            return
        if given(self.reason):
            raise ValidationError("Write the wrong answer that this is the reason of.")
        if self.fact.data:
            raise ValidationError("Write the wrong answer: this fact has no value to take over.")

    def validate_reason(self, field: Field) -> None:
        """Ask for the reason of a wrong answer: it is what a learner reads."""
        if given(self.text) and not given(field) and self.fact.data not in self.with_values:
            raise ValidationError("Say why it is wrong, and what it is right for.")


class PairForm(Form):
    """Two things that belong together, and the fact that says so; a row left empty is none."""

    class Meta(InOurWords, DefaultMeta):
        """Our sentences."""

    left = StringField("This", [at_most(MAX_WORDS), storable])
    right = StringField("belongs to this", [at_most(MAX_WORDS), storable])
    fact: SelectField
    with_values: frozenset[str] = frozenset()

    def validate_left(self, field: Field) -> None:
        """Refuse a right side alone."""
        if not given(field) and (given(self.right) or self.fact.data):
            raise ValidationError("Write what stands on the left.")

    def validate_right(self, field: Field) -> None:
        """Refuse a left side alone."""
        if given(self.left) and not given(field):
            raise ValidationError("Write what belongs to it.")


_ROW_FORMS: dict[str, tuple[type[Form], int, str]] = {
    "distractors": (DistractorForm, MAX_OPTIONS - 1, "wrong answers"),
    "pairs": (PairForm, MAX_ROWS, "pairs"),
}
"""For each kind of list: the form of a row, the most rows, and what they are called."""
_COUNTED = {0: "there is none yet", 1: "there is one so far", 2: "there are two so far"}
_IN_WORDS = {1: "one", 2: "two", 3: "three"}


def type_fields(kind: QuestionType[Any], bank: Bank | None) -> Iterator[tuple[str, Any]]:
    """Yield the name and field of each author field of a type; without a bank no fact is offered."""
    for one in kind.author_fields:
        is_stem = one.name == kind.stem_field
        yield PREFIX + one.name, _long_text(one) if is_stem else _BUILDERS[one.kind](one, bank)


def has_all_fields(kind: QuestionType[Any]) -> bool:
    """Say whether every author field of a type can be built."""
    return all(field.kind in _BUILDERS for field in kind.author_fields)


def is_given(row: Form) -> bool:
    """Say whether anything is filled in in a row."""
    return any(given(field) for field in row)


def value_of(field: Field, one: AuthorField) -> Any:
    """Return what a field holds as the value of its author field, as it was typed."""
    if one.kind == "flag":
        return bool(field.data)
    if one.kind == "lines":
        return (field.data or "").splitlines()
    if isinstance(field, FieldList):
        names = ROW_FIELDS[one.kind]
        rows = [{name: row.form[name].data or "" for name in names} for row in field.entries]
        while rows and not any(rows[-1].values()):
            rows.pop()
        return rows
    return field.data or ""


def shown_value(one: AuthorField, value: Any) -> Any:
    """Return the value of an author field as its field in the form shows it."""
    return "\n".join(value) if one.kind == "lines" else value


def add_row(field: Field) -> None:
    """Give one more row to a list that has room."""
    if isinstance(field, FieldList) and len(field.entries) < (field.max_entries or 0):
        field.append_entry()


def options_differ(fields: list[Field]) -> bool:
    """Tell beside each wrong answer that it is the right one, or there twice; say whether all of them differ."""
    lists = [field for field in fields if isinstance(field, FieldList)]
    taken = dict.fromkeys(_right_answers(fields), "This is the right answer.")
    for field in lists:
        for text in (row.form.text for row in field if "text" in row.form and given(row.form.text)):
            if fold(text.data) in taken:
                text.errors = [*text.errors, taken[fold(text.data)]]
                field.errors = [*field.errors, {"text": text.errors}]
            taken.setdefault(fold(text.data), "This wrong answer is there twice.")
    return not any(field.errors for field in lists)


def _right_answers(fields: list[Field]) -> Iterator[str]:
    for field in fields:
        if field.name == f"{PREFIX}key" and given(field):
            yield fold(field.data)
        elif field.name == f"{PREFIX}keys":
            yield from (fold(line) for line in (field.data or "").splitlines() if line.strip())


def _text(one: AuthorField, bank: Bank | None) -> StringField:
    return StringField(one.label, [_needed(one), at_most(MAX_LINE), storable], description=one.help)


def _long_text(one: AuthorField) -> TextAreaField:
    return TextAreaField(one.label, [_needed(one), at_most(MAX_STEM), storable], description=one.help)


def _needed(one: AuthorField) -> Needed | Optional:
    return Needed(f"Write this: {one.label[:1].lower()}{one.label[1:]}.") if one.required else Optional()


def _number(one: AuthorField, bank: Bank | None) -> StringField:
    needed = Needed("Write a number.") if one.required else Optional()
    return StringField(one.label, [needed, at_most(60), a_number], description=one.help)


def _flag(one: AuthorField, bank: Bank | None) -> BooleanField:
    return BooleanField(one.label, description=one.help)


def _truth(one: AuthorField, bank: Bank | None) -> RadioField:
    choices = [SelectChoice("true", "True"), SelectChoice("false", "False")]
    return RadioField(one.label, [InputRequired("Say whether it is true or false.")], choices=choices)


def _fact(one: AuthorField, bank: Bank | None) -> SelectField:
    return _borrowed_from(bank, one.label, "No fact")


def _lines(one: AuthorField, bank: Bank | None) -> TextAreaField:
    def enough(form: Form, field: Field) -> None:
        lines = [line for line in (field.data or "").splitlines() if line.strip()]
        if 0 < len(lines) < one.least:
            raise ValidationError(f"Write at least {_IN_WORDS[one.least]}, one a line; {_COUNTED[len(lines)]}.")
        if any(len(line) > MAX_LINE for line in lines):
            raise ValidationError(f"Shorten the longest: a line can have {MAX_LINE} characters.")

    return TextAreaField(one.label, [_needed(one), enough, at_most(MAX_LINES), storable], description=one.help)


def _rows(one: AuthorField, bank: Bank | None) -> Field:
    row_form, most, called = _ROW_FORMS[one.kind]

    def enough(form: Form, field: "FieldList[Any]") -> None:
        rows = [row for row in field.entries if is_given(row.form)]
        if len(rows) < one.least:
            raise ValidationError(f"Write at least {_IN_WORDS[one.least]} {called}; {_COUNTED[len(rows)]}.")

    fact = _borrowed_from(bank, *_FACT_OF_A_ROW[one.kind])
    with_values = frozenset(fact.id for fact in bank.facts if fact.value) if bank else frozenset()
    row = type("Row", (row_form,), {"fact": fact, "with_values": with_values})
    fewest = ROWS if one.required else 1
    return FieldList(FormField(row), one.label, [enough], min_entries=fewest, max_entries=most, description=one.help)


_FACT_OF_A_ROW = {
    "distractors": ("Borrowed from", "No fact, or the one with these words"),
    "pairs": ("The fact that says so", "No fact"),
}


def _borrowed_from(bank: Bank | None, label: str, none: str) -> SelectField:
    """Offer every fact of the bank, in the order of the source, by its value and the start of its statement."""
    facts = sorted(bank.facts, key=lambda fact: fact.paragraphs) if bank else []
    choices = [SelectChoice(fact.id, shorten(_in_a_list(fact), MAX_CHOICE, placeholder="…")) for fact in facts]
    offered = [SelectChoice("", none), *choices]
    return SelectField(label, choices=offered, filters=[lambda name: name or ""])  # none is stored as None


def _in_a_list(fact: Fact) -> str:
    value = f"{fact.value.text}: " if fact.value else ""
    return f"{', '.join(map(str, fact.paragraphs))} · {value}{fact.text}"


_BUILDERS: dict[str, Callable[[AuthorField, Bank | None], Any]] = {
    "text": _text,
    "number": _number,
    "flag": _flag,
    "truth": _truth,
    "fact": _fact,
    "lines": _lines,
    "distractors": _rows,
    "pairs": _rows,
}
