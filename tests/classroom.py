"""Two classes and everybody who may meet them, each by what they are to the first."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import SecurityEventRow
from quizapp.database.class_tables import ClassMemberRow
from quizapp.domain.join_code import CodeLife
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import classes, join_codes
from quizapp.services.accounts import start_guest
from tests.factories import NOON
from tests.people import add_person


@dataclass(frozen=True)
class Classroom:
    """The class that tests are about, another teacher's, a code of each, and people by what they are to the first."""

    class_id: int
    other_id: int
    code: str
    teacher_code: str
    other_code: str
    people: dict[str, Actor]

    def __getitem__(self, who: str) -> Actor:
        return self.people[who]


TEACHERS = {"teacher", "co-teacher", "admin"}
LEARNERS = {"learner", "classmate"}
OUTSIDE = {
    "other teacher",
    "other learner",
    "former learner",
    "former teacher",
    "demoted teacher",
    "suspended",
    "guest",
}
EVERYBODY = TEACHERS | LEARNERS | OUTSIDE


def make_classroom(session: Session) -> Classroom:
    """Make both classes with their people; nobody's name in a class is that of their account."""
    people = {
        "teacher": add_person(session, Role.INSTRUCTOR, "Tess"),
        "co-teacher": add_person(session, Role.INSTRUCTOR, "Cora"),
        "former teacher": add_person(session, Role.INSTRUCTOR, "Fred"),
        "other teacher": add_person(session, Role.INSTRUCTOR, "Otto"),
        "admin": add_person(session, Role.ADMIN, "Root"),
        "learner": add_person(session, name="Lena"),
        "classmate": add_person(session, name="Cem"),
        "former learner": add_person(session, name="Fay"),
        "other learner": add_person(session, name="Olga"),
    }
    ours = classes.make_class(session, people["teacher"], "Biology 9b", "Ms T", NOON)
    theirs = classes.make_class(session, people["other teacher"], "Chess", "Mr O", NOON)
    code, teacher_code, other_code = (
        join_codes.make_code(session, people[who], class_id, role, CodeLife.TWO_WEEKS, f"secret {class_id}{role}", NOON)
        for who, class_id, role in (
            ("teacher", ours, ClassRole.LEARNER),
            ("teacher", ours, ClassRole.TEACHER),
            ("other teacher", theirs, ClassRole.LEARNER),
        )
    )
    for who, used, name in (
        ("co-teacher", teacher_code, "Mrs C"),
        ("former teacher", teacher_code, "Mr F"),
        ("learner", code, "Lena L"),
        ("classmate", code, "Cem C"),
        ("former learner", code, "Fay F"),
        ("other learner", other_code, "Olga O"),
    ):
        join_codes.join_class(session, people[who], used, name, NOON)
    for who in ("former teacher", "former learner"):
        classes.leave_class(session, people[who], ours, NOON)
    demoted = add_person(session, name="Dina")
    session.add(ClassMemberRow(class_id=theirs, person_id=demoted.id, role=ClassRole.TEACHER, name="D", joined_at=NOON))
    people |= {
        "demoted teacher": demoted,
        "suspended": Actor(people["learner"].id, Role.SUSPENDED),
        "guest": start_guest(session, "a guest of the classroom", NOON),
    }
    session.flush()
    return Classroom(ours, theirs, code, teacher_code, other_code, people)


def events(session: Session) -> list[str]:
    """Return the kinds of all security events, the oldest first."""
    session.flush()
    return list(session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))


def member_id(session: Session, class_id: int, actor: Actor) -> int:
    """Return the number of somebody's place in a class."""
    found = session.scalar(
        select(ClassMemberRow.id).where(ClassMemberRow.class_id == class_id, ClassMemberRow.person_id == actor.id)
    )
    assert found is not None
    return found
