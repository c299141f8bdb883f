"""The home page, and the small addresses every site has."""

from flask import Blueprint, Response, current_app, render_template

from quizapp.runtime import runtime
from quizapp.services import banks
from quizapp.services.study.today import Today, today
from quizapp.web.study.day_shapes import days_shown
from quizapp.web.visitors import current_actor

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """Show a stranger what the app is, a learner what is due today; and to both the banks."""
    actor, day = current_actor(), None
    with runtime().reading() as session:
        found = banks.list_banks(session, actor)
        if actor is not None:
            day = today(session, actor, runtime().now())
    known: Today | None = day if day and (day.has_cards or day.open_attempt) else None
    return render_template("home/home.html", banks=found, today=known, shapes=days_shown(known) if known else None)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Answer browsers that ask for an icon without reading the page."""
    return current_app.send_static_file("favicon.svg")


@blueprint.get("/hello")
def hello() -> str:
    """Answer with as little work as possible: the yardstick of the benchmarks."""
    return "hello"
