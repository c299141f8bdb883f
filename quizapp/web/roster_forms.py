"""The forms that take a list of names in: the first holds a file or pasted text, the second repeats it."""

from base64 import b64decode, b64encode

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, TextAreaField, ValidationError
from wtforms.validators import Length, Regexp

from quizapp.domain.join_code import CodeLife
from quizapp.services.rosters import RosterList, RosterPlan
from quizapp.web.class_forms import life_field
from quizapp.web.form_checks import InOurWords

MAX_UPLOAD_BYTES = 180_000
"""What leaves room in a form for the list to come back as text of six bits a letter."""
MAX_FILE_NAME = 300


class RosterForm(FlaskForm):
    """A list of names as a file or as text, and how long their codes work."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    text = TextAreaField("The names", description="One a line. A name with a comma in it stands in quotation marks.")
    file = FileField("Or a file", description="CSV or tab-separated text, as spreadsheets save it.")
    life = life_field()

    def validate_text(self, field: Field) -> None:
        """Refuse a list that is larger than a form can bring back, or none."""
        data = self.sent_list().data
        if not data.strip():
            raise ValidationError("Write the names here, or choose a file.")
        if len(data) > MAX_UPLOAD_BYTES:
            raise ValidationError(f"It is larger than {MAX_UPLOAD_BYTES // 1_000} KB. Send it in parts.")

    def sent_list(self) -> RosterList:
        """Return what was sent; a file goes before text."""
        file_name, data = "", (self.text.data or "").encode(errors="surrogatepass")
        if self.file.data:
            self.file.data.stream.seek(0)
            file_name, data = self.file.data.filename or "", self.file.data.stream.read(MAX_UPLOAD_BYTES + 1)
        life = CodeLife(self.life.data) if self.life.data in set(CodeLife) else CodeLife.TWO_WEEKS
        return RosterList(data, file_name, life)


class ConfirmRosterForm(FlaskForm):
    """The list as it was read, byte by byte, and the fingerprint of the plan that was shown."""

    roster = HiddenField(validators=[Length(min=1)])
    file_name = HiddenField(validators=[Length(max=MAX_FILE_NAME)])
    life = HiddenField(validators=[Regexp("|".join(CodeLife) + r"\Z")])
    shown = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])

    def validate_roster(self, field: Field) -> None:
        """Refuse what no form of ours has sent."""
        try:
            b64decode(field.data or "", altchars=b"-_", validate=True)
        except ValueError as error:
            raise ValidationError("This is no list.") from error

    def sent_list(self) -> RosterList:
        """Return the list again."""
        data = b64decode(self.roster.data or "", altchars=b"-_")
        return RosterList(data, self.file_name.data or "", CodeLife(str(self.life.data)))


def confirm_form(sent: RosterList, plan: RosterPlan) -> ConfirmRosterForm:
    """Make the form that sends a list again to be imported as it was shown."""
    return ConfirmRosterForm(
        formdata=None,
        data={
            "roster": b64encode(sent.data, altchars=b"-_").decode(),
            "file_name": sent.file_name[:MAX_FILE_NAME],
            "life": sent.life.value,
            "shown": plan.fingerprint,
        },
    )
