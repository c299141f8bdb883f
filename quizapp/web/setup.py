"""The link printed by a first start: it makes the person who uses it the first admin and instructor."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.errors import NotFound
from quizapp.runtime import runtime
from quizapp.services import setup
from quizapp.services.signing_in import Browser
from quizapp.web.devices import device_of
from quizapp.web.visitors import current_account, keep_token, require_actor

blueprint = Blueprint("setup", __name__, url_prefix="/setup")


@blueprint.get("/<token>")
def page(token: str) -> str:
    """Say what the link does, and offer it by a button: opening an address alone changes nothing."""
    with runtime().reading() as database:
        if not setup.setup_link_is_open(database, token):
            raise NotFound("There is no such page.")
    return render_template("setup/setup.html", token=token, account=current_account())


@blueprint.post("/<token>")
def use(token: str) -> Response:
    """Make who is asking an admin, with a new session: a cookie copied before is worth nothing."""
    actor, session_token = require_actor(), runtime().new_token()
    with runtime().writing() as database:
        setup.use_setup_link(database, actor, token, Browser(session_token, device_of(request)), runtime().now())
    keep_token(session_token)
    flash("You are the instructor now, and the admin. Look inside a bank to add questions to it, or make a class.")
    return redirect(url_for("home.home"), 303)
