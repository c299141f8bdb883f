"""The history of one fact."""

from flask import Blueprint, render_template

from quizapp.runtime import runtime
from quizapp.services.study.fact_history import fact_history
from quizapp.web.visitors import require_actor

blueprint = Blueprint("study_facts", __name__, url_prefix="/study/facts")


@blueprint.get("/<bank_name>/<fact_name>")
def history(bank_name: str, fact_name: str) -> str:
    """Show what is recalled of a fact now, and every time it was asked."""
    actor = require_actor()
    with runtime().reading() as database:
        found = fact_history(database, actor, bank_name, fact_name, runtime().now())
    return render_template("study/fact.html", history=found)
