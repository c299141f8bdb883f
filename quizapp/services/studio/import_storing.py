"""Questions by the thousand into a bank: one statement for each thousand rows of a table, all in one step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import (
    BankRow,
    FactRow,
    Origin,
    QuestionRevisionRow,
    QuestionRow,
    SourceRow,
    Visibility,
)
from quizapp.database.studio_tables import QuestionTagRow, StepKind
from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, source_to_json
from quizapp.domain.questions.bank_formats.stored import retelling_to_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import snapshot_of
from quizapp.domain.roles import Actor
from quizapp.services.kin_columns import kin_columns_of
from quizapp.services.revisions import content_of
from quizapp.services.studio.import_judging import Accepted
from quizapp.services.studio.import_stock import Stock
from quizapp.services.studio.steps import Watch
from quizapp.services.study.counts import recount

AT_ONCE = 1_000
MAX_TAG = 50
Progress = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Load:
    """What an import writes: the head of the bank as it will be, facts, and questions with all the facts they cite."""

    stock: Stock
    head: Bank
    facts: Sequence[Fact]
    accepted: Sequence[Accepted]


def store(
    session: Session, actor: Actor | None, load: Load, words: str, now: datetime, progress: Progress
) -> int | None:
    """Write all of it and record the step; return the step's id. `progress` is told how many questions were written."""
    watch = Watch(session)
    bank_id, source_id = _store_head(session, actor, load, watch, now)
    fact_ids = {name: known.id for name, known in load.stock.facts.items()}
    fact_ids |= _store_facts(session, load, source_id, watch)
    known = {one.question.id: one.known for one in load.accepted if one.known}
    watch.watch("questions", [one.id for one in known.values()])
    watch.watch("facts", [one.fact_id for one in known.values()])
    place = len(load.stock.questions)
    facts = {fact.id: fact for one in load.accepted for fact in one.row.facts}
    for some in _chunks(load.accepted):
        _store_questions(session, actor, load.head, (bank_id, place), facts, fact_ids, some, watch, now)
        place += len(some)
        progress(len(some))
    if load.stock.exists:
        _retire_left_facts(session, [one.fact_id for one in known.values()], now)
    session.expire_all()  # what was read before is not what is stored now
    step_id = watch.record(actor, bank_id, StepKind.IMPORT, words, now)
    if load.stock.exists:
        recount(session, bank_id)
    return step_id


def _store_head(session: Session, actor: Actor | None, load: Load, watch: Watch, now: datetime) -> tuple[int, int]:
    """Store source and bank; return the ids of both."""
    head, stock = load.head, load.stock
    topics = {topic.id: topic.label for topic in head.topics}
    if stock.exists:
        watch.watch("sources", [stock.source_id])
        watch.watch("banks", [stock.bank_id])
        if head.source != stock.head.source:
            details = source_to_json(head.source)
            session.execute(update(SourceRow).where(SourceRow.id == stock.source_id).values(details=details))
        values: dict[str, Any] = {"loaded_at": now, "retired_at": None}
        if head.topics != stock.head.topics:
            values["topics"] = topics
        session.execute(update(BankRow).where(BankRow.id == stock.bank_id).values(values))
        return stock.bank_id, stock.source_id
    source = SourceRow(
        name=head.source.id,
        outlet=head.source.outlet,
        details=source_to_json(head.source),
        retelling=retelling_to_text(head.retelling),
    )
    session.add(source)
    session.flush()  # the bank needs its id
    bank = BankRow(
        name=head.name,
        source_id=source.id,
        title=head.title,
        summary=head.summary,
        language=head.language,
        licence=head.licence,
        topics=topics,
        visibility=Visibility.PUBLIC if actor is None else Visibility.PRIVATE,
        owner_id=None if actor is None else actor.id,
        origin=Origin.INSTRUCTOR,
        loaded_at=now,
    )
    session.add(bank)
    session.flush()  # questions need its id
    watch.added("sources", [source.id])
    watch.added("banks", [bank.id])
    return bank.id, source.id


