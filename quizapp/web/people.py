"""People, for admins: look them up, change a role, suspend, make a link for a new password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security.recoverable import generate_reset_password_token
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3

from quizapp.domain.roles import Actor, Permission, Role
from quizapp.runtime import runtime
from quizapp.services import people
from quizapp.web.accounts.store import for_a_link
from quizapp.web.filters import site_address
from quizapp.web.visitors import require_actor

blueprint = Blueprint("people", __name__, url_prefix="/people")

LONGEST_SEARCH = 100


class RoleForm(FlaskForm):
    """A role for an account."""

    role = SelectField("Role", choices=[SelectChoice(role.value, role.value) for role in people.ACCOUNT_ROLES])


@blueprint.get("")
def page() -> str:
    """List the accounts, or those whose names hold what was searched for."""
    actor, words = _admin(), request.args.get("q", "")[:LONGEST_SEARCH]
    with runtime().reading() as database:
        found, count = people.people(database, actor, words.replace("\0", ""))
    return render_template("people/people.html", people=found, count=count, words=words, own_id=actor.id)


@blueprint.get("/<id:person_id>")
def one(person_id: int) -> str:
    """Show one account and what can be done about it."""
    return _page(_admin(), person_id)


@blueprint.post("/<id:person_id>/role")
def change_role(person_id: int) -> Response | tuple[str, int]:
    """Give an account another role."""
    actor, form = _admin(), RoleForm()
    if not form.validate():
        return _page(actor, person_id, form), 422
    with runtime().writing() as database:
        changed = people.change_role(database, actor, person_id, Role(form.role.data), runtime().now())
    flash(f"{changed.name} is {_article(changed.role)} {changed.role.value} now, and signs in anew.")
    return redirect(url_for("people.one", person_id=person_id), 303)


@blueprint.post("/<id:person_id>/suspend")
def suspend(person_id: int) -> Response:
    """Let an account sign in no more."""
    actor = _admin()
    with runtime().writing() as database:
        changed = people.suspend(database, actor, person_id, runtime().now())
    flash(f"{changed.name} is suspended: signed out everywhere, and cannot sign in.")
    return redirect(url_for("people.one", person_id=person_id), 303)


@blueprint.post("/<id:person_id>/reinstate")
def reinstate(person_id: int) -> Response:
    """Let a suspended account sign in again."""
    actor = _admin()
    with runtime().writing() as database:
        changed = people.reinstate(database, actor, person_id, runtime().now())
    flash(f"{changed.name} can sign in again.")
    return redirect(url_for("people.one", person_id=person_id), 303)


@blueprint.post("/<id:person_id>/password-link")
def password_link(person_id: int) -> str:
    """Show a link for a new password, to be handed on: for somebody without an e-mail address."""
    actor = _admin()
    with runtime().writing() as database:
        account = people.hand_out_link(database, actor, person_id, runtime().now())
    token = generate_reset_password_token(for_a_link(account))
    link = site_address() + url_for("security.reset_password", token=token)
    return _page(actor, person_id, link=link)


def _page(actor: Actor, person_id: int, form: RoleForm | None = None, link: str = "") -> str:
    with runtime().reading() as database:
        found = people.person(database, actor, person_id)
    form = form or RoleForm(formdata=None, data={"role": found.role.value})
    return render_template("people/person.html", person=found, form=form, link=link, is_self=person_id == actor.id)


def _admin() -> Actor:
    actor = require_actor()
    actor.require(Permission.MANAGE_PEOPLE)
    return actor


def _article(role: Role) -> str:
    return "an" if role.value[0] in "aeiou" else "a"
