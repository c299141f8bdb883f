"""The forms by which learners report a problem with a question, and instructors settle it."""

from datetime import UTC, datetime

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3

from quizapp.domain.questions.report_kind import KIND_WORDS, ReportKind
from quizapp.services.reports import LONGEST
from quizapp.web.form_checks import InOurWords, at_most, storable

LONGEST_WORD = 200
VERDICTS = ("Mended", "No fault")
"""What is done about a report: a button each."""


class ReportForm(FlaskForm):
    """What kind of problem it is, with more words if somebody likes."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    kind = RadioField(
        "What is wrong?",
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()],
        default=ReportKind.OTHER.value,
    )
    words = TextAreaField("More about it, if you like", [at_most(LONGEST), storable])

    @property
    def chosen(self) -> ReportKind:
        """The kind that was chosen."""
        return ReportKind(self.kind.data)


class SettleForm(FlaskForm):
    """What was done about the reports on a question, and until when those were made that the page showed."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    until = HiddenField()
    verdict = RadioField(choices=[SelectChoice(one, one) for one in VERDICTS], default=None)
    word = StringField("A word to those who reported it, if you like", [at_most(LONGEST_WORD), storable])

    def validate_until(self, field: Field) -> None:
        """Refuse what is no moment with a time zone."""
        if self.seen_until is None:
            raise ValidationError("Reload the page and settle it again.")

    @property
    def seen_until(self) -> datetime | None:
        """When the last report was made that the page showed."""
        try:
            moment = datetime.fromisoformat(self.until.data or "")
            return moment.astimezone(UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            return None

    @property
    def settlement(self) -> str:
        """What was done, in words."""
        more = " ".join((self.word.data or "").split())
        return f"{self.verdict.data}. {more}" if more else f"{self.verdict.data}."
