"""A whole bank of an instructor's own, written over what is stored of it: words, facts and questions, in one step."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from quizapp.database.bank_tables import BankRow, Change, FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.domain.errors import Conflict
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, source_to_json
from quizapp.domain.questions.bank_formats.stored import retelling_to_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import Snapshot, snapshot_of
from quizapp.domain.roles import Actor
from quizapp.services.kin_columns import kin_columns_of
from quizapp.services.revisions import add_revision, content_of
from quizapp.services.studio.steps import Watch
from quizapp.services.study.counts import recount


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes a bank, when, and into which rows; `change` is what its revisions are to those before."""

    session: Session
    actor: Actor
    watch: Watch
    now: datetime
    bank_id: int
    source_id: int
    change: Change | None = None


def write_bank(writing: Writing, bank: Bank, *, replacing: bool = False) -> None:
    """Bring what is stored to the state of `bank`; a question whose content differs gets a revision.

    Facts and questions are known by their names. What the bank does not hold stays as it is or, `replacing`, is
    retired. Everything that changes is watched. A dozen statements, and those that write what differs.
    """
    session, watch = writing.session, writing.watch
    watch.watch("banks", [writing.bank_id])
    watch.watch("sources", [writing.source_id])
    _write_words(writing, bank)
    fact_ids = _write_facts(writing, bank, replacing)
    _write_questions(writing, bank, fact_ids, replacing)
    session.get_one(BankRow, writing.bank_id).loaded_at = writing.now
    session.flush()  # the counts below are made from what was stored
    recount(session, writing.bank_id)


def _write_words(writing: Writing, bank: Bank) -> None:
    source = writing.session.get_one(SourceRow, writing.source_id)
    source.outlet, source.text = bank.source.outlet, bank.text or None
    source.details, source.retelling = source_to_json(bank.source), retelling_to_text(bank.retelling)
    row = writing.session.get_one(BankRow, writing.bank_id)
    row.title, row.summary, row.language, row.licence = bank.title, bank.summary, bank.language, bank.licence
    row.topics = {topic.id: topic.label for topic in bank.topics}
    flag_modified(row, "topics")  # another order alone is a change too


def _write_facts(writing: Writing, bank: Bank, replacing: bool) -> dict[str, int]:
    """Store every fact; return the ids of all facts of the source by name."""
    session, watch = writing.session, writing.watch
    of_source = session.scalars(select(FactRow).where(FactRow.source_id == writing.source_id))
    rows = {row.name: row for row in of_source}
    wanted: dict[str, dict[str, Any]] = {}
    for fact, kin in zip(bank.facts, kin_columns_of(bank.facts), strict=True):
        content = fact_to_json(fact, bank.source)
        head = {"topic": fact.topic, "tier": fact.tier, "status": fact.status, "speaker": fact.speaker}
        day = {"review_by": fact.review_day} if fact.review_day else {}
        wanted[fact.id] = {**head, "content": content, "retired_at": None, **kin, **day}
    known = {name: values for name, values in wanted.items() if name in rows}
    changed = [name for name, values in known.items() if differs(rows[name], values)]
    gone = [name for name, row in rows.items() if replacing and name not in wanted and row.retired_at is None]
    watch.watch("facts", [rows[name].id for name in [*changed, *gone]])
    for name in changed:
        _set(rows[name], wanted[name])
    for name in gone:
        rows[name].retired_at = writing.now
    new = [
        FactRow(source_id=writing.source_id, name=name, origin=Origin.INSTRUCTOR, place=place, **values)
        for place, (name, values) in enumerate(wanted.items())
        if name not in rows
    ]
    if replacing:
        for place, name in enumerate(wanted):
            if name in rows:
                rows[name].place = place
    session.add_all(new)
    session.flush()  # questions need the ids of new facts
    watch.added("facts", [row.id for row in new])
    return {row.name: row.id for row in [*rows.values(), *new]}


def _write_questions(writing: Writing, bank: Bank, fact_ids: dict[str, int], replacing: bool) -> None:
    session, watch = writing.session, writing.watch
    rows, hashes = _questions(writing)
    _refuse_names_of_contrasts(writing, bank)
    facts = bank.facts_by_id()
    snapshots = {question.id: snapshot_of(question, bank, facts) for question in bank.questions}
    changed = [name for name, one in snapshots.items() if name in rows and hashes[name] != content_of(one)[1]]
    back = [name for name in snapshots if name in rows and rows[name].retired_at is not None]
    gone = [name for name, row in rows.items() if replacing and name not in snapshots and row.retired_at is None]
    watch.watch("questions", [rows[name].id for name in [*changed, *back, *gone]])
    for name in gone:
        rows[name].retired_at = writing.now
    new: list[QuestionRow] = []
    for place, (name, snapshot) in enumerate(snapshots.items()):
        values = _values(snapshot, fact_ids)
        if name not in rows:
            rows[name] = QuestionRow(
                bank_id=writing.bank_id, name=name, origin=Origin.INSTRUCTOR, revision_number=1, place=place, **values
            )
            new.append(rows[name])
        elif name in changed or name in back:
            _set(rows[name], values)
            rows[name].revision_number += name in changed
        if replacing:
            rows[name].place = place
    session.add_all(new)
    session.flush()  # the revisions need the questions' ids
    watch.added("questions", [row.id for row in new])
    for name in [*(row.name for row in new), *changed]:
        revision = add_revision(session, rows[name], snapshots[name], fact_ids, writing.now, writing.actor.id)
        revision.change = writing.change if name in changed else None


def _refuse_names_of_contrasts(writing: Writing, bank: Bank) -> None:
    """Raise Conflict for a name that a question has which was made here to tell two facts apart."""
    made = select(QuestionRow.name).where(QuestionRow.bank_id == writing.bank_id, QuestionRow.origin == Origin.CONTRAST)
    taken = {question.id for question in bank.questions} & set(writing.session.scalars(made))
    if taken:
        raise Conflict(f"“{min(taken)}” is the name of something that was made here; give it another in the file.")


def _questions(writing: Writing) -> tuple[dict[str, QuestionRow], dict[str, str]]:
    """Return the rows of the bank's questions, those made for a contrast aside, and the hash of what each says."""
    found = writing.session.execute(
        select(QuestionRow, QuestionRevisionRow.content_hash)
        .join(QuestionRevisionRow, QuestionRevisionRow.question_id == QuestionRow.id)
        .where(
            QuestionRow.bank_id == writing.bank_id,
            QuestionRow.origin != Origin.CONTRAST,
            QuestionRevisionRow.number == QuestionRow.revision_number,
        )
    ).all()
    return {row.name: row for row, _ in found}, {row.name: content_hash for row, content_hash in found}


def _values(snapshot: Snapshot, fact_ids: dict[str, int]) -> dict[str, Any]:
    question = snapshot.question
    head = {"type": question.type, "topic": question.topic, "scored": question.scored, "retired_at": None}
    return {"fact_id": fact_ids[question.fact], **head}


def differs(row: object, values: dict[str, Any]) -> bool:
    """Say whether a row holds other values; JSON is compared as text, since lists and tuples are the same."""
    return any(_plain(getattr(row, name)) != _plain(value) for name, value in values.items())


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def _set(row: object, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
