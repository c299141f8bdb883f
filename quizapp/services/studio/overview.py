"""The banks that an instructor works on, with what is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Origin, QuestionRow, SourceRow
from quizapp.database.studio_tables import DraftRow, DraftState
from quizapp.domain.errors import NotFound
from quizapp.domain.questions.bank_formats.stored import source_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.bank_access import OnShelf, shelf_columns, shelf_of_row
from quizapp.services.shelf import editable, kept


@dataclass(frozen=True, slots=True)
class StudioBank:
    """A bank as the studio lists it. `questions` are asked at present; drafts are `open` or `waiting` for approval.

    `made_here` says that its words can be edited, `may_archive` that the actor may take it off the shelf.
    """

    name: str
    title: str
    questions: int
    open: int
    waiting: int
    shelf: OnShelf
    made_here: bool
    is_deck: bool
    has_text: bool
    may_archive: bool
    archived_at: datetime | None


def studio_banks(session: Session, actor: Actor) -> list[StudioBank]:
    """Return the banks that the actor may change, and those of theirs that are archived. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    archived = and_(kept(actor), BankRow.retired_at.is_not(None))
    rows = session.execute(_banks(actor).where(or_(editable(actor), archived)).order_by(BankRow.title, BankRow.id))
    return [_studio_bank(row, actor) for row in rows]


def studio_bank(session: Session, actor: Actor, name: str) -> StudioBank:
    """Return one bank that the actor may change. Raises NotFound. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(_banks(actor).where(BankRow.name == name, editable(actor))).one_or_none()
    if row is None:
        raise NotFound(f"There is no bank “{name}”.")
    return _studio_bank(row, actor)


def _banks(actor: Actor) -> Select[*tuple[Any, ...]]:
    return select(
        BankRow.name,
        BankRow.title,
        BankRow.origin,
        BankRow.retired_at,
        cast(SourceRow.details, Text).label("source"),
        SourceRow.text.is_not(None).label("has_text"),
        kept(actor).label("may_archive"),
        _questions().label("questions"),
        _drafts(DraftState.OPEN).label("open"),
        _drafts(DraftState.WAITING).label("waiting"),
        *shelf_columns(actor),
    ).join(SourceRow, SourceRow.id == BankRow.source_id)


def _questions() -> ColumnElement[int]:
    asked = (
        QuestionRow.bank_id == BankRow.id,
        QuestionRow.retired_at.is_(None),
        QuestionRow.origin != Origin.CONTRAST,
    )
    return select(func.count()).select_from(QuestionRow).where(*asked).correlate(BankRow).scalar_subquery()


def _drafts(state: DraftState) -> ColumnElement[int]:
    of_bank = (DraftRow.bank_id == BankRow.id, DraftRow.state == state)
    return select(func.count()).select_from(DraftRow).where(*of_bank).correlate(BankRow).scalar_subquery()


def _studio_bank(row: Row[*tuple[Any, ...]], actor: Actor) -> StudioBank:
    return StudioBank(
        name=row.name,
        title=row.title,
        questions=row.questions,
        open=row.open,
        waiting=row.waiting,
        shelf=shelf_of_row(row, actor),
        made_here=row.origin is Origin.INSTRUCTOR,
        is_deck=source_from_text(row.source).is_deck,
        has_text=row.has_text,
        may_archive=bool(row.may_archive),
        archived_at=row.retired_at,
    )
