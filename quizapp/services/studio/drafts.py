"""Drafts: questions that are being written or wait for approval. Whoever may change a bank finds its drafts.

They stand in a table of their own that nothing for learners reads; `publishing` makes questions of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, not_, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow
from quizapp.database.studio_tables import Decision, DraftDecisionRow, DraftRow, DraftState
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.questions.authored import RECIPE
from quizapp.domain.questions.draft_text import DraftText, draft_text_from_json, draft_text_to_json
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable

UNFINISHED = frozenset({DraftState.OPEN, DraftState.WAITING})
TO_GO_ON_WITH = UNFINISHED | {DraftState.REJECTED}
"""The states in which a draft can be edited: one that was rejected is open again then."""
REJECTED_FOR = timedelta(days=30)
"""For so long a rejected draft is shown to those who wrote it."""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it stands. `version` counts its saves; `question_id` is the question it edits or has become.

    `rejection` is the reason why it was rejected, until it is handed in again.
    """

    id: int
    bank_name: str
    name: str
    text: DraftText
    recipe: str
    state: DraftState
    version: int
    question_id: int | None
    based_on: int | None
    author_id: int | None
    author: str
    created_at: datetime
    changed_at: datetime
    rejection: str = ""

    @property
    def can_go_on(self) -> bool:
        """Whether it can be edited: it is open still, waits for approval, or was rejected."""
        return self.state in TO_GO_ON_WITH

    @property
    def is_rejected(self) -> bool:
        """Whether it was rejected, and not touched since."""
        return self.state is DraftState.REJECTED

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for approval."""
        return self.state is DraftState.WAITING

    @property
    def is_published(self) -> bool:
        """Whether it has become a question, or a revision of one."""
        return self.state is DraftState.APPROVED


def begin_draft(
    session: Session,
    actor: Actor,
    bank_name: str,
    text: DraftText,
    name: str,
    now: datetime,
    *,
    recipe: str = RECIPE,
    edits: tuple[int, int] | None = None,
) -> StoredDraft:
    """Store a new draft; with a name that the bank has a draft of, return that one as it is.

    `edits` are the id of the question it edits, which the actor may change, and the revision it begins from. Raises
    NotFound, and InvalidContent when it is too long.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    bank_id = session.scalar(select(BankRow.id).where(BankRow.name == bank_name, editable(actor)))
    if bank_id is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    there = session.execute(_drafts(actor).where(DraftRow.bank_id == bank_id, DraftRow.name == name)).one_or_none()
    if there is not None:
        return _stored(there)
    question_id, based_on = edits or (None, None)
    row = DraftRow(
        bank_id=bank_id,
        name=name,
        question_id=question_id,
        based_on=based_on,
        recipe=recipe,
        state=DraftState.OPEN,
        content=draft_text_to_json(text),
        author_id=actor.id,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return draft(session, actor, row.id)


def draft(session: Session, actor: Actor, draft_id: int, *, locked: bool = False) -> StoredDraft:
    """Return a draft of a bank that the actor may change; `locked` until the transaction ends. Raises NotFound."""
    actor.require(Permission.WRITE_QUESTIONS)
    statement = _drafts(actor).where(DraftRow.id == draft_id)
    found = session.execute(statement.with_for_update(of=DraftRow) if locked else statement).one_or_none()
    if found is None:
        raise NotFound("There is no such draft.")
    return _stored(found)


def drafts_of(
    session: Session, actor: Actor, bank_name: str = "", states: Collection[DraftState] = UNFINISHED
) -> list[StoredDraft]:
    """Return the drafts in these states of a bank, or of every bank the actor may change, the oldest first.

    One statement.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    statement = _drafts(actor).where(DraftRow.state.in_(states)).order_by(DraftRow.id)
    rows = session.execute(statement.where(BankRow.name == bank_name) if bank_name else statement)
    return [_stored(row) for row in rows]


def drafts_to_go_on_with(session: Session, actor: Actor, bank_name: str, now: datetime) -> list[StoredDraft]:
    """Return the drafts of a bank that are not finished, and those rejected lately, the oldest first. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    is_late = and_(DraftRow.state == DraftState.REJECTED, DraftRow.changed_at < now - REJECTED_FOR)
    statement = _drafts(actor).where(BankRow.name == bank_name, DraftRow.state.in_(TO_GO_ON_WITH), not_(is_late))
    return [_stored(row) for row in session.execute(statement.order_by(DraftRow.id))]


def own_edit(session: Session, actor: Actor, question_id: int) -> StoredDraft | None:
    """Return the actor's newest unfinished draft of an edit of a question, if there is one. One statement."""
    theirs = (DraftRow.question_id == question_id, DraftRow.author_id == actor.id, DraftRow.state.in_(UNFINISHED))
    row = session.execute(_drafts(actor).where(*theirs).order_by(DraftRow.id.desc()).limit(1)).one_or_none()
    return None if row is None else _stored(row)


def save_draft(
    session: Session,
    actor: Actor,
    draft_id: int,
    text: DraftText,
    version: int,
    now: datetime,
    *,
    by_itself: bool = False,
) -> StoredDraft:
    """Store what was typed since; return the draft as it stands now. Five statements for an open draft.

    Of a draft that waits for approval every save is written down; of those that an editor makes `by_itself` while its
    author goes on typing, the first of each run. One that was rejected is open again.

    Raises NotFound, Conflict when somebody has saved it since this `version` or it is finished, and InvalidContent when
    it is too long.
    """
    stored = draft(session, actor, draft_id, locked=True)
    if not stored.can_go_on:
        raise Conflict("This draft is finished: it was published or dropped.")
    if stored.text == text:
        if not stored.is_rejected or by_itself:
            return stored
        set_state(session, draft_id, DraftState.OPEN, now)
        return draft(session, actor, draft_id)
    if stored.version != version:
        raise Conflict("Somebody has saved this draft since you opened it.")
    row = session.get_one(DraftRow, draft_id)
    row.content, row.version, row.changed_at = draft_text_to_json(text), version + 1, now
    if stored.is_rejected:
        row.state = DraftState.OPEN
    if stored.state is DraftState.WAITING and not (by_itself and _goes_on_editing(session, actor, draft_id)):
        decide(session, actor, draft_id, Decision.EDITED, now)
    session.flush()
    return draft(session, actor, draft_id)


def _goes_on_editing(session: Session, actor: Actor, draft_id: int) -> bool:
    """Say whether the last thing that was done with a draft is that the actor edited it."""
    last = (
        select(DraftDecisionRow.person_id, DraftDecisionRow.decision)
        .where(DraftDecisionRow.draft_id == draft_id)
        .order_by(DraftDecisionRow.id.desc())
        .limit(1)
    )
    return session.execute(last).one_or_none() == (actor.id, Decision.EDITED)


def drop_draft(session: Session, actor: Actor, draft_id: int, now: datetime) -> StoredDraft:
    """Throw a draft away; it stays in the database, and its decisions say who did it. Raises NotFound, Conflict."""
    stored = draft(session, actor, draft_id, locked=True)
    if not stored.can_go_on:
        raise Conflict("This draft is finished already.")
    set_state(session, draft_id, DraftState.DROPPED, now)
    decide(session, actor, draft_id, Decision.DROPPED, now)
    return draft(session, actor, draft_id)


def submit_draft(session: Session, actor: Actor, draft_id: int, now: datetime) -> StoredDraft:
    """Let a draft wait for somebody to approve it. Raises NotFound, and Conflict when it is not open."""
    stored = draft(session, actor, draft_id, locked=True)
    if stored.state is not DraftState.OPEN:
        raise Conflict("This draft is not open any more.")
    set_state(session, draft_id, DraftState.WAITING, now)
    decide(session, actor, draft_id, Decision.SUBMITTED, now)
    return draft(session, actor, draft_id)


def set_state(session: Session, draft_id: int, state: DraftState, now: datetime) -> None:
    """Move a draft that the caller has found to another state."""
    row = session.get_one(DraftRow, draft_id)
    row.state, row.changed_at = state, now
    session.flush()


def decide(session: Session, actor: Actor, draft_id: int, decision: Decision, now: datetime, reason: str = "") -> None:
    """Write down what the actor did with a draft, and what it said then."""
    row = session.get_one(DraftRow, draft_id)
    session.add(
        DraftDecisionRow(
            draft_id=draft_id,
            person_id=actor.id,
            decision=decision,
            reason=reason,
            content=row.content,
            decided_at=now,
        )
    )
    session.flush()


def _drafts(actor: Actor) -> Select[*tuple[Any, ...]]:
    rejection = (
        select(case((DraftDecisionRow.decision == Decision.REJECTED, DraftDecisionRow.reason), else_=""))
        .where(DraftDecisionRow.draft_id == DraftRow.id)
        .order_by(DraftDecisionRow.id.desc())
        .limit(1)
        .correlate(DraftRow)
        .scalar_subquery()
    )
    return (
        select(
            DraftRow.id,
            BankRow.name.label("bank_name"),
            DraftRow.name,
            DraftRow.content,
            DraftRow.recipe,
            DraftRow.state,
            DraftRow.version,
            DraftRow.question_id,
            DraftRow.based_on,
            DraftRow.author_id,
            PersonRow.name.label("author"),
            DraftRow.created_at,
            DraftRow.changed_at,
            rejection.label("rejection"),
        )
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .outerjoin(PersonRow, PersonRow.id == DraftRow.author_id)
        .where(editable(actor))
    )


def _stored(row: Row[*tuple[Any, ...]]) -> StoredDraft:
    return StoredDraft(
        id=row.id,
        bank_name=row.bank_name,
        name=row.name,
        text=draft_text_from_json(row.content),
        recipe=row.recipe,
        state=row.state,
        version=row.version,
        question_id=row.question_id,
        based_on=row.based_on,
        author_id=row.author_id,
        author=row.author or "",
        created_at=row.created_at,
        changed_at=row.changed_at,
        rejection=row.rejection or "",
    )
