"""What was decided about drafts: who did what and when, why, and which words it changed. It is only added to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow
from quizapp.database.studio_tables import Decision, DraftDecisionRow, DraftRow
from quizapp.domain.questions.draft_labels import labelled
from quizapp.domain.questions.draft_text import DraftText, draft_text_from_json
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.word_diff import FieldDiff, word_diff
from quizapp.services.shelf import editable


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that somebody did with a draft; `changes` are the words that differ from the decision before it.

    `who` is empty where nobody is known any more.
    """

    draft_id: int
    decision: Decision
    who: str
    reason: str
    decided_at: datetime
    changes: tuple[FieldDiff, ...]


def decisions_on(session: Session, actor: Actor, question_id: int) -> list[Decided]:
    """Return what was decided about the drafts that made a question or edited it, the earliest first.

    Empty for a question of a bank that the actor may not change. One statement.
    """
    return _told(session, _decisions(actor).where(DraftRow.question_id == question_id))


def decisions_of_draft(session: Session, actor: Actor, draft_id: int) -> list[Decided]:
    """Return what was decided about a draft of a bank that the actor may change, the earliest first. One statement."""
    return _told(session, _decisions(actor).where(DraftRow.id == draft_id))


def _decisions(actor: Actor) -> Select[*tuple[Any, ...]]:
    actor.require(Permission.WRITE_QUESTIONS)
    return (
        select(
            DraftDecisionRow.draft_id,
            DraftDecisionRow.decision,
            DraftDecisionRow.reason,
            DraftDecisionRow.content,
            DraftDecisionRow.decided_at,
            PersonRow.name.label("who"),
        )
        .join(DraftRow, DraftRow.id == DraftDecisionRow.draft_id)
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .outerjoin(PersonRow, PersonRow.id == DraftDecisionRow.person_id)
        .where(editable(actor))
        .order_by(DraftDecisionRow.id)
    )


def _told(session: Session, statement: Select[*tuple[Any, ...]]) -> list[Decided]:
    before: dict[int, str] = {}
    found = []
    for row in session.execute(statement):
        found.append(_decided(row, before.get(row.draft_id, row.content)))
        before[row.draft_id] = row.content
    return found


def _decided(row: Row[*tuple[Any, ...]], before: str) -> Decided:
    same = before == row.content
    changes = () if same else tuple(_changes(draft_text_from_json(before), draft_text_from_json(row.content)))
    return Decided(row.draft_id, row.decision, row.who or "", row.reason, row.decided_at, changes)


def _changes(old: DraftText, new: DraftText) -> Iterator[FieldDiff]:
    before, after = _in_words(old), _in_words(new)
    for label in {**before, **after}:
        was, reads = before.get(label, ""), after.get(label, "")
        if was != reads:
            yield FieldDiff(label, tuple(word_diff(was, reads)))


def _in_words(text: DraftText) -> dict[str, str]:
    reasons = {f"Why {rule} is passed over": reason for rule, reason in text.reasons.items()}
    return {**dict(labelled(text)), **reasons}
