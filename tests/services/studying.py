"""Studying through the services, as the pages do."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import FactRow
from quizapp.database.memory_tables import CardRow, MixUpRow, ReviewRow, StudiedDayRow, StudyLoadRow
from quizapp.database.table import Table
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.roles import Actor
from quizapp.services.study import answers, turns
from tests.factories import NOON
from tests.players import mixing_response_to, response_to

BANK = "harbour"
STUDY, PRACTICE = SessionKind.STUDY, SessionKind.PRACTICE


def turn_of(
    session: Session, actor: Actor | None, now: datetime = NOON, bank: str = BANK, kind: SessionKind = STUDY
) -> turns.Turn:
    found = turns.current_turn(session, actor, bank, kind, now)
    assert isinstance(found, turns.Turn), found
    return found


def place_of(turn: turns.Turn, bank: str = BANK, kind: SessionKind = STUDY, milliseconds: int = 4_000) -> answers.Place:
    sitting_id = turn.at.sitting.id if turn.at.sitting else 0
    repetitions = turn.card.memory.repetitions
    return answers.Place(bank, kind, sitting_id, turn.at.stamp, turn.fact_id, repetitions, milliseconds)


def take(
    session: Session,
    actor: Actor,
    right: bool = True,
    now: datetime = NOON,
    bank: str = BANK,
    kind: SessionKind = STUDY,
    mixing: bool = False,
) -> turns.Turn:
    """Take one turn, whatever its form: grade the card, or answer the question; return the turn that was taken."""
    turn = turn_of(session, actor, now, bank, kind)
    place = place_of(turn, bank, kind)
    if turn.snapshot is None:
        rating = Rating.GOOD if right else Rating.AGAIN
        shown = turn.offered[rating].interval if turn.offered else None
        answers.grade_card(session, actor, place, rating, shown, seed=3, now=now)
        return turn
    form = mixing_response_to(turn) if mixing else response_to(turn, right)
    asked = answers.asked_in_study(session, actor, place, turn.revision_id, dict(form), now)
    assert isinstance(asked.reading, Given), asked.reading
    is_contrast = turn.against is not None
    answers.respond(session, actor, place, asked, asked.reading.response, seed=3, now=now, is_contrast=is_contrast)
    return turn


def study(session: Session, actor: Actor, now: datetime = NOON, right: bool = True, at_most: int = 60) -> int:
    """Study until the session is over; return how many turns that took."""
    for count in range(at_most):
        if isinstance(turns.current_turn(session, actor, BANK, STUDY, now), turns.Finished):
            return count
        take(session, actor, right, now)
    raise AssertionError("the session does not end")


def fact_named(session: Session, name: str) -> int:
    return session.scalars(select(FactRow.id).where(FactRow.name == name)).one()


def card_of(session: Session, actor: Actor, name: str) -> CardRow | None:
    statement = select(CardRow).where(CardRow.person_id == actor.id, CardRow.fact_id == fact_named(session, name))
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def everything_of(session: Session, actor: Actor) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that a review may change, as values, in a fixed order."""
    found = {}
    for kind in (CardRow, ReviewRow, MixUpRow, StudyLoadRow, StudiedDayRow):
        table = Table.metadata.tables[kind.__tablename__]
        rows = session.execute(select(table).where(table.c.person_id == actor.id)).all()
        found[kind.__tablename__] = sorted((tuple(row) for row in rows), key=repr)
    return found
