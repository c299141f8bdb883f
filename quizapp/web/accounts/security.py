"""Flask-Security put to work: its views in our words and looks, on our sessions and our tables."""

from datetime import timedelta
from typing import Any

from flask import Flask, flash, g, redirect, request, session, url_for
from flask_login.signals import user_logged_in, user_logged_out
from flask_security import Security
from flask_security.utils import set_request_attr
from werkzeug import Response

from quizapp.runtime import runtime
from quizapp.services import accounts
from quizapp.web import later
from quizapp.web.accounts import forms, mail
from quizapp.web.accounts.passwords import Passwords
from quizapp.web.accounts.sources import remember_browser
from quizapp.web.accounts.store import AccountStore, Login, open_session_of
from quizapp.web.filters import day
from quizapp.web.onward import local_path
from quizapp.web.visitors import current_account, current_visitor, drop_token

SIGN_IN, SIGN_UP, SIGN_OUT, FORGOTTEN, PASSWORD = (
    "/sign-in",
    "/sign-up",
    "/sign-out",
    "/forgotten",
    "/settings/password",
)
SETTINGS: dict[str, Any] = {
    "LOGIN_URL": SIGN_IN,
    "REGISTER_URL": SIGN_UP,
    "LOGOUT_URL": SIGN_OUT,
    "RESET_URL": FORGOTTEN,
    "CHANGE_URL": PASSWORD,
    "REGISTERABLE": True,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "LOGOUT_METHODS": ["POST"],
    "API_ENABLED_METHODS": ["session"],
    "RETURN_GENERIC_RESPONSES": True,
    "USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": str}}],
    "PASSWORD_HASH": "argon2",
    # OWASP's parameters for argon2id: a server that is signed in to by a whole class must not run out of memory.
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__time_cost": 2,
        "argon2__memory_cost": 19 * 1024,
        "argon2__parallelism": 1,
    },
    "PASSWORD_SINGLE_HASH": True,  # argon2 alone: a lost secret key must not take every password with it
    "PASSWORD_CONFIRM_REQUIRED": False,  # it can be looked at while it is typed, and reset
    "FRESHNESS": timedelta(minutes=-1),  # no page asks for a password twice; those that need it ask in their form
    "JOIN_USER_ROLES": False,
    "SEND_REGISTER_EMAIL": False,
    "EMAIL_HTML": False,
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
    "RESET_PASSWORD_WITHIN": timedelta(hours=1),
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "/",
    "POST_REGISTER_VIEW": "/",
    "POST_RESET_VIEW": SIGN_IN,
    "POST_CHANGE_VIEW": "/settings",
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "REGISTER_USER_TEMPLATE": "accounts/sign_up.html",
    "FORGOT_PASSWORD_TEMPLATE": "accounts/forgotten.html",
    "RESET_PASSWORD_TEMPLATE": "accounts/reset.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
    "EMAIL_SUBJECT_PASSWORD_RESET": mail.RESET_SUBJECT,
    "EMAIL_SUBJECT_PASSWORD_NOTICE": "Your password for quizapp was changed",
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": "Your password for quizapp was changed",
    "MSG_GENERIC_AUTHN_FAILED": ("Name and password do not belong together.", "error"),
    "MSG_PASSWORD_RESET_REQUEST": (
        "If an account with an e-mail address belongs to this, a link is on its way to it. It works for one hour.",
        "info",
    ),
    "MSG_PASSWORD_RESET_EXPIRED": ("This link is too old. Ask for a new one.", "error"),
    "MSG_INVALID_RESET_PASSWORD_TOKEN": ("This link does not work any more. Ask for a new one.", "error"),
    "MSG_PASSWORD_RESET_NO_LOGIN": ("Your password is changed. Sign in with the new one.", "info"),
    "MSG_PASSWORD_CHANGE": ("Your password is changed, and every other browser was signed out.", "info"),
    "MSG_INVALID_PASSWORD": ("This is not your password.", "error"),
    "MSG_PASSWORD_IS_THE_SAME": ("This is the password you have.", "error"),
    "MSG_PASSWORD_NOT_PROVIDED": ("Type your password.", "error"),
}


def register(app: Flask) -> None:
    """Give the app its accounts. CSRF protection must have been registered before."""
    app.config.from_mapping({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    security = Security(
        app,
        AccountStore(),
        login_form=forms.SignInForm,
        register_form=forms.SignUpForm,
        forgot_password_form=forms.ForgottenForm,
        reset_password_form=forms.ResetForm,
        change_password_form=forms.ChangeForm,
        mail_util_cls=mail.Outbox,
        password_util_cls=Passwords,
    )
    later.register(app)
    mail.register(app)
    security.unauthn_handler(_ask_to_sign_in)
    _use_our_sessions(app, security)
    app.after_request(_stay_here)
    user_logged_in.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)


def _use_our_sessions(app: Flask, security: Security) -> None:
    """Let the session row decide who is asking, and only where somebody asks: no page pays for it unasked."""
    manager = security.login_manager
    manager.session_protection = None
    manager.user_loader(lambda user_id: None)
    manager.request_loader(lambda asked: _login())
    app.template_context_processors[None] = [
        one for one in app.template_context_processors[None] if one.__module__ != "flask_login.utils"
    ]
    security.principal.identity_loaders.clear()


def _login() -> Login | None:
    login = Login.of(current_account())
    if login is not None:
        set_request_attr("fs_authn_via", "session")
    return login


def _signed_in(sender: Flask, user: Login, **_: object) -> None:
    for name in ("_user_id", "_fresh", "_id"):
        session.pop(name, None)  # the token alone says who is asking
    for kept in (session, g):
        kept.pop("csrf_token", None)  # one that was seen before signing in is worth nothing afterwards
    open_session_of(user)
    if user.token:  # the account was made just now
        flash(f"You sign in as {user.username} from now on. Keep this name with your password.")
        remember_browser(user.username or "")
    account = current_account()
    if account is not None and account.erase_after is not None:
        flash(
            f"Your account will be deleted on {day(account.erase_after)}. To keep it, open Settings, then “Your data”."
        )


def _signed_out(sender: Flask, **_: object) -> None:
    visitor = current_visitor()
    if visitor is not None:
        with runtime().writing() as database:
            accounts.end_session(database, visitor, visitor.session_id, runtime().now())
    drop_token()
    g.pop("_login_user", None)


def _stay_here(response: Response) -> Response:
    """Lead home where a form names an address to go on to that is none of ours."""
    if request.blueprint == "security" and response.location and not local_path(response.location):
        response.location = "/"
    return response


def _ask_to_sign_in(mechanisms: list[str], headers: dict[str, str] | None) -> Response:
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
