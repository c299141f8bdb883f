from datetime import timedelta

from quizapp.domain.memory.known import Known
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services.study.known_facts import known_facts
from tests.factories import NOON
from tests.services.studying import BANK, take
from tests.services.taking_mixed import mix_up


def test_each_fact_that_was_asked_is_known_by_a_chance_that_falls(session, guest):
    turn = take(session, guest)
    now = known_facts(session, guest, BANK, NOON)
    later = known_facts(session, guest, BANK, NOON + timedelta(days=30))
    assert set(now) == {turn.fact.id}
    assert now[turn.fact.id].chance == 1
    assert now[turn.fact.id].known is Known.SEEN
    assert later[turn.fact.id].chance < 0.8


def test_guesses_before_reading_show_nothing(session, guest):
    mix_up(session, guest, kind=AttemptKind.PRETEST)
    assert known_facts(session, guest, BANK, NOON) == {}


def test_nobody_sees_what_somebody_else_knows(session, guest, stranger):
    take(session, guest)
    assert known_facts(session, stranger, BANK, NOON) == {}
    assert known_facts(session, guest, "nowhere", NOON) == {}


def test_it_takes_one_statement(session, guest, statements):
    take(session, guest)
    statements()
    known_facts(session, guest, BANK, NOON)
    assert len(statements()) == 1
