"""Banks from files into the database. Loading the same bank twice changes nothing; a changed one adds revisions."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.facts.fact import Fact, Topic
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, source_to_json
from quizapp.domain.questions.bank_formats.stored import retelling_to_text, source_from_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import Snapshot, snapshot_of
from quizapp.services.kin_columns import kin_columns_of
from quizapp.services.revisions import add_revision, content_of
from quizapp.services.study.counts import recount


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading a bank did, counted in questions, and in facts for `facts_changed`."""

    bank: str
    added: int = 0
    revised: int = 0
    retired: int = 0
    unchanged: int = 0
    facts_changed: int = 0
    words_changed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.revised or self.retired or self.facts_changed or self.words_changed)


def load_bank(session: Session, bank: Bank, now: datetime, progress: Callable[[], None] = lambda: None) -> LoadReport:
    """Bring the stored bank of this name to the state of `bank`; what left the file is retired, never deleted.

    What an instructor added to the bank, and what was made for a contrast, stays as it is. Raises Conflict, before
    anything is written, when the file takes the name of an imported deck or of a bank made here, the source of another
    bank or the name of something an instructor added.
    """
    _refuse_the_name_of_a_deck(session, bank)
    _refuse_a_shared_source(session, bank)
    _refuse_taken_names(session, bank)
    bank = _with_what_was_added(session, bank)
    source, source_changed = _store_source(session, bank)
    stored, words_changed = _store_bank(session, bank, source.id, now)
    fact_ids, facts_changed = _store_facts(session, bank, source.id, now)
    report = LoadReport(bank.name, facts_changed=facts_changed, words_changed=source_changed or words_changed)
    of_file = (QuestionRow.bank_id == stored.id, QuestionRow.origin == Origin.FILE)
    rows = {row.name: row for row in session.scalars(select(QuestionRow).where(*of_file))}
    hashes = _current_hashes(session, stored.id)
    facts = bank.facts_by_id()
    for place, question in enumerate(bank.questions):
        progress()
        snapshot = snapshot_of(question, bank, facts)
        change = _store_question(session, snapshot, (stored.id, place, fact_ids), rows, hashes, now)
        report = replace(report, **{change: getattr(report, change) + 1})
    kept = {question.id for question in bank.questions}
    for row in rows.values():
        if row.name not in kept and row.retired_at is None:
            row.retired_at = now
            report = replace(report, retired=report.retired + 1)
    if report.changed:
        stored.loaded_at = now
        session.flush()  # the counts below are made from what was stored
        recount(session, stored.id)
    return report


def retire_bank(session: Session, name: str, now: datetime) -> None:
    """Take a bank off the shelf: nobody is asked from it any more, old results stay. Loading it brings it back.

    Raises NotFound.
    """
    bank = session.scalars(select(BankRow).where(BankRow.name == name)).one_or_none()
    if bank is None:
        raise NotFound(f"There is no bank “{name}”.")
    bank.retired_at = bank.retired_at or now


def _refuse_a_shared_source(session: Session, bank: Bank) -> None:
    """Raise Conflict when another bank has this source: each load would retire the facts the other one holds."""
    other = session.scalar(
        select(BankRow.name)
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(SourceRow.name == bank.source.id, BankRow.name != bank.name)
    )
    if other is not None:
        raise Conflict(
            f"The bank “{bank.name}” has the source id “{bank.source.id}” of the bank “{other}”; give it its own."
        )


def _refuse_the_name_of_a_deck(session: Session, bank: Bank) -> None:
    """Raise Conflict when a bank from a folder would take the place of an imported deck, or of one made here."""
    if bank.source.is_of_cards:
        return
    there = session.execute(
        select(BankRow.origin, cast(SourceRow.details, Text).label("source"))
        .join(BankRow, BankRow.source_id == SourceRow.id)
        .where(BankRow.name == bank.name)
    ).one_or_none()
    if there is not None and there.origin is Origin.INSTRUCTOR:
        raise Conflict(f"An instructor has made the bank “{bank.name}” here; give the folder another name.")
    if there is not None and source_from_text(there.source).is_of_cards:
        raise Conflict(f"A deck was imported here as the bank “{bank.name}”; give the folder another name.")


def _refuse_taken_names(session: Session, bank: Bank) -> None:
    added_questions = (
        select(QuestionRow.name)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .where(BankRow.name == bank.name, QuestionRow.origin != Origin.FILE)
    )
    added_facts = (
        select(FactRow.name)
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .where(SourceRow.name == bank.source.id, FactRow.origin != Origin.FILE)
    )
    names = {question.id for question in bank.questions} & set(session.scalars(added_questions))
    names |= {fact.id for fact in bank.facts} & set(session.scalars(added_facts))
    if names:
        raise Conflict(f"“{min(names)}” is the name of something that was added here; give it another in the file.")


