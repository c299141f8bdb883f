"""One thing done to many questions at once: exactly what was shown, as one step that can be undone, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import FactRow, Origin, QuestionRow
from quizapp.database.studio_tables import QuestionTagRow, StepKind
from quizapp.domain.errors import Conflict
from quizapp.domain.questions.tag import tidy_tag
from quizapp.domain.roles import Actor
from quizapp.services.studio.bulk_plan import Action, BulkPlan, Order, day_of, planned
from quizapp.services.studio.moving import carry_over
from quizapp.services.studio.states import chunks
from quizapp.services.studio.steps import Watch
from quizapp.services.study.counts import recount

CHANGED = "Something has changed since you looked."


def carry_out_bulk(
    session: Session, actor: Actor, order: Order, shown: str, now: datetime
) -> tuple[BulkPlan, int | None]:
    """Do exactly what was shown, as one step; return the plan and the step.

    `shown` is the fingerprint of the plan that was looked at. Raises what `plan_bulk` does, and Conflict, before
    anything is written, when the plan is another one by now or holds nothing to do.
    """
    plan, found, move = planned(session, actor, order, locked=True)
    if plan.fingerprint != shown:
        raise Conflict(CHANGED)
    if not plan.changes:
        raise Conflict("There is nothing to do.")
    chosen = {one.id for one in plan.changes}
    questions = [one for one in found if one.row.id in chosen]
    ids = [one.row.id for one in questions]
    facts = list(dict.fromkeys(one.row.fact_id for one in questions))
    watch = Watch(session)
    watch.watch("questions", ids)
    if order.action is Action.MOVE and move is not None:
        carry_over(session, actor, move, chosen, watch, now)
    elif order.action in (Action.TAG, Action.UNTAG):
        _tag(session, ids, tidy_tag(order.value), order.action is Action.TAG)
    elif order.action is Action.WEIGH:
        for row in _rows(session, QuestionRow, ids):
            row.weight = float(order.value)
    elif order.action is Action.REVIEW:
        watch.watch("facts", facts)
        _review(session, facts, day_of(order.value))
    else:
        watch.watch("facts", facts)
        _archive(session, ids, facts, now if order.action is Action.ARCHIVE else None)
    banks = list(dict.fromkeys(one.row.bank_id for one in questions))
    step_id = watch.record(actor, banks[0], StepKind.BULK, plan.done, now)
    if order.action in (Action.ARCHIVE, Action.BRING_BACK, Action.MOVE):
        for bank_id in {*banks, *([move.bank_id] if move else [])}:
            recount(session, bank_id)
    return plan, step_id


def _rows(session: Session, row_class: Any, ids: Iterable[int]) -> Iterable[Any]:
    for some in chunks(ids):
        yield from session.scalars(select(row_class).where(row_class.id.in_(some)))


def _tag(session: Session, ids: Sequence[int], tag: str, on: bool) -> None:
    if on:
        session.execute(insert(QuestionTagRow), [{"question_id": one, "tag": tag} for one in ids])
        return
    for some in chunks(ids):
        session.execute(delete(QuestionTagRow).where(QuestionTagRow.question_id.in_(some), QuestionTagRow.tag == tag))


def _review(session: Session, fact_ids: Sequence[int], day: date | None) -> None:
    """Set the review date of facts, and in the words of those that no file holds."""
    for row in _rows(session, FactRow, fact_ids):
        row.review_by = day
        if row.origin is Origin.INSTRUCTOR:
            rest = {name: value for name, value in row.content.items() if name != "review_by"}
            row.content = rest | ({"review_by": day.isoformat()} if day else {})


def _archive(session: Session, ids: Sequence[int], fact_ids: Sequence[int], retired_at: datetime | None) -> None:
    """Stop asking questions, or ask them again; an instructor's fact that no other question asks goes with them."""
    for row in _rows(session, QuestionRow, ids):
        row.retired_at = retired_at
    session.flush()  # which facts are still asked is asked of what is stored
    asked: set[int] = set()
    for some in chunks(fact_ids):
        asked |= set(
            session.scalars(
                select(QuestionRow.fact_id).where(
                    QuestionRow.fact_id.in_(some),
                    QuestionRow.retired_at.is_(None),
                    QuestionRow.origin != Origin.CONTRAST,
                )
            )
        )
    for row in _rows(session, FactRow, fact_ids):
        if row.origin is Origin.INSTRUCTOR and (retired_at is None or row.id not in asked):
            row.retired_at = retired_at
