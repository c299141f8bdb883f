from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.memory_tables import ReviewRow
from quizapp.domain.errors import NotFound
from quizapp.services.study import answers, feedback
from tests.factories import NOON
from tests.services.studying import BANK, STUDY, take, turn_of

LATER = NOON + timedelta(days=3)


def newest(session, actor):
    return session.scalars(
        select(ReviewRow.id).where(ReviewRow.person_id == actor.id).order_by(ReviewRow.id.desc())
    ).first()


@pytest.fixture
def asked(session, guest):
    """The second time a fact comes up it is a question; return its turn, still open."""
    take(session, guest)
    turn = turn_of(session, guest, LATER)
    assert turn.snapshot is not None
    return turn


def test_feedback_tells_what_was_given_and_when_the_fact_comes_back(session, guest, asked):
    take(session, guest, now=LATER)
    found = feedback.study_feedback(session, guest, newest(session, guest))
    assert found.grade.score == 1
    assert found.snapshot.question.id == asked.snapshot.question.id
    assert found.presented() == asked.presented()
    assert (found.interval > 0, found.step, found.mix_up, found.is_last) == (True, None, None, True)


def test_a_mix_up_is_told_and_an_older_answer_can_no_longer_be_taken_back(session, guest, asked):
    take(session, guest, now=LATER, mixing=True)
    wrong = newest(session, guest)
    found = feedback.study_feedback(session, guest, wrong)
    assert found.mix_up is not None
    assert found.step == timedelta(minutes=10)
    take(session, guest, now=LATER)
    assert not feedback.study_feedback(session, guest, wrong).is_last


def test_feedback_of_a_card_or_of_somebody_else_is_not_found(session, guest, stranger, asked):
    with pytest.raises(NotFound):
        feedback.study_feedback(session, guest, newest(session, guest))  # the card of the first day
    take(session, guest, now=LATER)
    with pytest.raises(NotFound):
        feedback.study_feedback(session, stranger, newest(session, guest))


def test_what_was_taken_back_is_gone(session, guest, asked):
    take(session, guest, now=LATER)
    review = newest(session, guest)
    answers.undo_last(session, guest, BANK, STUDY, turn_of(session, guest, LATER).at.stamp, LATER)
    with pytest.raises(NotFound):
        feedback.study_feedback(session, guest, review)
