"""The forms that take a bank's folder in: the first holds a ZIP file, the second repeats it to be confirmed."""

from base64 import b64decode, b64encode

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import Length, Regexp

from quizapp.domain.questions.folder_zip import MAX_ZIP_BYTES
from quizapp.services.studio.folder_import import OwnBank
from quizapp.web.form_checks import InOurWords
from quizapp.web.studio.bank_words_forms import NONCE

_MAX_NAME = 100


class FolderForm(FlaskForm):
    """A bank's folder, and the bank that it goes into."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    file = FileField("The folder as a ZIP file", description="As “Download as a folder” gives it. Up to 1 MB.")
    bank = SelectField("Load it into")

    def offer(self, banks: list[OwnBank]) -> None:
        """Offer the banks to change, and a new one."""
        self.bank.choices = [SelectChoice("", "A new bank"), *(SelectChoice(one.name, one.title) for one in banks)]

    def validate_file(self, field: Field) -> None:
        """Ask for a file."""
        if not field.data or not self.data_sent:
            raise ValidationError("Choose a ZIP file.")

    @property
    def data_sent(self) -> bytes:
        """The file, or one byte more of it than is taken."""
        stream = self.file.data.stream
        stream.seek(0)
        data: bytes = stream.read(MAX_ZIP_BYTES + 1)
        return data


class ConfirmForm(FlaskForm):
    """The folder as it was read, byte by byte, and the fingerprint of the plan that was shown."""

    folder = HiddenField(validators=[Length(min=1)])
    bank = HiddenField(validators=[Length(max=_MAX_NAME)])
    shown = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])
    nonce = HiddenField(validators=[Regexp(NONCE)])

    def validate_folder(self, field: Field) -> None:
        """Refuse what no form of ours has sent."""
        try:
            b64decode(field.data or "", altchars=b"-_", validate=True)
        except ValueError as error:
            raise ValidationError("This is no folder.") from error

    @property
    def data_sent(self) -> bytes:
        """The folder again."""
        return b64decode(self.folder.data or "", altchars=b"-_")


def confirm_form(data: bytes, bank: str, fingerprint: str, nonce: str) -> ConfirmForm:
    """Make the form that sends a folder again to be loaded as it was shown."""
    folder = b64encode(data, altchars=b"-_").decode()
    return ConfirmForm(formdata=None, data={"folder": folder, "bank": bank, "shown": fingerprint, "nonce": nonce})
