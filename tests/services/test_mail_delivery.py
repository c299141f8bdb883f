import smtplib
import socketserver
import threading
from email import message_from_bytes

import pytest

from quizapp.services.mail_delivery import FolderCarrier, SmtpCarrier, carrier_of, send_waiting
from quizapp.services.outbox import MOST_TRIES, outbox_state, queue_mail, waiting_mails
from tests.factories import NOON
from tests.people import add_person

SENDER = "quizapp <quizapp@example.org>"


class Broken:
    """A carrier whose server is down."""

    def carry(self, mail, message):
        raise smtplib.SMTPServerDisconnected("gone away")


@pytest.fixture
def queued(runtime):
    with runtime.writing() as session:
        person = add_person(session)
        queue_mail(session, person.id, "ada@example.org", "A link", "Open https://x/secret", NOON)


def state(runtime):
    with runtime.reading() as session:
        return outbox_state(session)


def test_a_mail_is_written_as_a_file_once_and_its_text_dropped(runtime, queued, tmp_path):
    carrier = FolderCarrier(tmp_path / "mail")
    assert send_waiting(runtime.writing, carrier, SENDER, NOON) == (1, 0)
    assert send_waiting(runtime.writing, carrier, SENDER, NOON) == (0, 0)
    (file,) = (tmp_path / "mail").iterdir()
    message = message_from_bytes(file.read_bytes())
    assert (message["To"], message["From"], message["Subject"]) == ("ada@example.org", SENDER, "A link")
    assert "https://x/secret" in message.get_payload()
    assert file.stat().st_mode & 0o077 == 0
    with runtime.reading() as session:
        assert "secret" not in repr(waiting_mails(session)) and waiting_mails(session) == []
    assert (state(runtime).sent, state(runtime).waiting) == (1, 0)


def test_a_mail_that_cannot_be_sent_waits_and_is_given_up_after_five_tries(runtime, queued, tmp_path):
    for _ in range(MOST_TRIES):
        assert state(runtime).waiting == 1
        assert send_waiting(runtime.writing, Broken(), SENDER, NOON) == (0, 1)
    found = state(runtime)
    assert (found.waiting, found.given_up) == (0, 1) and "gone away" in found.problem
    assert send_waiting(runtime.writing, FolderCarrier(tmp_path), SENDER, NOON) == (0, 0)


def test_one_that_failed_is_sent_when_the_server_is_back(runtime, queued, tmp_path):
    send_waiting(runtime.writing, Broken(), SENDER, NOON)
    assert send_waiting(runtime.writing, FolderCarrier(tmp_path), SENDER, NOON) == (1, 0)
    assert state(runtime).problem == ""


def test_a_line_break_in_a_subject_makes_no_header(runtime, tmp_path):
    with runtime.writing() as session:
        queue_mail(session, add_person(session).id, "ada@example.org", "A\r\nBcc: eve@example.org", "x", NOON)
    with pytest.raises(ValueError, match="linefeed"):
        send_waiting(runtime.writing, FolderCarrier(tmp_path), SENDER, NOON)


class Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as one mail needs."""

    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            word = line.split()[0].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.server.got = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.say("250 taken")
            elif word == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")
        return None

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def smtp():
    with socketserver.TCPServer(("127.0.0.1", 0), Smtp) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_mail_is_handed_to_a_server(runtime, queued, smtp):
    carrier = carrier_of(f"smtp://127.0.0.1:{smtp.server_address[1]}")
    assert send_waiting(runtime.writing, carrier, SENDER, NOON) == (1, 0)
    assert message_from_bytes(smtp.got)["To"] == "ada@example.org"


def test_a_password_is_never_sent_without_tls(runtime, queued, smtp):
    carrier = carrier_of(f"smtp://me:secret@127.0.0.1:{smtp.server_address[1]}")
    assert send_waiting(runtime.writing, carrier, SENDER, NOON) == (0, 1)
    assert "without it" in state(runtime).problem and "secret" not in state(runtime).problem


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://example.org", "file://", "smtp://", "ftp://x/y"])
def test_an_address_that_is_none_is_refused_in_words(url):
    with pytest.raises(ValueError, match="QUIZAPP_MAIL"):
        carrier_of(url)


def test_ports_and_passwords_are_read_from_the_url():
    carrier = carrier_of("smtps://me%40home:p%2Fw@mail.example.org")
    assert isinstance(carrier, SmtpCarrier)
    assert (carrier.host, carrier.port, carrier.user, carrier.password) == ("mail.example.org", 465, "me@home", "p/w")
