"""Facts set aside after too many lapses: what they are taken for and the way back; for instructors, what to rewrite."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.runtime import runtime
from quizapp.services.study import set_aside
from quizapp.services.study.settings import study_settings
from quizapp.web.ids import id_of
from quizapp.web.visitors import require_actor

blueprint = Blueprint("study_aside", __name__, url_prefix="/study/aside")


@blueprint.get("")
def listed() -> str:
    """Show what is set aside, why it may be hard, and where it stands in the source."""
    actor = require_actor()
    with runtime().reading() as database:
        found = set_aside.set_aside(database, actor, runtime().now())
        day = study_settings(database, actor).day_of(runtime().now())
    return render_template("study/aside.html", facts=found, today=day)


@blueprint.post("")
def bring_back() -> Response:
    """Make one of them due today."""
    actor = require_actor()
    with runtime().writing() as database:
        set_aside.bring_back(database, actor, id_of(request.form.get("card", "")), runtime().now())
    flash("It is due today again.")
    return redirect(url_for("study_aside.listed"), 303)


@blueprint.get("/<bank_name>")
def to_rewrite(bank_name: str) -> str:
    """Show an instructor which facts learners keep forgetting."""
    actor = require_actor()
    with runtime().reading() as database:
        title, found = set_aside.to_rewrite(database, actor, bank_name)
    return render_template("study/to_rewrite.html", bank_name=bank_name, bank_title=title, facts=found)
