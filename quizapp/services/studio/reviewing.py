"""The review queue: drafts that wait for somebody to approve or reject them, each with all that a decision needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, case, func, literal, null, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.database.studio_tables import Decision, DraftRow, DraftState, StepKind
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, Problem
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.passage import paragraphs_of
from quizapp.domain.questions.authored import Authored, author, findings_on, problems_of
from quizapp.domain.questions.bank_lint.near_duplicates import Like, like
from quizapp.domain.questions.bank_lint.rule import Finding
from quizapp.domain.questions.draft_text import draft_of, draft_text_from_json, stem_of_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import Snapshot
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.studio.decisions import Decided, decisions_of_draft
from quizapp.services.studio.drafts import StoredDraft, decide, draft, save_draft, set_state
from quizapp.services.studio.publishing import OWN_DRAFT, Published, needs_another, publish
from quizapp.services.studio.questions import Editing, edited_question, writing_desk
from quizapp.services.studio.steps import Watch
from quizapp.services.studio.storing import snapshot_with

LONGEST_REASON = 500
DECIDED = "Somebody has decided about this draft meanwhile."
CHANGED = "Somebody has saved this draft since you opened it. Look at it again."


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft of one's own that waits for somebody else."""

    draft_id: int
    bank_title: str
    stem: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The ids of the drafts that somebody can decide about, the oldest first; and their own, which others decide."""

    waiting: tuple[int, ...]
    own: tuple[OwnDraft, ...]

    def place(self, draft_id: int) -> int:
        """Return the place of a draft, from 1; 0 where it is not among those to decide."""
        return self.waiting.index(draft_id) + 1 if draft_id in self.waiting else 0

    def after(self, draft_id: int) -> int | None:
        """Return the draft that comes after another, at the end the first again; None where there is no other."""
        others = [one for one in self.waiting if one != draft_id]
        return next((one for one in others if one > draft_id), others[0] if others else None)


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph of the source's own text as three stretches: before, in and after what is marked there."""

    number: int
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewedDraft:
    """A draft with what a decision needs. Without a `snapshot` it cannot be asked, and `problems` say why.

    `others` are facts of the bank that stand in the same paragraphs, for a source whose text is not stored; `before` is
    the question that it edits, `answered` whether learners have answered that; `waits` whether it is to be decided, and
    `for_another` that somebody else than the actor does.
    """

    draft: StoredDraft
    bank: Bank
    problems: tuple[Problem, ...]
    snapshot: Snapshot | None
    findings: tuple[Finding, ...]
    alike: tuple[Like, ...]
    paragraphs: tuple[SourceParagraph, ...]
    others: tuple[Fact, ...]
    before: Snapshot | None
    answered: bool
    waits: bool
    for_another: bool
    decisions: tuple[Decided, ...]

    @property
    def stem(self) -> str:
        """What it asks, as far as it was written."""
        return stem_of_text(self.draft.text)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A draft that was rejected; `step_id` is what undoes it."""

    draft: StoredDraft
    step_id: int | None


def review_queue(session: Session, actor: Actor, bank_name: str = "") -> Queue:
    """Return the drafts that wait in a bank, or in every bank that the actor may change. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    is_own = and_(BankRow.second_approver, func.coalesce(DraftRow.author_id, literal(0)) == actor.id)
    statement = (
        select(DraftRow.id, BankRow.title, case((is_own, DraftRow.content), else_=null()).label("own_text"))
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .where(DraftRow.state == DraftState.WAITING, editable(actor))
        .order_by(DraftRow.id)
    )
    rows = session.execute(statement.where(BankRow.name == bank_name) if bank_name else statement).all()
    own = (
        OwnDraft(row.id, row.title, stem_of_text(draft_text_from_json(row.own_text))) for row in rows if row.own_text
    )
    return Queue(tuple(row.id for row in rows if not row.own_text), tuple(own))


def reviewed_draft(session: Session, actor: Actor, draft_id: int) -> ReviewedDraft:
    """Return a draft with what a decision needs. Raises NotFound.

    Five statements, and two more where it edits a question.
    """
    stored = draft(session, actor, draft_id)
    waits = stored.state is DraftState.WAITING
    editing = _desk(session, actor, stored) if waits else writing_desk(session, actor, stored.bank_name)
    authored, problems = _authored(stored, editing)
    bank, own_id = editing.bank, authored.question.id if authored else stored.name
    fact = authored.fact if authored else None
    text = stored.text
    alike = like(bank, stem_of_text(text), text.line, fact.id if fact else "", own_id) if waits else []
    paragraphs = _paragraphs(bank, fact) if fact else ()
    return ReviewedDraft(
        draft=stored,
        bank=bank,
        problems=tuple(problems),
        snapshot=snapshot_with(authored, bank) if authored and not problems else None,
        findings=tuple(findings_on(authored, bank)) if authored and waits and not problems else (),
        alike=tuple(alike),
        paragraphs=paragraphs,
        others=() if fact is None or paragraphs else _beside(fact, bank),
        before=editing.question.snapshot if editing.question else None,
        answered=editing.answered,
        waits=waits,
        for_another=editing.second_approver and stored.author_id == actor.id,
        decisions=tuple(decisions_of_draft(session, actor, draft_id)),
    )