def _with_what_was_added(session: Session, bank: Bank) -> Bank:
    """Return the bank with the topics and speakers that only facts added here have: an import may bring them."""
    row = session.execute(
        select(BankRow.topics, cast(SourceRow.details, Text).label("source"), SourceRow.id)
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(BankRow.name == bank.name)
    ).one_or_none()
    if row is None:
        return bank
    added = session.execute(
        select(FactRow.topic, FactRow.speaker)
        .where(FactRow.source_id == row.id, FactRow.origin != Origin.FILE, FactRow.retired_at.is_(None))
        .distinct()
    ).all()
    topics = {one.topic for one in added} - {topic.id for topic in bank.topics}
    heard = {one.speaker for one in added} - {speaker.id for speaker in bank.source.speakers}
    speakers = tuple(speaker for speaker in source_from_text(row.source).speakers if speaker.id in heard)
    return replace(
        bank,
        topics=(*bank.topics, *(Topic(one, label) for one, label in row.topics.items() if one in topics)),
        source=replace(bank.source, speakers=(*bank.source.speakers, *speakers)),
    )


def _store_source(session: Session, bank: Bank) -> tuple[SourceRow, bool]:
    source = bank.source
    details, retelling = source_to_json(source), retelling_to_text(bank.retelling)
    row = session.scalars(select(SourceRow).where(SourceRow.name == source.id)).one_or_none()
    if row is None:
        row = SourceRow(name=source.id, outlet=source.outlet, details=details, retelling=retelling)
        session.add(row)
        session.flush()  # facts and the bank need its id
        return row, True
    return row, _set(row, outlet=source.outlet, details=details, retelling=retelling)


def _store_bank(session: Session, bank: Bank, source_id: int, now: datetime) -> tuple[BankRow, bool]:
    words = {
        "source_id": source_id,
        "title": bank.title,
        "summary": bank.summary,
        "language": bank.language,
        "licence": bank.licence,
        "topics": {topic.id: topic.label for topic in bank.topics},
        "retired_at": None,
    }
    row = session.scalars(select(BankRow).where(BankRow.name == bank.name)).one_or_none()
    if row is None:
        row = BankRow(name=bank.name, loaded_at=now, **words)
        session.add(row)
        session.flush()  # questions need its id
        return row, True
    return row, _set(row, **words)


def _store_facts(session: Session, bank: Bank, source_id: int, now: datetime) -> tuple[dict[str, int], int]:
    """Store every fact; return their ids by name and how many were added, changed or retired."""
    of_source = session.scalars(select(FactRow).where(FactRow.source_id == source_id))
    rows = {row.name: row for row in of_source if row.origin is Origin.FILE}
    changed = 0
    for place, (fact, kin) in enumerate(zip(bank.facts, kin_columns_of(bank.facts), strict=True)):
        values = {
            "place": place,
            "topic": fact.topic,
            "tier": fact.tier,
            "status": fact.status,
            "speaker": fact.speaker,
            "content": fact_to_json(fact, bank.source),
            "retired_at": None,
            **kin,
            **_review_day(fact),
        }
        row = rows.get(fact.id)
        if row is None:
            rows[fact.id] = row = FactRow(source_id=source_id, name=fact.id, **values)
            session.add(row)
            changed += 1
        else:
            changed += _set(row, **values)
    kept = {fact.id for fact in bank.facts}
    changed += sum(_set(row, retired_at=now) for name, row in rows.items() if name not in kept and not row.retired_at)
    session.flush()  # questions need the ids of new facts
    return {name: row.id for name, row in rows.items()}, changed


def _review_day(fact: Fact) -> dict[str, date]:
    """Return the day by which a fact is looked at again; nothing where its file says none: one set here stays."""
    return {"review_by": fact.review_day} if fact.review_day else {}


def _current_hashes(session: Session, bank_id: int) -> dict[int, str]:
    """Return the content hash of every question's newest revision, by question id."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRevisionRow.content_hash)
        .join(QuestionRevisionRow, QuestionRevisionRow.question_id == QuestionRow.id)
        .where(QuestionRow.bank_id == bank_id, QuestionRevisionRow.number == QuestionRow.revision_number)
    )
    return {row.id: row.content_hash for row in rows}


def _store_question(
    session: Session,
    snapshot: Snapshot,
    where: tuple[int, int, dict[str, int]],
    rows: dict[str, QuestionRow],
    hashes: dict[int, str],
    now: datetime,
) -> str:
    """Store one question; return which count of the report it belongs to: added, revised or unchanged."""
    bank_id, place, fact_ids = where
    question = snapshot.question
    values = {
        "place": place,
        "fact_id": fact_ids[question.fact],
        "type": question.type,
        "topic": question.topic,
        "scored": question.scored,
        "retired_at": None,
    }
    row = rows.get(question.id)
    if row is not None and hashes[row.id] == content_of(snapshot)[1]:
        return "revised" if _set(row, **values) else "unchanged"
    if row is None:
        row = QuestionRow(bank_id=bank_id, name=question.id, revision_number=1, **values)
        session.add(row)
        session.flush()  # the revision needs the question's id
        change = "added"
    else:
        _set(row, revision_number=row.revision_number + 1, **values)
        change = "revised"
    add_revision(session, row, snapshot, fact_ids, now)
    return change


def _set(row: object, **values: object) -> bool:
    """Set what differs; say whether anything did. JSON is compared as text, since lists and tuples are the same."""
    different = {name: value for name, value in values.items() if not _same(getattr(row, name), value)}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _same(stored: object, given: object) -> bool:
    if isinstance(stored, dict):
        return json.dumps(stored) == json.dumps(given)
    return stored == given
