"""Questions of an instructor's own: list, write, edit, try out, stop asking. Nobody else sees these pages."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.errors import Conflict
from quizapp.runtime import runtime
from quizapp.services import quizzes
from quizapp.services.studio import drafts, questions, writing
from quizapp.web.studio import question_desk as desks
from quizapp.web.studio import question_editor as editor
from quizapp.web.studio.question_checks import PLACES
from quizapp.web.studio.question_desk import instructor, type_named
from quizapp.web.studio.question_editor import Page
from quizapp.web.studio.question_forms import types_by_hand
from quizapp.web.undoing import flash_step

blueprint = Blueprint("questions", __name__, url_prefix="/questions")

BY_SCRIPT = "X-Fragment"
"""The header of requests that a script sends while somebody types; they want no whole page."""


@blueprint.get("/<bank_name>")
def list_own(bank_name: str) -> str:
    """List what instructors added to a bank."""
    actor = instructor()
    with runtime().reading() as database:
        bank, found = questions.own_questions(database, actor, bank_name)
    return render_template(
        "questions/list.html",
        bank=bank,
        bank_name=bank_name,
        bank_title=bank.title,
        questions=found,
        types=types_by_hand(),
    )


@blueprint.get("/<bank_name>/drafts")
def list_drafts(bank_name: str) -> str:
    """List the drafts of a bank that are not finished, and those that were rejected lately."""
    actor = instructor()
    with runtime().reading() as database:
        title = questions.bank_title(database, actor, bank_name)
        found = drafts.drafts_to_go_on_with(database, actor, bank_name, runtime().now())[::-1]
    return render_template(
        "questions/drafts.html",
        bank_name=bank_name,
        bank_title=title,
        drafts=[one for one in found if not one.is_rejected],
        rejected=[one for one in found if one.is_rejected],
        types=types_by_hand(),
    )


@blueprint.route("/<bank_name>/new/<type_name>", methods=["GET", "POST"])
def new(bank_name: str, type_name: str) -> Page:
    """Write a new question of one type."""
    desk = desks.new_desk(instructor(), bank_name, type_named(type_name))
    return editor.show(desk) if request.method == "GET" else editor.act(desk)


@blueprint.route("/<id:question_id>/edit", methods=["GET", "POST"])
def edit(question_id: int) -> Page:
    """Edit a question that an instructor added; what was answered before keeps its words."""
    desk = desks.edit_desk(instructor(), question_id)
    return editor.show(desk) if request.method == "GET" else editor.act(desk)


@blueprint.route("/drafts/<id:draft_id>", methods=["GET", "POST"])
def draft(draft_id: int) -> Page:
    """Go on with a draft. One that has become a question leads to it."""
    desk = desks.draft_desk(instructor(), draft_id)
    if request.method == "POST":
        return editor.act(desk)
    stored = desk.stored
    if stored is not None and stored.is_published and stored.question_id is not None:
        return redirect(url_for("questions.edit", question_id=stored.question_id))
    return editor.show(desk)


@blueprint.post("/<bank_name>/preview")
def preview(bank_name: str) -> Page:
    """Show what is typed as learners will meet it: the parts that change for a script, else the whole page."""
    actor = instructor()
    if BY_SCRIPT not in request.headers:
        return editor.show(desks.desk_of_form(actor, bank_name))
    return render_template("questions/look.html", preview=editor.look_along(actor, bank_name), places=PLACES)


@blueprint.post("/<bank_name>/drafts")
def keep_new(bank_name: str) -> Page:
    """Keep a new question as a draft."""
    actor, kind = instructor(), type_named(request.form.get("type", ""))
    if BY_SCRIPT in request.headers:
        return editor.keep_along(actor, bank_name, kind)
    return editor.keep(desks.new_desk(actor, bank_name, kind))


@blueprint.post("/<id:question_id>/drafts")
def keep_edit(question_id: int) -> Page:
    """Keep an edit as a draft; the question stays as it is until that is published."""
    actor = instructor()
    if BY_SCRIPT not in request.headers:
        return editor.keep(desks.edit_desk(actor, question_id))
    with runtime().reading() as database:
        bank_name = questions.bank_of_question(database, actor, question_id)
    return editor.keep_along(actor, bank_name, type_named(request.form.get("type", "")), question_id=question_id)


@blueprint.post("/drafts/<id:draft_id>/keep")
def keep(draft_id: int) -> Page:
    """Save a draft as a draft."""
    actor = instructor()
    if BY_SCRIPT in request.headers:
        return editor.keep_along(actor, "", type_named(request.form.get("type", "")), draft_id)
    return editor.keep(desks.draft_desk(actor, draft_id))


@blueprint.post("/drafts/<id:draft_id>/drop")
def drop(draft_id: int) -> Response:
    """Throw a draft away."""
    actor = instructor()
    with runtime().writing() as database:
        dropped, step_id = writing.throw_away(database, actor, draft_id, "Dropped a draft", runtime().now())
    flash_step("The draft is dropped.", step_id)
    return redirect(url_for("questions.list_drafts", bank_name=dropped.bank_name), 303)


@blueprint.post("/<id:question_id>/retire")
def retire(question_id: int) -> Response:
    """Stop asking a question, or ask it again."""
    actor = instructor()
    retired = request.form.get("again") != "yes"
    try:
        with runtime().writing() as database:
            bank_name = questions.set_retired(database, actor, question_id, retired, runtime().now())
    except Conflict as error:  # its page had the button before the bank asked for a second approver
        with runtime().reading() as database:
            bank_name = questions.bank_of_question(database, actor, question_id)
        flash(str(error))
        return redirect(url_for("questions.list_own", bank_name=bank_name), 303)
    flash("It is not asked any more. Answers given before stay." if retired else "It is asked again.")
    return redirect(url_for("questions.list_own", bank_name=bank_name), 303)


@blueprint.post("/<id:question_id>/play")
def play(question_id: int) -> Response:
    """Try a question out as a learner meets it; it counts for nothing."""
    actor = instructor()
    with runtime().writing() as database:
        attempt_id = quizzes.try_question(database, actor, question_id, runtime().new_seed(), runtime().now())
    return redirect(url_for("quizzes.question", attempt_id=attempt_id, position=1), 303)
