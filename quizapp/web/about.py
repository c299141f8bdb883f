"""What the app keeps about a visitor, where its facts come from, and its keys."""

from flask import Blueprint, render_template

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """Show the page."""
    return render_template("about/about.html")
