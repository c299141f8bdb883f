"""The form of a question written by hand, built from the fields that its type asks an author for."""

import re
from collections.abc import Iterator
from decimal import Decimal
from textwrap import shorten
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.quantities import fold, read_number
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question import MAX_STEM, Bank
from quizapp.domain.questions.question_types.body_json import body_from_json, body_to_json
from quizapp.domain.questions.question_types.question_type import AuthorField, QuestionType
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.single_choice import MAX_OPTIONS
from quizapp.domain.questions.snapshots import Snapshot
from quizapp.web.form_checks import InOurWords, Needed, a_number, at_most, given, storable

MAX_LINE = 300
MAX_WORDS = 200
MAX_CHOICE = 90
FEWEST = 2
ROWS = 3
PREFIX = "body_"
KEY = f"{PREFIX}key"
NONCE = r"[0-9a-f]{16}\Z"
_PLAIN_NAME = re.compile(r"[A-Za-z_]{1,40}(-[0-9]{1,3}(-[a-z]{1,20})?)?", re.ASCII)


class DistractorForm(Form):
    """One wrong answer with its reason and the fact it is borrowed from; a row left empty is none.

    A row with a fact alone takes over that fact's value and what it is right for. `form_for` adds the field `fact`.
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


def enough_wrong_answers(form: Form, field: "FieldList[Any]") -> None:
    """Ask for two wrong answers, each different from the right one and from the others."""
    rows = [row.form for row in field if given(row.form.text) or row.form.fact.data]
    if len(rows) < FEWEST:
        have = {0: "none yet", 1: "one so far"}[len(rows)]
        raise ValidationError(f"Write at least two wrong answers; there is {have}.")


class QuestionForm(FlaskForm):
    """What every question by hand has; `form_for` adds the fields of a type."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    line = TextAreaField(
        "The fact it tests, in one line",
        [Needed("Say in one line what the source states."), at_most(MAX_LINE), storable],
        description="In your own words. Name who says it, where somebody does. Learners read it as the explanation.",
    )
    paragraph = IntegerField("Paragraph")
    speaker = SelectField("Who says it")
    topic = SelectField("Topic")
    stem = TextAreaField("Question", [at_most(MAX_STEM), storable])
    nonce = HiddenField(validators=[Regexp(NONCE)])
    revision = HiddenField(validators=[Optional(), Regexp(r"[0-9]{1,9}\Z")])
    anyway = BooleanField("Save it all the same")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and each wrong answer against the right one and the others."""
        sound = super().validate(extra_validators)
        return self._options_differ() and sound

    def _options_differ(self) -> bool:
        taken = {fold(self[KEY].data or ""): "This is the right answer."} if KEY in self else {}
        lists = [field for field in self.own_fields if isinstance(field, FieldList)]
        for field in lists:
            for text in (row.form.text for row in field if given(row.form.text)):
                if fold(text.data) in taken:
                    text.errors = [*text.errors, taken[fold(text.data)]]
                    field.errors = [*field.errors, {"text": text.errors}]
                taken.setdefault(fold(text.data), "This wrong answer is there twice.")
        return not any(field.errors for field in lists)

    @property
    def own_fields(self) -> list[Field]:
        """The fields of the question type, in its order."""
        return [field for field in self if field.name.startswith(PREFIX)]

    def draft(self, kind: QuestionType[Any]) -> Draft:
        """Return what was typed; only a form that is valid has a draft."""
        values = {one.name: _value(self[PREFIX + one.name], one) for one in kind.author_fields}
        body = body_from_json(kind.body_class, {name: value for name, value in values.items() if value is not None})
        return Draft(
            type=kind.name,
            line=self.line.data or "",
            paragraph=self.paragraph.data or 0,
            speaker=self.speaker.data or None,
            topic=self.topic.data or "",
            stem=self.stem.data or "",
            body=body,
        )


def types_by_hand() -> list[QuestionType[Any]]:
    """List the question types whose every field this form can build."""
    return [kind for kind in QUESTION_TYPES.values() if all(field.kind in _FIELDS for field in kind.author_fields)]


def form_for(kind: QuestionType[Any], bank: Bank, data: dict[str, Any] | None = None) -> QuestionForm:
    """Build the form for a question of this type on this bank, filled from what was posted, else from `data`."""
    made = type("TypedQuestionForm", (QuestionForm,), dict(_own_fields(kind, bank)))
    form: QuestionForm = made(formdata=_posted() if request.method == "POST" else None, data=data)
    source = bank.source
    form.speaker.choices = [
        ("", f"{source.outlet}, in its own voice"),
        *((one.id, one.name) for one in source.speakers),
    ]
    form.stem.label.text = kind.stem_label
    form.stem.validators = [Needed(f"Write the {kind.stem_label.lower()}."), *form.stem.validators]
    form.topic.choices = [(topic.id, topic.label) for topic in bank.topics]
    form.paragraph.validators = [
        InputRequired(f"Say where it stands: 1 to {source.paragraphs}."),
        NumberRange(1, source.paragraphs, f"The source has the paragraphs 1 to {source.paragraphs}."),
    ]
    return form


def data_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return a stored question as the values of its form."""
    question, fact = snapshot.question, snapshot.fact
    body = {PREFIX + name: value for name, value in body_to_json(question.body).items()}
    common = {"line": fact.text, "paragraph": fact.paragraphs[0], "speaker": fact.speaker or "", "topic": fact.topic}
    if f"{PREFIX}is_true" in body:
        body[f"{PREFIX}is_true"] = "true" if body[f"{PREFIX}is_true"] else "false"
    return {**body, **common, "stem": question.stem}


