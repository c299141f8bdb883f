"""A learner's score history."""

from flask import Blueprint, render_template

from quizapp.runtime import runtime
from quizapp.services import history as past
from quizapp.web.score_chart import chart_of
from quizapp.web.visitors import current_actor

blueprint = Blueprint("history", __name__)


@blueprint.get("/history")
def history() -> str:
    """Show the chart and table of past attempts; a visitor without any is told how to get one."""
    actor = current_actor()
    attempts: list[past.PastAttempt] = []
    if actor is not None:
        with runtime().reading() as session:
            attempts = past.past_attempts(session, actor)
    return render_template("history/history.html", attempts=attempts, chart=chart_of(attempts))
