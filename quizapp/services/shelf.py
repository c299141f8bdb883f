"""Which banks somebody may see, and which they may change: one condition each, used by every query on banks."""

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_

from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow
from quizapp.domain.roles import Actor, Permission, Role

_WITH_BANKS_OF_THEIR_OWN = frozenset({Role.LEARNER, Role.INSTRUCTOR})
_NOBODY = 0
NOT_OPEN = "This bank is not open to you any more. What you answered stays yours."
_THERE = BankRow.retired_at.is_(None)
_PUBLIC = BankRow.visibility == Visibility.PUBLIC


def on_shelf(actor: Actor | None) -> ColumnElement[bool]:
    """Say of a `BankRow` whether the actor may see it: not retired, and public, their own or shared with their class.

    A visitor (None) and a guest see public banks; an admin sees all that are not retired.
    """
    if actor is not None and actor.may(Permission.MANAGE_PEOPLE):
        return _THERE
    person = _person(actor)
    return and_(_THERE, _PUBLIC if person == _NOBODY else or_(_PUBLIC, _is_for(person)))


def editable(actor: Actor) -> ColumnElement[bool]:
    """Say of a `BankRow` whether the actor may change it: its owner, an admin, any instructor who sees one without.

    The role is checked besides, by `actor.require`.
    """
    if actor.may(Permission.MANAGE_PEOPLE):
        return _THERE
    return and_(on_shelf(actor), or_(BankRow.owner_id == actor.id, BankRow.owner_id.is_(None)))


def importable(actor: Actor) -> ColumnElement[bool]:
    """Say of a `BankRow` whether the actor may import a deck into it: they may change it, or bring it back."""
    theirs = or_(BankRow.owner_id == actor.id, and_(BankRow.owner_id.is_(None), _PUBLIC))
    brought_back = ~_THERE if actor.may(Permission.MANAGE_PEOPLE) else and_(~_THERE, theirs)
    return or_(editable(actor), brought_back)


def kept(actor: Actor) -> ColumnElement[bool]:
    """Say of a `BankRow` whether the actor may archive it and bring it back: it is their own; an admin's: anybody's.

    Those that belong to the installation come and go with their files.
    """
    if actor.may(Permission.MANAGE_PEOPLE):
        return BankRow.owner_id.is_not(None)
    return BankRow.owner_id == _person(actor)


def on_shelf_by_parameters() -> ColumnElement[bool]:
    """Say what `on_shelf` says, in a statement that is built once and sent with `shelf_parameters`."""
    return and_(_THERE, or_(_PUBLIC, bindparam("sees_all_banks"), _is_for(bindparam("bank_seer"))))


def shelf_parameters(actor: Actor) -> dict[str, int | bool]:
    """Return what `on_shelf_by_parameters` takes."""
    return {"sees_all_banks": actor.may(Permission.MANAGE_PEOPLE), "bank_seer": _person(actor)}


def _person(actor: Actor | None) -> int:
    """Return whose own banks and classes count; nobody's for a visitor, a guest, or who may do nothing."""
    return actor.id if actor is not None and actor.role in _WITH_BANKS_OF_THEIR_OWN else _NOBODY


def _is_for(person: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Say of a `BankRow` whether it is the person's own, or for the classes and shared with one of theirs."""
    shared = (
        exists()
        .where(
            ClassBankRow.bank_id == BankRow.id,
            ClassMemberRow.class_id == ClassBankRow.class_id,
            ClassMemberRow.person_id == person,
        )
        .correlate(BankRow)
    )
    return or_(BankRow.owner_id == person, and_(BankRow.visibility == Visibility.CLASSES, shared))
