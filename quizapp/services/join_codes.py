"""Codes by which people join a class. A wrong one is counted, and says nothing about which codes there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow, SecurityEventRow
from quizapp.database.class_tables import ClassMemberRow, ClassRow, JoinCodeRow
from quizapp.domain.errors import InvalidContent, NotFound, Problem, TooMany
from quizapp.domain.join_code import CodeLife, code_from, grouped, read_code
from quizapp.domain.roles import Actor, ClassRole, Permission
from quizapp.domain.security_events import SecurityEvent
from quizapp.domain.shown_name import LONGEST_MEMBER_NAME, name_problem, tidy_name
from quizapp.services.class_access import class_to_change
from quizapp.services.security_log import log_event

REFUSED = "This code does not work. Check it, or ask your teacher for a new one."
MAX_REFUSED = 20
PER_TIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A code that was not revoked or used up. `name` is the person's whose place on the roster it keeps, if one's."""

    code_id: int
    code: str
    role: ClassRole
    name: str | None
    uses: int
    expires_at: datetime
    expired: bool


def codes_of_class(session: Session, class_id: int, now: datetime) -> tuple[JoinCode, ...]:
    """Return a class's codes that work, and the personal ones that expired unused. One statement.

    Whether the actor may see them was checked before.
    """
    rows = session.execute(
        select(
            JoinCodeRow.id,
            JoinCodeRow.code,
            JoinCodeRow.role,
            JoinCodeRow.name,
            JoinCodeRow.uses,
            JoinCodeRow.expires_at,
        )
        .where(
            JoinCodeRow.class_id == class_id,
            JoinCodeRow.revoked_at.is_(None),
            or_(
                and_(JoinCodeRow.name.is_(None), JoinCodeRow.expires_at > now),
                and_(JoinCodeRow.name.is_not(None), JoinCodeRow.uses == 0),
            ),
        )
        .order_by(JoinCodeRow.id)
    )
    return tuple(
        JoinCode(row.id, grouped(row.code), row.role, row.name, row.uses, row.expires_at, row.expires_at <= now)
        for row in rows
    )