def _store_facts(session: Session, load: Load, source_id: int, watch: Watch) -> dict[str, int]:
    """Store the facts that are new or changed; return the ids of the new ones by name."""
    place, kin = len(load.stock.facts), kin_columns_of(load.facts)
    ids: dict[str, int] = {}
    changed: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    for fact, columns in zip(load.facts, kin, strict=True):
        values: dict[str, Any] = {
            "topic": fact.topic,
            "tier": fact.tier,
            "status": fact.status,
            "speaker": fact.speaker,
            "content": fact_to_json(fact, load.head.source),
            "review_by": date.fromisoformat(fact.review_by) if fact.review_by else None,
            "retired_at": None,
            **columns,
        }
        known = load.stock.facts.get(fact.id)
        if known is not None:
            changed.append({"id": known.id, **values})
        else:
            new = {"source_id": source_id, "name": fact.id, "origin": Origin.INSTRUCTOR, "place": place + len(added)}
            added.append(new | values)
    watch.watch("facts", [one["id"] for one in changed])
    for some in _chunks(changed):
        session.execute(update(FactRow), some)
    for some in _chunks(added):
        rows = session.execute(insert(FactRow).returning(FactRow.id, FactRow.name), some)
        ids |= {row.name: row.id for row in rows}
    watch.added("facts", ids.values())
    return ids


def _store_questions(
    session: Session,
    actor: Actor | None,
    head: Bank,
    where: tuple[int, int],
    facts: dict[str, Fact],
    fact_ids: dict[str, int],
    some: Sequence[Accepted],
    watch: Watch,
    now: datetime,
) -> None:
    """Store some questions with a revision each. Four statements at most."""
    bank_id, place = where
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    ids: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for at, one in enumerate(some, place):
        question, known = one.question, one.known
        values: dict[str, Any] = {
            "fact_id": fact_ids[question.fact],
            "type": question.type,
            "topic": question.topic,
            "scored": question.scored,
            "revision_number": known.revision + 1 if known else 1,
            "retired_at": None,
        }
        numbers[question.id] = values["revision_number"]
        if known:
            ids[question.id] = known.id
            changed.append({"id": known.id, **values})
        else:
            named = {"bank_id": bank_id, "name": question.id, "origin": Origin.INSTRUCTOR, "place": at, "weight": 1.0}
            new.append(named | values)
    if changed:
        session.execute(update(QuestionRow), changed)
    if new:
        rows = session.execute(insert(QuestionRow).returning(QuestionRow.id, QuestionRow.name), new)
        added = {row.name: row.id for row in rows}
        watch.added("questions", added.values())
        ids |= added
    revisions = []
    for one in some:
        content, content_hash = content_of(snapshot_of(one.question, head, facts))
        revisions.append(
            {
                "question_id": ids[one.question.id],
                "number": numbers[one.question.id],
                "content": content,
                "fact_ids": {name: fact_ids[name] for name in one.question.cited_facts},
                "content_hash": content_hash,
                "author_id": None if actor is None else actor.id,
                "reasons": "{}",
                "created_at": now,
            }
        )
    session.execute(insert(QuestionRevisionRow), revisions)
    _store_tags(session, {ids[one.question.id]: one.row.tags for one in some if one.row.tags})


def _store_tags(session: Session, tags: dict[int, tuple[str, ...]]) -> None:
    """Put the tags of the file on questions that do not have them."""
    if not tags:
        return
    there = select(QuestionTagRow.question_id, QuestionTagRow.tag).where(QuestionTagRow.question_id.in_(tags))
    known = {(row.question_id, row.tag) for row in session.execute(there)}
    wanted = {(one, tag_of(words)): None for one, words_of in tags.items() for words in words_of if tag_of(words)}
    missing = [{"question_id": one, "tag": tag} for one, tag in wanted if (one, tag) not in known]
    if missing:
        session.execute(insert(QuestionTagRow), missing)


def tag_of(words: str) -> str:
    """Return a tag as it is stored: one line, small letters, not too long."""
    return " ".join(words.split()).casefold()[:MAX_TAG].strip()


def _retire_left_facts(session: Session, fact_ids: Sequence[int], now: datetime) -> None:
    """Retire the facts that changed questions tested before, where nothing that is asked tests them now."""
    asked = select(QuestionRow.fact_id).where(QuestionRow.retired_at.is_(None))
    for some in _chunks(fact_ids):
        session.execute(
            update(FactRow)
            .where(
                FactRow.id.in_(some),
                FactRow.origin == Origin.INSTRUCTOR,
                FactRow.retired_at.is_(None),
                FactRow.id.not_in(asked),
            )
            .values(retired_at=now)
            .execution_options(synchronize_session=False)
        )


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some
