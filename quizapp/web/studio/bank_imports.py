"""Import questions or cards: send a file, look at what would be done with each row, confirm. Instructors only."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services.studio import imports, uploads
from quizapp.services.studio.deck_import import DECK
from quizapp.services.studio.import_plan import ImportPlan, Upload, Verdict
from quizapp.services.studio.import_target import banks_to_import_into
from quizapp.web.studio.bank_import_forms import ConfirmForm, ImportForm
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("bank_imports", __name__)

MAX_SHOWN = 1_000
"""Rows on one page; those that need a look come first."""
_ORDER = (Verdict.REFUSED, Verdict.CHANGED, Verdict.DUPLICATE, Verdict.NEW)


@blueprint.get("/import")
def offer() -> str:
    """Ask for a file; `bank` in the address is the one that is chosen at first."""
    return _offer(ImportForm(bank=request.args.get("bank", "")), require_actor())


@blueprint.get("/decks/import")
def former_address() -> Response:
    """Lead to where decks are imported now."""
    return redirect(url_for("bank_imports.offer"), 301)


@blueprint.post("/import")
def look() -> str | tuple[str, int]:
    """Show what importing the file that was sent would do; the file is kept, and nothing else is written."""
    actor, form = require_actor(), ImportForm()
    with runtime().reading() as database:
        form.offer(banks_to_import_into(database, actor))
    is_sound, upload = form.validate(), form.upload()
    form.close()
    if not is_sound:
        return _offer(form, actor), 422
    try:
        with runtime().reading() as database:
            plan = imports.plan_import(database, actor, upload)
    except InvalidContent as error:
        return _offer(form, actor, [_sentence(problem.sentence, problem.line) for problem in error.problems]), 422
    except Conflict as error:
        return _offer(form, actor, [str(error)]), 409
    with runtime().writing() as database:
        upload_id = uploads.keep_upload(database, actor, upload, runtime().now())
    return _plan(upload_id, plan)


@blueprint.get("/import/<id:upload_id>")
def look_again(upload_id: int) -> str | tuple[str, int]:
    """Show anew what importing a file would do that was sent before."""
    actor, upload = require_actor(), _kept(upload_id)
    try:
        with runtime().reading() as database:
            return _plan(upload_id, imports.plan_import(database, actor, upload))
    except Conflict as error:
        return _offer(ImportForm(), actor, [str(error)]), 409


@blueprint.post("/import/<id:upload_id>")
def confirm(upload_id: int) -> Response | str | tuple[str, int]:
    """Import a file exactly as it was shown."""
    actor, upload, form = require_actor(), _kept(upload_id), ConfirmForm()
    if not form.validate():
        raise BadRequest
    read = imports.read_upload(upload)
    try:
        with runtime().writing() as database:
            done = imports.carry_out(database, actor, upload, str(form.shown.data), runtime().now(), read=read)
    except Conflict:
        with runtime().reading() as database:
            return _plan(upload_id, imports.plan_import(database, actor, upload), newer=True), 409
    if done.step_id is None:
        flash("There was nothing to import in this file.")
        return redirect(url_for("bank_imports.offer"), 303)
    new, changed = done.plan.count(Verdict.NEW), done.plan.count(Verdict.CHANGED)
    what = "cards" if done.plan.format == DECK else "questions"
    flash_step(f"Imported: {new} new {what}, {changed} changed.", done.step_id)
    return redirect(url_for("banks.bank", name=done.plan.bank.name), 303)


def _kept(upload_id: int) -> Upload:
    with runtime().reading() as database:
        return uploads.kept_upload(database, require_actor(), upload_id, runtime().now())


def _offer(form: ImportForm, actor: Actor, problems: list[str] | None = None) -> str:
    with runtime().reading() as database:
        form.offer(banks_to_import_into(database, actor))
    return render_template("bank_imports/offer.html", form=form, problems=problems or [])


def _plan(upload_id: int, plan: ImportPlan, newer: bool = False) -> str:
    rows = sorted(plan.rows, key=lambda row: (_ORDER.index(row.verdict), row.line))[:MAX_SHOWN]
    return render_template(
        "bank_imports/plan.html",
        plan=plan,
        rows=rows,
        counts=[(verdict, plan.count(verdict)) for verdict in Verdict],
        form=ConfirmForm(formdata=None, shown=plan.fingerprint),
        upload_id=upload_id,
        newer=newer,
        of_cards=plan.format == DECK,
        format_label="" if plan.format == DECK else BANK_FORMATS[plan.format].label,
    )


def _sentence(sentence: str, line: int | None) -> str:
    return sentence if line is None else f"Line {line}: {sentence}"
