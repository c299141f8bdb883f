"""Who may see a bank: what its pages say of it, and the page on which that is changed."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, func, insert, null, or_, select, true, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassRow
from quizapp.domain.errors import InvalidContent, NotAllowed, NotFound, Problem
from quizapp.domain.roles import Actor, ClassRole, Permission
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.security_log import log_event
from quizapp.services.shelf import on_shelf

_BETWEEN_NAMES = "\n"


@dataclass(frozen=True, slots=True)
class OnShelf:
    """Who sees a bank, for the one who asks; `classes` are the names of those they know it is shared with.

    `may_change` says that they may write in it, `may_share` that the page on who can see it is there for them.
    """

    visibility: Visibility
    classes: tuple[str, ...]
    is_own: bool
    has_owner: bool
    may_change: bool
    may_share: bool


@dataclass(frozen=True, slots=True)
class OfferedClass:
    """A class that the actor may share a bank with, and whether it is shared."""

    id: int
    name: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class BankAccess:
    """Who sees a bank now, and what the actor may change of it.

    Who may not change who sees it (`may_choose` is false) may share it with `classes` all the same. `elsewhere` counts
    the other classes it is shared with; those stay.
    """

    bank_id: int
    bank_name: str
    bank_title: str
    visibility: Visibility
    is_own: bool
    has_owner: bool
    may_choose: bool
    classes: tuple[OfferedClass, ...]
    elsewhere: int

    @property
    def shared(self) -> frozenset[int]:
        """The ids of the classes it is shared with, of those the actor may choose."""
        return frozenset(one.id for one in self.classes if one.is_shared)


def visibility_named(name: str) -> Visibility:
    """Return the visibility that a form calls by this name. Raises ValueError for one that is none."""
    return Visibility(name)


def shelf_columns(actor: Actor | None) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of a statement on `BankRow` that `shelf_of_row` reads."""
    names: ColumnElement[Any] = null() if actor is None else _names_of_classes(actor)
    return BankRow.visibility.label("visibility"), BankRow.owner_id.label("owner_id"), names.label("class_names")


def shelf_of_row(row: Row[*tuple[Any, ...]], actor: Actor | None) -> OnShelf:
    """Read `shelf_columns` of a bank that the actor sees."""
    is_own, has_owner = actor is not None and row.owner_id == actor.id, row.owner_id is not None
    manages = actor is not None and actor.may(Permission.MANAGE_PEOPLE)
    return OnShelf(
        visibility=row.visibility,
        classes=tuple(sorted(row.class_names.split(_BETWEEN_NAMES))) if row.class_names else (),
        is_own=is_own,
        has_owner=has_owner,
        may_change=actor is not None and actor.may(Permission.WRITE_QUESTIONS) and (manages or is_own or not has_owner),
        may_share=actor is not None
        and actor.may(Permission.TEACH)
        and (manages or is_own or (not has_owner and row.visibility is Visibility.PUBLIC)),
    )


def bank_access(session: Session, actor: Actor, bank_name: str, *, locked: bool = False) -> BankAccess:
    """Return who sees a bank and with which classes the actor may share it: those they teach, an admin: all.

    `locked` lets two changes at once wait for each other on PostgreSQL. Raises NotAllowed for who does not teach, and
    NotFound where the bank is not theirs to share. Two statements.
    """
    actor.require(Permission.TEACH)
    statement = select(BankRow.id, BankRow.title, *shelf_columns(actor)).where(
        BankRow.name == bank_name, on_shelf(actor)
    )
    row = session.execute(statement.with_for_update(of=BankRow) if locked else statement).one_or_none()
    shelf = None if row is None else shelf_of_row(row, actor)
    if row is None or shelf is None or not shelf.may_share:
        raise NotFound(f"There is no bank “{bank_name}”.")
    classes = session.execute(_classes(actor, row.id)).all()
    return BankAccess(
        bank_id=row.id,
        bank_name=bank_name,
        bank_title=row.title,
        visibility=shelf.visibility,
        is_own=shelf.is_own,
        has_owner=shelf.has_owner,
        may_choose=shelf.is_own or actor.may(Permission.MANAGE_PEOPLE),
        classes=tuple(OfferedClass(one.id, one.name, one.is_shared) for one in classes if one.is_offered),
        elsewhere=sum(not one.is_offered for one in classes),
    )


