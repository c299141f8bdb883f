"""Settings of a person: what they are called, their mail, the browsers they are signed in with."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Optional

from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Permission
from quizapp.runtime import runtime
from quizapp.services import accounts, signing_in
from quizapp.services.accounts import Account, Visitor
from quizapp.services.outbox import queue_mail
from quizapp.services.signing_in import read_address
from quizapp.web.accounts.forms import EMAIL_HELP, WRONG_PASSWORD, valid_email
from quizapp.web.accounts.guesses import knows_password
from quizapp.web.form_checks import InOurWords, at_most, storable
from quizapp.web.visitors import current_visitor, drop_token, require_visitor

ADDRESS_CHANGED = "The e-mail address of your quizapp account was changed"
blueprint = Blueprint("account_settings", __name__, url_prefix="/settings")


class DetailsForm(FlaskForm):
    """What somebody is called, and where mail goes."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Its sentences are ours."""

    name = StringField("What we call you", [Optional(), at_most(100), storable], render_kw={"autocomplete": "nickname"})
    email = EmailField(
        "E-mail address (if you like)",
        [Optional(), at_most(254), storable, valid_email],
        description=EMAIL_HELP,
        render_kw={"autocomplete": "email"},
    )
    password = PasswordField(
        "Your password",
        [at_most(1000)],
        description="Only to change the address: a link for a new password goes there.",
        render_kw={"autocomplete": "current-password"},
    )


@blueprint.get("")
def page() -> str:
    """Show what this person may set; a guest is offered an account."""
    visitor = current_visitor()
    if visitor is None or visitor.account is None:
        return render_template("settings/guest.html", is_guest=visitor is not None)
    account = visitor.account
    return _page(visitor, account, DetailsForm(formdata=None, data={"name": account.name, "email": account.email}))


@blueprint.post("")
def keep() -> Response | tuple[str, int]:
    """Keep name and address, or say beside the field what is wrong with it."""
    visitor, sent = require_visitor(), DetailsForm()
    visitor.actor.require(Permission.HAVE_ACCOUNT)
    account = visitor.account
    if account is None:
        raise NotFound("There is no such page.")
    if not sent.validate():
        return _page(visitor, account, sent), 422
    name, email = (sent.name.data or "").strip() or account.sign_in_name, read_address(sent.email.data)
    if email != account.email and not knows_password(account, sent.password.data or ""):
        sent.password.errors = [WRONG_PASSWORD]
        return _page(visitor, account, sent), 422
    with runtime().writing() as database:
        signing_in.change_details(database, account, name, email, runtime().new_token(), runtime().now())
        if account.email and email != account.email:
            words = render_template("accounts/address_changed.txt", account=account)
            queue_mail(database, account.id, account.email, ADDRESS_CHANGED, words, runtime().now())
            g.has_queued_mail = True
    flash("Kept.")
    return redirect(url_for("account_settings.page"), 303)


@blueprint.post("/sessions/<id:session_id>/end")
def end_session(session_id: int) -> Response:
    """Sign one browser of this person out; its cookie is dead from now on."""
    visitor = require_visitor()
    visitor.actor.require(Permission.HAVE_ACCOUNT)
    with runtime().writing() as database:
        accounts.end_session(database, visitor, session_id, runtime().now())
    if session_id == visitor.session_id:
        drop_token()
        return redirect(url_for("home.home"), 303)
    flash("That browser is signed out.")
    return redirect(url_for("account_settings.page") + "#sessions", 303)


@blueprint.post("/sessions/end-others")
def end_others() -> Response:
    """Sign every other browser of this person out."""
    visitor = require_visitor()
    visitor.actor.require(Permission.HAVE_ACCOUNT)
    with runtime().writing() as database:
        ended = accounts.end_other_sessions(database, visitor, runtime().now())
    flash("The other browser is signed out." if ended == 1 else f"{ended} other browsers are signed out.")
    return redirect(url_for("account_settings.page") + "#sessions", 303)


def _page(visitor: Visitor, account: Account, form: FlaskForm) -> str:
    with runtime().reading() as database:
        sessions = accounts.open_sessions(database, visitor, runtime().now())
    return render_template(
        "settings/settings.html",
        form=form,
        sign_in_name=account.sign_in_name,
        sessions=sessions,
        manages_people=visitor.actor.may(Permission.MANAGE_PEOPLE),
    )
