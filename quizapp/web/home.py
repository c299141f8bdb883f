"""The home page, and the small addresses every site has."""

from flask import Blueprint, Response, current_app, render_template

from quizapp.runtime import runtime
from quizapp.services import banks

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """Show what the app is and the public banks, each with its one main action."""
    with runtime().reading() as session:
        found = banks.list_banks(session)
    return render_template("home/home.html", banks=found)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Answer browsers that ask for an icon without reading the page."""
    return current_app.send_static_file("favicon.svg")


@blueprint.get("/hello")
def hello() -> str:
    """Answer with as little work as possible: the yardstick of the benchmarks."""
    return "hello"
