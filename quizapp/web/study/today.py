"""A learner's study day: what is due, how long it takes, what comes; and the start of a session."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug import Response

from quizapp.domain.errors import NotFound
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services.study import today
from quizapp.services.study.desk import desk
from quizapp.services.study.starting import start_session
from quizapp.web.ids import id_of
from quizapp.web.study.cards import address
from quizapp.web.study.day_shapes import days_shown
from quizapp.web.visitors import current_actor, write_as_somebody

blueprint = Blueprint("study_today", __name__, url_prefix="/study")

_MOST_MINUTES = 600


@blueprint.get("")
def overview() -> str:
    """Show the day: one main action, then how a backlog is spread, what comes, and each bank begun."""
    actor = current_actor()
    if actor is None:
        return render_template("study/today.html", today=None, banks=[], shapes=None)
    with runtime().reading() as database:
        found = today.today(database, actor, runtime().now())
        banks = today.progress(database, actor, found.day)
    return render_template("study/today.html", today=found, banks=banks, shapes=days_shown(found))


@blueprint.post("")
def start() -> Response:
    """Start a session: over all banks or one, shorter by minutes, beyond the limit, or as practice."""
    name, now, seed = request.form.get("bank", ""), runtime().now(), runtime().new_seed()
    kind = SessionKind.PRACTICE if request.form.get("kind") == SessionKind.PRACTICE.value else SessionKind.STUDY
    minutes = min(_MOST_MINUTES, id_of(request.form.get("minutes", ""))) or None
    more = "more" in request.form

    if kind is SessionKind.PRACTICE and not name:
        raise NotFound("Practice is of one bank.")

    def begin(database: Any, who: Actor) -> bool:
        at = desk(database, who, name, kind, now)
        return start_session(database, who, at, seed, now, minutes, more) is not None

    if not write_as_somebody(begin):
        flash("There is nothing to study here just now.")
    return redirect(address(name, kind), 303)
