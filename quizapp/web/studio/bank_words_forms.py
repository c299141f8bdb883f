"""The form of a bank's words: what it is called, where it comes from, who speaks in it, the text itself."""

import re
from collections.abc import Iterator
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
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.meta import DefaultMeta
from wtforms.validators import NumberRange, Optional, Regexp

from quizapp.domain.facts.bank_words import (
    GENERAL,
    MAX_SPEAKERS,
    MAX_TOPICS,
    BankWords,
    SpeakerLine,
    sides_of,
    speakers_of,
    topics_of,
)
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Source, SpeakerKind
from quizapp.domain.facts.passage import MAX_TEXT, plain_text
from quizapp.web.form_checks import InOurWords, Needed, at_most, given, storable

MAX_TITLE = 200
MAX_LINE = 300
MAX_WORDS = 1_000
MAX_TOPIC = 100
NONCE = r"[0-9a-f]{16}\Z"
KINDS = [
    SelectChoice(SpeakerKind.PERSON.value, "one person"),
    SelectChoice(SpeakerKind.SIDE.value, "a whole side"),
    SelectChoice(SpeakerKind.BOTH.value, "both sides"),
]
SIDES = [SelectChoice("", "no side"), SelectChoice("1", "the first side"), SelectChoice("2", "the second side")]
UNSAID = {
    "source_title": "none given",
    "author": "none given",
    "date": "not given",
    "as_of": "undated",
    "description": "one article",
}
"""What stands on the pages where the field is left empty."""
_PLAIN_NAME = re.compile(r"[a-z_0-9]{1,40}(-[0-9]{1,3}-[a-z]{1,20})?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)


def a_language(form: Form, field: Field) -> None:
    """Refuse what is no code of a language."""
    if given(field) and not _LANGUAGE.fullmatch(field.data.strip()):
        raise ValidationError("Write the code of a language, such as en, tr or hy.")


def _line(label: str, longest: int = MAX_LINE, help: str = "", *more: Any) -> StringField:
    return StringField(label, [*more, at_most(longest), storable], description=help)


class SpeakerForm(Form):
    """Somebody who speaks in the source; a row without a name is nobody."""

    class Meta(InOurWords, DefaultMeta):
        """Our sentences."""

    id = HiddenField()
    name = _line("Name", 200)
    short = _line("Short name", 200)
    role = _line("Role", MAX_LINE)
    kind = SelectField("Speaks as", choices=KINDS)
    side = SelectField("On", choices=SIDES)

    def validate_name(self, field: Field) -> None:
        """Ask for the name of somebody of whom more is said."""
        if not given(field) and (given(self.short) or given(self.role)):
            raise ValidationError("Write the name, or empty the row.")


class BankForm(FlaskForm):
    """What an instructor says of a bank; title and outlet suffice."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    title = _line("Title of the bank", MAX_TITLE, "What learners see.", Needed("Give the bank a title."))
    outlet = _line(
        "Where the facts come from",
        MAX_TITLE,
        "A paper, a site, a book, a handout.",
        Needed("Say where the facts come from."),
    )
    summary = TextAreaField("What it is about", [at_most(MAX_WORDS), storable], description="One or two sentences.")
    language = _line("Language of the bank", 35, "A code: en, tr, az, hy, ru, de …", a_language)
    licence = _line("Licence, or by whose leave", MAX_WORDS, "What others may do with it.")
    topics = TextAreaField("Topics", [storable], description="One a line. Left empty, there is one: General.")
    source_title = _line("Headline or title", MAX_LINE, "Left empty: none given.")
    author = _line("Author", MAX_LINE, "Left empty: none given.")
    date = _line("Date", MAX_LINE, "As the source gives it. Left empty: not given.")
    as_of = _line("True as of", MAX_LINE, "When its facts held, such as “May 2023”. Left empty: undated.")
    source_language = _line("Language of the source", 35, "Left empty: that of the bank.", a_language)
    description = _line("What kind of source", MAX_LINE, "As it goes on after the name: “one newspaper interview”.")
    affiliation = _line("Affiliation", MAX_WORDS, "Whose it is, where that matters to a reader.")
    side_one = _line("First side", 200, "Such as “the harbour board”. Drawn as a solid bar.")
    adjective_one = _line("In a word or two", 100, "Such as “Board”.")
    side_two = _line("Second side", 200, "Drawn as a hatched bar.")
    adjective_two = _line("In a word or two", 100)
    speakers = FieldList(FormField(SpeakerForm), "Speakers", min_entries=1, max_entries=MAX_SPEAKERS)
    paragraphs = IntegerField(
        "How many paragraphs it has",
        [Optional(), NumberRange(1, 10_000, "A source has 1 to 10,000 paragraphs.")],
        description="Each fact says in which it stands. With the text above they are counted.",
    )
    text = TextAreaField(
        "The text itself",
        [storable],
        description="An empty line ends a paragraph. Whoever sees the bank can read it here. "
        "Only the passages you mark leave with a download.",
    )
    second_approver = BooleanField(
        "A draft is approved by somebody else than its author",
        description="An admin approves drafts of your own bank; other instructors do not see it. Without this, whoever "
        "writes a question may put it before learners.",
    )
    nonce = HiddenField(validators=[Optional(), Regexp(NONCE)])
    version = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{32}\Z")])

    def validate_topics(self, field: Field) -> None:
        """Refuse two topics of one name, and too many or too long ones."""
        labels = self.topic_labels
        if len(labels) > MAX_TOPICS or any(len(label) > MAX_TOPIC for label in labels):
            raise ValidationError(f"At most {MAX_TOPICS} topics, each of at most {MAX_TOPIC} characters.")
        twins = [label for place, label in enumerate(labels) if label.casefold() in map(str.casefold, labels[:place])]
        if twins:
            raise ValidationError(f"“{twins[0]}” is there twice.")

    def validate_text(self, field: Field) -> None:
        """Refuse what is longer than a text can be stored; how a browser ends its lines does not count."""
        if len(self.plain_text) > MAX_TEXT:
            raise ValidationError(f"Shorten this: it can have {MAX_TEXT:,} characters.")

    def validate_speakers(self, field: "FieldList[Any]") -> None:
        """Refuse a side that has no name."""
        named = {"1": given(self.side_one), "2": given(self.side_two)}
        for row in field:
            one = row.form
            needed = given(one.name) and one.kind.data != SpeakerKind.BOTH
            if needed and not named.get(one.side.data or "", True):
                raise ValidationError(f"{one_line(one.name.data)} is on a side that has no name: name it above.")

    @property
    def topic_labels(self) -> list[str]:
        """The topics that were typed."""
        return [one_line(line) for line in re.split(r"[\r\n]+", self.topics.data or "") if not is_blank(line)]

    @property
    def plain_text(self) -> str:
        """The text as it is stored."""
        return "" if is_blank(self.text.data or "") else plain_text(self.text.data or "")

    def add_speaker(self) -> None:
        """Give one more row for a speaker, where there is room."""
        if len(self.speakers.entries) < MAX_SPEAKERS:
            self.speakers.append_entry()

    def words(self, before: BankWords | None = None) -> BankWords:
        """Return what was typed; only a form that is valid has words. What it does not show stays as it was."""
        source, language = before.source if before else None, one_line(self.language.data) or "en"
        typed = [
            (one_line(self.side_one.data), one_line(self.adjective_one.data)),
            (one_line(self.side_two.data), one_line(self.adjective_two.data)),
        ]
        sides = sides_of(typed, source.sides if source else ())
        by_place = {place: side.id for place, side in _placed(typed, sides)}
        outlet, title = one_line(self.outlet.data), one_line(self.title.data)
        return BankWords(
            title=title,
            summary=one_line(self.summary.data) or f"What {outlet} says.",
            language=language,
            licence=one_line(self.licence.data) or "Facts in our own words.",
            topics=topics_of(self.topic_labels, before.topics if before else ()) or (GENERAL,),
            source=Source(
                id=source.id if source else "",
                outlet=outlet,
                outlet_place=source.outlet_place if source else "",
                title=self._said("source_title"),
                author=self._said("author"),
                date=self._said("date"),
                as_of=self._said("as_of"),
                description=self._said("description"),
                language=one_line(self.source_language.data) or language,
                affiliation=one_line(self.affiliation.data),
                retrieved=source.retrieved if source else "not recorded",
                paragraphs=self.paragraphs.data or (source.paragraphs if source else 1),
                sides=sides,
                speakers=speakers_of(list(self._lines()), by_place, source.speakers if source else ()),
            ),
            text=self.plain_text,
            second_approver=bool(self.second_approver.data),
        )

    def _said(self, name: str) -> str:
        return one_line(self[name].data) or UNSAID[name]

    def _lines(self) -> Iterator[SpeakerLine]:
        for row in self.speakers:
            one = row.form
            if given(one.name):
                yield SpeakerLine(
                    id=one.id.data or "",
                    name=one_line(one.name.data),
                    short=one_line(one.short.data),
                    role=one_line(one.role.data),
                    kind=SpeakerKind(one.kind.data),
                    side=int(one.side.data) - 1 if one.side.data else None,
                )


def form_of(data: dict[str, Any] | None) -> BankForm:
    """Build the form, filled from what was posted, else from `data`."""
    return BankForm(formdata=_posted() if request.method == "POST" else None, data=data)


def data_of(words: BankWords) -> dict[str, Any]:
    """Return the words of a bank as the values of its form."""
    source = words.source
    places = {side.id: "1" if side.pattern == "solid" else "2" for side in source.sides}
    sides = {places[side.id]: side for side in source.sides}
    said = {
        "source_title": source.title,
        "author": source.author,
        "date": source.date,
        "as_of": source.as_of,
        "description": source.description,
    }
    return {
        "title": words.title,
        "outlet": source.outlet,
        "summary": words.summary,
        "language": words.language,
        "licence": words.licence,
        "topics": "\n".join(topic.label for topic in words.topics),
        **{name: "" if value == UNSAID[name] else value for name, value in said.items()},
        "source_language": source.language,
        "affiliation": source.affiliation,
        "side_one": sides["1"].label if "1" in sides else "",
        "adjective_one": sides["1"].adjective if "1" in sides else "",
        "side_two": sides["2"].label if "2" in sides else "",
        "adjective_two": sides["2"].adjective if "2" in sides else "",
        "speakers": [
            {
                "id": one.id,
                "name": one.name,
                "short": one.short,
                "role": one.role,
                "kind": one.kind.value,
                "side": places.get(one.side, ""),
            }
            for one in source.speakers
        ],
        "paragraphs": source.paragraphs,
        "text": words.text,
        "second_approver": words.second_approver,
        "version": words.version,
    }


def one_line(text: str | None) -> str:
    """Return a text in one line; nothing where nobody could see anything of it."""
    return "" if is_blank(text or "") else " ".join((text or "").split())


def _placed(typed: list[tuple[str, str]], sides: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
    named = [place for place, (label, _) in enumerate(typed) if label]
    yield from zip(named, sides, strict=True)


def _posted() -> MultiDict[str, str]:
    """Return the posted fields without those whose names no form of ours has: WTForms fails on some of them."""
    return MultiDict((name, value) for name, value in request.form.items(multi=True) if _PLAIN_NAME.fullmatch(name))
