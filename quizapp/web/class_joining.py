"""Join a class by a code or by the link that holds it. Nothing here tells a good code from a bad one before it is used.

Opening an address changes nothing, and shows the same page for every code; only sending one is an answer, and those
are counted.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug import Response

from quizapp.domain.join_code import grouped, read_code
from quizapp.domain.roles import Actor, Permission
from quizapp.runtime import runtime
from quizapp.services import join_codes
from quizapp.web.class_forms import JoinForm
from quizapp.web.visitors import current_actor

blueprint = Blueprint("class_joining", __name__, url_prefix="/join")


@blueprint.get("", defaults={"code": ""})
@blueprint.get("/<code>")
def page(code: str) -> str:
    """Ask who has an account for the code and a name, and anybody else to make an account first."""
    shown, actor = grouped(read_code(code)), _with_account()
    if actor is None:
        here = _here(shown)
        return render_template(
            "classes/invitation.html",
            sign_up=url_for("security.register", next=here),
            sign_in=url_for("security.login", next=here),
        )
    with runtime().reading() as database:
        name = join_codes.own_name(database, actor)
    return _page(JoinForm(formdata=None, data={"code": shown, "name": name}), shown)


@blueprint.post("")
def join() -> Response | tuple[str, int]:
    """Join the class of a code. Who is not signed in any more is asked to, and comes back to the code."""
    form, actor = JoinForm(), _with_account()
    shown = grouped(read_code(form.code.data or ""))
    if actor is None:
        return redirect(_here(shown), 303)
    if not form.validate():
        return _page(form, shown), 422
    with runtime().writing() as database:
        class_id = join_codes.join_class(database, actor, str(form.code.data), str(form.name.data), runtime().now())
    if class_id is None:
        form.code.errors = [join_codes.REFUSED]
        return _page(form, ""), 422
    flash("You are in this class now. If it is not the one you meant, you can leave it below.")
    return redirect(url_for("classes.page", class_id=class_id), 303)


def _with_account() -> Actor | None:
    """Return who is asking if they may join a class; None for visitors and guests."""
    actor = current_actor()
    return actor if actor and actor.may(Permission.JOIN_CLASS) else None


def _here(shown: str) -> str:
    return url_for("class_joining.page", code=shown) if shown else url_for("class_joining.page")


def _page(form: JoinForm, shown: str) -> str:
    return render_template("classes/join.html", form=form, shown=shown)
