"""Commands on people: add them, list them, change a role, suspend, and delete whose time has come."""

import sys

import click
from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import hash_password

from quizapp.app import make_runtime
from quizapp.cli.erasing import erase_all_due
from quizapp.cli.installation import installed_app
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.domain.errors import InvalidContent, NotFound, Problem
from quizapp.domain.roles import Role
from quizapp.domain.sign_in_names import read_sign_in_name, sign_in_name_of
from quizapp.runtime import runtime
from quizapp.services import people, signing_in
from quizapp.services.accounts import Account
from quizapp.services.signing_in import NewAccount
from quizapp.settings import Settings
from quizapp.web.accounts.mail import is_address
from quizapp.web.accounts.passwords import problem_with
from quizapp.web.accounts.store import for_a_link

ROLES = click.Choice([role.value for role in people.ACCOUNT_ROLES])


@click.group()
def user() -> None:
    """Add, list and change people's accounts."""


@user.command()
@click.argument("name")
@click.option("--role", type=ROLES, default=Role.LEARNER.value, show_default=True)
@click.option("--email", default="", help="For a link when the password is forgotten.")
@click.pass_obj
def add(settings: Settings, name: str, role: str, email: str) -> None:
    """Make an account for NAME and print its sign-in name.

    The password is asked for, or read from standard input: never from the command line, where others could see it.
    """
    if email and not is_address(email):
        raise InvalidContent([Problem("--email", "this is no e-mail address.")])
    if not name.strip() or len(name) > 100:
        raise InvalidContent([Problem("NAME", "it must have 1 to 100 characters.")])
    password = _password()
    with installed_app(settings) as app:
        password = app.extensions["security"].password_util.normalize(password)
        token = runtime().new_token()
        new = NewAccount(sign_in_name_of(token), name.strip(), email or None, "", token, Role(role))
        problem = problem_with(password, (new.sign_in_name, name, email))
        if problem:
            raise InvalidContent([Problem("password", problem)])
        hashed = hash_password(password)
        with runtime().writing() as session:
            signing_in.add_account(session, new.with_password(hashed), runtime().now())
    click.echo(f"{name.strip()} signs in as {new.sign_in_name} ({role}).")


@user.command(name="list")
@click.option("--role", type=ROLES, help="Only people with this role.")
@click.pass_obj
def list_people(settings: Settings, role: str | None) -> None:
    """List the accounts: sign-in name, role, name."""
    with installed_app(settings), runtime().reading() as session:
        for one in people.every_account(session):
            if role in (None, one.role.value):
                click.echo(f"{one.sign_in_name}\t{one.role.value}{', suspended' if one.suspended else ''}\t{one.name}")


@user.command(name="role")
@click.argument("sign_in_name")
@click.argument("role", type=ROLES)
@click.pass_obj
def change_role(settings: Settings, sign_in_name: str, role: str) -> None:
    """Give an account another role."""
    with installed_app(settings), runtime().writing() as session:
        people.change_role(session, None, _numbered(session, sign_in_name).id, Role(role), runtime().now())
    click.echo(f"{sign_in_name} has the role {role} now.")


@user.command()
@click.argument("sign_in_name")
@click.pass_obj
def suspend(settings: Settings, sign_in_name: str) -> None:
    """Sign an account out everywhere and let it sign in no more."""
    with installed_app(settings), runtime().writing() as session:
        people.suspend(session, None, _numbered(session, sign_in_name).id, runtime().now())
    click.echo(f"{sign_in_name} is suspended.")


@user.command()
@click.argument("sign_in_name")
@click.pass_obj
def reinstate(settings: Settings, sign_in_name: str) -> None:
    """Let a suspended account sign in again."""
    with installed_app(settings), runtime().writing() as session:
        people.reinstate(session, None, _numbered(session, sign_in_name).id, runtime().now())
    click.echo(f"{sign_in_name} can sign in again.")


@user.command(name="password-link")
@click.argument("sign_in_name")
@click.pass_obj
def password_link(settings: Settings, sign_in_name: str) -> None:
    """Print a link for a new password, for somebody without an e-mail address. It works once, for an hour."""
    with installed_app(settings) as app:
        with runtime().writing() as session:
            account = people.hand_out_link(session, None, _numbered(session, sign_in_name).id, runtime().now())
        token = generate_reset_password_token(for_a_link(account))
        with app.test_request_context():
            path = app.url_for("security.reset_password", token=token, _external=False)
    click.echo(f"{settings.url or 'http://127.0.0.1:8000'}{path}")


@user.command(name="erase-due")
@click.pass_obj
def erase(settings: Settings) -> None:
    """Delete the accounts whose owners asked for it a week ago. A running app does it by itself."""
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        erased = erase_all_due(make_runtime(engine), engine)
    click.echo(f"{erased} deleted.")


def _numbered(session: object, sign_in_name: str) -> Account:
    account = signing_in.account_named(session, read_sign_in_name(sign_in_name))  # type: ignore[arg-type]
    if account is None:
        raise NotFound(f"Nobody signs in as “{sign_in_name}”; see `quizapp user list`.")
    return account


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
