"""A learner's score history."""

from flask import Blueprint, render_template

from quizapp.runtime import runtime
from quizapp.services import history as past
from quizapp.services.mix_ups import CommonMixUp, common_mix_ups
from quizapp.web.score_chart import chart_of
from quizapp.web.visitors import current_actor

blueprint = Blueprint("history", __name__)


@blueprint.get("/history")
def history() -> str:
    """Show past attempts as chart and table, and what is mixed up most; a visitor without any is told how to begin."""
    actor = current_actor()
    attempts: list[past.PastAttempt] = []
    mixed: list[CommonMixUp] = []
    if actor is not None:
        with runtime().reading() as session:
            attempts = past.past_attempts(session, actor)
            mixed = common_mix_ups(session, actor)
    return render_template("history/history.html", attempts=attempts, chart=chart_of(attempts), mixed=mixed)
