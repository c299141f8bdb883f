"""Questions that go over to another bank, with their facts: each fact goes along, or is copied where others need it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.moving import Moved, Unmovable, fact_there, question_there, same_fact, topic_there
from quizapp.domain.questions.snapshots import Snapshot
from quizapp.domain.roles import Actor
from quizapp.services.kin_columns import kin_columns
from quizapp.services.revisions import add_revision
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import StoredBank, stored_bank
from quizapp.services.studio.own_work import OWN_WORDS
from quizapp.services.studio.states import chunks
from quizapp.services.studio.steps import Watch
from quizapp.services.study.counts import cards_follow

FROM_FILE = "It came from a file: the next load of it would bring it back."
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class _FactThere:
    """A fact as it will be in the other bank: the row that goes along, one that is there already, or a copy."""

    fact: Fact
    row_id: int | None
    goes_along: bool
    was: int


@dataclass
class Move:
    """Where questions go, and what becomes of each: how it reads there, or why it cannot go (None: it is there).

    `known` are the rows of the facts they test; `needed` the facts that questions test or name which stay.
    """

    bank_id: int
    title: str
    stored: StoredBank
    known: Mapping[int, FactRow]
    needed: Collection[int]
    new_topics: dict[str, str] = field(default_factory=dict)
    facts: dict[int, _FactThere] = field(default_factory=dict)
    moved: dict[int, Moved] = field(default_factory=dict)
    reasons: dict[int, str | None] = field(default_factory=dict)
    cited: dict[int, dict[str, int]] = field(default_factory=dict)
    lost_passages: set[int] = field(default_factory=set)

    def reason(self, question_id: int) -> str | None:
        """Say why a question cannot go; empty where it can, None where it is there already."""
        return self.reasons[question_id]

    def notes(self, going: Collection[int]) -> tuple[str, ...]:
        """Say what changes about the questions that go, beside their place."""
        told = []
        source = self.stored.bank.source
        if going:
            told.append(f"Their facts will be said to stand in “{source.title}”, {source.outlet}.")
        topics = [self.new_topics[one] for one in self._topics(going)]
        if topics:
            told.append(f"New topics there: {', '.join(topics)}.")
        copied = sum(not fact.goes_along and fact.row_id is None for fact in self._facts(going))
        if copied:
            told.append(
                f"Facts that are copied, since they are needed here too: {copied}. What learners remember stays here."
            )
        untied = sum(self.moved[one].untied for one in going)
        if untied:
            told.append(f"Wrong answers that lose the tie to the fact they were borrowed from: {untied}.")
        lost = len(self.lost_passages & {fact.was for fact in self._facts(going)})
        if lost:
            told.append(f"Marked passages that are left behind, since the text there does not have them: {lost}.")
        return tuple(told)

    def _topics(self, going: Collection[int]) -> list[str]:
        used = {self.moved[one].snapshot.question.topic for one in going}
        return [topic for topic in self.new_topics if topic in used]

    def _facts(self, going: Collection[int]) -> list[_FactThere]:
        return [self.facts[one] for one in {was for each in going for was in self.cited[each].values()}]


def plan_move(
    session: Session,
    actor: Actor,
    bank_name: str,
    rows: Sequence[Row[*tuple[Any, ...]]],
    snapshots: Mapping[int, Snapshot],
) -> Move:
    """Say what would become of questions in another bank. Six or seven statements. Raises NotFound for the bank.

    `rows` hold id, bank_id, name, origin, topic, fact_ids, author_id and the bank's topics and second_approver of each
    question. One's own goes from a bank where nobody else has approved it to none where somebody has to.
    """
    stored = stored_bank(session, bank_name, editable(actor))
    target = session.get_one(BankRow, stored.bank_id)
    names = set(session.scalars(select(QuestionRow.name).where(QuestionRow.bank_id == stored.bank_id)))
    tested = {row.fact_ids[name] for row in rows for name in snapshots[row.id].question.facts}
    known = {fact.id: fact for some in chunks(tested) for fact in session.scalars(_facts(some))}
    going = {row.id for row in rows if row.origin is Origin.INSTRUCTOR and row.bank_id != stored.bank_id}
    while True:
        # A question that turns out to stay may need a fact that was to go along: then all is planned anew.
        move = Move(stored.bank_id, stored.bank.title, stored, known, _needed(session, rows, going))
        topics = {topic.id: topic.label for topic in stored.bank.topics}
        for row in rows:
            move.reasons[row.id] = _reason(move, row, snapshots[row.id], topics, names, target)
            is_unseen = target.second_approver and not row.second_approver and row.author_id == actor.id
            if move.reasons[row.id] == "" and is_unseen:
                move.reasons[row.id] = OWN_WORDS
        stay = {one for one in going if move.reasons[one] != ""}
        if not stay:
            return move
        going -= stay


def _reason(
    move: Move,
    row: Row[*tuple[Any, ...]],
    snapshot: Snapshot,
    topics: dict[str, str],
    names: Collection[str],
    target: BankRow,
) -> str | None:
    """Plan one question; return why it cannot go: empty where it can, None where it is there already."""
    if row.bank_id == move.bank_id:
        return None
    if row.origin is not Origin.INSTRUCTOR:
        return FROM_FILE
    if row.name in names:
        return "The bank there has a question with its id."
    try:
        topic = _topic(row.topics.get(row.topic, row.topic), topics, move, target)
        _plan_question(move, row, snapshot, topic)
    except Unmovable as reason:
        return str(reason)
    return ""


def carry_over(session: Session, actor: Actor, move: Move, going: Collection[int], watch: Watch, now: datetime) -> None:
    """Put questions into the other bank, as new revisions, with their facts. What they were is watched already."""
    target = session.get_one(BankRow, move.bank_id)
    watch.watch("banks", [target.id])
    topics = {move.moved[one].snapshot.question.topic for one in going}
    new = {topic: label for topic, label in move.new_topics.items() if topic in topics}
    if new:
        target.topics = {**target.topics, **new}
    tested = {was for one in going for was in move.cited[one].values()}
    watch.watch("facts", tested)
    ids: dict[int, int] = {}
    for was in sorted(tested):
        ids[was] = _store_fact(session, move, move.facts[was], watch)
    for row in [row for some in chunks(sorted(going)) for row in session.scalars(_questions(some))]:
        snapshot = move.moved[row.id].snapshot
        fact_ids = move.stored.fact_ids | {move.facts[was].fact.id: ids[was] for was in move.cited[row.id].values()}
        row.bank_id, row.topic = target.id, snapshot.question.topic
        row.fact_id, row.revision_number = fact_ids[snapshot.question.fact], row.revision_number + 1
        add_revision(session, row, snapshot, fact_ids, now, actor.id)
    session.flush()  # cards and counts are made from what is stored
    cards_follow(session, [was for was in tested if move.facts[was].goes_along])
    _retire_left(session, [was for was in tested if not move.facts[was].goes_along], now)


def _questions(ids: Collection[int]) -> Select[QuestionRow]:
    return select(QuestionRow).where(QuestionRow.id.in_(ids)).order_by(QuestionRow.id)


def _facts(ids: Collection[int]) -> Select[FactRow]:
    return select(FactRow).where(FactRow.id.in_(ids))


def _needed(session: Session, moving: Sequence[Row[*tuple[Any, ...]]], going: Collection[int]) -> set[int]:
    """Return the facts that questions of these banks test or name which do not go."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.fact_id, QuestionRevisionRow.fact_ids)
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
        .where(QuestionRow.bank_id.in_({row.bank_id for row in moving}), QuestionRow.origin != Origin.CONTRAST)
    )
    staying = [row for row in rows if row.id not in going]
    return {fact for row in staying for fact in (row.fact_id, *row.fact_ids.values())}


