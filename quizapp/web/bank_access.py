"""Who can see a bank: everybody, chosen classes, or nobody else. For whoever may change or share it."""

from typing import ClassVar

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from quizapp.domain.errors import InvalidContent
from quizapp.runtime import runtime
from quizapp.services import bank_access
from quizapp.services.bank_access import BankAccess
from quizapp.web.form_checks import NO_CHOICE, InOurWords
from quizapp.web.visitors import require_actor

blueprint = Blueprint("bank_access", __name__, url_prefix="/banks")

EVERYBODY, CLASSES, DRAFT = "public", "classes", "private"


class AccessForm(FlaskForm):
    """Who sees a bank, and which classes; the first is left out for who may only share."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Its sentences are ours."""

    seen_by = RadioField("Who can see this bank", [InputRequired(NO_CHOICE)])
    classes = SelectMultipleField("Classes", validate_choice=False, option_widget=CheckboxInput())

    told: ClassVar = {
        EVERYBODY: "Everybody, also without an account",
        CLASSES: "The classes I choose",
        DRAFT: "Only me: a draft",
    }

    def offer(self, access: BankAccess) -> None:
        """Offer what this person may choose."""
        self.classes.choices = [SelectChoice(str(one.id), one.name) for one in access.classes]
        if not access.may_choose:
            del self.seen_by
            return
        words = dict(self.told)
        if not access.is_own:
            words[DRAFT] = f"Only {'its owner and ' if access.has_owner else ''}the admins: a draft"
        self.seen_by.choices = [SelectChoice(value, label) for value, label in words.items()]

    def validate_classes(self, field: SelectMultipleField) -> None:
        """Refuse a class that is not on offer."""
        if not set(field.data or ()) <= {str(value) for value, *_ in field.iter_choices()}:
            raise ValidationError(NO_CHOICE)


@blueprint.get("/<name>/access")
def show(name: str) -> str:
    """Show who can see the bank."""
    actor = require_actor()
    with runtime().reading() as database:
        access = bank_access.bank_access(database, actor, name)
    data = {"seen_by": access.visibility.value, "classes": [str(one) for one in access.shared]}
    form = AccessForm(formdata=None, data=data)
    form.offer(access)
    return _page(form, access)


@blueprint.post("/<name>/access")
def change(name: str) -> Response | tuple[str, int]:
    """Keep what was chosen, or say beside the field what is wrong with it."""
    actor, form = require_actor(), AccessForm()
    with runtime().reading() as database:
        access = bank_access.bank_access(database, actor, name)
    form.offer(access)
    if not form.validate():
        return _page(form, access), 422
    chosen = {int(one) for one in form.classes.data or ()}
    seen_by = bank_access.visibility_named(form.seen_by.data) if access.may_choose else None
    try:
        with runtime().writing() as database:
            access = bank_access.change_access(database, actor, name, seen_by, chosen, runtime().now())
    except InvalidContent as error:
        form.classes.errors = [problem.sentence for problem in error.problems]
        return _page(form, access), 422
    flash(_told(access))
    return redirect(url_for("banks.bank", name=name), 303)


def _told(access: BankAccess) -> str:
    if access.visibility == EVERYBODY:
        count = len(access.shared)
        shared = f" It stands on the page of {count} {'class' if count == 1 else 'classes'} of yours." if count else ""
        return f"Saved. Everybody can see it.{shared}"
    return "Saved. It is a draft." if access.visibility == DRAFT else "Saved. The classes you chose can see it."


def _page(form: AccessForm, access: BankAccess) -> str:
    return render_template("banks/access.html", form=form, access=access)
