"""Classes: the list, the page of one, and what its teachers and members do there."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import NotFound
from quizapp.domain.join_code import CodeLife
from quizapp.domain.roles import Actor, ClassRole, Permission
from quizapp.runtime import runtime
from quizapp.services import classes, join_codes
from quizapp.services.classes import ClassPage
from quizapp.web.class_forms import CodeForm, NameForm, NewClassForm
from quizapp.web.visitors import require_actor

blueprint = Blueprint("classes", __name__, url_prefix="/classes")


@blueprint.get("")
def overview() -> str:
    """List the classes of who is asking; an instructor can make one."""
    actor, form = require_actor(), None
    if actor.may(Permission.TEACH):
        with runtime().reading() as database:
            form = NewClassForm(formdata=None, data={"own_name": join_codes.own_name(database, actor)})
    return _overview(actor, form)


@blueprint.post("")
def make() -> Response | tuple[str, int]:
    """Make a class."""
    actor, form = require_actor(), NewClassForm()
    actor.require(Permission.TEACH)
    if not form.validate():
        return _overview(actor, form), 422
    with runtime().writing() as database:
        class_id = classes.make_class(database, actor, str(form.name.data), str(form.own_name.data), runtime().now())
    flash("Your class is there. Make a code for it, or add a list of names.")
    return _to_class(class_id)


@blueprint.get("/<id:class_id>")
def page(class_id: int) -> str:
    """Show a class: its people and codes to a teacher, its teachers and banks to a learner."""
    return _page(_found(require_actor(), class_id))


@blueprint.post("/<id:class_id>/name")
def rename(class_id: int) -> Response | tuple[str, int]:
    """Give a class another name."""
    actor, form = require_actor(), NameForm()
    actor.require(Permission.TEACH)
    if not form.validate():
        found = _found(actor, class_id)
        if not found.teaches:
            raise NotFound("There is no such class.")
        return _page(found, form), 422
    with runtime().writing() as database:
        classes.rename_class(database, actor, class_id, str(form.name.data), runtime().now())
    return _to_class(class_id)


@blueprint.post("/<id:class_id>/archive")
def archive(class_id: int) -> Response:
    """Archive a class."""
    actor = require_actor()
    with runtime().writing() as database:
        classes.archive_class(database, actor, class_id, runtime().now())
    flash("The class is archived: nobody can join it now.")
    return _to_class(class_id)


@blueprint.post("/<id:class_id>/reopen")
def reopen(class_id: int) -> Response:
    """Take an archived class into use again."""
    actor = require_actor()
    with runtime().writing() as database:
        classes.reopen_class(database, actor, class_id, runtime().now())
    flash("The class is open again.")
    return _to_class(class_id)


@blueprint.post("/<id:class_id>/leave")
def leave(class_id: int) -> Response:
    """Leave a class."""
    actor = require_actor()
    with runtime().writing() as database:
        name = classes.leave_class(database, actor, class_id, runtime().now())
    flash(f"You have left “{name}”. What you answered is still yours.")
    return redirect(url_for("classes.overview"), 303)


@blueprint.post("/<id:class_id>/members/<id:member_id>/remove")
def remove(class_id: int, member_id: int) -> Response:
    """Take somebody out of a class."""
    actor = require_actor()
    with runtime().writing() as database:
        name = classes.remove_member(database, actor, class_id, member_id, runtime().now())
    flash(f"{name} is not in the class any more.")
    return _to_class(class_id)


@blueprint.post("/<id:class_id>/codes")
def make_code(class_id: int) -> Response:
    """Make a code to join by, in place of the earlier one."""
    actor, form = require_actor(), CodeForm()
    actor.require(Permission.TEACH)
    if not form.validate():
        raise BadRequest
    role, life = ClassRole(form.role.data), CodeLife(form.life.data)
    with runtime().writing() as database:
        join_codes.make_code(database, actor, class_id, role, life, runtime().new_token(), runtime().now())
    flash("There is a new code. An earlier one does not work any more.")
    return _to_class(class_id)


@blueprint.post("/<id:class_id>/codes/<id:code_id>/revoke")
def revoke_code(class_id: int, code_id: int) -> Response:
    """Let a code work no longer."""
    actor = require_actor()
    with runtime().writing() as database:
        join_codes.revoke_code(database, actor, class_id, code_id, runtime().now())
    flash("The code does not work any more.")
    return _to_class(class_id)


def _to_class(class_id: int) -> Response:
    return redirect(url_for("classes.page", class_id=class_id), 303)


def _found(actor: Actor, class_id: int) -> ClassPage:
    with runtime().reading() as database:
        return classes.class_page(database, actor, class_id, runtime().now())


def _page(found: ClassPage, name_form: NameForm | None = None) -> str:
    if not found.teaches:
        return render_template("classes/class.html", page=found)
    name_form = name_form or NameForm(formdata=None, data={"name": found.name})
    roles = [(role, found.code_for(role)) for role in (ClassRole.LEARNER, ClassRole.TEACHER)]
    return render_template("classes/teach.html", page=found, roles=roles, name_form=name_form, code_form=CodeForm())


def _overview(actor: Actor, form: NewClassForm | None) -> str:
    with runtime().reading() as database:
        found = classes.my_classes(database, actor)
    return render_template("classes/list.html", classes=found, form=form)