def _topic(label: str, topics: dict[str, str], move: Move, target: BankRow) -> str:
    """Return the topic with this label there; a new one where the bank can have one. Raises Unmovable."""
    there = topic_there(label, topics)
    if there is not None:
        return there
    if target.origin is not Origin.INSTRUCTOR:
        raise Unmovable(f"The bank there has no topic “{label}”, and its topics come from a file.")
    name = _free(plain_name(label)[:60] or "topic", topics)
    topics[name] = move.new_topics[name] = label
    return name


def _plan_question(move: Move, row: Row[*tuple[Any, ...]], snapshot: Snapshot, topic: str) -> None:
    """Plan one question with the facts it tests. Raises Unmovable; each fact is planned once for all."""
    cited = {name: row.fact_ids[name] for name in snapshot.question.facts}
    for name, was in cited.items():
        if was not in move.facts:
            move.facts[was] = _plan_fact(move, snapshot, snapshot.facts[name], move.known[was], topic)
    facts = {name: move.facts[was].fact for name, was in cited.items()}
    move.moved[row.id] = question_there(snapshot, move.stored.bank, facts, topic)
    move.cited[row.id] = cited


def _plan_fact(move: Move, snapshot: Snapshot, fact: Fact, row: FactRow, topic: str) -> _FactThere:
    bank, taken = move.stored.bank, move.stored.fact_ids
    there = fact_there(fact, snapshot.source, bank, fact.id, topic)
    same = same_fact(there, bank)
    if same is not None:
        return _FactThere(same, taken[same.id], False, row.id)
    if fact.passage is not None and there.passage is None:
        move.lost_passages.add(row.id)
    names = {*taken, *(planned.fact.id for planned in move.facts.values())}
    goes_along = row.origin is Origin.INSTRUCTOR and row.id not in move.needed and fact.id not in names
    if not goes_along:
        there = fact_there(fact, snapshot.source, bank, _free(fact.id, names), topic)
    return _FactThere(there, row.id if goes_along else None, goes_along, row.id)


