from datetime import timedelta

from quizapp.domain.plausible_range import plausible_range
from quizapp.services import quizzes, results
from quizapp.services.history import MAX_ATTEMPTS, past_attempts
from tests.factories import NOON
from tests.services.taking import answer, take


def test_the_newest_attempt_comes_first_and_ties_have_an_order(session, guest):
    first = take(session, guest, 2, now=NOON)
    later = take(session, guest, 2, now=NOON + timedelta(hours=1))
    same_moment = take(session, guest, 2, now=NOON)
    assert [one.attempt_id for one in past_attempts(session, guest)] == [later, same_moment, first]


def test_a_finished_attempt_has_its_score_and_range(session, guest):
    take(session, guest, 4, wrong=(2,))
    (found,) = past_attempts(session, guest)
    assert (found.bank_name, found.bank_title, found.length, found.answered) == ("harbour", "The harbour", 4, 4)
    assert (found.score, found.range) == (0.75, plausible_range(0.75, 4))
    assert found.started_at == NOON
    assert not found.is_retry


def test_an_attempt_nobody_answered_in_is_shown_only_while_it_is_the_newest(session, guest):
    first, second = (quizzes.start_attempt(session, guest, "harbour", 3, seed=1, now=NOON) for _ in range(2))
    assert [one.attempt_id for one in past_attempts(session, guest)] == [second]
    quizzes.finish_attempt(session, guest, first, NOON)
    assert [(one.attempt_id, one.score) for one in past_attempts(session, guest)] == [(second, None), (first, 0.0)]


def test_a_running_attempt_has_no_score_yet(session, guest):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", 3, seed=1, now=NOON)
    answer(session, guest, attempt_id, 2)
    (found,) = past_attempts(session, guest)
    assert (found.answered, found.length, found.score, found.range) == (1, 3, None, None)


def test_a_retry_is_marked(session, guest):
    missed = take(session, guest, 3, wrong=(1,))
    retry = results.retry_missed(session, guest, missed, seed=2, now=NOON + timedelta(1))
    answer(session, guest, retry, 1)
    assert [(one.attempt_id, one.is_retry) for one in past_attempts(session, guest)] == [(retry, True), (missed, False)]


def test_other_peoples_attempts_are_absent(session, guest, stranger):
    take(session, stranger, 2)
    assert past_attempts(session, guest) == []


def test_the_history_is_bounded_and_keeps_the_newest(session, guest):
    for number in range(MAX_ATTEMPTS + 3):
        attempt_id = quizzes.start_attempt(session, guest, "harbour", 1, seed=1, now=NOON + timedelta(minutes=number))
        quizzes.finish_attempt(session, guest, attempt_id, NOON + timedelta(minutes=number))
    found = past_attempts(session, guest)
    assert len(found) == MAX_ATTEMPTS
    assert found[0].attempt_id == attempt_id


def test_the_history_takes_one_statement(session, guest, statements):
    for _ in range(3):
        take(session, guest, 2)
    session.flush()
    statements()
    past_attempts(session, guest)
    assert len(statements()) == 1
