"""The history of a question: every saved state, what changed in it, where it is used; and bringing one back."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import Optional

from quizapp.domain.errors import Conflict, InvalidContent, NotFound
from quizapp.runtime import runtime
from quizapp.services.studio import restoring, versions
from quizapp.services.studio.decisions import decisions_on
from quizapp.services.studio.versions import QuestionHistory, Version
from quizapp.web.form_checks import InOurWords
from quizapp.web.ids import id_of
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("question_history", __name__, url_prefix="/questions")


class RestoreForm(FlaskForm):
    """Which state to bring back, the one it was looked at in, and what the change is to whoever answered it."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    number = HiddenField()
    revision = HiddenField()
    change = RadioField(
        "What is this change?",
        [Optional()],
        choices=[
            SelectChoice("typo", "A typo: it asks the same, scores stand"),
            SelectChoice("different", "A different question: scores given before may need a repair"),
        ],
    )


@blueprint.get("/<id:question_id>/history")
def page(question_id: int) -> str:
    """Show every saved state of a question, the newest first; two to compare, or one to bring back."""
    history = _history(question_id)
    old, new = (_asked(history, name) for name in ("from", "to"))
    wanted = _asked(history, "restore")
    if wanted is not None and (not history.by_hand or wanted is history.newest):
        wanted = None
    form = None if wanted is None else _form(history, wanted)
    return _page(history, old=old, new=new, wanted=wanted, form=form)


@blueprint.post("/<id:question_id>/restore")
def restore(question_id: int) -> Response | tuple[str, int]:
    """Bring back a saved state, as a new one."""
    actor, form = require_actor(), RestoreForm()
    number, based_on = id_of(form.number.data or ""), id_of(form.revision.data or "")
    history = _history(question_id)
    wanted = history.version(number)
    if wanted is None or not history.by_hand:
        raise NotFound("There is no such revision.")
    if not form.validate():
        return _page(history, wanted=wanted, form=form), 422
    try:
        with runtime().writing() as database:
            change = restoring.change_named(form.change.data or "")
            step_id = restoring.restore(database, actor, question_id, number, based_on, change, runtime().now())
    except InvalidContent as error:
        form.change.errors = [problem.sentence for problem in error.problems]
        return _page(history, wanted=wanted, form=form), 422
    except Conflict as error:
        history = _history(question_id)
        return _page(history, wanted=wanted, form=_form(history, wanted), problem=str(error)), 409
    told = "It already says this." if step_id is None else f"Revision {number} is asked again, as a new revision."
    flash_step(told, step_id)
    return redirect(url_for("question_history.page", question_id=question_id), 303)


def _history(question_id: int) -> QuestionHistory:
    actor = require_actor()
    with runtime().reading() as database:
        return versions.history_of(database, actor, question_id)


def _asked(history: QuestionHistory, name: str) -> Version | None:
    return history.version(id_of(request.args.get(name, "")))


def _form(history: QuestionHistory, wanted: Version) -> RestoreForm:
    values = {"number": wanted.number, "revision": history.newest.number}
    return RestoreForm(formdata=None, data=values)


def _page(
    history: QuestionHistory,
    old: Version | None = None,
    new: Version | None = None,
    wanted: Version | None = None,
    form: RestoreForm | None = None,
    problem: str = "",
) -> str:
    with runtime().reading() as database:
        decisions = decisions_on(database, require_actor(), history.question_id)
    return render_template(
        "questions/history.html",
        history=history,
        decisions=decisions,
        old=old,
        new=new,
        wanted=wanted,
        form=form,
        problem=problem,
    )
