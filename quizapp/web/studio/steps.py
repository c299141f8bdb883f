"""What was done to a bank lately, and the button that undoes it. For whoever may change the bank."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.runtime import runtime
from quizapp.services.studio import questions, steps
from quizapp.services.studio.import_target import is_on_shelf
from quizapp.web.onward import local_path
from quizapp.web.visitors import require_actor

blueprint = Blueprint("studio_steps", __name__, url_prefix="/studio")


@blueprint.get("/<bank_name>/steps")
def page(bank_name: str) -> str:
    """List the last steps in a bank, the newest first."""
    actor = require_actor()
    with runtime().reading() as database:
        title = questions.bank_title(database, actor, bank_name)
        found = steps.steps_of(database, actor, bank_name)
    return render_template("studio/steps.html", bank_name=bank_name, bank_title=title, steps=found)


@blueprint.post("/steps/<id:step_id>/undo")
def undo(step_id: int) -> Response:
    """Undo a step, and go back to the page or to the list of steps. A conflict is told by its page."""
    actor = require_actor()
    with runtime().writing() as database:
        step = steps.undo_step(database, actor, step_id, runtime().now())
        is_there = is_on_shelf(database, step.bank_name)
    if not is_there:  # the step had made the bank: none of its pages are there any more
        flash(f"Undone: {step.words}. The bank is archived; you can bring it back.")
        return redirect(url_for("studio_home.page"), 303)
    flash(f"Undone: {step.words}")
    back = local_path(request.form.get("back", ""))
    return redirect(back or url_for("studio_steps.page", bank_name=step.bank_name), 303)
