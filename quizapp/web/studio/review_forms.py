"""What an instructor sends who decides about a draft."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3

from quizapp.domain.errors import Problem
from quizapp.domain.questions.bank_lint.registry import LINT_RULES
from quizapp.services.studio.reviewing import LONGEST_REASON
from quizapp.web.form_checks import InOurWords, Needed, at_most, storable
from quizapp.web.ids import id_of

_REASON = "reason-"


class ReviewForm(FlaskForm):
    """A decision on one draft: as it was seen, why it is rejected, and why its warnings are passed over."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    version = HiddenField()
    reason = StringField(
        "Why is it rejected?",
        [Needed("Say why, so that its author can mend it."), at_most(LONGEST_REASON), storable],
        description="Its author can read it.",
    )
    change = RadioField(
        "What is this edit?",
        choices=[
            SelectChoice("typo", "A typo: it asks the same, scores stay right"),
            SelectChoice("different", "A different question: scores given before may need a repair"),
        ],
        default=None,
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_sent = "formdata" not in kwargs
        self.reasons: dict[str, str] = _reasons_sent() if is_sent else {}

    @property
    def seen(self) -> int:
        """The version of the draft that was seen; 0 where none was sent: no draft has it."""
        return id_of(self.version.data or "")

    @property
    def reason_problems(self) -> tuple[Problem, ...]:
        """Say which reasons for passing a warning over cannot be kept; the place of each is the id of its rule."""
        return tuple(
            Problem(rule, f"Shorten this: it can have {LONGEST_REASON} characters, and only those that can be seen.")
            for rule, reason in self.reasons.items()
            if len(reason) > LONGEST_REASON or not reason.isprintable()
        )


def _reasons_sent() -> dict[str, str]:
    """Return the reasons that were sent, by the ids of the rules that there are."""
    sent = {rule.id: request.form.get(f"{_REASON}{rule.id}", "") for rule in LINT_RULES}
    return {rule: " ".join(reason.split()) for rule, reason in sent.items() if reason.strip()}
