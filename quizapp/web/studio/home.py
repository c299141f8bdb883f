"""The studio: the banks an instructor works on, and the page of one of them with all its tools."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.runtime import runtime
from quizapp.services.studio import bank_editor, overview
from quizapp.web.studio import attention
from quizapp.web.visitors import require_actor

blueprint = Blueprint("studio_home", __name__, url_prefix="/studio")


@blueprint.get("")
def page() -> str:
    """List the banks, those of one's own that are archived too."""
    actor = require_actor()
    with runtime().reading() as database:
        found = overview.studio_banks(database, actor)
    return render_template(
        "studio/home.html",
        banks=[one for one in found if one.archived_at is None],
        archived=[one for one in found if one.archived_at is not None],
        attention=attention.counted(actor),
    )


@blueprint.get("/banks/<bank_name>")
def bank(bank_name: str) -> str:
    """Show what can be done with a bank."""
    actor = require_actor()
    with runtime().reading() as database:
        found = overview.studio_bank(database, actor, bank_name)
    return render_template("studio/bank.html", bank=found)


@blueprint.post("/banks/<bank_name>/archive")
def archive(bank_name: str) -> Response:
    """Take a bank of one's own off the shelf, or bring it back."""
    actor, archived = require_actor(), request.form.get("again") != "yes"
    with runtime().writing() as database:
        title = bank_editor.set_archived(database, actor, bank_name, archived, runtime().now())
    told = "is archived. Nobody is asked from it; what was answered stays." if archived else "is back on the shelf."
    flash(f"“{title}” {told}")
    return redirect(url_for("studio_home.page"), 303)
