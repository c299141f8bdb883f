"""Reporting a problem with a question that was answered: one form on the page of its feedback or result."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import reports
from quizapp.services.reports import Reportable
from quizapp.web.onward import local_path
from quizapp.web.report_forms import ReportForm
from quizapp.web.visitors import require_actor

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

THANKS = "Thank you. Whoever looks after this bank will read it; what came of it will stand beside the question."


@blueprint.post("/quizzes/<id:attempt_id>/<id:position>")
def of_answer(attempt_id: int, position: int) -> Response | tuple[str, int]:
    """Report a question that was answered in a quiz."""
    back = url_for("quizzes.question", attempt_id=attempt_id, position=position)
    return _report(lambda database, who: reports.answered_in_quiz(database, who, attempt_id, position), back)


@blueprint.post("/reviews/<id:review_id>")
def of_review(review_id: int) -> Response | tuple[str, int]:
    """Report a question that was answered in study."""
    back = url_for("study_cards.review", review_id=review_id)
    return _report(lambda database, who: reports.answered_in_study(database, who, review_id), back)


def _report(find: Callable[[Any, Actor], Reportable], back: str) -> Response | tuple[str, int]:
    """Store what was sent and go back to the page it came from, at the place where it is told."""
    actor, form = require_actor(), ReportForm()
    with runtime().reading() as database:
        about = find(database, actor)
    back = local_path(request.form.get("back", "")) or f"{back}#report"
    if not form.validate_on_submit():
        question = about.snapshot.question
        return render_template("reports/report.html", form=form, question=question, back=back), 422
    words = " ".join((form.words.data or "").split())
    with runtime().writing() as database:
        reports.report(database, actor, about, form.chosen, words, runtime().now())
    flash(THANKS)
    return redirect(back, 303)
