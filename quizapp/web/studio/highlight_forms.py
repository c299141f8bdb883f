"""The forms of highlighting: a text that is pasted, what is said of a passage, and what is decided of a draft."""

import re
from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional, Regexp

from quizapp.domain.facts.passage import MAX_TEXT, paragraphs_of, plain_text
from quizapp.domain.questions.drafting.highlight import MAX_LINE, Highlight
from quizapp.services.studio.highlights import NEW_SPEAKER, Desk
from quizapp.web.form_checks import InOurWords, Needed, at_most, given, storable

MAX_TITLE = 200
MAX_WORDS = 2_000
MAX_VALUE = 200
MAX_NAME = 100
MAX_REASON = 300
NONCE = r"[0-9a-f]{16}\Z"
REASON = "reason-"
_PLACE = r"[0-9]{1,7}\Z"


class PasteForm(FlaskForm):
    """A title and a text that become a bank."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    title = StringField("Title", [Needed("Give it a title."), at_most(MAX_TITLE), storable])
    text = TextAreaField(
        "The text",
        [Needed("Paste the text."), at_most(MAX_TEXT), storable],
        description="A blank line ends a paragraph. Only the passages you mark leave with a download.",
    )
    nonce = HiddenField(validators=[Regexp(NONCE)])


class TextForm(FlaskForm):
    """The text of a bank that has none yet."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    text = TextAreaField(
        "The text",
        [Needed("Paste the text."), at_most(MAX_TEXT), storable],
        description="A blank line ends a paragraph. Only the passages you mark leave with a download.",
    )


class HighlightForm(FlaskForm):
    """What is said of a passage. The passage is marked by its place, or found by its words in a paragraph."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    start = HiddenField(validators=[Optional(), Regexp(_PLACE)])
    end = HiddenField(validators=[Optional(), Regexp(_PLACE)])
    paragraph = SelectField("Paragraph", default="", validate_choice=False)
    words = TextAreaField("The words of the passage", [at_most(MAX_WORDS), storable])
    line = TextAreaField(
        "What it states, in one line",
        [Needed("Say in one line, in your own words, what the passage states."), at_most(MAX_LINE), storable],
    )
    value = StringField(
        "Value asked for",
        [Needed("Mark in the line what is to be asked for."), at_most(MAX_VALUE), storable],
    )
    speaker = SelectField("Who says it", default="")
    new_speaker = StringField("Name of whoever says it", [at_most(MAX_NAME), storable])
    ask = StringField("Ask it as", [at_most(MAX_LINE), storable])
    topic = SelectField("Topic")

    def offer(self, desk: Desk) -> None:
        """Offer the bank's paragraphs, speakers and topics."""
        source, text = desk.bank.source, desk.bank.text
        count = len(paragraphs_of(text)) if text else source.paragraphs
        anywhere = [("", "Anywhere")] if text else []
        self.paragraph.choices = [*anywhere, *((str(one), str(one)) for one in range(1, count + 1))]
        speakers = [(one.id, one.name) for one in source.speakers]
        somebody = [(NEW_SPEAKER, "Somebody new")] if desk.made_here else []
        self.speaker.choices = [("", "The text itself"), *speakers, *somebody]
        self.topic.choices = [(one.id, one.label) for one in desk.bank.topics]
        if self.topic.data is None and desk.bank.topics:
            self.topic.data = desk.bank.topics[0].id

    def find_passage(self, text: str) -> None:
        """Find typed words in the text and mark them; words that stand there twice want their paragraph."""
        if not text or not given(self.words):
            return
        found = places_of(self.words.data or "", text, self.paragraph.data or "")
        if len(found) == 1:
            self.start.data, self.end.data = (str(place) for place in found[0])
        else:
            self.words.errors = [*self.words.errors, _NOT_THERE if not found else _TWICE]

    def want_passage(self, text: str) -> None:
        """Ask for a passage where none is marked: what else is missing must not hide that."""
        if text and not self.marked and not self.words.errors:
            self.words.errors = [_NOT_MARKED]

    def validate_new_speaker(self, field: Field) -> None:
        """Ask for a name where somebody new says it."""
        if self.speaker.data == NEW_SPEAKER and not given(field):
            raise ValidationError("Say who it is.")

    @property
    def marked(self) -> tuple[int, int] | None:
        """Where the marked passage begins and ends; None where none is marked."""
        places = [field.data or "" for field in (self.start, self.end)]
        if not all(re.fullmatch(_PLACE, place) for place in places):
            return None
        return int(places[0]), int(places[1])

    def highlight(self) -> Highlight:
        """Return what was typed."""
        marked = self.marked
        return Highlight(
            line=self.line.data or "",
            value=self.value.data or "",
            ask=self.ask.data or "",
            speaker=self.speaker.data or "",
            topic=self.topic.data or "",
            start=marked[0] if marked else None,
            end=marked[1] if marked else None,
            paragraph=self.paragraph.data or "",
        )

    def state(self) -> dict[str, str]:
        """Return what was typed as the fields of an address: with it a page shows the same drafts."""
        left_out = {"csrf_token", "words", *(("paragraph",) if self.marked else ())}
        return {field.name: str(field.data) for field in self if field.name not in left_out and field.data}


_NOT_MARKED = "Mark a passage in the text first."
_NOT_THERE = "The text does not have these words. Copy them from it."
_TWICE = "The text has these words more than once. Choose the paragraph, or copy a little more."


def highlight_form(desk: Desk, sent: Mapping[str, Any] | None = None) -> HighlightForm:
    """Make the form for a bank; `sent` is what an address holds, where no form was posted."""
    form = HighlightForm() if sent is None else HighlightForm(MultiDict(sent), meta={"csrf": False})
    form.offer(desk)
    return form


def places_of(words: str, text: str, paragraph: str = "") -> list[tuple[int, int]]:
    """Return where words stand in a text, or in one of its paragraphs; how they are spaced does not matter."""
    wanted = plain_text(words).split()
    if not wanted:
        return []
    pieces = [(one.start, one.text) for one in paragraphs_of(text) if paragraph in ("", str(one.number))]
    found = []
    for start, piece in pieces:
        tokens = [(place, word) for place, word in _tokens(piece)]
        for first in range(len(tokens)):
            place = _ends(tokens, first, wanted)
            if place is not None:
                found.append((start + place[0], start + place[1]))
    return found


def _tokens(piece: str) -> list[tuple[int, str]]:
    found, place = [], 0
    for word in piece.split():
        place = piece.index(word, place)
        found.append((place, word))
        place += len(word)
    return found


def _ends(tokens: list[tuple[int, str]], first: int, wanted: list[str]) -> tuple[int, int] | None:
    """Return where `wanted` begins and ends from a token on: its first may be cut at the front, its last at the end."""
    here = tokens[first : first + len(wanted)]
    if len(here) < len(wanted) or any(one[1] != word for one, word in zip(here[1:-1], wanted[1:-1], strict=True)):
        return None
    (start, head), (last, tail) = here[0], here[-1]
    if len(wanted) == 1:
        place = head.find(wanted[0])
        return None if place < 0 else (start + place, start + place + len(wanted[0]))
    if not head.endswith(wanted[0]) or not tail.startswith(wanted[-1]):
        return None
    return start + len(head) - len(wanted[0]), last + len(wanted[-1])


def reasons_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Return why warnings are passed over, by the id of their rule."""
    return {
        name.removeprefix(REASON)[:40]: words[:MAX_REASON] for name, words in sent.items() if name.startswith(REASON)
    }
