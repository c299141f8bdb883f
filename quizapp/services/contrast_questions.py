"""The two questions that tell two facts apart: chosen among those on each fact, or made with the other in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.domain.errors import Conflict
from quizapp.domain.questions.contrast import Contrast, contrast, fact_base_of
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor
from quizapp.services.askable import Askable, current_questions
from quizapp.services.revisions import add_revision, content_of
from quizapp.services.shelf import on_shelf
from quizapp.services.stored_banks import StoredBank, stored_bank

_NOT_ASKED = "One of these two facts cannot be asked by itself any more."


def contrast_questions(
    session: Session,
    actor: Actor,
    fact_id: int,
    other_id: int,
    now: datetime,
    banks: dict[int, StoredBank] | None = None,
) -> tuple[Askable, Askable]:
    """Return a question on each of two facts with the other in view, in this order, made and stored if need be.

    A bank that has to be read for it is kept in `banks`, by its id, for the next pair. Raises Conflict when one of them
    has no question of its own, or the actor does not see its bank.
    """
    found, read = _candidates(session, actor, (fact_id, other_id)), {} if banks is None else banks
    first = _chosen(session, actor, found, (fact_id, other_id), read, now)
    return first, _chosen(session, actor, found, (other_id, fact_id), read, now)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question on one of the two facts as it reads today, and where it is stored."""

    askable: Askable
    snapshot: Snapshot
    fact_ids: dict[str, int]


def _candidates(session: Session, actor: Actor, facts: tuple[int, int]) -> dict[int, list[_Candidate]]:
    """Return the questions on either fact, by the fact's id. Raises Conflict when one has none."""
    rows = session.execute(
        current_questions(actor)
        .add_columns(QuestionRevisionRow.content, QuestionRevisionRow.fact_ids)
        .join(FactRow, FactRow.id == QuestionRow.fact_id)
        .where(QuestionRow.fact_id.in_(facts), FactRow.retired_at.is_(None))
        .order_by(QuestionRow.place, QuestionRow.id)
    )
    found: dict[int, list[_Candidate]] = {fact_id: [] for fact_id in facts}
    for row in rows:
        found[row.fact_id].append(
            _Candidate(
                Askable(row.bank_id, row.question_id, row.fact_id, row.revision_id),
                snapshot_from_text(row.content),
                row.fact_ids,
            )
        )
    if not all(found.values()):
        raise Conflict(_NOT_ASKED)
    return found


def _chosen(
    session: Session,
    actor: Actor,
    found: dict[int, list[_Candidate]],
    pair: tuple[int, int],
    banks: dict[int, StoredBank],
    now: datetime,
) -> Askable:
    """Return the question that asks the first fact of a pair with the other in view, made and stored if need be."""
    candidates, others = found[pair[0]], found[pair[1]]
    told = others[0].snapshot
    asked, fact_ids = [one.snapshot for one in candidates], {}
    best = contrast(asked, told.fact, told.speaker_of(told.fact))
    if best is not None and not best.offers(told.fact.id):  # only then is the whole bank worth reading
        bank_id = candidates[0].askable.bank_id
        if bank_id not in banks:
            banks[bank_id] = stored_bank(session, _bank_name(session, bank_id), on_shelf(actor))
        stored = banks[bank_id]
        fact_ids = stored.fact_ids
        best = contrast(asked, told.fact, told.speaker_of(told.fact), fact_base_of(stored.bank))
    if best is None:  # _candidates saw to it that there is one
        raise Conflict(_NOT_ASKED)
    if best.made:
        return _stored(session, best, [*candidates, *others], fact_ids, now)
    return next(one.askable for one in candidates if one.snapshot is best.snapshot)


def _bank_name(session: Session, bank_id: int) -> str:
    return session.execute(select(BankRow.name).where(BankRow.id == bank_id)).scalar_one()


def _stored(
    session: Session, best: Contrast, candidates: Sequence[_Candidate], known: dict[str, int], now: datetime
) -> Askable:
    """Store a question made for a contrast, or find it stored; its newest revision is the one returned."""
    question, like = best.snapshot.question, candidates[0].askable
    row = session.scalars(
        select(QuestionRow).where(QuestionRow.bank_id == like.bank_id, QuestionRow.name == question.id)
    ).one_or_none()
    if row is None:
        row = QuestionRow(
            bank_id=like.bank_id,
            name=question.id,
            origin=Origin.CONTRAST,
            place=0,
            fact_id=like.fact_id,
            revision_number=0,
            type=question.type,
            topic=question.topic,
            scored=False,
        )
        session.add(row)
        session.flush()  # the revision needs the question's id
    fact_ids = known | {name: number for one in candidates for name, number in one.fact_ids.items()}
    return Askable(like.bank_id, row.id, like.fact_id, _revision(session, row, best.snapshot, fact_ids, now))


def _revision(session: Session, row: QuestionRow, snapshot: Snapshot, fact_ids: dict[str, int], now: datetime) -> int:
    """Return the id of the newest revision; a new one where the question has changed since."""
    same = session.scalar(
        select(QuestionRevisionRow.id).where(
            QuestionRevisionRow.question_id == row.id,
            QuestionRevisionRow.number == row.revision_number,
            QuestionRevisionRow.content_hash == content_of(snapshot)[1],
        )
    )
    if same is not None:
        return same
    row.revision_number += 1
    added = add_revision(session, row, snapshot, fact_ids, now)
    session.flush()  # the attempt needs its id
    return added.id
