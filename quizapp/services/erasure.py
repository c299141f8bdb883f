"""Deleting an account: asked for, taken back within a week, and then nothing leads to the person any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassTotalRow
from quizapp.database.overwriting import overwrite_what_is_deleted
from quizapp.database.personal_data.declaring import OnDeletion
from quizapp.database.personal_data.registry import DECLARED
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.accounts import end_sessions
from quizapp.services.class_figures import counts_in_class
from quizapp.services.security_log import log_event

GRACE = timedelta(days=7)
_TOTALS = cast(Table, ClassTotalRow.__table__)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody can sign in, and so come back; and when they are deleted, if they asked for it."""

    has_account: bool
    erase_after: datetime | None


def standing(session: Session, actor: Actor) -> Standing:
    """Say how the actor stands. Raises NotFound for somebody who is gone. One statement."""
    row = session.execute(
        select(PersonRow.sign_in_name, PersonRow.erase_after).where(PersonRow.id == actor.id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such person.")
    return Standing(row.sign_in_name is not None, row.erase_after)


def ask_for_deletion(session: Session, actor: Actor, now: datetime) -> datetime | None:
    """Delete the actor in a week and end all their sessions; return when that will be.

    Whoever cannot sign in, as a guest, could not take it back: they are deleted at once, and None is returned. Asked
    twice, the first time counts. Raises NotFound.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    stands = standing(session, actor)
    if not stands.has_account:
        log_event(session, SecurityEvent.DELETION_ASKED, now, actor_id=actor.id)
        _erase(session, [actor.id], now)
        return None
    erase_after = stands.erase_after or now + GRACE
    own = update(PersonRow).where(PersonRow.id == actor.id, PersonRow.erase_after.is_(None))
    if session.execute(own.values(erase_after=erase_after)).rowcount:  # type: ignore[attr-defined]
        log_event(session, SecurityEvent.DELETION_ASKED, now, actor_id=actor.id)
    end_sessions(session, actor.id, now)
    return erase_after


def take_back_deletion(session: Session, actor: Actor, now: datetime) -> None:
    """Keep the actor's account after all. Twice is the same as once. At most two statements."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    own = update(PersonRow).where(PersonRow.id == actor.id, PersonRow.erase_after.is_not(None))
    if session.execute(own.values(erase_after=None)).rowcount:  # type: ignore[attr-defined]
        log_event(session, SecurityEvent.DELETION_TAKEN_BACK, now, actor_id=actor.id)


def anybody_due(session: Session, now: datetime) -> bool:
    """Say whether the week of anybody who asked to be deleted is over. One statement, by an index."""
    return session.scalar(select(PersonRow.id).where(PersonRow.erase_after <= now).limit(1)) is not None


def erase_due(session: Session, now: datetime, limit: int = 100) -> int:
    """Delete up to `limit` people whose week is over; return how many. On PostgreSQL two of these share the work.

    Two statements a person for the log, and a fixed number for all of them.
    """
    due = (
        select(PersonRow.id)
        .where(PersonRow.erase_after <= now)
        .order_by(PersonRow.erase_after, PersonRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    people = list(session.scalars(due))
    if people:
        _erase(session, people, now)
    return len(people)


def _erase(session: Session, people: Sequence[int], now: datetime) -> None:
    """Do what is declared to every row of these people, children before parents; the log is told while they are there.

    On PostgreSQL a response that is on its way is waited for, so that it goes too.
    """
    overwrite_what_is_deleted(session)
    session.execute(select(PersonRow.id).where(PersonRow.id.in_(people)).with_for_update())
    for person_id in people:
        log_event(session, SecurityEvent.ERASED, now, subject_id=person_id)
    _fold_into_class_totals(session, people)
    for personal in reversed(DECLARED):
        theirs = personal.belongs_to(people)
        emptied = [name for name in personal.columns if personal.on_deletion(name) is OnDeletion.EMPTIED]
        if personal.rows_deleted:
            session.execute(delete(personal.table).where(theirs))
        elif emptied:
            session.execute(update(personal.table).where(theirs).values(dict.fromkeys(emptied)))
    session.expire_all()


def _fold_into_class_totals(session: Session, people: Sequence[int]) -> None:
    """Add what these people did in their classes to counts that lead to nobody: quizzes finished since they joined."""
    done = (
        select(ClassMemberRow.class_id, AttemptRow.bank_id, func.count(), func.sum(AttemptRow.score))
        .join(ClassBankRow, ClassBankRow.class_id == ClassMemberRow.class_id)
        .join(AttemptRow, and_(AttemptRow.bank_id == ClassBankRow.bank_id, counts_in_class()))
        .where(ClassMemberRow.person_id.in_(people))
        .group_by(ClassMemberRow.class_id, AttemptRow.bank_id)
    )
    key, amounts = ["class_id", "bank_id"], ["attempts", "score_sum"]
    on_postgres = session.get_bind().dialect.name == "postgresql"
    statement = (postgresql if on_postgres else sqlite).insert(_TOTALS).from_select([*key, *amounts], done)
    grown = {name: _TOTALS.c[name] + statement.excluded[name] for name in amounts}
    session.execute(statement.on_conflict_do_update(index_elements=key, set_=grown))