def add_row(form: QuestionForm) -> None:
    """Give one more row to each list of the form that has room."""
    for field in form.own_fields:
        if isinstance(field, FieldList) and len(field.entries) < MAX_OPTIONS - 1:
            field.append_entry()


def _own_fields(kind: QuestionType[Any], bank: Bank) -> Iterator[tuple[str, Any]]:
    for one in kind.author_fields:
        yield PREFIX + one.name, _FIELDS[one.kind](one, bank)


def _text(one: AuthorField, bank: Bank) -> StringField:
    needed = Needed(f"Write this: {one.label[:1].lower()}{one.label[1:]}.") if one.required else Optional()
    return StringField(one.label, [needed, at_most(MAX_WORDS), storable], description=one.help)


def _number(one: AuthorField, bank: Bank) -> StringField:
    needed = Needed("Write a number.") if one.required else Optional()
    return StringField(one.label, [needed, at_most(60), a_number], description=one.help)


def _flag(one: AuthorField, bank: Bank) -> BooleanField:
    return BooleanField(one.label, description=one.help)


def _truth(one: AuthorField, bank: Bank) -> RadioField:
    choices = [SelectChoice("true", "True"), SelectChoice("false", "False")]
    return RadioField(one.label, [InputRequired("Say whether it is true or false.")], choices=choices)


def _fact(one: AuthorField, bank: Bank) -> SelectField:
    return _borrowed_from(bank, one.label, "No fact")


def _distractors(one: AuthorField, bank: Bank) -> Field:
    with_values = frozenset(fact.id for fact in bank.facts if fact.value)
    row = type(
        "Row",
        (DistractorForm,),
        {
            "fact": _borrowed_from(bank, "Borrowed from", "No fact, or the one with these words"),
            "with_values": with_values,
        },
    )
    return FieldList(
        FormField(row),
        one.label,
        [enough_wrong_answers],
        min_entries=ROWS,
        max_entries=MAX_OPTIONS - 1,
        description=one.help,
    )


def _borrowed_from(bank: Bank, label: str, none: str) -> SelectField:
    """Offer every fact of the bank, in the order of the source, by its value and the start of its statement."""
    facts = sorted(bank.facts, key=lambda fact: fact.paragraphs)
    choices = [SelectChoice(fact.id, shorten(_in_a_list(fact), MAX_CHOICE, placeholder="…")) for fact in facts]
    offered = [SelectChoice("", none), *choices]
    return SelectField(label, choices=offered, filters=[lambda name: name or ""])  # none is stored as None


def _in_a_list(fact: Fact) -> str:
    value = f"{fact.value.text}: " if fact.value else ""
    return f"{', '.join(map(str, fact.paragraphs))} · {value}{fact.text}"


_FIELDS = {
    "text": _text,
    "number": _number,
    "flag": _flag,
    "truth": _truth,
    "fact": _fact,
    "distractors": _distractors,
}


def _value(field: Field, one: AuthorField) -> Any:
    """Return what a field holds in the terms of the body; None where it was left empty."""
    if one.kind == "flag":
        return bool(field.data)
    if one.kind == "truth":
        return field.data == "true"
    if one.kind == "distractors":
        rows = [
            {name: " ".join((row[name] or "").split()) for name in ("text", "reason", "fact")} for row in field.data
        ]
        return [{**row, "fact": row["fact"] or None} for row in rows if row["text"] or row["fact"]]
    if not given(field):
        return None
    return format(Decimal(read_number(field.data)), "f") if one.kind == "number" else " ".join(field.data.split())


def _one_line(text: str | None) -> str:
    return "" if is_blank(text or "") else " ".join((text or "").split())


def _posted() -> MultiDict[str, str]:
    """Return the posted fields without those whose names no form of ours has: WTForms fails on some of them."""
    return MultiDict((name, value) for name, value in request.form.items(multi=True) if _PLAIN_NAME.fullmatch(name))
