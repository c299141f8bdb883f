"""The form of a question written by hand, built from the fields that its type asks an author for."""

import re
from collections.abc import Iterator
from decimal import Decimal
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
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from quizapp.domain.facts.quantities import NotANumber, read_number
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question import MAX_STEM, Bank
from quizapp.domain.questions.question_types.body_json import body_from_json, body_to_json
from quizapp.domain.questions.question_types.question_type import AuthorField, QuestionType
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.single_choice import MAX_OPTIONS
from quizapp.domain.questions.snapshots import Snapshot

MAX_LINE = 300
MAX_WORDS = 200
ROWS = 3
PREFIX = "body_"
NONCE = r"[0-9a-f]{16}"
_PLAIN_NAME = re.compile(r"[A-Za-z_]{1,40}(-[0-9]{1,3}(-[a-z]{1,20})?)?", re.ASCII)


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


class DistractorForm(Form):
    """One wrong answer with its reason; a row left empty is none."""

    text = StringField("Wrong answer", [Length(max=MAX_WORDS), storable])
    reason = StringField("Why it is wrong, and what it is right for", [Length(max=MAX_LINE), storable])

    def validate_text(self, field: Field) -> None:
        """Refuse a reason alone."""
        if not given(field) and given(self.reason):
            raise ValidationError("Write the wrong answer that this is the reason of.")

    def validate_reason(self, field: Field) -> None:
        """Ask for the reason of a wrong answer: it is what a learner reads."""
        if given(self.text) and not given(field):
            raise ValidationError("Say why it is wrong, and what it is right for.")


class QuestionForm(FlaskForm):
    """What every question by hand has; `form_for` adds the fields of a type."""

    line = TextAreaField(
        "The fact it tests, in one line",
        [DataRequired("Say in one line what the source states."), Length(max=MAX_LINE), storable],
        description="In your own words. Name who says it, where somebody does. Learners read it as the explanation.",
    )
    paragraph = IntegerField("Paragraph")
    speaker = SelectField("Who says it")
    topic = SelectField("Topic")
    stem = TextAreaField("Question", [DataRequired("Write the question."), Length(max=MAX_STEM), storable])
    nonce = HiddenField(validators=[Regexp(NONCE)])
    revision = HiddenField(validators=[Optional(), Regexp(r"[0-9]{1,9}")])
    anyway = BooleanField("Save it all the same")

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


def given(field: Field) -> bool:
    """Say whether something was typed."""
    return bool((field.data or "").strip())


def types_by_hand() -> list[QuestionType[Any]]:
    """List the question types whose every field this form can build."""
    return [kind for kind in QUESTION_TYPES.values() if all(field.kind in _FIELDS for field in kind.author_fields)]


def form_for(kind: QuestionType[Any], bank: Bank, data: dict[str, Any] | None = None) -> QuestionForm:
    """Build the form for a question of this type on this bank, filled from what was posted, else from `data`."""
    made = type("TypedQuestionForm", (QuestionForm,), dict(_own_fields(kind)))
    form: QuestionForm = made(formdata=_posted() if request.method == "POST" else None, data=data)
    source = bank.source
    form.speaker.choices = [
        ("", f"{source.outlet}, in its own voice"),
        *((one.id, one.name) for one in source.speakers),
    ]
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
    return {**body, **common, "stem": question.stem}


def add_row(form: QuestionForm) -> None:
    """Give one more row to each list of the form that has room."""
    for field in form.own_fields:
        if isinstance(field, FieldList) and len(field.entries) < MAX_OPTIONS - 1:
            field.append_entry()


def _own_fields(kind: QuestionType[Any]) -> Iterator[tuple[str, Any]]:
    for one in kind.author_fields:
        yield PREFIX + one.name, _FIELDS[one.kind](one)


def _text(one: AuthorField) -> StringField:
    needed = [DataRequired("Fill this in.")] if one.required else [Optional()]
    return StringField(one.label, [*needed, Length(max=MAX_WORDS), storable], description=one.help)


def _number(one: AuthorField) -> StringField:
    needed = [InputRequired("Write a number.")] if one.required else [Optional()]
    return StringField(one.label, [*needed, Length(max=60), a_number], description=one.help)


def _flag(one: AuthorField) -> BooleanField:
    return BooleanField(one.label, description=one.help)


def _distractors(one: AuthorField) -> Field:
    rows = FormField(DistractorForm)
    return FieldList(rows, one.label, min_entries=ROWS, max_entries=MAX_OPTIONS - 1, description=one.help)


_FIELDS = {"text": _text, "number": _number, "flag": _flag, "distractors": _distractors}


def _value(field: Field, one: AuthorField) -> Any:
    """Return what a field holds in the terms of the body; None where it was left empty."""
    if one.kind == "flag":
        return bool(field.data)
    if one.kind == "distractors":
        rows = [{name: (row[name] or "").strip() for name in ("text", "reason")} for row in field.data]
        return [row for row in rows if row["text"]]
    if not given(field):
        return None
    return format(Decimal(read_number(field.data)), "f") if one.kind == "number" else " ".join(field.data.split())


def _posted() -> MultiDict[str, str]:
    """Return the posted fields without those whose names no form of ours has: WTForms fails on some of them."""
    return MultiDict((name, value) for name, value in request.form.items(multi=True) if _PLAIN_NAME.fullmatch(name))
