"""The form of a question written by hand: what it tests, and the fields that its type asks an author for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import Optional, Regexp

from quizapp.domain.errors import Problem
from quizapp.domain.facts.fact import Status
from quizapp.domain.questions.bank_lint.registry import SUBJECTS
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.questions.question import MAX_STEM, Bank
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.web.filters import STATUS_LABELS
from quizapp.web.form_checks import InOurWords, Needed, at_most, storable
from quizapp.web.studio.question_fields import (
    MAX_LINE,
    PREFIX,
    add_row,
    has_all_fields,
    options_differ,
    shown_value,
    type_fields,
    value_of,
)

MAX_QUOTE = 2_000
REASON = "reason-"
NONCE = r"[0-9a-f]{16}\Z"
NUMBER = r"[0-9]{1,9}\Z"
CHANGES = (
    ("typo", "A typo, or better words: it asks the same, and scores stand"),
    ("different", "A different question: scores given before may need a repair"),
)
_PLAIN_NAME = re.compile(r"[A-Za-z_]{1,40}(-[0-9]{1,3}(-[a-z]{1,20})?)?", re.ASCII)
_PLACES = {"passage": "quote"}


class QuestionForm(FlaskForm):
    """What every question by hand has; `form_for` adds the fields of a type."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    kind: ClassVar[QuestionType[Any]]
    reasons: Mapping[str, str] = MappingProxyType({})
    """Why a warning is passed over, by the id of its rule: as it was sent, or was before."""
    line = TextAreaField(
        "The fact it tests, in one line",
        [Needed("Say in one line what the source states."), at_most(MAX_LINE), storable],
        description="In your own words. Name who says it, where somebody does. Learners read it as the explanation.",
    )
    paragraph = StringField("Paragraph", [at_most(60), storable])
    quote = TextAreaField(
        "Its words there",
        [at_most(MAX_QUOTE), storable],
        description="Mark them in the text, or paste them: the passage that the fact rests on.",
    )
    start = HiddenField(validators=[Optional(), Regexp(NUMBER)])
    end = HiddenField(validators=[Optional(), Regexp(NUMBER)])
    speaker = SelectField("Who says it")
    topic = SelectField("Topic")
    stem = TextAreaField("Question", [at_most(MAX_STEM), storable])
    explanation = TextAreaField(
        "Explanation",
        [at_most(MAX_STEM), storable],
        description="Why the right answer is right. Empty: the fact explains it.",
    )
    status = SelectField("How far it can be relied on")
    note = TextAreaField(
        "Note",
        [at_most(MAX_STEM), storable],
        description="Who disputes it, what contradicts it, or what came after; learners read it.",
    )
    value = StringField(
        "The words of the line that are asked for",
        [at_most(MAX_LINE), storable],
        description="Empty: the right answer, where the line has it.",
    )
    ask = StringField(
        "Asked on a card as",
        [at_most(MAX_LINE), storable],
        description="A question that those words answer: “how much did the last boat catch?”",
    )
    change = RadioField("Is it a typo, or a different question?", choices=[SelectChoice(*one) for one in CHANGES])
    nonce = HiddenField(validators=[Regexp(NONCE)])
    revision = HiddenField(validators=[Optional(), Regexp(NUMBER)])
    version = HiddenField(validators=[Optional(), Regexp(NUMBER)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and each wrong answer against the right one and the others."""
        sound = super().validate(extra_validators)
        return options_differ(self.own_fields) and sound

    @property
    def is_of_no_page(self) -> bool:
        """Whether the hidden fields hold what no page of ours puts there."""
        return any(self[name].errors for name in ("nonce", "revision", "version", "start", "end"))

    @property
    def own_fields(self) -> list[Field]:
        """The fields of the question type, in its order."""
        return [field for field in self if field.name.startswith(PREFIX)]

    def text(self) -> DraftText:
        """Return what was typed, whole or not."""
        typed = {name: (self[name].data or "").replace("\r\n", "\n") for name in _TEXTS}
        return DraftText(
            type=self.kind.name,
            **typed,
            change=self.change.data or "",
            start=_number(self.start.data),
            end=_number(self.end.data),
            body={one.name: value_of(self[PREFIX + one.name], one) for one in self.kind.author_fields},
            reasons=dict(self.reasons),
        )

    def refuse(self, problems: Iterable[Problem]) -> list[str]:
        """Put each problem of a draft beside its field, if nothing stands there; return those that have no field."""
        elsewhere, told = [], any(field.errors for field in self.own_fields)
        for problem in problems:
            name = PREFIX + problem.place[5:] if problem.place.startswith("body.") else problem.place
            name = _PLACES.get(name, name)
            if name not in self:
                elsewhere.extend([] if told else [problem.sentence])
            elif not self[name].errors:
                self[name].errors = [problem.sentence]
        return elsewhere


_TEXTS = ["line", "paragraph", "quote", "speaker", "topic", "stem", "explanation", "status", "note", "value", "ask"]
"""The fields that hold a text of the draft under its name."""


def types_by_hand() -> list[QuestionType[Any]]:
    """List the question types whose every field this form can build: all of them."""
    return [kind for kind in QUESTION_TYPES.values() if has_all_fields(kind)]


def form_for(
    kind: QuestionType[Any],
    bank: Bank | None,
    data: dict[str, Any] | None = None,
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> QuestionForm:
    """Build the form for a question of this type, filled from what was posted, else from `data`.

    Without a bank it can be read, and neither shown nor checked.
    """
    own = dict(type_fields(kind, bank))
    made = type("TypedQuestionForm", (QuestionForm,), {**own, "kind": kind})
    form: QuestionForm = made(formdata=_posted() if request.method == "POST" else None, data=data)
    form.reasons = _reasons() if request.method == "POST" else reasons
    form.stem.label.text = kind.stem_label
    if not kind.stem_field:
        form.stem.validators = [Needed(f"Write the {kind.stem_label.lower()}."), *form.stem.validators]
    form.status.choices = [SelectChoice("", "As usual: uncontested, or one source’s word")]
    form.status.choices += [SelectChoice(status.value, STATUS_LABELS[status]) for status in Status]
    form.change.validators = [Optional()]
    form.change.validate_choice = False
    if bank is None:
        form.speaker.choices = form.topic.choices = []
        return form
    source = bank.source
    own_voice = SelectChoice("", f"{source.outlet}, in its own voice")
    form.speaker.choices = [own_voice, *(SelectChoice(one.id, one.name) for one in source.speakers)]
    form.topic.choices = [SelectChoice(topic.id, topic.label) for topic in bank.topics]
    return form


def data_of(text: DraftText) -> dict[str, Any]:
    """Return a draft as the values of its form."""
    kind = QUESTION_TYPES[text.type]
    body = {
        PREFIX + one.name: shown_value(one, text.body[one.name]) for one in kind.author_fields if one.name in text.body
    }
    marks = {"start": _written(text.start), "end": _written(text.end), "change": text.change}
    return {**body, **{name: getattr(text, name) for name in _TEXTS}, **marks}


def with_its_words(text: DraftText, bank: Bank) -> DraftText:
    """Return a text with the words of the passage it marks, where it has the marks alone."""
    if text.quote or text.start is None or text.end is None:
        return text
    return replace(text, quote=bank.text[text.start : text.end])


def add_rows(form: QuestionForm) -> None:
    """Give one more row to each list of the form that has room."""
    for field in form.own_fields:
        add_row(field)


def _reasons() -> dict[str, str]:
    """Read why a warning is passed over, from the field of each rule."""
    sent = ((name.removeprefix(REASON), text) for name, text in request.form.items() if name.startswith(REASON))
    return {rule: text[:MAX_LINE] for rule, text in sent if rule in SUBJECTS and text.strip()}


def _number(text: str | None) -> int | None:
    return int(text) if text and re.match(NUMBER, text, re.ASCII) else None


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


def _posted() -> MultiDict[str, str]:
    """Return the posted fields without those whose names no form of ours has: WTForms fails on some of them."""
    return MultiDict((name, value) for name, value in request.form.items(multi=True) if _PLAIN_NAME.fullmatch(name))
