"""Classes: making them, their page for a teacher and for a learner, and who is in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from quizapp.database.class_tables import ClassMemberRow, ClassRow
from quizapp.domain.errors import Conflict, InvalidContent, NotFound, Problem
from quizapp.domain.roles import Actor, ClassRole, Permission
from quizapp.domain.security_events import SecurityEvent
from quizapp.domain.shown_name import LONGEST_CLASS_NAME, LONGEST_MEMBER_NAME, name_key, name_problem, tidy_name
from quizapp.services.class_access import NO_SUCH_CLASS, class_to_change
from quizapp.services.class_figures import ClassBank, class_banks
from quizapp.services.join_codes import JoinCode, codes_of_class
from quizapp.services.security_log import log_event

LAST_TEACHER = "A class keeps at least one teacher. Add another one first, or archive the class."


@dataclass(frozen=True, slots=True)
class ListedClass:
    """A class in a list. `role` is what the actor is in it; None: nothing, an admin sees it all the same."""

    class_id: int
    name: str
    role: ClassRole | None
    archived: bool
    learners: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a class, by the name they have there."""

    member_id: int
    name: str
    role: ClassRole
    joined_at: datetime
    is_me: bool


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class as the actor sees it. A learner is shown the teachers and the banks, never the other learners.

    `me` is the actor's own place in it, None for an admin who has none; `teaches` says which page this is.
    """

    class_id: int
    name: str
    archived: bool
    teaches: bool
    me: Member | None
    teachers: tuple[Member, ...]
    learners: tuple[Member, ...]
    codes: tuple[JoinCode, ...]
    banks: tuple[ClassBank, ...]

    def code_for(self, role: ClassRole) -> JoinCode | None:
        """Return the code by which everybody who has it becomes this, if there is one."""
        return next((code for code in self.codes if code.name is None and code.role == role), None)

    @property
    def invited(self) -> tuple[JoinCode, ...]:
        """The personal codes that nobody used yet, by name."""
        return tuple(sorted((code for code in self.codes if code.name), key=lambda code: name_key(code.name or "")))


def my_classes(session: Session, actor: Actor) -> tuple[ListedClass, ...]:
    """Return the classes the actor is in, those in use first; an admin is shown all. One statement."""
    actor.require(Permission.JOIN_CLASS)
    learners = (
        select(func.count())
        .where(ClassMemberRow.class_id == ClassRow.id, ClassMemberRow.role == ClassRole.LEARNER)
        .correlate(ClassRow)
        .scalar_subquery()
    )
    me = aliased(ClassMemberRow)
    rows = session.execute(
        select(ClassRow.id, ClassRow.name, ClassRow.archived_at, me.role, learners.label("learners"))
        .outerjoin(me, and_(me.class_id == ClassRow.id, me.person_id == actor.id))
        .where(_is_seen(actor, me))
    )
    found = (ListedClass(row.id, row.name, row.role, row.archived_at is not None, row.learners) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.archived, one.role is None, name_key(one.name), one.class_id)))


def make_class(session: Session, actor: Actor, name: str, own_name: str, now: datetime) -> int:
    """Make a class whose teacher is the actor, by the name `own_name`; return its id.

    Raises NotAllowed for who is no instructor and InvalidContent for a name that is none.
    """
    actor.require(Permission.TEACH)
    _check(name, LONGEST_CLASS_NAME, "name")
    _check(own_name, LONGEST_MEMBER_NAME, "own_name")
    made = ClassRow(name=tidy_name(name), created_at=now)
    session.add(made)
    session.flush()  # its teacher's row needs its id
    session.add(
        ClassMemberRow(
            class_id=made.id,
            person_id=actor.id,
            role=ClassRole.TEACHER,
            name=tidy_name(own_name),
            joined_at=now,
        )
    )
    _log(session, SecurityEvent.CLASS_MADE, actor, made.id, now)
    return made.id


def rename_class(session: Session, actor: Actor, class_id: int, name: str, now: datetime) -> None:
    """Give a class another name. Raises NotFound, and InvalidContent for a name that is none."""
    row = class_to_change(session, actor, class_id)
    _check(name, LONGEST_CLASS_NAME, "name")
    if row.name != tidy_name(name):
        row.name = tidy_name(name)
        _log(session, SecurityEvent.CLASS_RENAMED, actor, class_id, now)


def archive_class(session: Session, actor: Actor, class_id: int, now: datetime) -> None:
    """Let nobody join a class any more; who is in it stays. Twice is as good as once. Raises NotFound."""
    row = class_to_change(session, actor, class_id)
    if row.archived_at is None:
        row.archived_at = now
        _log(session, SecurityEvent.CLASS_ARCHIVED, actor, class_id, now)


def reopen_class(session: Session, actor: Actor, class_id: int, now: datetime) -> None:
    """Take an archived class into use again, with those of its codes that have not expired. Raises NotFound."""
    row = class_to_change(session, actor, class_id)
    if row.archived_at is not None:
        row.archived_at = None
        _log(session, SecurityEvent.CLASS_REOPENED, actor, class_id, now)


def class_page(session: Session, actor: Actor, class_id: int, now: datetime) -> ClassPage:
    """Return a class as the actor may see it. Raises NotFound for who is not in it.

    Two statements: the class with its people, and its banks with their figures; for a teacher one more, its codes.
    """
    actor.require(Permission.JOIN_CLASS)
    me = aliased(ClassMemberRow)
    teaches = _teaches(actor, me)
    rows = session.execute(
        select(
            ClassRow.name.label("class_name"),
            ClassRow.archived_at,
            teaches.label("teaches"),
            me.id.label("my_id"),
            ClassMemberRow.id,
            ClassMemberRow.name,
            ClassMemberRow.role,
            ClassMemberRow.joined_at,
        )
        .outerjoin(me, and_(me.class_id == ClassRow.id, me.person_id == actor.id))
        .outerjoin(
            ClassMemberRow,
            and_(
                ClassMemberRow.class_id == ClassRow.id,
                or_(ClassMemberRow.role == ClassRole.TEACHER, ClassMemberRow.id == me.id, teaches),
            ),
        )
        .where(ClassRow.id == class_id, _is_seen(actor, me))
    ).all()
    if not rows:
        raise NotFound(NO_SUCH_CLASS)
    first = rows[0]
    people = sorted(
        (Member(row.id, row.name, row.role, row.joined_at, row.id == row.my_id) for row in rows if row.id),
        key=lambda one: (name_key(one.name), one.member_id),
    )
    return ClassPage(
        class_id=class_id,
        name=first.class_name,
        archived=first.archived_at is not None,
        teaches=bool(first.teaches),
        me=next((one for one in people if one.is_me), None),
        teachers=tuple(one for one in people if one.role is ClassRole.TEACHER),
        learners=tuple(one for one in people if one.role is ClassRole.LEARNER) if first.teaches else (),
        codes=codes_of_class(session, class_id, now) if first.teaches else (),
        banks=class_banks(session, actor, class_id),
    )


def remove_member(session: Session, actor: Actor, class_id: int, member_id: int, now: datetime) -> str:
    """Take somebody out of a class; return the name they had there. A learner's results stay their own.

    Raises NotFound for a class that the actor does not teach and for a member who is not this class's, and Conflict
    for its last teacher.
    """
    class_to_change(session, actor, class_id)
    member = session.scalar(
        select(ClassMemberRow).where(ClassMemberRow.id == member_id, ClassMemberRow.class_id == class_id)
    )
    if member is None:
        raise NotFound("There is nobody of this number in this class.")
    _take_out(session, actor, member, now)
    return member.name


def leave_class(session: Session, actor: Actor, class_id: int, now: datetime) -> str:
    """Leave a class; return its name. Raises NotFound for who is not in it, Conflict for its last teacher."""
    actor.require(Permission.JOIN_CLASS)
    row = session.scalar(select(ClassRow).where(ClassRow.id == class_id).with_for_update(key_share=True))
    member = session.scalar(
        select(ClassMemberRow).where(ClassMemberRow.class_id == class_id, ClassMemberRow.person_id == actor.id)
    )
    if row is None or member is None:
        raise NotFound(NO_SUCH_CLASS)
    _take_out(session, actor, member, now)
    return row.name


def _teaches(actor: Actor, me: type[ClassMemberRow]) -> ColumnElement[bool]:
    """Say of the actor's own place in a class whether it makes them its teacher, as `taught_by` says of a class."""
    if actor.may(Permission.MANAGE_PEOPLE):
        return true()
    return and_(me.role.is_not(None), me.role == ClassRole.TEACHER) if actor.may(Permission.TEACH) else false()


