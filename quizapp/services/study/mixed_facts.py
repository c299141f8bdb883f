"""Mix-ups as study sees them: open until each of the two facts was told from the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.memory_tables import MixUpRow, ReviewRow
from quizapp.domain.errors import Conflict
from quizapp.domain.roles import Actor
from quizapp.services.contrast_questions import contrast_questions
from quizapp.services.shelf import on_shelf
from quizapp.services.stored_banks import StoredBank
from quizapp.services.study.desk import is_studied

_MIX_UPS = cast(Table, MixUpRow.__table__)
_STATE = ("times", "told", "last_at")
ALL_TOLD = 3
_MADE_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class MixUpChange:
    """The mix-up that a review touched, and how it stood before; `before` is None where the review made it."""

    mix_up_id: int
    before: dict[str, Any] | None
    review_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenMixUp:
    """Two facts not told apart yet. `untold` are those still to be asked against the other, with their question."""

    mix_up_id: int
    facts: tuple[int, int]
    untold: dict[int, int]

    def other(self, fact_id: int) -> int:
        """Return the other one of the two."""
        return self.facts[1] if fact_id == self.facts[0] else self.facts[0]


def note_mix_up(session: Session, person_id: int, fact_id: int, chosen_id: int, now: datetime) -> MixUpChange:
    """Count that a fact was taken for another; from now on both are open again."""
    low, high = sorted((fact_id, chosen_id))
    row = session.execute(select(_MIX_UPS).where(*_pair(person_id, low, high))).one_or_none()
    if row is None:
        values = {"person_id": person_id, "low_fact_id": low, "high_fact_id": high, "times": 1, "told": 0}
        made = session.execute(insert(_MIX_UPS).values(**values, last_at=now).returning(_MIX_UPS.c.id))
        return MixUpChange(made.scalar_one(), None)
    _set(session, row.id, times=row.times + 1, told=0, last_at=now)
    return MixUpChange(row.id, _before(row))


def note_contrast(session: Session, person_id: int, fact_id: int, other_id: int, told: bool) -> MixUpChange | None:
    """Note whether a fact was told from the one it was asked against; None when the two were never mixed up."""
    low, high = sorted((fact_id, other_id))
    row = session.execute(select(_MIX_UPS).where(*_pair(person_id, low, high))).one_or_none()
    if row is None:
        return None
    bit = 1 if fact_id == low else 2
    _set(session, row.id, told=row.told | bit if told else 0)
    return MixUpChange(row.id, _before(row))


def take_back(session: Session, change: MixUpChange) -> None:
    """Bring a mix-up to the state before a review that is gone from the log; one made by it goes too.

    One that a later review touched stays as it is: that review still speaks of it.
    """
    touched = select(ReviewRow.id).where(ReviewRow.mix_up_id == change.mix_up_id)
    if change.review_id is not None:
        touched = touched.where(ReviewRow.id > change.review_id)
    if session.execute(touched.limit(1)).first() is not None:
        return
    if change.before is None:
        session.execute(delete(_MIX_UPS).where(_MIX_UPS.c.id == change.mix_up_id))
        return
    at = datetime.fromisoformat(change.before["last_at"])
    _set(session, change.mix_up_id, times=change.before["times"], told=change.before["told"], last_at=at)


def open_mix_up(session: Session, actor: Actor, fact_id: int) -> OpenMixUp | None:
    """Return the newest mix-up of a fact that is open and whose two facts are both studied still. One statement.

    None where the actor does not see their bank any more.
    """
    return _open(session, actor, or_(_MIX_UPS.c.low_fact_id == fact_id, _MIX_UPS.c.high_fact_id == fact_id))


def asked_against(session: Session, actor: Actor, fact_id: int, question_id: int) -> int | None:
    """Return the fact that a question tells this one from, by the learner's own open mix-ups; None if it does not."""
    asks_it = or_(
        and_(_MIX_UPS.c.low_fact_id == fact_id, _MIX_UPS.c.low_question_id == question_id),
        and_(_MIX_UPS.c.high_fact_id == fact_id, _MIX_UPS.c.high_question_id == question_id),
    )
    found = _open(session, actor, asks_it)
    return None if found is None else found.other(fact_id)


def _open(session: Session, actor: Actor, which: ColumnElement[bool]) -> OpenMixUp | None:
    low, high = aliased(FactRow), aliased(FactRow)
    row = session.execute(
        select(_MIX_UPS)
        .join(low, low.id == _MIX_UPS.c.low_fact_id)
        .join(high, high.id == _MIX_UPS.c.high_fact_id)
        .join(BankRow, BankRow.source_id == low.source_id)
        .where(
            _MIX_UPS.c.person_id == actor.id,
            on_shelf(actor),
            _MIX_UPS.c.told < ALL_TOLD,
            which,
            _MIX_UPS.c.low_question_id.is_not(None),
            _MIX_UPS.c.high_question_id.is_not(None),
            is_studied(low),
            is_studied(high),
        )
        .order_by(_MIX_UPS.c.last_at.desc(), _MIX_UPS.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    sides = ((1, row.low_fact_id, row.low_question_id), (2, row.high_fact_id, row.high_question_id))
    untold = {fact: question for bit, fact, question in sides if not row.told & bit}
    return OpenMixUp(row.id, (row.low_fact_id, row.high_fact_id), untold)


def make_contrasts(session: Session, actor: Actor, now: datetime, mix_up_id: int | None = None) -> None:
    """Find or make the two questions for a mix-up, or for the ten newest open ones, as the facts read today.

    A pair of which one fact cannot be asked any more is left without.
    """
    statement = select(_MIX_UPS.c.id, _MIX_UPS.c.low_fact_id, _MIX_UPS.c.high_fact_id).where(
        _MIX_UPS.c.person_id == actor.id, _MIX_UPS.c.told < ALL_TOLD
    )
    if mix_up_id is not None:
        statement = statement.where(_MIX_UPS.c.id == mix_up_id)
    banks: dict[int, StoredBank] = {}
    newest = statement.order_by(_MIX_UPS.c.last_at.desc(), _MIX_UPS.c.id.desc()).limit(_MADE_AT_ONCE)
    for row in session.execute(newest).all():
        try:
            low, high = contrast_questions(session, actor, row.low_fact_id, row.high_fact_id, now, banks)
        except Conflict:
            _set(session, row.id, low_question_id=None, high_question_id=None)
            continue
        _set(session, row.id, low_question_id=low.question_id, high_question_id=high.question_id)


def _pair(person_id: int, low: int, high: int) -> tuple[Any, ...]:
    return (
        _MIX_UPS.c.person_id == person_id,
        _MIX_UPS.c.low_fact_id == low,
        _MIX_UPS.c.high_fact_id == high,
    )


def _set(session: Session, mix_up_id: int, **values: Any) -> None:
    session.execute(update(_MIX_UPS).where(_MIX_UPS.c.id == mix_up_id).values(**values))


def _before(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {"times": row.times, "told": row.told, "last_at": row.last_at.isoformat()}
