"""The switch between the system's colours, light and dark."""

from urllib.parse import urlsplit

from flask import Blueprint, Request, redirect, request, url_for
from werkzeug import Response

from quizapp.web.onward import local_path

blueprint = Blueprint("theme", __name__)

THEME_LABELS = {"system": "Theme: as the system", "light": "Theme: light", "dark": "Theme: dark"}
COOKIE = "quizapp-theme"
A_YEAR = 365 * 24 * 3600


def current_theme(asked: Request) -> str:
    """Return the theme this browser chose: system, light or dark."""
    chosen = asked.cookies.get(COOKIE, "system")
    return chosen if chosen in THEME_LABELS else "system"


@blueprint.post("/theme")
def change() -> Response:
    """Go on to the next theme and back to the page."""
    order = list(THEME_LABELS)
    following = order[(order.index(current_theme(request)) + 1) % len(order)]
    answer = redirect(local_path(request.form.get("back", "")) or url_for("home.home"), 303)
    answer.set_cookie(COOKIE, following, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer


def here_address(asked: Request) -> str:
    """Return the address that shows this page again; for the answer to a form, the page the form was on."""
    if asked.method == "GET":
        return asked.full_path if asked.query_string else asked.path
    try:
        return urlsplit(asked.referrer or "").path
    except ValueError:  # the browser names no page, but nonsense
        return ""
