"""The roster of a class: send a list of names, look at what would be done with each, confirm; print, take it along."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.rosters import RosterVerdict
from quizapp.runtime import runtime
from quizapp.services import rosters
from quizapp.services.rosters import RosterList, RosterPlan
from quizapp.web.class_forms import LIFE_LABELS
from quizapp.web.roster_forms import ConfirmRosterForm, RosterForm, confirm_form
from quizapp.web.visitors import require_actor

blueprint = Blueprint("rosters", __name__, url_prefix="/classes/<id:class_id>")

MAX_SHOWN = 1_000
"""Lines on one page; those that need a look come first."""
_ORDER = (RosterVerdict.REFUSED, RosterVerdict.DUPLICATE, RosterVerdict.NEW)


@blueprint.get("/roster")
def offer(class_id: int) -> str:
    """Ask for a list of names."""
    return _offer(_teacher(), class_id, RosterForm())


@blueprint.post("/roster")
def look(class_id: int) -> str | tuple[str, int]:
    """Show what importing the list that was sent would do; nothing is written."""
    actor, form = _teacher(), RosterForm()
    if not form.validate():
        return _offer(actor, class_id, form), 422
    sent = form.sent_list()
    try:
        return _plan(actor, class_id, sent)
    except InvalidContent as error:
        problems = [problem.sentence for problem in error.problems]
        return _offer(actor, class_id, form, problems), 422


@blueprint.post("/roster/confirm")
def confirm(class_id: int) -> Response | tuple[str, int]:
    """Make the codes exactly as they were shown."""
    actor, form = _teacher(), ConfirmRosterForm()
    if not form.validate():
        raise BadRequest
    sent, shown = form.sent_list(), str(form.shown.data)
    try:
        with runtime().writing() as database:
            plan = rosters.import_roster(database, actor, class_id, sent, shown, runtime().new_token(), runtime().now())
    except InvalidContent as error:
        raise BadRequest from error
    except Conflict:
        return _plan(actor, class_id, sent, newer=True), 409
    new = plan.count(RosterVerdict.NEW)
    flash(f"{new} {'person is' if new == 1 else 'people are'} invited. Each has a code of their own: print them below.")
    return redirect(url_for("classes.page", class_id=class_id), 303)


@blueprint.get("/roster/handout")
def handout(class_id: int) -> str:
    """Show the personal codes to be printed and cut up."""
    actor = _teacher()
    with runtime().reading() as database:
        found = rosters.handout(database, actor, class_id, runtime().now())
    return render_template("classes/handout.html", handout=found)


@blueprint.get("/roster.csv")
def export(class_id: int) -> Response:
    """Give the roster as CSV."""
    actor = _teacher()
    with runtime().reading() as database:
        text = rosters.roster_csv(database, actor, class_id, runtime().now())
    headers = {"Content-Disposition": f'attachment; filename="class-{class_id}-roster.csv"'}
    return Response(text.encode("utf-8-sig"), mimetype="text/csv; charset=utf-8", headers=headers)


def _teacher() -> Actor:
    """Return who is asking. Raises NotAllowed for a learner and NotFound for a stranger: both see no page."""
    actor = require_actor()
    actor.require(Permission.TEACH)
    return actor


def _offer(actor: Actor, class_id: int, form: RosterForm, problems: list[str] | None = None) -> str:
    with runtime().reading() as database:
        name = rosters.class_name_for_roster(database, actor, class_id)
    return render_template(
        "classes/roster.html", class_id=class_id, class_name=name, form=form, problems=problems or []
    )


def _plan(actor: Actor, class_id: int, sent: RosterList, newer: bool = False) -> str:
    with runtime().reading() as database:
        plan: RosterPlan = rosters.plan_roster(database, actor, class_id, sent, runtime().now())
    rows = sorted(plan.rows, key=lambda row: (_ORDER.index(row.verdict), row.line))[:MAX_SHOWN]
    counts = [(verdict, plan.count(verdict)) for verdict in RosterVerdict]
    return render_template(
        "classes/plan.html",
        plan=plan,
        rows=rows,
        counts=counts,
        life=LIFE_LABELS[plan.life],
        form=confirm_form(sent, plan),
        newer=newer,
    )
