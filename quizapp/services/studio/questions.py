"""Questions of an instructor's own: write, edit, retire. An edit adds a revision; old attempts keep theirs.

Whoever may not change a bank finds none of them: NotFound.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.memory_tables import ReviewRow
from quizapp.database.studio_tables import StepKind
from quizapp.database.study_tables import AttemptQuestionRow, ResponseRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.own_work import is_own_work, refuse_own_work
from quizapp.services.studio.steps import Watch
from quizapp.services.studio.storing import PLAIN, Saving, sound, store_edit, store_new
from quizapp.services.study.counts import recount


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that an instructor added, as it reads now; `revision` counts its saved states.

    `reasons` say why a warning was passed over when it was saved last, by the id of its rule. `for_another`: the actor
    wrote it, and in this bank somebody else asks it again.
    """

    question_id: int
    revision: int
    retired: bool
    snapshot: Snapshot
    reasons: Mapping[str, str] = field(default_factory=dict)
    for_another: bool = False


@dataclass(frozen=True, slots=True)
class Editing:
    """What the editor needs: the bank, and the question with its fact if one is edited.

    `own_fact` is the id of the fact that an edit may change: one that an instructor added and no other question tests.
    `second_approver`: a draft here is approved by somebody else than its author. `answered`: somebody was asked the
    question, and answered.
    """

    bank: Bank
    question: OwnQuestion | None = None
    own_fact: str = ""
    second_approver: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class BankOfOwn:
    """What the list of added questions says of their bank: `has_file` where it came from one, and is kept in it."""

    title: str
    has_file: bool
    second_approver: bool


def own_questions(session: Session, actor: Actor, bank_name: str) -> tuple[BankOfOwn, list[OwnQuestion]]:
    """Return a bank and the questions that instructors added to it, the newest first. Raises NotFound.

    Two statements.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    of_bank = select(BankRow.title, BankRow.origin, BankRow.second_approver)
    bank = session.execute(of_bank.where(BankRow.name == bank_name, editable(actor))).one_or_none()
    if bank is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    rows = session.execute(_own(actor).where(BankRow.name == bank_name).order_by(QuestionRow.id.desc()))
    own = BankOfOwn(bank.title, bank.origin is not Origin.INSTRUCTOR, bank.second_approver)
    return own, [_own_question(actor, row) for row in rows]


def bank_title(session: Session, actor: Actor, bank_name: str) -> str:
    """Return the title of a bank that the actor may change. Raises NotFound. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    title = session.scalar(select(BankRow.title).where(BankRow.name == bank_name, editable(actor)))
    if title is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    return title


def writing_desk(session: Session, actor: Actor, bank_name: str) -> Editing:
    """Return what writing a new question for a bank needs. Raises NotFound. Three statements."""
    actor.require(Permission.WRITE_QUESTIONS)
    stored = stored_bank(session, bank_name, editable(actor))
    return Editing(stored.bank, second_approver=stored.second_approver)


def edited_question(session: Session, actor: Actor, question_id: int) -> Editing:
    """Return a question that an instructor added, for editing. Raises NotFound. Five statements."""
    actor.require(Permission.WRITE_QUESTIONS)
    asked = _own(actor).add_columns(_ANSWERED.label("answered")).where(QuestionRow.id == question_id)
    row = session.execute(asked).one_or_none()
    if row is None:
        raise NotFound("There is no such question.")
    stored, question = stored_bank(session, row.bank, editable(actor)), _own_question(actor, row)
    return Editing(stored.bank, question, _own_fact(session, row), stored.second_approver, row.answered)


def bank_of_question(session: Session, actor: Actor, question_id: int) -> str:
    """Return the name of the bank that a question was added to which the actor may edit. Raises NotFound.

    One statement.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(_own(actor).where(QuestionRow.id == question_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such question.")
    bank_name: str = row.bank
    return bank_name


def question_named(session: Session, actor: Actor, bank_name: str, name: str) -> int | None:
    """Return the id of the question with this name, if an instructor added it and the actor may edit it; else None."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(_own(actor).where(BankRow.name == bank_name, QuestionRow.name == name)).one_or_none()
    return None if row is None else row.id


