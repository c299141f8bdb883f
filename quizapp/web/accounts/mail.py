"""Mail of Flask-Security goes into our outbox, and is carried on once the answer is on its way."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Flask, Response, current_app, g, request
from flask_security import MailUtil
from flask_security.recoverable import send_reset_password_instructions

from quizapp.domain.errors import Unavailable
from quizapp.runtime import runtime
from quizapp.services.accounts import Account
from quizapp.services.mail_delivery import Carrier, send_waiting
from quizapp.services.outbox import queue_mail, was_mailed_since
from quizapp.web.accounts.store import Login, for_a_link
from quizapp.web.later import after, after_this_answer

log = logging.getLogger(__name__)

RESET_SUBJECT = "A new password for quizapp"
MOST_ACCOUNTS = 5
"""So many accounts of one address are mailed a link at once: nobody can flood a stranger's mailbox."""
BETWEEN_MAILS = timedelta(minutes=10)
CARRIER, SENDER, SITE = "QUIZAPP_CARRIER", "QUIZAPP_SENDER", "QUIZAPP_SITE"


def is_address(text: str) -> bool:
    """Say whether text has the form of an e-mail address; no name server is asked."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


class Outbox(MailUtil):
    """Stores a mail; it is sent once the answer is on its way."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **of: Any
    ) -> None:
        """Put a mail to somebody with an account into the outbox; without an address there is none."""
        login: Login = of["user"]
        if not recipient:
            return
        with runtime().writing() as database:
            queue_mail(database, login.id, str(recipient), str(subject), str(body), runtime().now())
        g.has_queued_mail = True


def register(app: Flask) -> None:
    """Send what a request has put into the outbox after its answer, so that nobody waits for a mail server."""

    @app.after_request
    def send(response: Response) -> Response:
        if g.pop("has_queued_mail", False):
            after(response, lambda: _send_quietly(app))
        return response


def send_links_afterwards(accounts: Sequence[Account]) -> None:
    """Mail each account a link for a new password once the answer is on its way; a few of them, each now and then.

    What is done before it is the same for one account, for several and for none: its time tells nobody which.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    asked_at = request.host_url
    after_this_answer(lambda: _send_links(app, asked_at, accounts[:MOST_ACCOUNTS]))


def send_outbox(app: Flask) -> tuple[int, int]:
    """Send what waits; return how many were sent and how many failed."""
    carrier: Carrier = app.config[CARRIER]
    with app.app_context():
        return send_waiting(runtime().writing, carrier, app.config[SENDER], runtime().now())


def _send_links(app: Flask, asked_at: str, accounts: Sequence[Account]) -> None:
    if not accounts:
        return
    try:
        with app.test_request_context(base_url=asked_at):
            for account in accounts:
                with runtime().reading() as database:
                    if was_mailed_since(database, account.id, RESET_SUBJECT, runtime().now() - BETWEEN_MAILS):
                        continue
                send_reset_password_instructions(for_a_link(account))
    except Unavailable as error:
        log.warning("no link was mailed: %s", error)
    _send_quietly(app)


def _send_quietly(app: Flask) -> None:
    """Send what waits; what fails stays in the outbox, where `quizapp doctor` shows it."""
    try:
        _, failed = send_outbox(app)
    except Unavailable as error:
        log.warning("the outbox was busy: %s", error)
        return
    if failed:
        log.warning("%s mail(s) could not be sent; see `quizapp doctor`", failed)
