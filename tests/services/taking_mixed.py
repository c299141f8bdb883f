"""Mixing up facts through the services."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor
from quizapp.services import quizzes
from tests.factories import NOON
from tests.players import mixing_response_to


def mix_up(
    session: Session, actor: Actor, seed: int = 1, now: datetime = NOON, kind: AttemptKind = AttemptKind.QUIZ
) -> tuple[int, int]:
    """Start an attempt and take one fact for another in it; return the attempt and the position."""
    attempt_id = quizzes.start_attempt(session, actor, "harbour", None, seed, now, kind)
    for position in quizzes.attempt_state(session, actor, attempt_id).open_positions:
        asked = quizzes.asked_question(session, actor, attempt_id, position)
        form = mixing_response_to(asked)
        if form:
            reading = asked.read(form)
            assert isinstance(reading, Given)
            quizzes.respond(session, actor, asked, reading.response, now)
            return attempt_id, position
    raise AssertionError("the bank has no question that can be mixed up")
