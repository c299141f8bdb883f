from datetime import timedelta

import pytest

from quizapp.domain.errors import NotFound
from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.known import Known
from quizapp.services import reading
from quizapp.services.study.fact_history import fact_history
from tests.factories import NOON
from tests.services.studying import BANK, take
from tests.services.taking import answer


def test_a_history_tells_every_time_a_fact_was_asked_and_what_that_was_worth(session, guest):
    name = take(session, guest).fact.id
    attempt = reading.ask_fact(session, guest, BANK, name, seed=2, now=NOON + timedelta(hours=1))
    answer(session, guest, attempt, 1, now=NOON + timedelta(hours=1))
    take(session, guest, now=NOON + timedelta(days=3))
    found = fact_history(session, guest, BANK, name, NOON + timedelta(days=3))
    assert [one.kind for one in found.reviews] == [ReviewKind.STUDY, ReviewKind.OPEN_BOOK, ReviewKind.STUDY]
    assert [one.question_type is None for one in found.reviews] == [False, False, True]
    assert (found.recall.chance, found.recall.known) == (1, Known.SEEN)
    assert found.reviews[-1].interval > 0


def test_a_fact_never_asked_has_an_empty_history(session, guest):
    found = fact_history(session, guest, BANK, "catch-1", NOON)
    assert (found.reviews, found.recall.known, found.memory.due_day) == ((), Known.NEW, None)


def test_nobody_reads_the_history_of_somebody_else(session, guest, stranger):
    name = take(session, guest).fact.id
    assert fact_history(session, stranger, BANK, name, NOON).reviews == ()


@pytest.mark.parametrize(("bank", "fact"), [("nowhere", "catch-1"), (BANK, "nothing")])
def test_an_unknown_fact_is_not_found(session, guest, bank, fact):
    with pytest.raises(NotFound):
        fact_history(session, guest, bank, fact, NOON)
