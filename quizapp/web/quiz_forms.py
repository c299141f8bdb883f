"""The form that starts a quiz."""

from dataclasses import dataclass

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import AnyOf, InputRequired, Length

from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.quiz_drawing import DEFAULT_LENGTH, LENGTHS

LENGTH = "length"  # the session field that remembers the last choice
ALL = "all"


class StartQuizForm(FlaskForm):
    """Which bank, and how many questions."""

    bank = HiddenField(validators=[InputRequired(), Length(max=100)])
    kind = HiddenField(
        default=AttemptKind.QUIZ.value, validators=[AnyOf([AttemptKind.QUIZ.value, AttemptKind.PRETEST.value])]
    )
    length = RadioField(
        "How many questions",
        choices=[*(SelectChoice(str(length), str(length)) for length in LENGTHS), SelectChoice(ALL, "All")],
        default=str(DEFAULT_LENGTH),
    )

    @property
    def questions(self) -> int | None:
        """How many questions were asked for; None for all."""
        return None if self.length.data == ALL else int(self.length.data or DEFAULT_LENGTH)

    @property
    def attempt_kind(self) -> AttemptKind:
        """What the attempt is for."""
        return AttemptKind(self.kind.data or AttemptKind.QUIZ)


@dataclass(frozen=True, slots=True)
class OfferedLength:
    """One choice of length: what it posts, its label and how many questions it comes to."""

    value: str
    label: str
    questions: int
    chosen: bool


def offered_lengths(available: int, last: object) -> list[OfferedLength]:
    """Return the lengths a bank with `available` questions can offer; the last choice, else ten, is chosen."""
    counts = {str(length): length for length in LENGTHS if length < available} | {ALL: available}
    fallback = str(DEFAULT_LENGTH) if str(DEFAULT_LENGTH) in counts else ALL
    chosen = last if isinstance(last, str) and last in counts else fallback
    return [
        OfferedLength(value, "All" if value == ALL else value, count, value == chosen)
        for value, count in counts.items()
    ]