def _is_seen(actor: Actor, me: type[ClassMemberRow]) -> ColumnElement[bool]:
    return true() if actor.may(Permission.MANAGE_PEOPLE) else me.id.is_not(None)


def _take_out(session: Session, actor: Actor, member: ClassMemberRow, now: datetime) -> None:
    """Delete a member's row while its class is locked, so that of two teachers who leave at once one stays."""
    if member.role is ClassRole.TEACHER:
        teachers = session.scalar(
            select(func.count()).where(
                ClassMemberRow.class_id == member.class_id, ClassMemberRow.role == ClassRole.TEACHER
            )
        )
        if teachers == 1:
            raise Conflict(LAST_TEACHER)
    session.delete(member)
    if member.person_id == actor.id:
        _log(session, SecurityEvent.CLASS_LEFT, actor, member.class_id, now)
    else:
        _log(session, SecurityEvent.CLASS_MEMBER_REMOVED, actor, member.class_id, now, subject_id=member.person_id)


def _check(text: str, longest: int, place: str) -> None:
    if problem := name_problem(text, longest):
        raise InvalidContent([Problem(place, f"the name {problem}")])


def _log(
    session: Session,
    event: SecurityEvent,
    actor: Actor,
    class_id: int,
    now: datetime,
    subject_id: int | None = None,
) -> None:
    log_event(session, event, now, actor_id=actor.id, subject_id=subject_id, detail=f"class {class_id}")