def add_question(
    session: Session, actor: Actor, bank_name: str, draft: Draft, name: str, now: datetime, saving: Saving = PLAIN
) -> int:
    """Store a new question under `name` and return its id; with a name that is taken, return what is stored there.

    The name comes with the form, so that sending it twice makes one question. It is a step that can be undone.

    Raises NotFound, and InvalidContent
    when the draft cannot be asked.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    stored = stored_bank(session, bank_name, editable(actor))
    there = session.scalar(
        select(QuestionRow.id).where(QuestionRow.bank_id == stored.bank_id, QuestionRow.name == name)
    )
    if there is not None:
        return there
    watch = Watch(session)
    question_id = store_new(session, actor, stored, sound(draft, stored.bank, name, name), saving, watch, now)
    watch.record(actor, stored.bank_id, StepKind.WRITE, f"Wrote “{draft.stem}”", now)
    return question_id


def edit_question(
    session: Session,
    actor: Actor,
    question_id: int,
    draft: Draft,
    name: str,
    based_on: int,
    now: datetime,
    saving: Saving = PLAIN,
) -> bool:
    """Store an edit of revision `based_on` as a new revision; say whether anything had changed.

    `name` is given to the fact if the edit needs a new one. Raises NotFound, Conflict when somebody has saved another
    revision since, and InvalidContent when the draft cannot be asked.
    """
    editing = edited_question(session, actor, question_id)
    if editing.question is None or editing.question.revision != based_on:
        raise Conflict("Somebody has saved this question since you opened it.")
    stored = stored_bank(session, editing.bank.name, editable(actor))
    before, own_fact = editing.question.snapshot, editing.own_fact
    authored, watch = sound(draft, stored.bank, before.question.id, own_fact or name), Watch(session)
    if not store_edit(session, actor, question_id, before, stored, authored, own_fact, saving, watch, now):
        return False
    watch.record(actor, stored.bank_id, StepKind.EDIT, f"Edited “{draft.stem}”", now)
    return True


def set_retired(session: Session, actor: Actor, question_id: int, retired: bool, now: datetime) -> str:
    """Stop asking a question that an instructor added, or ask it again; return its bank's name.

    A fact of its own goes and comes with it. Raises NotFound; Conflict when it is the actor's own and somebody else has
    to ask it again.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    found = session.execute(_own(actor).where(QuestionRow.id == question_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such question.")
    if not retired:
        refuse_own_work(session, actor, [question_id])
    row, watch = session.get_one(QuestionRow, question_id), Watch(session)
    watch.watch("questions", [question_id])
    watch.watch("facts", [row.fact_id])
    row.retired_at = now if retired else None
    fact = session.get_one(FactRow, row.fact_id)
    if fact.origin is Origin.INSTRUCTOR and not is_asked_elsewhere(session, fact.id, question_id, today=True):
        fact.retired_at = row.retired_at
    done = "Stopped asking" if retired else "Asked again"
    stem = snapshot_from_text(found.content).question.stem
    watch.record(actor, row.bank_id, StepKind.RETIRE, f"{done} “{stem}”", now)  # it flushes what is counted below
    recount(session, row.bank_id)
    bank_name: str = found.bank
    return bank_name


_revision = aliased(QuestionRevisionRow)
_ANSWERED = or_(
    exists()
    .where(
        _revision.question_id == QuestionRow.id,
        AttemptQuestionRow.question_revision_id == _revision.id,
        ResponseRow.attempt_id == AttemptQuestionRow.attempt_id,
        ResponseRow.position == AttemptQuestionRow.position,
    )
    .correlate(QuestionRow),
    exists()
    .where(_revision.question_id == QuestionRow.id, ReviewRow.question_revision_id == _revision.id)
    .correlate(QuestionRow),
)


def _own(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            QuestionRow.id,
            QuestionRow.fact_id,
            QuestionRow.revision_number,
            QuestionRow.retired_at,
            QuestionRevisionRow.content,
            QuestionRevisionRow.reasons,
            QuestionRevisionRow.author_id,
            FactRow.name.label("fact_name"),
            FactRow.origin.label("fact_origin"),
            BankRow.name.label("bank"),
            BankRow.second_approver,
        )
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(FactRow, FactRow.id == QuestionRow.fact_id)
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
        .where(QuestionRow.origin == Origin.INSTRUCTOR, editable(actor))
    )


def _own_question(actor: Actor, row: Row[*tuple[Any, ...]]) -> OwnQuestion:
    snapshot, reasons = snapshot_from_text(row.content), json.loads(row.reasons)
    is_retired, for_another = row.retired_at is not None, is_own_work(actor, row)
    return OwnQuestion(row.id, row.revision_number, is_retired, snapshot, reasons, for_another)


def _own_fact(session: Session, row: Row[*tuple[Any, ...]]) -> str:
    if row.fact_origin is not Origin.INSTRUCTOR or is_asked_elsewhere(session, row.fact_id, row.id):
        return ""
    name: str = row.fact_name
    return name


def is_asked_elsewhere(session: Session, fact_id: int, question_id: int, *, today: bool = False) -> bool:
    """Say whether another question tests the fact, or, with `today`, is asked at present."""
    others = select(QuestionRow.id).where(
        QuestionRow.fact_id == fact_id, QuestionRow.id != question_id, QuestionRow.origin != Origin.CONTRAST
    )
    if today:
        others = others.where(QuestionRow.retired_at.is_(None))
    return session.scalar(others.limit(1)) is not None
