"""Your data: what is kept and why, a file of all of it, and deleting the account."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from quizapp.domain.data_export import zip_of
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import erasure, personal_data
from quizapp.web.accounts.guesses import knows_password
from quizapp.web.filters import day
from quizapp.web.form_checks import InOurWords, at_most
from quizapp.web.visitors import current_account, current_actor, require_actor

blueprint = Blueprint("privacy", __name__, url_prefix="/settings/data")

FILE_NAME = "quizapp-data.zip"
WRONG_PASSWORD = "This is not your password."  # noqa: S105 - a sentence


class DeleteAccountForm(FlaskForm):
    """The password once more, so that nobody deletes what somebody else left open."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Its sentences are ours."""

    password = PasswordField(
        "Your password",
        [InputRequired("Type your password."), at_most(1_000)],
        render_kw={"autocomplete": "current-password"},
    )


class DeleteGuestForm(FlaskForm):
    """A tick, since a guest has no password to ask for."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Its sentences are ours."""

    understood = BooleanField(
        "I understand that this cannot be undone", [InputRequired("Tick this first: it cannot be undone.")]
    )


@blueprint.get("")
def data() -> str:
    """Say what is kept of people, and offer the person all of it, or to delete it."""
    actor = current_actor()
    return render_template(
        "privacy/data.html", kept=personal_data.what_is_kept(), standing=None if actor is None else _standing(actor)
    )


@blueprint.post("/download")
def download() -> Response:
    """Give all that is kept of this person as one file. It is a POST because the log notes it."""
    actor, now = require_actor(), runtime().now()
    with runtime().writing() as database:
        personal_data.note_export(database, actor, now)
    with runtime().reading() as database:
        found = personal_data.exported_data(database, actor, now)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(zip_of(found), mimetype="application/zip", headers=headers)


@blueprint.get("/delete")
def ask() -> str | Response:
    """Say exactly what a deletion deletes and what remains, and ask for the password."""
    standing = _standing(require_actor())
    if standing.erase_after is not None:
        return redirect(url_for("privacy.data"), 303)
    return _ask_page(_form(standing, empty=True), standing)


@blueprint.post("/delete")
def delete() -> Response | tuple[str, int]:
    """Delete a guest at once and an account in a week; this browser is signed out in either case."""
    actor = require_actor()
    standing = _standing(actor)
    form = _form(standing)
    if not form.validate() or not _verified(form):
        return _ask_page(form, standing), 422
    with runtime().writing() as database:
        erase_after = erasure.ask_for_deletion(database, actor, runtime().now())
    session.clear()  # the cookie opens nothing any more
    if erase_after is None:
        flash("All that was kept of you is deleted.")
    else:
        flash(
            f"You are signed out. Your account is deleted on {day(erase_after)}. "
            "Until then you can sign in and press “Keep my account”."
        )
    return redirect(url_for("privacy.data"), 303)


@blueprint.post("/keep")
def keep() -> Response:
    """Take the deletion back."""
    actor = require_actor()
    with runtime().writing() as database:
        erasure.take_back_deletion(database, actor, runtime().now())
    flash("Your account is kept.")
    return redirect(url_for("privacy.data"), 303)


def _standing(actor: Actor) -> erasure.Standing:
    with runtime().reading() as database:
        return erasure.standing(database, actor)


def _form(standing: erasure.Standing, empty: bool = False) -> FlaskForm:
    kind = DeleteAccountForm if standing.has_account else DeleteGuestForm
    return kind(formdata=None) if empty else kind()


def _verified(form: FlaskForm) -> bool:
    """Say whether the password that was typed is right, and beside its field if not; a guest has none."""
    if not isinstance(form, DeleteAccountForm):
        return True
    account = current_account()
    if account is None or not knows_password(account, form.password.data or ""):
        form.password.errors = [WRONG_PASSWORD]
        return False
    return True


def _ask_page(form: FlaskForm, standing: erasure.Standing) -> str:
    return render_template(
        "privacy/delete.html",
        form=form,
        standing=standing,
        days=erasure.GRACE.days,
        remains=[table.remains for table in personal_data.what_is_kept() if table.remains],
    )
