"""A bank as a folder: download it, or load one, after a look at what would be done. Instructors only."""

from hashlib import sha256

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, InvalidContent, Problem
from quizapp.runtime import runtime
from quizapp.services.studio import folder_import
from quizapp.services.studio.folder_import import FolderPlan, Verdict
from quizapp.web.studio.bank_folder_forms import ConfirmForm, FolderForm, confirm_form
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("bank_folders", __name__, url_prefix="/studio")

MAX_SHOWN = 300
"""Rows on one page; those that change something come first."""
_ORDER = (Verdict.RETIRED, Verdict.CHANGED, Verdict.NEW)


@blueprint.get("/banks/<bank_name>/folder.zip")
def download(bank_name: str) -> Response:
    """Send a bank as a folder in a ZIP file."""
    actor = require_actor()
    try:
        with runtime().reading() as database:
            data = folder_import.zipped_folder(database, actor, bank_name)
    except InvalidContent as error:  # a folder that no load would take is not handed out
        raise Conflict(
            " ".join(["This bank makes no sound folder.", *(str(one) for one in error.problems[:5])])
        ) from error
    headers = {"Content-Disposition": f'attachment; filename="{bank_name}.zip"'}
    return Response(data, mimetype="application/zip", headers=headers)


@blueprint.get("/folder")
def offer() -> str:
    """Ask for a folder; `?bank=` chooses the bank it goes into."""
    form = FolderForm(formdata=None, data={"bank": request.args.get("bank", "")})
    return _offer(form)


@blueprint.post("/folder")
def look() -> str | tuple[str, int]:
    """Show what loading the folder that was sent would do; nothing is written."""
    actor, form = require_actor(), FolderForm()
    with runtime().reading() as database:
        form.offer(folder_import.own_banks(database, actor))
    if not form.validate():
        return _offer(form), 422
    data, target = form.data_sent, form.bank.data or ""
    try:
        with runtime().reading() as database:
            plan = folder_import.plan_folder(database, actor, data, target)
    except InvalidContent as error:
        return _offer(form, error.problems), 422
    return _plan(data, plan)


@blueprint.post("/folder/confirm")
def confirm() -> AnyResponse | tuple[str, int]:
    """Load a folder exactly as it was shown."""
    actor, form = require_actor(), ConfirmForm()
    if not form.validate():
        raise BadRequest
    data, target, shown = form.data_sent, form.bank.data or "", form.shown.data or ""
    try:
        with runtime().writing() as database:
            nonce, now = form.nonce.data or "", runtime().now()
            plan = folder_import.load_folder(database, actor, data, target, shown, nonce, now)
    except InvalidContent as error:
        raise BadRequest from error
    except Conflict:
        with runtime().reading() as database:
            return _plan(data, folder_import.plan_folder(database, actor, data, target), newer=True), 409
    new = "Loaded. It is a draft that only you see, until you say who else can see it."
    flash_step("Loaded." if target else new, plan.step_id)
    return redirect(url_for("studio_home.bank", bank_name=plan.target), 303)


def _offer(form: FolderForm, problems: tuple[Problem, ...] = ()) -> str:
    with runtime().reading() as database:
        form.offer(folder_import.own_banks(database, require_actor()))
    return render_template("banks/folder.html", form=form, problems=problems[:MAX_SHOWN], more=len(problems))


def _plan(data: bytes, plan: FolderPlan, newer: bool = False) -> str:
    differing = [one for one in plan.things if one.verdict is not Verdict.SAME]
    rows = sorted(differing, key=lambda one: (_ORDER.index(one.verdict), not one.is_question))
    nonce = sha256(runtime().new_token().encode()).hexdigest()[:16]
    return render_template(
        "banks/folder_plan.html",
        plan=plan,
        rows=rows[:MAX_SHOWN],
        hidden=max(0, len(rows) - MAX_SHOWN),
        counts=[(verdict, plan.count(verdict, True), plan.count(verdict, False)) for verdict in Verdict],
        form=confirm_form(data, plan.target, plan.fingerprint, nonce),
        newer=newer,
    )
