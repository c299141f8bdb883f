"""What Flask-Security needs to know of accounts, answered by our services: it never sees a database session.

Each change is one short transaction of ours, so that it is stored whole or not at all.
"""

from typing import Any, cast

from flask import request
from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore

from quizapp.domain.security_events import SecurityEvent
from quizapp.runtime import runtime
from quizapp.services import signing_in
from quizapp.services.accounts import Account
from quizapp.services.signing_in import Browser, NewAccount
from quizapp.web.devices import device_of
from quizapp.web.visitors import current_account, current_visitor, keep_token


class Login(UserMixin):
    """An account in the shape of Flask-Security."""

    id = 0
    username: str | None = None
    name = ""
    email: str = ""
    password: str | None = None
    fs_uniquifier = ""
    active = True
    roles: list[RoleMixin] = []  # noqa: RUF012 - ours are checked elsewhere; this one stays empty
    token = ""
    """Of the session that signing up has opened."""

    @classmethod
    def of(cls, account: Account | None) -> "Login | None":
        """Return a login for an account."""
        if account is None:
            return None
        login = cls()
        login.id, login.username, login.name = account.id, account.sign_in_name, account.name
        login.email, login.password = account.email or "", account.password_hash or None
        login.fs_uniquifier, login.active = account.uniquifier, not account.suspended
        return login


def for_a_link(account: Account) -> Login:
    """Return a login to make a link for a new password with, which holds the uniquifier alone.

    With the password Flask-Security would hash it once more, which takes so long that it would tell who has an account.
    """
    login = Login()
    login.id, login.username, login.name = account.id, account.sign_in_name, account.name
    login.email, login.fs_uniquifier = account.email or "", account.uniquifier
    return login


class LoginRole(RoleMixin):
    """Not used: `domain/roles.py` says who may do what."""


class AccountStore(UserDatastore):
    """Finds, makes and changes accounts for Flask-Security."""

    def __init__(self) -> None:
        super().__init__(Login, LoginRole)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Login | None:
        """Find one account by its sign-in name (`username`) or by what its password links hold (`fs_uniquifier`)."""
        ((key, value),) = kwargs.items()
        find = {"username": signing_in.account_named, "fs_uniquifier": signing_in.account_with}[key]
        with runtime().reading() as database:
            return Login.of(find(database, str(value)))

    def find_role(self, role: str) -> None:
        """Find none."""

    def create_user(self, **kwargs: Any) -> Login:
        """Make an account and sign this browser in, or make its guest the account. Raises Conflict."""
        login = self._made(kwargs)
        visitor = current_visitor()
        guest = visitor.actor if visitor is not None and visitor.account is None else None
        new = NewAccount(
            login.username or "", login.name, login.email or None, login.password or "", login.fs_uniquifier
        )
        login.token = runtime().new_token()
        with runtime().writing() as database:
            browser = Browser(login.token, device_of(request))
            login.id = signing_in.sign_up(database, guest, new, browser, runtime().now()).id
        return login

    def put(self, model: Login) -> Login:
        """Store a changed password: with a new uniquifier it is another one, without it the same hashed anew."""
        with runtime().writing() as database:
            known = signing_in.account_numbered(database, model.id)
            if known is None or (known.password_hash, known.uniquifier) == (model.password, model.fs_uniquifier):
                return model
            if known.uniquifier == model.fs_uniquifier:
                signing_in.rehash_password(database, known.id, model.password or "")
            elif known.password_hash != model.password:
                own = current_account()
                changed = own is not None and own.id == known.id
                kind = SecurityEvent.PASSWORD_CHANGED if changed else SecurityEvent.PASSWORD_RESET
                signing_in.set_password(
                    database, known.id, model.password or "", model.fs_uniquifier, runtime().now(), kind
                )
        return model

    def commit(self) -> None:
        """Do nothing: every change was stored when it was made."""

    def _made(self, kwargs: dict[str, Any]) -> Login:
        login = cast(Login, self.user_model())
        for name, value in self._prepare_create_user_args(**kwargs).items():
            if name != "roles":
                setattr(login, name, value)
        return login


def open_session_of(login: Login) -> None:
    """Sign this browser in as somebody whose password was right; what its guest did becomes theirs."""
    token = login.token
    if not token:
        token, before = runtime().new_token(), current_visitor()
        with runtime().writing() as database:
            signing_in.sign_in(database, login.id, before, Browser(token, device_of(request)), runtime().now())
    keep_token(token)
