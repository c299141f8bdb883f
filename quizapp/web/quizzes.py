"""Taking a quiz: start, one question a page, finish. Every POST ends in a redirect or says what is wrong."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug import Response

from quizapp.domain.errors import Conflict
from quizapp.domain.questions.question_types.question_type import Given, NotGradable
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.mix_up import mix_up_of
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import contrasts, quizzes
from quizapp.services.quizzes import AskedQuestion
from quizapp.web.onward import onward
from quizapp.web.quiz_forms import LENGTH, StartQuizForm
from quizapp.web.visitors import require_actor, write_as_somebody

blueprint = Blueprint("quizzes", __name__, url_prefix="/quizzes")

_NOTHING_CHOSEN = "Answer first, or skip the question for now."


@blueprint.post("")
def start() -> Response:
    """Start a quiz; a visitor becomes a guest by it, and both or neither are stored."""
    form = StartQuizForm()
    if not form.validate_on_submit():
        flash("Choose how many questions you want.")
        return redirect(url_for("home.home"), 303)
    bank, seed, now = form.bank.data or "", runtime().new_seed(), runtime().now()
    attempt_id = write_as_somebody(
        lambda database, who: quizzes.start_attempt(database, who, bank, form.questions, seed, now, form.attempt_kind)
    )
    if "remember" in request.form:
        session[LENGTH] = form.length.data
    return redirect(url_for("quizzes.question", attempt_id=attempt_id, position=1), 303)


@blueprint.get("/<id:attempt_id>")
def resume(attempt_id: int) -> Response:
    """Go on where the quiz was left: the first open question, or the result; of a bank no longer open, the end."""
    actor = require_actor()
    with runtime().reading() as database:
        state = quizzes.attempt_state(database, actor, attempt_id)
    if state.finished:
        return redirect(url_for("results.result", attempt_id=attempt_id))
    if not state.is_open:
        return redirect(url_for("quizzes.finish", attempt_id=attempt_id))
    return redirect(url_for("quizzes.question", attempt_id=attempt_id, position=state.open_positions[0]))


@blueprint.get("/<id:attempt_id>/<id:position>")
def question(attempt_id: int, position: int) -> str | Response:
    """Show a question: open, or with its feedback once it was answered."""
    asked = _asked(require_actor(), attempt_id, position)
    if asked.finished and asked.response is None:
        return redirect(url_for("results.result", attempt_id=attempt_id))
    return _page(asked)


@blueprint.post("/<id:attempt_id>/<id:position>")
def respond(attempt_id: int, position: int) -> Response | tuple[str, int]:
    """Take a response, exactly once: whoever comes second is shown the response that counts."""
    actor = require_actor()
    asked = _asked(actor, attempt_id, position)
    reading = asked.read(request.form.to_dict())
    if isinstance(reading, Given):
        if asked.response is None and not _stored(actor, asked, reading):
            asked = _asked(actor, attempt_id, position)
            if asked.response is None:
                flash("This quiz was finished before, perhaps in another tab. This answer does not count.")
                return redirect(url_for("results.result", attempt_id=attempt_id), 303)
        if asked.response not in (None, reading.response):
            flash("You answered this question before, perhaps in another tab. That first answer counts.")
        return redirect(url_for("quizzes.question", attempt_id=attempt_id, position=position) + "#feedback", 303)
    if asked.response is not None or asked.finished:
        return redirect(url_for("quizzes.question", attempt_id=attempt_id, position=position), 303)
    message = reading.message if isinstance(reading, NotGradable) else _NOTHING_CHOSEN
    return _page(asked, message, request.form.to_dict()), 422


@blueprint.post("/<id:attempt_id>/<id:position>/contrast")
def contrast(attempt_id: int, position: int) -> Response:
    """Ask both facts that were mixed up here, each with the other in view."""
    actor = require_actor()
    returns = "history" not in request.form
    with runtime().writing() as database:
        new_id = contrasts.start_contrast(
            database, actor, attempt_id, position, runtime().new_seed(), runtime().now(), returns=returns
        )
    return redirect(url_for("quizzes.question", attempt_id=new_id, position=1), 303)


@blueprint.get("/<id:attempt_id>/finish")
def finish(attempt_id: int) -> str | Response:
    """Ask whether to go back to the open questions or to finish without them."""
    actor = require_actor()
    with runtime().reading() as database:
        state = quizzes.attempt_state(database, actor, attempt_id)
    if state.finished:
        return redirect(url_for("results.result", attempt_id=attempt_id))
    return render_template("quizzes/finish.html", state=state)


@blueprint.post("/<id:attempt_id>/finish")
def finish_now(attempt_id: int) -> Response:
    """Finish the quiz; open questions count as not answered."""
    actor = require_actor()
    with runtime().writing() as database:
        quizzes.finish_attempt(database, actor, attempt_id, now=runtime().now())
    return redirect(url_for("results.result", attempt_id=attempt_id), 303)


def _asked(actor: Actor, attempt_id: int, position: int) -> AskedQuestion:
    with runtime().reading() as database:
        return quizzes.asked_question(database, actor, attempt_id, position)


def _stored(actor: Actor, asked: AskedQuestion, reading: Given) -> bool:
    """Store the response; False when another one, or the end of the quiz, came first."""
    try:
        with runtime().writing() as database:
            quizzes.respond(database, actor, asked, reading.response, now=runtime().now())
    except Conflict:
        return False
    return True


def _page(asked: AskedQuestion, message: str = "", sent: Mapping[str, str] = MappingProxyType({})) -> str:
    """Render a question; `sent` is what a response that could not be taken held, so that nothing is typed twice."""
    return render_template(
        "quizzes/question.html",
        asked=asked,
        question=asked.snapshot.question,
        presented=asked.presented(),
        grade=asked.grade,
        message=message,
        sent=sent,
        own_report=asked.report,
        mix_up=None if asked.kind is AttemptKind.PRETEST else mix_up_of(asked.snapshot, asked.response),
        onward=onward(
            asked.kind,
            asked.attempt_id,
            asked.follows_id,
            asked.bank_name,
            asked.snapshot.question.fact,
            asked.is_open,
        ),
    )
