"""Mail of Flask-Security goes into our outbox, and is carried on once the answer is on its way."""

import logging
from collections.abc import Callable
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Flask, after_this_request, current_app
from flask_security import MailUtil
from werkzeug import Response

from quizapp.domain.errors import Unavailable
from quizapp.runtime import runtime
from quizapp.services.mail_delivery import Carrier, send_waiting
from quizapp.services.outbox import queue_mail
from quizapp.web.accounts.store import Login

log = logging.getLogger(__name__)

CARRIER, SENDER, SITE = "QUIZAPP_CARRIER", "QUIZAPP_SENDER", "QUIZAPP_SITE"


def is_address(text: str) -> bool:
    """Say whether text has the form of an e-mail address; no name server is asked."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


class Outbox(MailUtil):
    """Stores a mail, and sends it after the answer: how long that takes tells nobody whether there is an account."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **of: Any
    ) -> None:
        """Put a mail to somebody with an account into the outbox; without an address there is none."""
        login: Login = of["user"]
        if not recipient:
            return
        with runtime().writing() as database:
            queue_mail(database, login.id, str(recipient), str(subject), str(body), runtime().now())
        after_this_request(_send_afterwards(current_app._get_current_object()))  # type: ignore[attr-defined]


def send_outbox(app: Flask) -> tuple[int, int]:
    """Send what waits; return how many were sent and how many failed."""
    carrier: Carrier = app.config[CARRIER]
    with app.app_context():
        return send_waiting(runtime().writing, carrier, app.config[SENDER], runtime().now())


def _send_afterwards(app: Flask) -> Callable[[Response], Response]:
    def attach(response: Response) -> Response:
        response.call_on_close(lambda: _send_quietly(app))
        return response

    return attach


def _send_quietly(app: Flask) -> None:
    """Send what waits; what fails stays in the outbox, where `quizapp doctor` shows it."""
    try:
        _, failed = send_outbox(app)
    except Unavailable as error:
        log.warning("the outbox was busy: %s", error)
        return
    if failed:
        log.warning("%s mail(s) could not be sent; see `quizapp doctor`", failed)
