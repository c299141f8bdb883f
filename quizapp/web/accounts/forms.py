"""The forms of signing up, signing in and passwords. They tell nobody which accounts exist."""

from typing import Any

from flask import current_app
from flask_security.forms import ChangePasswordForm as TheirChangeForm
from flask_security.forms import ForgotPasswordForm as TheirForgottenForm
from flask_security.forms import LoginForm, RegisterFormV2
from flask_security.forms import ResetPasswordForm as TheirResetForm
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import EmailField, Field, Form, HiddenField, PasswordField, StringField
from wtforms.validators import Optional, ValidationError

from quizapp.domain.errors import TooMany
from quizapp.domain.security_events import SecurityEvent
from quizapp.domain.sign_in_names import read_sign_in_name, sign_in_name_of
from quizapp.runtime import runtime
from quizapp.services import lock_out, signing_in
from quizapp.services.security_log import log_event
from quizapp.web.accounts.guesses import WAIT_SECONDS, knows_password
from quizapp.web.accounts.mail import is_address, send_links_afterwards
from quizapp.web.accounts.sources import remember_browser, this_try
from quizapp.web.accounts.store import Login
from quizapp.web.form_checks import InOurWords, Needed, at_most, storable
from quizapp.web.onward import local_path
from quizapp.web.visitors import current_account

PROPOSAL_SECONDS = 24 * 3600
NO_NAME = "Type your sign-in name."
WRONG_PASSWORD = "This is not your password."  # noqa: S105
NO_PASSWORD = "Type your password."  # noqa: S105 - a sentence
NEW_PASSWORD = "Choose a password."  # noqa: S105
EXPIRED_NAME = "The page was open for too long: this is your sign-in name now."
NEW_PASSWORD_HELP = "At least 8 characters. Three or four words are easy to remember and hard to guess."  # noqa: S105
EMAIL_HELP = "Only for a link when you forget your password. It is shown to nobody."


class _Ours(InOurWords, FlaskForm.Meta):
    """Its sentences are ours."""


def valid_email(form: Form, field: Field) -> None:
    """Refuse what is no address."""
    if field.data and not is_address(field.data):
        raise ValidationError("This is no e-mail address. Leave it empty if you have none.")


class SignInForm(LoginForm):
    """Name and password. What is wrong with them is said in one sentence for every case."""

    Meta = _Ours
    email = StringField(validators=[Optional()])  # theirs needs a field of this name; nobody is found by it
    username = StringField(
        "Sign-in name",
        [Needed(NO_NAME), at_most(60), storable],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password", [Needed(NO_PASSWORD), at_most(1000)], render_kw={"autocomplete": "current-password"}
    )
    remember = None
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""  # theirs is a link; ours stands below the form
        self.next.data = local_path(self.next.data or "")

    def validate(self, **kwargs: Any) -> bool:
        """Check name and password, after a try was counted. Raises TooMany when there were too many."""
        name = read_sign_in_name(self.username.data or "")
        self.password.data = current_app.extensions["security"].password_util.normalize(self.password.data or "")
        tried = this_try(name)
        self.ifield = self.username
        if name and self.password.data:
            with runtime().writing() as database:
                taken = lock_out.take_try(database, tried, runtime().now())
            if not taken:
                raise TooMany(
                    "There were too many tries with this name. Wait 15 minutes, "
                    "or sign in with a browser you have signed in with before.",
                    seconds=WAIT_SECONDS,
                )
            with runtime().reading() as database:
                self.user = Login.of(signing_in.account_named(database, name))
        right = super().validate(**kwargs)
        if name and self.password.data:
            with runtime().writing() as database:
                if right:
                    lock_out.forgive(database, tried)
                else:
                    log_event(database, SecurityEvent.SIGN_IN_REFUSED, runtime().now())
        if right:
            remember_browser(name)
        return right


