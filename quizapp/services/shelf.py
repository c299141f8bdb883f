"""Which banks somebody may see, and which they may change: one condition each, used by every query on banks."""

from sqlalchemy import ColumnElement, and_, exists, or_

from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow
from quizapp.domain.roles import Actor, Permission, Role


def on_shelf(actor: Actor | None) -> ColumnElement[bool]:
    """Say of a `BankRow` whether the actor may see it: not retired, and public, their own or shared with their class.

    A visitor (None) and a guest see public banks; an admin sees all that are not retired.
    """
    there = BankRow.retired_at.is_(None)
    if actor is None:
        return and_(there, BankRow.visibility == Visibility.PUBLIC)
    if actor.role is Role.ADMIN:
        return there
    shared = (
        exists()
        .where(
            ClassBankRow.bank_id == BankRow.id,
            ClassMemberRow.class_id == ClassBankRow.class_id,
            ClassMemberRow.person_id == actor.id,
        )
        .correlate(BankRow)
    )
    return and_(
        there,
        or_(
            BankRow.visibility == Visibility.PUBLIC,
            BankRow.owner_id == actor.id,
            and_(BankRow.visibility == Visibility.CLASSES, shared),
        ),
    )


def editable(actor: Actor) -> ColumnElement[bool]:
    """Say of a `BankRow` whether the actor may change it: its owner may, an admin, and any instructor if it has none.

    The role is checked besides, by `actor.require`.
    """
    there = BankRow.retired_at.is_(None)
    if actor.may(Permission.MANAGE_PEOPLE):
        return there
    return and_(there, or_(BankRow.owner_id == actor.id, BankRow.owner_id.is_(None)))
