"""Carrying mail out of the outbox: as files into a folder, or by SMTP."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from sqlalchemy.orm import Session

from quizapp.services.outbox import Mail, begin_sending, note_problem, note_sent, waiting_mails

TIMEOUT_SECONDS = 20
SMTP_PORTS = {"smtp": 587, "smtps": 465}


class Carrier(Protocol):
    """What takes a mail to where it is read. Raises OSError (smtplib's errors are ones) when it cannot."""

    def carry(self, mail: Mail, message: EmailMessage) -> None:
        """Take it there."""
        ...


class FolderCarrier:
    """Writes each mail as a file: for trying things out, and for machines without a mail server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, mail: Mail, message: EmailMessage) -> None:
        """Write the mail; only the owner of the folder may read it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{mail.mail_id:06d}.eml"
        path.touch(mode=0o600)
        path.write_bytes(bytes(message))


class SmtpCarrier:
    """Hands each mail to a server: with TLS from the start (smtps) or after STARTTLS (smtp)."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.is_tls = parts.scheme == "smtps"
        self.host = parts.hostname or ""
        self.port = parts.port or SMTP_PORTS[parts.scheme]
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")

    def carry(self, mail: Mail, message: EmailMessage) -> None:
        """Send the mail. A password is only ever sent over TLS."""
        context = ssl.create_default_context()
        with self._server(context) as server:
            if not self.is_tls and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif not self.is_tls and self.user:
                raise OSError("the server offers no TLS, and a password must not be sent without it")
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)

    def _server(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.is_tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        return server


def carrier_of(url: str) -> Carrier:
    """Return the carrier for a mail URL: file:///FOLDER, smtp://… or smtps://…. Raises ValueError for any other."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderCarrier(Path(url2pathname(parts.path)))
    if parts.scheme in SMTP_PORTS and parts.hostname:
        return SmtpCarrier(url)
    raise ValueError("QUIZAPP_MAIL must be file:///FOLDER, smtp://USER:PASSWORD@HOST or smtps://USER:PASSWORD@HOST")


def send_waiting(
    writing: Callable[[], AbstractContextManager[Session]], carrier: Carrier, sender: str, now: datetime
) -> tuple[int, int]:
    """Send what waits in the outbox; return how many were sent and how many failed.

    No transaction is open while a server is talked to. A mail may arrive twice when a process dies in between,
    but none is lost.
    """
    sent = failed = 0
    with writing() as session:
        mails = waiting_mails(session)
    for mail in mails:
        with writing() as session:
            if not begin_sending(session, mail):
                continue  # another process has it
        try:
            carrier.carry(mail, _message(mail, sender, now))
        except OSError as error:
            failed += 1
            with writing() as session:
                note_problem(session, mail, f"{type(error).__name__}: {error}")
        else:
            sent += 1
            with writing() as session:
                note_sent(session, mail, now)
    return sent, failed


def _message(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.address, mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(">") or None)
    message.set_content(mail.body)
    return message
