"""A bank that not everybody sees, and everybody who may or may not see it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassRow
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services.accounts import start_guest
from quizapp.services.bank_transfer import load_bank
from tests.factories import NOON, make_bank, make_fact
from tests.people import add_person

SHELVED = "shelved"
CANARY = "wombat"
"""Stands in the title and in every fact of the bank, and nowhere else."""
WEIGHTS = ("12 tons", "15 tons", "26 tons", "40 tons", "90 tons", "71 tons")
EVERYBODY = ("owner", "admin", "teacher", "instructor", "member", "other", "former", "guest", "visitor")
SEEN_BY = {
    Visibility.PUBLIC: frozenset(EVERYBODY),
    Visibility.CLASSES: frozenset({"owner", "admin", "teacher", "member"}),
    Visibility.PRIVATE: frozenset({"owner", "admin"}),
}
ALL_STATES = [(visibility, name) for visibility in Visibility for name in EVERYBODY]


@dataclass(frozen=True)
class Shelf:
    """The people around the bank: `teacher` and `member` are in its class, `other` in another, `former` left it."""

    owner: Actor
    admin: Actor
    teacher: Actor
    instructor: Actor
    member: Actor
    other: Actor
    former: Actor
    guest: Actor
    visitor: None
    class_id: int
    other_class_id: int

    def __getitem__(self, name: str) -> Actor | None:
        found: Actor | None = getattr(self, name)
        return found


def shelved_bank() -> Bank:
    """A bank with a word of its own everywhere."""
    facts = [make_fact(f"{CANARY}-{n}", value_text=text, paragraphs=(n,)) for n, text in enumerate(WEIGHTS, 1)]
    return replace(make_bank(facts, SHELVED), title="The wombat papers", summary="What a wombat saw.")


def make_shelf(session: Session, visibility: Visibility = Visibility.PRIVATE) -> Shelf:
    """Store the bank and everybody around it."""
    roles = {
        "owner": Role.INSTRUCTOR,
        "admin": Role.ADMIN,
        "teacher": Role.INSTRUCTOR,
        "instructor": Role.INSTRUCTOR,
        "member": Role.LEARNER,
        "other": Role.LEARNER,
        "former": Role.LEARNER,
    }
    people = {name: add_person(session, role, name.title()) for name, role in roles.items()}
    load_bank(session, shelved_bank(), NOON)
    one = add_class(session, "Class 7b", people["teacher"], people["member"], people["former"])
    leave(session, one, people["former"])
    other = add_class(session, "Class 8a", people["instructor"], people["other"])
    guest = start_guest(session, "a guest of the shelf", NOON)
    share(session, one)
    put(session, visibility, people["owner"])
    return Shelf(**people, guest=guest, visitor=None, class_id=one, other_class_id=other)


def add_class(
    session: Session, name: str, teacher: Actor, *learners: Actor, archived_at: datetime | None = None
) -> int:
    """Store a class with its teacher and its learners; return its id."""
    row = ClassRow(name=name, created_at=NOON, archived_at=archived_at)
    session.add(row)
    session.flush()
    join(session, row.id, teacher, ClassRole.TEACHER)
    for learner in learners:
        join(session, row.id, learner)
    return row.id


def join(session: Session, class_id: int, actor: Actor, role: ClassRole = ClassRole.LEARNER) -> None:
    """Let somebody into a class."""
    session.add(ClassMemberRow(class_id=class_id, person_id=actor.id, role=role, name="Somebody", joined_at=NOON))
    session.flush()


def leave(session: Session, class_id: int, actor: Actor) -> None:
    """Let somebody out of a class."""
    own = (ClassMemberRow.class_id == class_id, ClassMemberRow.person_id == actor.id)
    session.execute(delete(ClassMemberRow).where(*own))


def share(session: Session, class_id: int, bank: str = SHELVED) -> None:
    """Share a bank with a class."""
    bank_id = session.scalars(select(BankRow.id).where(BankRow.name == bank)).one()
    session.add(ClassBankRow(class_id=class_id, bank_id=bank_id, shared_at=NOON))
    session.flush()


def put(session: Session, visibility: Visibility, owner: Actor | None, bank: str = SHELVED) -> None:
    """Give a bank an owner and a visibility."""
    values = {"visibility": visibility, "owner_id": owner.id if owner else None}
    session.execute(update(BankRow).where(BankRow.name == bank).values(values))


def classes_of(session: Session, bank: str = SHELVED) -> set[int]:
    """Return the ids of the classes a bank is shared with."""
    rows = select(ClassBankRow.class_id).join(BankRow, BankRow.id == ClassBankRow.bank_id).where(BankRow.name == bank)
    return set(session.scalars(rows))
