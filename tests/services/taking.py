"""Taking quizzes through the services, as the pages do."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.domain.questions.question_types.question_type import Given, Grade, Response
from quizapp.domain.roles import Actor
from quizapp.services import quizzes
from tests.factories import NOON
from tests.players import response_to


def given(asked: quizzes.AskedQuestion, right: bool = True) -> Response:
    """Return a response that scores 1, or less than 1."""
    reading = asked.read(response_to(asked, right))
    assert isinstance(reading, Given)
    return reading.response


def answer(
    session: Session, actor: Actor, attempt_id: int, position: int, right: bool = True, now: datetime = NOON
) -> Grade:
    asked = quizzes.asked_question(session, actor, attempt_id, position)
    return quizzes.respond(session, actor, asked, given(asked, right), now)


def take(
    session: Session, actor: Actor, length: int | None = 5, wrong: tuple[int, ...] = (), now: datetime = NOON
) -> int:
    """Start a quiz and answer all of it, wrongly at the positions in `wrong`; return the attempt's id."""
    attempt_id = quizzes.start_attempt(session, actor, "harbour", length, seed=1, now=now)
    for position in quizzes.attempt_state(session, actor, attempt_id).open_positions:
        answer(session, actor, attempt_id, position, position not in wrong, now + timedelta(minutes=position))
    return attempt_id
