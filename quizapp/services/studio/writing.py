"""Writing a question: what is typed is kept as a draft, and saving it publishes the draft or hands it in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.database.studio_tables import DraftRow, DraftState, StepKind
from quizapp.domain.errors import Conflict
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.roles import Actor
from quizapp.services.shelf import editable
from quizapp.services.studio.drafts import (
    UNFINISHED,
    StoredDraft,
    begin_draft,
    draft,
    drop_draft,
    save_draft,
    submit_draft,
)
from quizapp.services.studio.publishing import needs_another, publish
from quizapp.services.studio.questions import Editing, edited_question, question_named, writing_desk
from quizapp.services.studio.steps import Watch

SAVED_SINCE = "Somebody has saved this draft since you opened it."


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form holds: its text, the draft it began or goes on with, and the question it edits.

    `name` is that of the draft, made with the form; `version` is the draft's when the form was opened, 0 before it
    was ever kept. `edits` are the id of the question and the revision that was edited.
    """

    text: DraftText
    name: str
    version: int = 0
    draft_id: int | None = None
    edits: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What saving came to: a question, or a draft that waits for somebody else.

    `step_id` is what undoes it; `changed` says whether the question differs from before.
    """

    draft: StoredDraft
    question_id: int | None = None
    step_id: int | None = None
    changed: bool = True


def drafting_desk(session: Session, actor: Actor, draft_id: int) -> tuple[Editing, StoredDraft]:
    """Return what going on with a draft needs: four statements, six where it edits a question. Raises NotFound."""
    stored = draft(session, actor, draft_id)
    if stored.question_id is None or stored.state is DraftState.APPROVED:
        return writing_desk(session, actor, stored.bank_name), stored
    return edited_question(session, actor, stored.question_id), stored


def keep_draft(
    session: Session, actor: Actor, bank_name: str, typed: Typed, now: datetime, *, by_itself: bool = False
) -> StoredDraft:
    """Keep what is typed as a draft: begin it, or save it where it was begun, also by a form that does not know yet.

    Five statements while it is open. Raises NotFound, Conflict when somebody has saved it since this version or it is
    finished, and InvalidContent when it is too long.
    """
    if typed.draft_id is None:
        begun = begin_draft(session, actor, bank_name, typed.text, typed.name, now, edits=typed.edits)
        if begun.text == typed.text:
            return begun
        draft_id, version = begun.id, typed.version or 1
    else:
        draft_id, version = typed.draft_id, typed.version
    saved = save_draft(session, actor, draft_id, typed.text, version, now, by_itself=by_itself)
    if typed.edits is not None and saved.based_on != typed.edits[1]:
        session.get_one(DraftRow, draft_id).based_on = typed.edits[1]
        session.flush()
    return saved


def save_typed(session: Session, actor: Actor, bank_name: str, typed: Typed, now: datetime) -> Written:
    """Publish what is typed; where somebody else has to approve it, let it wait for them.

    The same form sent twice makes one question. Raises what `keep_draft` and `publish` raise; then nothing is written.
    """
    stored = keep_draft(session, actor, bank_name, typed, now)
    if stored.state not in UNFINISHED:
        if stored.state is not DraftState.APPROVED:
            raise Conflict("This draft is finished: it was rejected or dropped.")
        return Written(stored, stored.question_id)
    if needs_another(session, actor, stored):
        waiting = stored if stored.state is DraftState.WAITING else submit_draft(session, actor, stored.id, now)
        return Written(waiting)
    published = publish(session, actor, stored.id, stored.version, now)
    return Written(published.draft, published.question_id, published.step_id, published.changed)


def draft_named(session: Session, actor: Actor, bank_name: str, name: str) -> int | None:
    """Return the id of a draft of a bank that the actor may change; None where there is none. One statement."""
    return session.scalar(
        select(DraftRow.id)
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .where(BankRow.name == bank_name, DraftRow.name == name, editable(actor))
    )


def merge_typed(session: Session, actor: Actor, bank_name: str, typed: Typed, other: str, now: datetime) -> Written:
    """Let what is typed give way to another question of the bank: it is kept as a draft, and dropped, in one step.

    Returns the other's id where an instructor added it, so that it can be edited. Raises what `keep_draft` raises.
    """
    stored = keep_draft(session, actor, bank_name, typed, now)
    question_id = question_named(session, actor, bank_name, other)
    dropped, step_id = throw_away(session, actor, stored.id, f"Dropped the draft “{typed.text.stem}”", now)
    return Written(dropped, question_id, step_id)


def throw_away(session: Session, actor: Actor, draft_id: int, words: str, now: datetime) -> tuple[StoredDraft, int]:
    """Drop a draft as a step that can be undone; return it with the step's id. Raises NotFound, Conflict."""
    watch = Watch(session)
    bank_name = draft(session, actor, draft_id).bank_name
    watch.watch("drafts", [draft_id])
    dropped = drop_draft(session, actor, draft_id, now)
    bank_id = session.scalars(select(BankRow.id).where(BankRow.name == bank_name)).one()
    step_id = watch.record(actor, bank_id, StepKind.WRITE, words, now)
    if step_id is None:
        raise Conflict("This draft is finished already.")
    return dropped, step_id
