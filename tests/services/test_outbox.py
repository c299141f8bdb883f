from quizapp.services.outbox import begin_sending, note_problem, note_sent, queue_mail, waiting_mails
from tests.factories import NOON
from tests.people import add_person


def test_of_two_processes_that_read_a_mail_one_sends_it(session):
    queue_mail(session, add_person(session).id, "ada@example.org", "Hello", "text", NOON)
    (mail,) = waiting_mails(session)
    assert begin_sending(session, mail)
    assert not begin_sending(session, mail)


def test_a_mail_is_not_sent_again_once_it_was(session):
    queue_mail(session, add_person(session).id, "ada@example.org", "Hello", "text", NOON)
    (mail,) = waiting_mails(session)
    begin_sending(session, mail)
    note_sent(session, mail, NOON)
    assert waiting_mails(session) == []


def test_the_reason_of_a_failure_is_kept_short(session):
    queue_mail(session, add_person(session).id, "ada@example.org", "Hello", "text", NOON)
    (mail,) = waiting_mails(session)
    note_problem(session, mail, "x" * 5000)
    assert waiting_mails(session) == [mail]
