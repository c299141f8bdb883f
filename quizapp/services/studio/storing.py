"""How an authored question gets into a bank: as a new question, or as a new revision of one, with its fact."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import Change, FactRow, Origin, QuestionRow
from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.questions.authored import Authored, Draft, author, problems_of
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import Snapshot, snapshot_of
from quizapp.domain.roles import Actor
from quizapp.services.kin_columns import kin_columns
from quizapp.services.revisions import add_revision, content_of
from quizapp.services.stored_banks import StoredBank
from quizapp.services.studio.steps import Watch


@dataclass(frozen=True, slots=True)
class Saving:
    """What goes with a revision besides its words: why warnings were passed over, and what kind of change it is.

    `author_id` is who wrote it, where that is not the one who stores it: an approved draft stays its author's.
    """

    reasons: Mapping[str, str]
    change: Change | None = None
    author_id: int | None = None


PLAIN = Saving({})


def sound(draft: Draft, bank: Bank, question_name: str, fact_name: str) -> Authored:
    """Make the question of a draft. Raises InvalidContent when it cannot be asked."""
    authored = author(draft, bank, question_name, fact_name)
    problems = problems_of(authored, bank)
    if problems:
        raise InvalidContent([Problem("the question", sentence) for sentence in problems])
    return authored


def store_new(
    session: Session, actor: Actor, stored: StoredBank, authored: Authored, saving: Saving, watch: Watch, now: datetime
) -> int:
    """Store a question that the bank does not have, and its fact where that is new; return the question's id."""
    question = authored.question
    place = func.coalesce(func.max(QuestionRow.place), -1) + 1
    row = QuestionRow(
        bank_id=stored.bank_id,
        name=question.id,
        origin=Origin.INSTRUCTOR,
        place=session.scalar(select(place).where(QuestionRow.bank_id == stored.bank_id)),
        fact_id=store_fact(session, authored, stored, watch),
        revision_number=1,
        type=question.type,
        topic=question.topic,
        scored=question.scored,
    )
    session.add(row)
    session.flush()  # the revision needs the question's id
    watch.added("questions", [row.id])
    _revise(session, actor, row, authored, stored, saving, now)
    return row.id


def store_edit(
    session: Session,
    actor: Actor,
    question_id: int,
    before: Snapshot,
    stored: StoredBank,
    authored: Authored,
    own_fact: str,
    saving: Saving,
    watch: Watch,
    now: datetime,
) -> bool:
    """Store an authored question as a new revision of one that says `before`; say whether anything had changed.

    `own_fact` is the id of the fact that the edit may change; where the edit tests another fact, it is retired.
    """
    if content_of(snapshot_with(authored, stored.bank)) == content_of(before):
        return False
    row = session.get_one(QuestionRow, question_id)
    watch.watch("questions", [question_id])
    watch.watch("facts", [row.fact_id])
    row.fact_id = store_fact(session, authored, stored, watch)
    row.type, row.topic, row.scored = authored.question.type, authored.question.topic, authored.question.scored
    row.revision_number += 1
    _revise(session, actor, row, authored, stored, saving, now)
    if own_fact and own_fact != authored.fact.id:
        session.get_one(FactRow, stored.fact_ids[own_fact]).retired_at = now
    return True


def store_fact(session: Session, authored: Authored, stored: StoredBank, watch: Watch) -> int:
    """Store the fact of an authored question unless the bank knows it; return its row's id."""
    if authored.known:
        return stored.fact_ids[authored.fact.id]
    fact = authored.fact
    values: dict[str, Any] = {
        "topic": fact.topic,
        "tier": fact.tier,
        "status": fact.status,
        "speaker": fact.speaker,
        "content": fact_to_json(fact, stored.bank.source),
        "retired_at": None,
        **kin_columns(fact),
    }
    if fact.review_day:
        values["review_by"] = fact.review_day
    if fact.id in stored.fact_ids:
        watch.watch("facts", [stored.fact_ids[fact.id]])
        row = session.get_one(FactRow, stored.fact_ids[fact.id])
        for name, value in values.items():
            setattr(row, name, value)
        return row.id
    place = func.coalesce(func.max(FactRow.place), -1) + 1
    row = FactRow(
        source_id=stored.source_id,
        name=fact.id,
        origin=Origin.INSTRUCTOR,
        place=session.scalar(select(place).where(FactRow.source_id == stored.source_id)),
        **values,
    )
    session.add(row)
    session.flush()  # the question needs its id
    watch.added("facts", [row.id])
    return row.id


def snapshot_with(authored: Authored, bank: Bank) -> Snapshot:
    """Take an authored question with the facts it cites, its own among them."""
    facts = (*(fact for fact in bank.facts if fact.id != authored.fact.id), authored.fact)
    return snapshot_of(authored.question, replace(bank, facts=facts))


def _revise(
    session: Session,
    actor: Actor,
    row: QuestionRow,
    authored: Authored,
    stored: StoredBank,
    saving: Saving,
    now: datetime,
) -> None:
    fact_ids = {**stored.fact_ids, authored.fact.id: row.fact_id}
    snapshot = snapshot_with(authored, stored.bank)
    revision = add_revision(session, row, snapshot, fact_ids, now, author_id=saving.author_id or actor.id)
    revision.change = saving.change
    revision.reasons = json.dumps(dict(saving.reasons), ensure_ascii=False)