class SignUpForm(RegisterFormV2):
    """A sign-in name that is given, a password, and two things that may stay empty."""

    Meta = _Ours
    proposal = HiddenField()
    username = StringField(
        "Your sign-in name",
        description="It is given to you, so that nobody can find out who has an account. Your browser can keep it.",
        render_kw={"readonly": True, "autocomplete": "username"},
    )
    password = PasswordField(
        "Password", [Needed(NEW_PASSWORD)], description=NEW_PASSWORD_HELP, render_kw={"autocomplete": "new-password"}
    )
    name = StringField(
        "What shall we call you? (if you like)",
        [Optional(), at_most(100), storable],
        description="For yourself and, in a class, for its teachers.",
        render_kw={"autocomplete": "nickname"},
    )
    email = EmailField(
        "E-mail address (if you like)",
        [Optional(), at_most(254), storable, valid_email],
        description=EMAIL_HELP,
        render_kw={"autocomplete": "email"},
    )
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.next.data = local_path(self.next.data or "")
        self.kept_name = self._unsigned()
        if not self.kept_name:
            self._propose()
        else:
            self.username.data = self.kept_name

    def validate(self, **kwargs: Any) -> bool:
        """Check the fields; a name that we did not give, or gave too long ago, is replaced by a new one."""
        right = super().validate(**kwargs)
        self.email.data = (self.email.data or "").strip() or None
        self.name.data = (self.name.data or "").strip() or self.username.data
        if not self.kept_name:
            self.username.errors = [EXPIRED_NAME]
            return False
        return right

    def _propose(self) -> None:
        self.username.data = sign_in_name_of(runtime().new_token())
        self.proposal.data = self._signer().dumps(self.username.data)

    def _unsigned(self) -> str:
        try:
            return str(self._signer().loads(self.proposal.data or "", max_age=PROPOSAL_SECONDS))
        except BadSignature:  # an expired one is a bad one
            return ""

    @staticmethod
    def _signer() -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(str(current_app.secret_key), salt="sign-in name")


class ForgottenForm(TheirForgottenForm):
    """A sign-in name or an address; what comes of it is told by mail only."""

    Meta = _Ours
    email = StringField(
        "Sign-in name or e-mail address",
        [Needed("Type your sign-in name or your e-mail address."), at_most(254), storable],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    submit = None

    def validate(self, **kwargs: Any) -> bool:
        """Find the accounts, and have a link mailed to each that has an address. Never true: see the view.

        The view answers the same to a form that is not valid, and hashes something: that way goes every request.
        """
        if not FlaskForm.validate(self):  # theirs asks for a user that it found itself
            return False
        typed = (self.email.data or "").strip()
        with runtime().writing() as database:
            if "@" in typed:
                found = signing_in.accounts_at(database, typed)
            else:
                one = signing_in.account_named(database, read_sign_in_name(typed))
                found = [one] if one is not None else []
            log_event(database, SecurityEvent.PASSWORD_RESET_ASKED, runtime().now())
        send_links_afterwards([account for account in found if account.email and not account.suspended])
        return False


class ResetForm(TheirResetForm):
    """A new password, from a link that came by mail."""

    Meta = _Ours
    password = PasswordField(
        "New password",
        [Needed(NEW_PASSWORD)],
        description=NEW_PASSWORD_HELP,
        render_kw={"autocomplete": "new-password"},
    )
    password_confirm = None
    submit = None


class ChangeForm(TheirChangeForm):
    """The password as it is and as it shall be."""

    Meta = _Ours
    password = PasswordField("Password now", [at_most(1000)], render_kw={"autocomplete": "current-password"})
    new_password = PasswordField(
        "New password",
        [Needed(NEW_PASSWORD)],
        description=NEW_PASSWORD_HELP,
        render_kw={"autocomplete": "new-password"},
    )
    new_password_confirm = None
    submit = None

    def validate(self, **kwargs: Any) -> bool:
        """Check both, after the guess was counted. Raises TooMany after too many wrong ones."""
        account = current_account()
        if account is not None and self.password.data and not knows_password(account, self.password.data):
            FlaskForm.validate(self)
            self.password.errors = [WRONG_PASSWORD]
            return False
        return super().validate(**kwargs)
