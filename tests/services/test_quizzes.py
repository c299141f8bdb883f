from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.roles import Actor
from quizapp.services import quizzes
from tests.factories import NOON


def right_response(asked: quizzes.AskedQuestion) -> dict[str, object]:
    body = asked.snapshot.question.body
    match asked.snapshot.question.type:
        case "single_choice":
            return {"option": 0}
        case "true_false":
            return {"value": body.is_true}
        case _:
            return {"number": body.number, "typed": body.number}


@pytest.fixture
def attempt_id(session: Session, guest: Actor) -> int:
    return quizzes.start_attempt(session, guest, "harbour", 5, seed=1, now=NOON)


def test_an_attempt_asks_as_many_questions_as_were_wanted(session, guest, attempt_id):
    assert quizzes.attempt_state(session, guest, attempt_id).open_positions == (1, 2, 3, 4, 5)


def test_the_same_seed_draws_the_same_questions(session, guest, stranger):
    first, second = (quizzes.start_attempt(session, who, "harbour", 5, seed=3, now=NOON) for who in (guest, stranger))
    assert [quizzes.asked_question(session, guest, first, n).snapshot for n in range(1, 6)] == [
        quizzes.asked_question(session, stranger, second, n).snapshot for n in range(1, 6)
    ]


def test_a_right_response_scores_one_and_is_kept(session, guest, attempt_id):
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    quizzes.respond(session, guest, asked, right_response(asked), NOON)
    again = quizzes.asked_question(session, guest, attempt_id, 1)
    assert (again.score, again.response) == (1.0, right_response(asked))


def test_a_second_response_is_a_conflict(session, guest, attempt_id):
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    quizzes.respond(session, guest, asked, right_response(asked), NOON)
    with pytest.raises(Conflict), session.begin_nested():
        quizzes.respond(session, guest, asked, right_response(asked), NOON)


def test_the_last_response_finishes_the_attempt_with_its_score(session, guest, attempt_id):
    for position in range(1, 6):
        asked = quizzes.asked_question(session, guest, attempt_id, position)
        quizzes.respond(session, guest, asked, right_response(asked), NOON + timedelta(minutes=position))
    assert quizzes.attempt_state(session, guest, attempt_id).finished


def test_somebody_elses_attempt_is_not_there(session, stranger, attempt_id):
    with pytest.raises(NotFound):
        quizzes.asked_question(session, stranger, attempt_id, 1)


def test_an_unknown_bank_is_not_there(session, guest):
    with pytest.raises(NotFound):
        quizzes.start_attempt(session, guest, "nowhere", 5, seed=1, now=NOON)
