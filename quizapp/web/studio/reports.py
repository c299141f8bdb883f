"""Problems that learners reported, for instructors: listed by question, and settled with a word."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.roles import Permission
from quizapp.runtime import runtime
from quizapp.services.studio import reports
from quizapp.web.report_forms import VERDICTS, SettleForm
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("studio_reports", __name__, url_prefix="/studio/reports")


@blueprint.get("")
def page() -> str:
    """List the questions with reports that nobody has settled."""
    return _page(SettleForm(formdata=None), 0)


@blueprint.post("/<id:question_id>/settle")
def settle(question_id: int) -> Response | tuple[str, int]:
    """Settle what was reported of a question, as far as the page showed it."""
    actor, form = require_actor(), SettleForm()
    valid = form.validate_on_submit()
    if form.until.errors:  # no page of ours holds such a hidden field
        raise BadRequest
    until = form.seen_until
    if not valid or until is None:
        with runtime().reading() as database:
            reports.reportable(database, actor, question_id)
        return _page(form, question_id), 422
    with runtime().writing() as database:
        step_id = reports.settle(database, actor, question_id, until, form.settlement, runtime().now())
    if step_id is None:
        flash("There was nothing left to settle.")
    else:
        flash_step(f"Settled: {form.settlement} Whoever reported it can read that.", step_id)
    return redirect(url_for("studio_reports.page"), 303)


def _page(form: SettleForm, sent_for: int) -> str:
    """Render the list; `form` is what was sent for the question `sent_for`, if that could not be taken."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    with runtime().reading() as database:
        found = reports.reported_questions(database, actor)
    return render_template("studio/reports.html", questions=found, form=form, sent_for=sent_for, verdicts=VERDICTS)
