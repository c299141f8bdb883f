"""The forms that take a deck in: the first holds a file or pasted text, the second repeats it to be confirmed."""

from base64 import b64decode, b64encode

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, Form, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Regexp

from quizapp.services.studio.deck_import import MAX_TITLE, Upload

MAX_UPLOAD_BYTES = 180_000
"""What leaves room in a form for the deck to come back as text of six bits a letter."""
TOO_LARGE = (
    f"It is larger than {MAX_UPLOAD_BYTES // 1_000} KB. A larger deck comes in on the command line: "
    "quizapp bank import FILE."
)
PASTED = "pasted text"


class DeckForm(FlaskForm):
    """A deck as a file or as text, and the bank that it goes into."""

    file = FileField("A file", description="CSV or tab-separated text, as Anki and spreadsheets export it.")
    text = TextAreaField("Or the cards as text", description="One card a line: front, tab or comma, back.")
    title = StringField("Title of the new bank", [Length(max=MAX_TITLE)])
    bank = SelectField("Put the cards into")

    def offer(self, banks: list[tuple[str, str]]) -> None:
        """Offer the imported banks to add to, and a new one."""
        self.bank.choices = [("", "A new bank"), *banks]

    def validate_file(self, field: Field) -> None:
        """Refuse a deck that is larger than a form can bring back, or none."""
        data = self.upload().data
        if not data.strip():
            raise ValidationError("Choose a file, or paste the cards below.")
        if len(data) > MAX_UPLOAD_BYTES:
            raise ValidationError(TOO_LARGE)

    def validate_title(self, field: Field) -> None:
        """Ask for the title of pasted cards: there is no file to name them after."""
        if not self.bank.data and not (field.data or "").strip() and not self.file.data:
            raise ValidationError("Give the new bank a title.")

    def upload(self) -> Upload:
        """Return what was sent; a file goes before text."""
        file_name, data = PASTED, (self.text.data or "").encode(errors="surrogatepass")
        if self.file.data:
            self.file.data.stream.seek(0)
            file_name, data = self.file.data.filename or PASTED, self.file.data.stream.read(MAX_UPLOAD_BYTES + 1)
        return Upload(data, file_name, self.bank.data or (self.title.data or "").strip())


class ConfirmForm(FlaskForm):
    """The deck as it was read, byte by byte, and the fingerprint of the plan that was shown."""

    deck = HiddenField(validators=[Length(min=1)])
    file_name = HiddenField(validators=[Length(max=300)])
    bank = HiddenField(validators=[Length(max=MAX_TITLE)])
    shown = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])

    def validate_deck(self, field: Field) -> None:
        """Refuse what no form of ours has sent."""
        try:
            b64decode(field.data or "", altchars=b"-_", validate=True)
        except ValueError as error:
            raise ValidationError("This is no deck.") from error

    def upload(self) -> Upload:
        """Return the deck again."""
        return Upload(
            b64decode(self.deck.data or "", altchars=b"-_"), self.file_name.data or PASTED, self.bank.data or ""
        )


def confirm_form(upload: Upload, fingerprint: str) -> Form:
    """Make the form that sends a deck again to be imported as it was shown."""
    return ConfirmForm(
        formdata=None,
        data={
            "deck": b64encode(upload.data, altchars=b"-_").decode(),
            "file_name": upload.file_name[:300],
            "bank": upload.bank,
            "shown": fingerprint,
        },
    )
