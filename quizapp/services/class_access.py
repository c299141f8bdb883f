"""Whose class it is: the one condition that everything done to a class by its teachers is checked by."""

from sqlalchemy import ColumnElement, exists, false, select, true
from sqlalchemy.orm import Session

from quizapp.database.class_tables import ClassMemberRow, ClassRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.roles import Actor, ClassRole, Permission

NO_SUCH_CLASS = "There is no such class."


def taught_by(actor: Actor) -> ColumnElement[bool]:
    """Say of a `ClassRow` whether the actor may do what its teachers do: they may, and an admin.

    A teacher who is no instructor any more teaches no class.
    """
    if actor.may(Permission.MANAGE_PEOPLE):
        return true()
    if not actor.may(Permission.TEACH):
        return false()
    return (
        exists()
        .where(
            ClassMemberRow.class_id == ClassRow.id,
            ClassMemberRow.person_id == actor.id,
            ClassMemberRow.role == ClassRole.TEACHER,
        )
        .correlate(ClassRow)
    )


def taught_class(session: Session, actor: Actor, class_id: int) -> ClassRow:
    """Return a class that the actor teaches. Raises NotAllowed and NotFound. One statement."""
    actor.require(Permission.TEACH)
    row = session.scalar(select(ClassRow).where(ClassRow.id == class_id, taught_by(actor)))
    if row is None:
        raise NotFound(NO_SUCH_CLASS)
    return row


def class_to_change(session: Session, actor: Actor, class_id: int, *, open_only: bool = False) -> ClassRow:
    """Return a class that the actor teaches, and let nobody else change it until the transaction ends.

    Raises NotAllowed and NotFound, and Conflict for an archived class with `open_only`. One statement.
    """
    actor.require(Permission.TEACH)
    row = session.scalar(
        select(ClassRow)
        .where(ClassRow.id == class_id, taught_by(actor))
        .with_for_update(key_share=True)  # people may join meanwhile: their rows only refer to it
    )
    if row is None:
        raise NotFound(NO_SUCH_CLASS)
    if open_only and row.archived_at is not None:
        raise Conflict("This class is archived. Reopen it first.")
    return row