def _store_fact(session: Session, move: Move, planned: _FactThere, watch: Watch) -> int:
    """Put a fact where its questions go; return its row's id."""
    if planned.row_id is not None and not planned.goes_along:
        return planned.row_id
    fact, source_id = planned.fact, move.stored.source_id
    values: dict[str, Any] = {
        "source_id": source_id,
        "topic": fact.topic,
        "speaker": fact.speaker,
        "content": fact_to_json(fact, move.stored.bank.source),
        **kin_columns(fact),
    }
    was = session.get_one(FactRow, planned.was)
    if planned.goes_along:
        for name, value in values.items():
            setattr(was, name, value)
        return was.id
    place = func.coalesce(func.max(FactRow.place), -1) + 1
    copy = FactRow(
        name=fact.id,
        origin=Origin.INSTRUCTOR,
        place=session.scalar(select(place).where(FactRow.source_id == source_id)),
        tier=fact.tier,
        status=fact.status,
        review_by=was.review_by,
        **values,
    )
    session.add(copy)
    session.flush()  # the question needs its id
    watch.added("facts", [copy.id])
    return copy.id


def _retire_left(session: Session, fact_ids: Sequence[int], now: datetime) -> None:
    """Retire an instructor's facts that were left behind and that nobody is asked about any more."""
    asked = select(QuestionRow.fact_id).where(QuestionRow.retired_at.is_(None), QuestionRow.origin != Origin.CONTRAST)
    left = select(FactRow).where(
        FactRow.id.in_(fact_ids), FactRow.origin == Origin.INSTRUCTOR, FactRow.id.not_in(asked)
    )
    for row in session.scalars(left):
        row.retired_at = row.retired_at or now


def _free(name: str, taken: Collection[str]) -> str:
    """Return the name, with a number after it where it is taken."""
    if name not in taken:
        return name
    short = name[: LONGEST_NAME - 5]
    return next(free for number in range(2, 10_000) if (free := f"{short}-{number}") not in taken)