def change_access(
    session: Session,
    actor: Actor,
    bank_name: str,
    visibility: Visibility | None,
    class_ids: Set[int],
    now: datetime,
) -> BankAccess:
    """Let others see a bank, or no longer; return what holds now. None leaves the visibility as it is.

    A draft is shared with no class of the actor's. Classes that the actor may not choose keep what they have. A change
    leaves a row in the log of security events. Raises NotFound as `bank_access` and for a class that is not offered,
    NotAllowed where the actor may not choose who sees it, InvalidContent when a bank is for classes and for none.
    """
    known = bank_access(session, actor, bank_name, locked=True)
    if visibility is not None and not known.may_choose:
        raise NotAllowed("You may not choose who sees this bank.")
    if not class_ids <= {one.id for one in known.classes}:
        raise NotFound("There is no such class.")
    wanted = known.visibility if visibility is None else visibility
    chosen = frozenset() if wanted is Visibility.PRIVATE else frozenset(class_ids)
    if wanted is Visibility.CLASSES and not chosen and not known.elsewhere:
        raise InvalidContent([Problem("classes", "Choose at least one class.")])
    if (wanted, chosen) == (known.visibility, known.shared):
        return known
    session.execute(update(BankRow).where(BankRow.id == known.bank_id).values(visibility=wanted))
    gone, new = known.shared - chosen, sorted(chosen - known.shared)
    of_bank = ClassBankRow.bank_id == known.bank_id
    if gone:
        session.execute(delete(ClassBankRow).where(of_bank, ClassBankRow.class_id.in_(gone)))
    if new:
        rows = [{"class_id": one, "bank_id": known.bank_id, "shared_at": now} for one in new]
        session.execute(insert(ClassBankRow), rows)
    told = f"bank {known.bank_id}: {wanted.value}; classes {', '.join(map(str, sorted(chosen))) or 'none'}"
    log_event(session, SecurityEvent.BANK_SHARED, now, actor_id=actor.id, detail=told)
    return bank_access(session, actor, bank_name)


def _names_of_classes(actor: Actor) -> ColumnElement[Any]:
    """Select the names of the classes a bank is shared with: its owner and an admin know all, others their own."""
    names = (
        select(func.aggregate_strings(ClassRow.name, _BETWEEN_NAMES))
        .join(ClassBankRow, ClassBankRow.class_id == ClassRow.id)
        .where(ClassBankRow.bank_id == BankRow.id)
    )
    if not actor.may(Permission.MANAGE_PEOPLE):
        is_member = exists().where(ClassMemberRow.class_id == ClassRow.id, ClassMemberRow.person_id == actor.id)
        names = names.where(or_(BankRow.owner_id == actor.id, is_member.correlate(ClassRow)))
    return names.correlate(BankRow).scalar_subquery()


def _classes(actor: Actor, bank_id: int) -> Any:
    """Select the classes the actor may share a bank with, and others it is shared with; closed ones only if it is."""
    teaches: ColumnElement[bool] = true()
    if not actor.may(Permission.MANAGE_PEOPLE):
        teaches = exists().where(
            ClassMemberRow.class_id == ClassRow.id,
            ClassMemberRow.person_id == actor.id,
            ClassMemberRow.role == ClassRole.TEACHER,
        )
    shared = ClassBankRow.class_id.is_not(None)
    return (
        select(ClassRow.id, ClassRow.name, shared.label("is_shared"), teaches.label("is_offered"))
        .outerjoin(ClassBankRow, (ClassBankRow.class_id == ClassRow.id) & (ClassBankRow.bank_id == bank_id))
        .where(or_(shared, teaches & ClassRow.archived_at.is_(None)))
        .order_by(ClassRow.name, ClassRow.id)
    )