def approve(
    session: Session, actor: Actor, draft_id: int, version: int, reasons: Mapping[str, str], change: str, now: datetime
) -> Published:
    """Publish a draft that waits; `reasons` say why its warnings are passed over, and are kept with it.

    `change` says what an edit of an answered question is. Raises what `publish` does, and Conflict also when somebody
    has decided about the draft.
    """
    stored = _waiting(session, actor, draft_id, version)
    text = stored.text
    given = {rule: reason for rule, reason in reasons.items() if not is_blank(reason)}
    text = replace(text, reasons={**text.reasons, **given}, change=change or text.change)
    saved = save_draft(session, actor, draft_id, text, version, now)
    return publish(session, actor, draft_id, saved.version, now)


def reject(session: Session, actor: Actor, draft_id: int, version: int, reason: str, now: datetime) -> Rejected:
    """Reject a draft that waits, for a reason that its author can read. It is a step that can be undone.

    Raises NotFound; Conflict when somebody has decided about the draft, or saved it since; NotAllowed when somebody
    else than its author has to decide; InvalidContent without a reason.
    """
    stored = _waiting(session, actor, draft_id, version)
    if needs_another(session, actor, stored):
        raise NotAllowed(OWN_DRAFT)
    if is_blank(reason) or len(reason) > LONGEST_REASON:
        raise InvalidContent([Problem("reason", f"Say why, in at most {LONGEST_REASON} characters.")])
    watch = Watch(session)
    watch.watch("drafts", [draft_id])
    set_state(session, draft_id, DraftState.REJECTED, now)
    decide(session, actor, draft_id, Decision.REJECTED, now, reason)
    bank_id = session.scalars(select(DraftRow.bank_id).where(DraftRow.id == draft_id)).one()
    stem = stem_of_text(stored.text)
    step_id = watch.record(actor, bank_id, StepKind.REVIEW, f"Rejected “{stem}”: {reason}", now)
    return Rejected(draft(session, actor, draft_id), step_id)


def _waiting(session: Session, actor: Actor, draft_id: int, version: int) -> StoredDraft:
    stored = draft(session, actor, draft_id, locked=True)
    if stored.state is not DraftState.WAITING:
        raise Conflict(DECIDED)
    if stored.version != version:
        raise Conflict(CHANGED)
    return stored


def _desk(session: Session, actor: Actor, stored: StoredDraft) -> Editing:
    if stored.question_id is None:
        return writing_desk(session, actor, stored.bank_name)
    return edited_question(session, actor, stored.question_id)


def _authored(stored: StoredDraft, editing: Editing) -> tuple[Authored | None, list[Problem]]:
    """Make the question of a draft, or say why it cannot be made."""
    before = editing.question.snapshot.question if editing.question else None
    try:
        typed = draft_of(stored.text, editing.bank, before.body if before else None, stored.recipe)
    except InvalidContent as error:
        return None, list(error.problems)
    made = author(typed, editing.bank, before.id if before else stored.name, editing.own_fact or stored.name)
    return made, [Problem("the question", sentence) for sentence in problems_of(made, editing.bank)]


def _paragraphs(bank: Bank, fact: Fact) -> tuple[SourceParagraph, ...]:
    """Return the paragraphs of the stored text in which a fact stands, with its passage marked."""
    found = []
    for one in paragraphs_of(bank.text):
        if one.number in fact.paragraphs:
            marked = fact.passage and (fact.passage.start - one.start, fact.passage.end - one.start)
            start, end = (min(max(0, place), len(one.text)) for place in marked or (0, 0))
            found.append(SourceParagraph(one.number, one.text[:start], one.text[start:end], one.text[end:]))
    return tuple(found)


def _beside(fact: Fact, bank: Bank) -> tuple[Fact, ...]:
    places = set(fact.paragraphs)
    return tuple(one for one in bank.facts if one.id != fact.id and places & set(one.paragraphs))[:6]
