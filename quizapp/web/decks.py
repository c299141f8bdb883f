"""Import a deck of flashcards: send it, look at what would be done with each row, confirm. Instructors only."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.roles import Actor, Permission
from quizapp.runtime import runtime
from quizapp.services.studio import deck_import
from quizapp.services.studio.deck_import import ImportPlan, Upload, Verdict
from quizapp.web.deck_forms import ConfirmForm, DeckForm, confirm_form
from quizapp.web.visitors import require_actor

blueprint = Blueprint("decks", __name__, url_prefix="/decks")

MAX_SHOWN = 1_000
"""Rows on one page; those that need a look come first."""
_ORDER = (Verdict.REFUSED, Verdict.CHANGED, Verdict.DUPLICATE, Verdict.NEW)


@blueprint.get("/import")
def offer() -> str:
    """Ask for a deck."""
    return _offer(DeckForm(), _instructor())


@blueprint.post("/import")
def look() -> str | tuple[str, int]:
    """Show what importing the deck that was sent would do; nothing is written."""
    actor = _instructor()
    form = DeckForm()
    with runtime().reading() as database:
        form.offer(deck_import.imported_banks(database, actor))
    if not form.validate():
        return _offer(form, actor), 422
    upload = form.upload()
    try:
        with runtime().reading() as database:
            plan = deck_import.plan_import(database, actor, upload)
    except InvalidContent as error:
        return _offer(form, actor, [problem.sentence for problem in error.problems]), 422
    except Conflict as error:
        return _offer(form, actor, [str(error)]), 409
    return _plan(upload, plan)


@blueprint.post("/confirm")
def confirm() -> Response | tuple[str, int]:
    """Import a deck exactly as it was shown."""
    actor, form = _instructor(), ConfirmForm()
    if not form.validate():
        raise BadRequest
    upload, shown = form.upload(), str(form.shown.data)
    try:
        with runtime().writing() as database:
            plan = deck_import.carry_out(database, actor, upload, shown, runtime().now())
    except InvalidContent as error:
        raise BadRequest from error
    except Conflict:
        with runtime().reading() as database:
            return _plan(upload, deck_import.plan_import(database, actor, upload), newer=True), 409
    flash(f"Imported: {plan.count(Verdict.NEW)} new cards, {plan.count(Verdict.CHANGED)} changed.")
    return redirect(url_for("banks.bank", name=plan.bank.name), 303)


def _instructor() -> Actor:
    """Return who is asking. Raises NotAllowed for a learner and NotFound for a stranger: both see no page."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    return actor


def _offer(form: DeckForm, actor: Actor, problems: list[str] | None = None) -> str:
    with runtime().reading() as database:
        form.offer(deck_import.imported_banks(database, actor))
    return render_template("decks/import.html", form=form, problems=problems or [])


def _plan(upload: Upload, plan: ImportPlan, newer: bool = False) -> str:
    rows = sorted(plan.rows, key=lambda row: (_ORDER.index(row.verdict), row.line))[:MAX_SHOWN]
    counts = [(verdict, plan.count(verdict)) for verdict in Verdict]
    form = confirm_form(upload, plan.fingerprint)
    return render_template("decks/plan.html", plan=plan, rows=rows, counts=counts, form=form, newer=newer)
