"""How one studies: the daily limit, the week, a break, an exam, the buttons. One form, every field with a default."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from quizapp.domain.errors import InvalidContent
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_days import date_of, day_number
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services.study import breaks, settings
from quizapp.web.form_checks import InOurWords
from quizapp.web.visitors import current_actor, write_as_somebody

blueprint = Blueprint("study_settings", __name__, url_prefix="/study/settings")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LOADS = (("100", "Full"), ("50", "Half"), ("0", "Free"))
_A_NUMBER = "Write a whole number."


def _weekday(name: str) -> SelectField:
    return SelectField(name, choices=[SelectChoice(value, label) for value, label in _LOADS], default="100")


class SettingsForm(FlaskForm):
    """What a learner may choose; what is left empty is off."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Its sentences are ours."""

    limit_amount = IntegerField("At most", [InputRequired(_A_NUMBER)])
    limit_kind = SelectField(
        "of", choices=[SelectChoice("minutes", "minutes a day"), SelectChoice("cards", "cards a day")]
    )
    new_a_day = IntegerField("New facts a day", [InputRequired(_A_NUMBER)])
    off_from = DateField("First day off", [Optional()])
    off_until = DateField("Last day off", [Optional()])
    exam_day = DateField("Day of the exam", [Optional()])
    four_buttons = BooleanField("Four buttons: also “hardly” and “easily”")
    cards_only = BooleanField("Cards only: never type or choose an answer")
    zone = StringField("Time zone", [Length(max=64, message="There is no such time zone.")])
    rollover_hour = IntegerField(
        "A study day begins at (hour)",
        [InputRequired(_A_NUMBER), NumberRange(0, 12, "A study day begins between 0 and 12 o’clock.")],
    )
    monday, tuesday, wednesday = _weekday("Monday"), _weekday("Tuesday"), _weekday("Wednesday")
    thursday, friday = _weekday("Thursday"), _weekday("Friday")
    saturday, sunday = _weekday("Saturday"), _weekday("Sunday")

    @property
    def weekdays(self) -> list[Field]:
        """The fields of the week, Monday first."""
        return [self[name.lower()] for name in WEEKDAYS]


@blueprint.get("")
def form() -> str:
    """Show how this person studies."""
    actor = current_actor()
    with runtime().reading() as database:
        chosen = settings.study_settings(database, actor)
    return _page(SettingsForm(formdata=None, data=_fields(chosen, chosen.day_of(runtime().now()))))


@blueprint.post("")
def keep() -> Response | tuple[str, int]:
    """Keep what was chosen, or say beside each field what is wrong with it; a break moves what was due in it."""
    sent = SettingsForm()
    actor, now = current_actor(), runtime().now()
    with runtime().reading() as database:
        known = settings.study_settings(database, actor)
    if not sent.validate():
        return _page(sent), 422
    chosen = _chosen(sent, known)

    def store(database: Any, who: Actor) -> breaks.BreakMoves:
        settings.keep_settings(database, who, chosen, chosen.day_of(now))
        return breaks.move_out_of_break(database, who, chosen, now)

    try:
        moved = write_as_somebody(store)
    except InvalidContent as error:
        _place(sent, error)
        return _page(sent), 422
    flash(_told(moved))
    return redirect(url_for("study_today.overview"), 303)


def _told(moved: breaks.BreakMoves) -> str:
    facts = moved.before + moved.after
    if not facts:
        return "Kept."
    lost = f" Those that wait lose about {moved.recall_lost * 100:.0f} % of recall." if moved.after else ""
    return f"Kept. {facts} due in your break were moved: {moved.before} before it, {moved.after} after it.{lost}"


def _page(shown: SettingsForm) -> str:
    return render_template("study/settings.html", form=shown, zones=sorted(available_timezones()))


def _fields(chosen: StudySettings, today: int) -> Mapping[str, object]:
    """Return what the form shows; a break or an exam that has passed is no longer there."""

    def day(number: int | None) -> date | None:
        return None if number is None else date_of(number)

    days_off = chosen.days_off if chosen.days_off and chosen.days_off.last >= today else None
    return {
        "limit_amount": chosen.limit.amount,
        "limit_kind": chosen.limit.kind.value,
        "new_a_day": chosen.new_a_day,
        "off_from": day(days_off.first if days_off else None),
        "off_until": day(days_off.last if days_off else None),
        "exam_day": day(chosen.exam_day if chosen.exam_day and chosen.exam_day > today else None),
        "four_buttons": chosen.four_buttons,
        "cards_only": chosen.cards_only,
        "zone": chosen.zone,
        "rollover_hour": chosen.rollover_hour,
    } | {name.lower(): str(load) for name, load in zip(WEEKDAYS, chosen.weekday_loads, strict=True)}


def _chosen(sent: SettingsForm, known: StudySettings) -> StudySettings:
    first, last = sent.off_from.data or sent.off_until.data, sent.off_until.data or sent.off_from.data
    return replace(
        known,
        zone=sent.zone.data or "",
        rollover_hour=sent.rollover_hour.data or 0,
        four_buttons=sent.four_buttons.data,
        cards_only=sent.cards_only.data,
        limit=DailyLimit(LimitKind(sent.limit_kind.data), sent.limit_amount.data or 0),
        new_a_day=sent.new_a_day.data or 0,
        weekday_loads=tuple(int(field.data) for field in sent.weekdays),
        days_off=Break(day_number(first), day_number(last)) if first and last else None,
        exam_day=None if sent.exam_day.data is None else day_number(sent.exam_day.data),
    )


def _place(sent: SettingsForm, error: InvalidContent) -> None:
    """Put each problem beside its field."""
    for problem in error.problems:
        name = "monday" if problem.place == "weekday_loads" else problem.place
        sent[name].errors = [*sent[name].errors, problem.sentence]