def make_code(
    session: Session, actor: Actor, class_id: int, role: ClassRole, life: CodeLife, secret: str, now: datetime
) -> str:
    """Make the code by which everybody who has it becomes this in a class; the earlier one works no longer.

    Raises NotFound for a class that the actor does not teach and Conflict for an archived one.
    """
    class_to_change(session, actor, class_id, open_only=True)
    session.execute(
        update(JoinCodeRow)
        .where(
            JoinCodeRow.class_id == class_id,
            JoinCodeRow.role == role,
            JoinCodeRow.name.is_(None),
            JoinCodeRow.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    [code] = new_codes(session, secret, 1)
    row = JoinCodeRow(class_id=class_id, code=code, role=role, created_at=now, expires_at=now + life.time)
    session.add(row)
    session.flush()  # the log names it
    detail = f"class {class_id}, code {row.id} for a {role}"
    log_event(session, SecurityEvent.JOIN_CODE_MADE, now, actor_id=actor.id, detail=detail)
    return grouped(code)


def revoke_code(session: Session, actor: Actor, class_id: int, code_id: int, now: datetime) -> None:
    """Let a code of this class work no longer; twice is as good as once.

    Raises NotFound for a class that the actor does not teach, and for a code that is not this class's.
    """
    class_to_change(session, actor, class_id)
    code = session.scalar(select(JoinCodeRow).where(JoinCodeRow.id == code_id, JoinCodeRow.class_id == class_id))
    if code is None:
        raise NotFound("There is no such code.")
    if code.revoked_at is None:
        code.revoked_at = now
        code.name = None if code.name is None else ""
        detail = f"class {class_id}, code {code_id}"
        log_event(session, SecurityEvent.JOIN_CODE_REVOKED, now, actor_id=actor.id, detail=detail)


def own_name(session: Session, actor: Actor) -> str:
    """Return what the actor's account is called, as a name to offer. One statement."""
    return (session.scalar(select(PersonRow.name).where(PersonRow.id == actor.id)) or "")[:LONGEST_MEMBER_NAME]


def join_class(session: Session, actor: Actor, text: str, name: str, now: datetime) -> int | None:
    """Join the class that a code, as it was typed, belongs to; return the class's id, or None, which is counted.

    None says that the code is unknown, expired, revoked, used up or of an archived class, or is for co-teachers and
    the actor is no instructor. A personal code brings its own name. Who is in the class already stays what they are,
    but a co-teacher's code makes a teacher of a learner. Raises NotAllowed without an account, TooMany after too many
    wrong codes, and InvalidContent for a name that is none.
    """
    actor.require(Permission.JOIN_CLASS)
    if problem := name_problem(name, LONGEST_MEMBER_NAME):
        raise InvalidContent([Problem("name", f"the name {problem}")])
    pseudonym = session.scalar(  # one code at a time for each person, so that tries are counted right
        select(PersonRow.pseudonym).where(PersonRow.id == actor.id).with_for_update(key_share=True)
    )
    if _refused_lately(session, pseudonym, now) >= MAX_REFUSED:
        raise TooMany(f"{REFUSED} Try again in an hour.", int(PER_TIME.total_seconds()))
    found = session.execute(
        select(
            JoinCodeRow.id,
            JoinCodeRow.class_id,
            JoinCodeRow.role,
            JoinCodeRow.name,
            ClassMemberRow.role.label("role_now"),
        )
        .outerjoin(
            ClassMemberRow,
            and_(ClassMemberRow.class_id == JoinCodeRow.class_id, ClassMemberRow.person_id == actor.id),
        )
        .where(JoinCodeRow.code == read_code(text))
    ).one_or_none()
    if found and found.role_now and (found.role is ClassRole.LEARNER or found.role_now is ClassRole.TEACHER):
        return int(found.class_id)
    fits = found and (found.role is ClassRole.LEARNER or actor.may(Permission.TEACH))
    used = session.execute(  # sent for a code that cannot fit too: how long the answer takes tells nothing
        update(JoinCodeRow)
        .where(JoinCodeRow.id == (found.id if found and fits else 0), _works(now))
        .values(uses=JoinCodeRow.uses + 1, name=forgotten())
        .returning(JoinCodeRow.id)
    ).one_or_none()
    if found and used:
        _enter(session, actor, found.class_id, found.role, found.name or tidy_name(name), now)
        return int(found.class_id)
    log_event(session, SecurityEvent.JOIN_CODE_REFUSED, now, actor_id=actor.id)
    return None


def new_codes(session: Session, secret: str, number: int) -> list[str]:
    """Return codes that follow from a secret and that no class has yet. One statement, but for a chance in millions."""
    numbers = count()
    found: dict[str, None] = {}
    while len(found) < number:
        drawn = [code_from(secret, one) for one in islice(numbers, number - len(found))]
        taken = set(session.scalars(select(JoinCodeRow.code).where(JoinCodeRow.code.in_(drawn))))
        found |= dict.fromkeys(code for code in drawn if code not in taken)
    return list(found)


def forgotten() -> ColumnElement[str | None]:
    """Return what a personal code's name becomes once it is used or revoked: nobody's, but still not everybody's."""
    return case((JoinCodeRow.name.is_not(None), ""))


def _works(now: datetime) -> ColumnElement[bool]:
    return and_(
        JoinCodeRow.revoked_at.is_(None),
        JoinCodeRow.expires_at > now,
        or_(JoinCodeRow.name.is_(None), JoinCodeRow.uses == 0),
        JoinCodeRow.class_id.in_(select(ClassRow.id).where(ClassRow.archived_at.is_(None))),
    )


def _refused_lately(session: Session, pseudonym: str | None, now: datetime) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                SecurityEventRow.happened_at > now - PER_TIME,
                SecurityEventRow.kind == SecurityEvent.JOIN_CODE_REFUSED.value,
                SecurityEventRow.actor == pseudonym,
            )
        )
        or 0
    )


def _enter(session: Session, actor: Actor, class_id: int, role: ClassRole, name: str, now: datetime) -> None:
    """Make the actor a member, or a learner of the class its teacher, and log which."""
    made_teacher = session.execute(
        update(ClassMemberRow)
        .where(ClassMemberRow.class_id == class_id, ClassMemberRow.person_id == actor.id)
        .values(role=role)
        .returning(ClassMemberRow.id)
    ).one_or_none()
    if made_teacher is None:
        session.add(ClassMemberRow(class_id=class_id, person_id=actor.id, role=role, name=name, joined_at=now))
    event = SecurityEvent.TEACHER_ADDED if role is ClassRole.TEACHER else SecurityEvent.CLASS_JOINED
    log_event(session, event, now, actor_id=actor.id, detail=f"class {class_id}")
