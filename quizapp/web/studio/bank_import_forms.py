"""The forms that take questions in: the first holds a file or pasted text, the second confirms what was shown."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Regexp

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.services.studio.deck_import import DECK
from quizapp.services.studio.import_plan import MAX_TITLE, Upload
from quizapp.services.studio.imports import READ_FORMATS
from quizapp.web.form_checks import InOurWords, at_most, storable

TOO_LARGE = f"It is larger than {MAX_FILE_BYTES // 1_000_000} MB. Split it."
PASTED = "pasted text"
FORMATS = (
    ("", "Tell from the file"),
    *((name, BANK_FORMATS[name].label) for name in READ_FORMATS),
    (DECK, "Flashcards: a table of fronts and backs"),
)


class _InOurWords(FlaskForm):
    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences, Flask-WTF's token."""


class ImportForm(_InOurWords):
    """A file or text, what it is, and the bank that it goes into."""

    file = FileField("A file", description="Moodle XML, GIFT, Aiken, our JSON, or a table of questions or of cards.")
    text = TextAreaField("Or paste it", description="As it would stand in a file; cells copied from a spreadsheet do.")
    format = SelectField("What it is")
    bank = SelectField("Put the questions into")
    title = StringField("Title of the new bank", [at_most(MAX_TITLE), storable])

    def offer(self, banks: list[tuple[str, str]]) -> None:
        """Offer the banks to add to, and a new one; and what a file may be."""
        self.format.choices = list(FORMATS)
        self.bank.choices = [("", "A new bank"), *banks]

    def validate_file(self, field: Field) -> None:
        """Refuse a file that is too large, or none."""
        data = self.upload().data
        if not data.strip():
            raise ValidationError("Choose a file, or paste the questions below.")
        if len(data) > MAX_FILE_BYTES:
            raise ValidationError(TOO_LARGE)

    def validate_title(self, field: Field) -> None:
        """Ask for the title of what was pasted: there is no file to name it after."""
        if not self.bank.data and not (field.data or "").strip() and not self.file.data:
            raise ValidationError("Give the new bank a title.")

    def close(self) -> None:
        """Close the file: a large one lies on the disk for as long as it is open."""
        if self.file.data:
            self.file.data.close()

    def upload(self) -> Upload:
        """Return what was sent; a file goes before text."""
        file_name, data = PASTED, (self.text.data or "").encode(errors="surrogatepass")
        if self.file.data:
            self.file.data.stream.seek(0)
            file_name, data = self.file.data.filename or PASTED, self.file.data.stream.read(MAX_FILE_BYTES + 1)
        bank = self.bank.data or (self.title.data or "").strip()
        return Upload(data, _printable(file_name) or PASTED, _printable(bank), self.format.data or "")


class ConfirmForm(FlaskForm):
    """The fingerprint of the plan that was shown."""

    shown = HiddenField(validators=[Length(max=64), Regexp(r"[0-9a-f]{64}\Z")])


def _printable(text: str) -> str:
    """Leave out what no database keeps and nobody sees: browsers of others send any name of a file."""
    return "".join(one for one in text if one.isprintable())
