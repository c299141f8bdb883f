"""The result of a finished attempt, now or years later, and the retry of what was missed."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.errors import Conflict
from quizapp.runtime import runtime
from quizapp.services import reports, results
from quizapp.web.onward import onward
from quizapp.web.visitors import require_actor

blueprint = Blueprint("results", __name__, url_prefix="/results")

MISSED = "missed"


@blueprint.get("/<id:attempt_id>")
def result(attempt_id: int) -> str | Response:
    """Show score, range and every question with its answer; `?show=missed` keeps only the missed ones.

    What counts for nothing has no result of its own: it leads back to where it was asked for.
    """
    actor = require_actor()
    try:
        with runtime().reading() as session:
            found = results.attempt_result(session, actor, attempt_id)
            reported = reports.own_reports_in(session, actor, attempt_id)
    except Conflict:  # it still runs
        return redirect(url_for("quizzes.resume", attempt_id=attempt_id))
    if not found.kind.counts:
        fact = found.lines[0].snapshot.question.fact if found.lines else ""
        where = onward(found.kind, attempt_id, found.follows_id, found.bank_name, fact, found.is_open)
        return redirect(where.address)
    only_missed = request.args.get("show") == MISSED
    return render_template("results/result.html", result=found, reported=reported, only_missed=only_missed)


@blueprint.post("/<id:attempt_id>/retry")
def retry(attempt_id: int) -> Response:
    """Ask what was missed again in an attempt of its own."""
    actor = require_actor()
    with runtime().writing() as session:
        new_id = results.retry_missed(session, actor, attempt_id, seed=runtime().new_seed(), now=runtime().now())
    return redirect(url_for("quizzes.question", attempt_id=new_id, position=1), 303)
