from dataclasses import replace

from quizapp.app import make_runtime
from quizapp.database.engine import opened_engine
from quizapp.services.outbox import queue_mail
from tests.factories import NOON
from tests.people import add_person


def queue(settings):
    with opened_engine(settings.database) as engine, make_runtime(engine).writing() as session:
        queue_mail(session, add_person(session).id, "ada@example.org", "Hello", "text", NOON)


def test_what_waits_is_sent_once(run, settings):
    run("upgrade")
    queue(settings)
    assert run("mail").stdout == "1 sent, 0 failed.\n"
    assert run("mail").stdout == "0 sent, 0 failed.\n"
    assert len(list((settings.instance / "mail").iterdir())) == 1


def test_what_cannot_be_sent_is_told_by_the_exit_code(run, settings):
    run("upgrade")
    queue(settings)
    assert run("mail", status=1, settings=replace(settings, mail="smtp://127.0.0.1:1")).stdout == "0 sent, 1 failed.\n"


def test_a_setting_that_is_no_mail_address_is_said_in_words(run, settings):
    assert "QUIZAPP_MAIL must be" in run("mail", status=1, settings=replace(settings, mail="nowhere")).stderr
