"""A guest becomes part of an account: all that the guest has moves over, and nothing is lost or counted twice."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from quizapp.database.account_tables import MailRow, PersonRow, SessionRow
from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow
from quizapp.database.class_tables import ClassMemberRow
from quizapp.database.memory_tables import (
    CardRow,
    MixUpRow,
    ReviewRow,
    StudiedDayRow,
    StudyLoadRow,
    StudySessionRow,
    StudySettingRow,
)
from quizapp.database.studio_tables import DraftDecisionRow, DraftRow, QuestionReportRow, StudioStepRow, UploadRow
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.errors import Conflict
from quizapp.domain.roles import Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.merged_memory import merge_cards, merge_mix_ups
from quizapp.services.security_log import log_event
from quizapp.services.study.desk import is_studied

_LOADS, _DAYS = cast(Table, StudyLoadRow.__table__), cast(Table, StudiedDayRow.__table__)
_SITTINGS = cast(Table, StudySessionRow.__table__)
_DONE = ("reviews", "new_facts", "responses", "milliseconds")

MOVED = (
    AttemptRow.person_id,
    ReviewRow.person_id,
    MailRow.person_id,
    BankRow.owner_id,
    QuestionRevisionRow.author_id,
    DraftRow.author_id,
    DraftDecisionRow.person_id,
    StudioStepRow.person_id,
    UploadRow.person_id,
)
"""Rows that need only another owner; each of the other tables of people has a function here."""
JOINED = (
    SessionRow.person_id,
    ClassMemberRow.person_id,
    StudySessionRow.person_id,
    CardRow.person_id,
    MixUpRow.person_id,
    StudyLoadRow.person_id,
    StudiedDayRow.person_id,
    StudySettingRow.person_id,
    QuestionReportRow.person_id,
)


def merge_guest(session: Session, guest_id: int, into_id: int, now: datetime) -> None:
    """Move all that a guest has to an account and delete the guest. Twice is the same as once.

    Facts that both have met get the memory that both logs together lead to. Sittings that run end, so that no review
    from before can be taken back: it would bring back a memory that knew of one log only. Raises Conflict where there
    is no such account, where it is a guest's, or for somebody who is no guest. A fixed number of statements.
    """
    if not _may_merge(session, guest_id, into_id):
        return
    merge_cards(session, guest_id, into_id)
    merge_mix_ups(session, guest_id, into_id)
    _merge_sittings(session, guest_id, into_id, now)
    for column in MOVED:
        session.execute(update(column.class_).where(column == guest_id).values({column.key: into_id}))
    _count_loads(session, guest_id, into_id)
    _add_days(session, guest_id, into_id)
    _merge_settings(session, guest_id, into_id)
    _merge_memberships(session, guest_id, into_id)
    _merge_reports(session, guest_id, into_id)
    session.execute(delete(SessionRow).where(SessionRow.person_id == guest_id))
    log_event(session, SecurityEvent.GUEST_MERGED, now, actor_id=into_id, subject_id=guest_id)
    session.execute(delete(PersonRow).where(PersonRow.id == guest_id))
    session.expire_all()  # rows that this session holds are no longer what they were


def _may_merge(session: Session, guest_id: int, into_id: int) -> bool:
    """Lock both people, and say whether there is still a guest to merge."""
    both = select(PersonRow.id, PersonRow.role).where(PersonRow.id.in_((guest_id, into_id)))
    roles = {row.id: row.role for row in session.execute(both.order_by(PersonRow.id).with_for_update())}
    if roles.get(into_id, Role.GUEST) is Role.GUEST:
        raise Conflict("There is no account to keep this in.")
    if roles.get(guest_id, Role.GUEST) is not Role.GUEST:
        raise Conflict("Only what a guest did can be moved to an account.")
    return guest_id in roles


def _merge_sittings(session: Session, guest_id: int, into_id: int, now: datetime) -> None:
    """End the sittings that run, and number the guest's after those of the account on the same day."""
    running = update(_SITTINGS).where(_SITTINGS.c.person_id.in_((guest_id, into_id)), _SITTINGS.c.ended_at.is_(None))
    session.execute(running.values(ended_at=now))
    theirs, own = aliased(StudySessionRow), aliased(StudySessionRow)
    taken = (
        select(func.coalesce(func.max(own.number), 0))
        .where(
            own.person_id == into_id,
            own.scope == theirs.scope,
            own.kind == theirs.kind,
            own.study_day == theirs.study_day,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(theirs.id, (theirs.number + taken).label("number")).where(theirs.person_id == guest_id)
    )
    numbers = [{"id": row.id, "number": row.number, "person_id": into_id} for row in rows]
    if numbers:
        session.execute(update(StudySessionRow), numbers)


def _count_loads(session: Session, guest_id: int, into_id: int) -> None:
    """Count anew what is due on each day, as `study.counts.recount` does for one bank."""
    session.execute(delete(_LOADS).where(_LOADS.c.person_id.in_((guest_id, into_id))))
    cards = (
        select(CardRow.person_id, CardRow.bank_id, CardRow.due_day, func.count())
        .join(FactRow, FactRow.id == CardRow.fact_id)
        .where(CardRow.person_id == into_id, is_studied())
        .group_by(CardRow.person_id, CardRow.bank_id, CardRow.due_day)
    )
    session.execute(insert(_LOADS).from_select(["person_id", "bank_id", "day", "cards"], cards))


def _add_days(session: Session, guest_id: int, into_id: int) -> None:
    theirs = select(literal(into_id), _DAYS.c.day, *(_DAYS.c[name] for name in _DONE))
    on_postgres = session.get_bind().dialect.name == "postgresql"
    statement = (postgresql if on_postgres else sqlite).insert(_DAYS)
    statement = statement.from_select(["person_id", "day", *_DONE], theirs.where(_DAYS.c.person_id == guest_id))
    grown = {name: _DAYS.c[name] + statement.excluded[name] for name in _DONE}
    session.execute(statement.on_conflict_do_update(index_elements=["person_id", "day"], set_=grown))
    session.execute(delete(_DAYS).where(_DAYS.c.person_id == guest_id))


def _merge_settings(session: Session, guest_id: int, into_id: int) -> None:
    """Keep how the account studies; where it chose nothing, how the guest does."""
    chosen = aliased(StudySettingRow)
    has_none = ~select(chosen.person_id).where(chosen.person_id == into_id).exists()
    theirs = StudySettingRow.person_id == guest_id
    session.execute(update(StudySettingRow).where(theirs, has_none).values(person_id=into_id))
    session.execute(delete(StudySettingRow).where(theirs))


def _merge_memberships(session: Session, guest_id: int, into_id: int) -> None:
    """Move classes too, though a guest can join none."""
    own = aliased(ClassMemberRow)
    is_in = select(own.id).where(own.person_id == into_id, own.class_id == ClassMemberRow.class_id).exists()
    theirs = ClassMemberRow.person_id == guest_id
    session.execute(update(ClassMemberRow).where(theirs, ~is_in).values(person_id=into_id))
    session.execute(delete(ClassMemberRow).where(theirs))


def _merge_reports(session: Session, guest_id: int, into_id: int) -> None:
    """Move problems that were reported; of two on the same revision the earlier one is kept."""
    both, other = (guest_id, into_id), aliased(QuestionReportRow)
    is_earlier = or_(
        other.reported_at < QuestionReportRow.reported_at,
        and_(other.reported_at == QuestionReportRow.reported_at, other.id < QuestionReportRow.id),
    )
    same = other.question_revision_id == QuestionReportRow.question_revision_id
    doubled = select(other.id).where(other.person_id.in_(both), same, is_earlier).exists()
    session.execute(delete(QuestionReportRow).where(QuestionReportRow.person_id.in_(both), doubled))
    theirs = update(QuestionReportRow).where(QuestionReportRow.person_id == guest_id)
    session.execute(theirs.values(person_id=into_id))
