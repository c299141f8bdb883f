"""From a draft to a question that learners are asked: checked by every rule, stored, written down, undoable."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Change, QuestionRow
from quizapp.database.studio_tables import Decision, DraftRow, DraftState, StepKind
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, Problem
from quizapp.domain.questions.authored import Authored, findings_on
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.domain.questions.draft_text import DraftText, draft_of
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.drafts import UNFINISHED, StoredDraft, decide, draft, set_state
from quizapp.services.studio.questions import edited_question
from quizapp.services.studio.steps import Watch
from quizapp.services.studio.storing import Saving, sound, store_edit, store_new

OWN_DRAFT = "In this bank a draft is approved by somebody else than its author."


@dataclass(frozen=True, slots=True)
class Published:
    """What a draft has become; `step_id` is what undoes it, `changed` whether the question differs from before."""

    draft: StoredDraft
    question_id: int
    step_id: int | None
    changed: bool = True


def unanswered(findings: list[Finding], reasons: dict[str, str]) -> list[Finding]:
    """Return what keeps a question from being published: errors, and warnings without a reason."""
    return [one for one in findings if one.severity is Severity.ERROR or not reasons.get(one.rule, "").strip()]


def publish(
    session: Session, actor: Actor, draft_id: int, version: int, now: datetime, change: Change | None = None
) -> Published:
    """Make a question of a draft, or a revision of the one it edits.

    Raises NotFound; Conflict when the draft is finished, or it or the question was saved by somebody since; NotAllowed
    when its author needs somebody else to approve it; InvalidContent when it is incomplete, an error of a rule is left
    in it, a warning has no reason, or nobody says what the edit of an answered question is (`change`, or that of the
    draft). Then nothing is written.
    """
    stored_draft = draft(session, actor, draft_id, locked=True)
    if stored_draft.state not in UNFINISHED:
        raise Conflict("This draft is finished: it was published, rejected or dropped.")
    if stored_draft.version != version:
        raise Conflict("Somebody has saved this draft since you opened it.")
    if needs_another(session, actor, stored_draft):
        raise NotAllowed(OWN_DRAFT)
    editing = None if stored_draft.question_id is None else edited_question(session, actor, stored_draft.question_id)
    if editing and editing.bank.name != stored_draft.bank_name:
        raise Conflict("The question has been moved to another bank since. Edit it there.")
    stored = stored_bank(session, stored_draft.bank_name, editable(actor))
    before = editing.question if editing else None
    if before and before.revision != stored_draft.based_on:
        raise Conflict("Somebody has saved this question since you opened it.")
    text, name, own_fact = stored_draft.text, stored_draft.name, editing.own_fact if editing else ""
    change = change or change_of(text)
    if editing and editing.answered and change is None:
        raise InvalidContent([Problem("change", "Say whether it is a typo or a different question.")])
    typed = draft_of(text, stored.bank, before.snapshot.question.body if before else None, stored_draft.recipe)
    question_name = before.snapshot.question.id if before else _free_name(session, stored.bank_id, name)
    authored = sound(typed, stored.bank, question_name, own_fact or name)
    _refuse_flaws(authored, stored.bank, dict(text.reasons))
    saving, watch = Saving(text.reasons, change, stored_draft.author_id), Watch(session)
    watch.watch("drafts", [draft_id])
    question_id, changed = stored_draft.question_id, True
    if before is None or question_id is None:
        question_id = store_new(session, actor, stored, authored, saving, watch, now)
    else:
        was = before.snapshot
        changed = store_edit(session, actor, question_id, was, stored, authored, own_fact, saving, watch, now)
    session.get_one(DraftRow, draft_id).question_id = question_id
    set_state(session, draft_id, DraftState.APPROVED, now)
    decide(session, actor, draft_id, Decision.APPROVED, now)
    kind, done = (StepKind.WRITE, "Published") if before is None else (StepKind.EDIT, "Edited")
    if stored_draft.state is DraftState.WAITING:
        kind = StepKind.REVIEW
    step_id = watch.record(actor, stored.bank_id, kind, f"{done} “{typed.stem}”", now) if changed else None
    return Published(draft(session, actor, draft_id), question_id, step_id, changed)


def change_of(text: DraftText) -> Change | None:
    """Return what its author says the edit is; None where they do not."""
    return Change(text.change) if text.change in (Change.TYPO, Change.DIFFERENT) else None


def _free_name(session: Session, bank_id: int, name: str) -> str:
    """Return the name, numbered where a question has it that was published from the same draft before, and undone."""
    taken = set(
        session.scalars(
            select(QuestionRow.name).where(
                QuestionRow.bank_id == bank_id, QuestionRow.name.startswith(name, autoescape=True)
            )
        )
    )
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def needs_another(session: Session, actor: Actor, stored: StoredDraft) -> bool:
    """Say whether somebody else than the actor has to approve a draft: the bank asks for it, and it is their own.

    Whoever approves may edit it before: then two have seen it all the same, and the decisions say who did what.
    """
    if stored.author_id != actor.id:
        return False
    asked = select(BankRow.second_approver).where(BankRow.name == stored.bank_name, editable(actor))
    return bool(session.scalar(asked))


def _refuse_flaws(authored: Authored, bank: Bank, reasons: dict[str, str]) -> None:
    left = unanswered(findings_on(authored, bank), reasons)
    if left:
        raise InvalidContent([Problem(finding.rule, finding.advice) for finding in left])
