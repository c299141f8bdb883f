"""What doing one thing to many questions at once would do: to which of them, and why not to the others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import QuestionTagRow
from quizapp.domain.errors import InvalidContent, NotFound, Problem
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.questions.tag import tag_problem, tidy_tag
from quizapp.domain.questions.weight import WEIGHTS, weight_words
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.studio.moving import FROM_FILE, Move, plan_move
from quizapp.services.studio.own_work import OWN_WORDS, is_own_work
from quizapp.services.studio.states import chunks

MOST = 10_000
"""Questions that one step takes."""
DATED_BY_FILE = "Its review date stands in the bank’s file: change it there."


class Action(StrEnum):
    """What can be done to many questions."""

    TAG = "tag"
    UNTAG = "untag"
    MOVE = "move"
    ARCHIVE = "archive"
    BRING_BACK = "bring-back"
    WEIGH = "weigh"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Order:
    """What to do to which questions. `value` is the tag, the bank's name, the weight, or the day (empty: none)."""

    action: Action
    ids: tuple[int, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A question that an order is about; `reason` says why it cannot be done to it, empty where it will be."""

    id: int
    bank_title: str
    stem: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What an order would do: to `changes`, not to `refused`, and for nothing to those that are so already.

    Two plans with one `fingerprint` show the same and do the same. `words` say what will be done, `done` what was.
    """

    order: Order
    words: str
    done: str
    changes: tuple[Planned, ...]
    refused: tuple[Planned, ...]
    unchanged: int
    notes: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question as a plan sees it."""

    row: Row[*tuple[Any, ...]]
    tags: frozenset[str]

    @property
    def snapshot(self) -> Snapshot:
        """The question as it reads now."""
        return snapshot_from_text(self.row.content)


def plan_bulk(session: Session, actor: Actor, order: Order) -> BulkPlan:
    """Say what an order would do; nothing is written.

    Raises NotFound when one of the questions is in no bank that the actor may change, and InvalidContent when nothing
    or too much is chosen, or the value is none; the place of each problem is the field it is about.
    """
    return planned(session, actor, order)[0]


def planned(
    session: Session, actor: Actor, order: Order, *, locked: bool = False
) -> tuple[BulkPlan, list[Chosen], Move | None]:
    """Return the plan, the questions it is about, and the move if it is one; `locked` until the transaction ends."""
    actor.require(Permission.WRITE_QUESTIONS)
    _refuse_bad(order)
    found = _questions(session, actor, order.ids, locked)
    move = None
    if order.action is Action.MOVE:
        snapshots = {one.row.id: one.snapshot for one in found}
        move = plan_move(session, actor, order.value, [one.row for one in found], snapshots)
    about, unchanged = [], 0
    for one in found:
        reason = _reason(one, order, move)
        if reason == "" and order.action is Action.BRING_BACK and is_own_work(actor, one.row):
            reason = OWN_WORDS
        if reason is None:
            unchanged += 1
        else:
            about.append(Planned(one.row.id, one.row.title, one.snapshot.question.stem, reason))
    changes = tuple(one for one in about if not one.reason)
    refused = tuple(one for one in about if one.reason)
    notes = move.notes({one.id for one in changes}) if move else ()
    words = _words(order, move, len(changes))
    done = _done(order, move, len(changes)) + (f": “{changes[0].stem}”" if len(changes) == 1 else "")
    states = [(one.row.id, one.row.revision_number, one.row.retired_at is None) for one in found]
    told = [order.action, order.value, states, [one.id for one in changes], [one.reason for one in refused], notes]
    fingerprint = sha256(json.dumps(told).encode()).hexdigest()
    return BulkPlan(order, words, done, changes, refused, unchanged, notes, fingerprint), found, move


def _refuse_bad(order: Order) -> None:
    """Raise InvalidContent when nothing or too much is chosen, or the value is none."""
    place, sentence = "", ""
    if not order.ids:
        place, sentence = "chosen", "Choose the questions first."
    elif len(order.ids) > MOST:
        place, sentence = "chosen", f"Choose fewer: one step takes {MOST:,} questions."
    elif order.action in (Action.TAG, Action.UNTAG):
        place, sentence = "tag", tag_problem(order.value)
    elif order.action is Action.MOVE and not order.value:
        place, sentence = "bank", "Choose the bank that they go to."
    elif order.action is Action.WEIGH and order.value not in {f"{weight:g}" for weight in WEIGHTS}:
        place, sentence = "weight", "Choose one of those on offer."
    elif order.action is Action.REVIEW:
        place, sentence = "review_by", _day_problem(order.value)
    if sentence:
        raise InvalidContent([Problem(place, sentence)])


def _day_problem(text: str) -> str:
    try:
        day_of(text)
    except ValueError:
        return "Write a day, like 2026-06-01."
    return ""


def day_of(text: str) -> date | None:
    """Read a day; None where the text is empty. Raises ValueError."""
    return date.fromisoformat(text) if text else None


def _questions(session: Session, actor: Actor, ids: Sequence[int], locked: bool) -> list[Chosen]:
    """Return the questions in the order of their ids. Two statements for each 5,000. Raises NotFound."""
    rows: list[Row[*tuple[Any, ...]]] = []
    tags: dict[int, set[str]] = {}
    for some in chunks(ids):
        statement = (
            select(
                QuestionRow.id,
                QuestionRow.bank_id,
                QuestionRow.name,
                QuestionRow.origin,
                QuestionRow.topic,
                QuestionRow.fact_id,
                QuestionRow.weight,
                QuestionRow.retired_at,
                QuestionRow.revision_number,
                QuestionRevisionRow.content,
                QuestionRevisionRow.fact_ids,
                QuestionRevisionRow.author_id,
                FactRow.review_by,
                FactRow.origin.label("fact_origin"),
                FactRow.content.label("fact"),
                BankRow.title,
                BankRow.topics,
                BankRow.second_approver,
            )
            .join(BankRow, BankRow.id == QuestionRow.bank_id)
            .join(FactRow, FactRow.id == QuestionRow.fact_id)
            .join(
                QuestionRevisionRow,
                (QuestionRevisionRow.question_id == QuestionRow.id)
                & (QuestionRevisionRow.number == QuestionRow.revision_number),
            )
            .where(QuestionRow.id.in_(some), QuestionRow.origin != Origin.CONTRAST, editable(actor))
            .order_by(QuestionRow.id)
        )
        rows += session.execute(statement.with_for_update(of=QuestionRow) if locked else statement)
        for row in session.execute(select(QuestionTagRow).where(QuestionTagRow.question_id.in_(some))).scalars():
            tags.setdefault(row.question_id, set()).add(row.tag)
    if len(rows) != len(set(ids)):
        raise NotFound("There is no such question.")
    return [Chosen(row, frozenset(tags.get(row.id, ()))) for row in rows]


def _reason(one: Chosen, order: Order, move: Move | None) -> str | None:
    """Say why an order cannot be done to a question; empty where it can, None where it is so already."""
    action, row = order.action, one.row
    if action is Action.MOVE:
        return move.reason(row.id) if move else ""
    if action in (Action.TAG, Action.UNTAG):
        return None if (tidy_tag(order.value) in one.tags) == (action is Action.TAG) else ""
    if action is Action.WEIGH:
        return None if row.weight == float(order.value) else ""
    if action is Action.REVIEW:
        if row.fact_origin is Origin.FILE and row.fact.get("review_by"):
            return DATED_BY_FILE
        return None if row.review_by == day_of(order.value) else ""
    if row.origin is not Origin.INSTRUCTOR:
        return FROM_FILE
    return None if (row.retired_at is not None) == (action is Action.ARCHIVE) else ""


def _words(order: Order, move: Move | None, count: int) -> str:
    """Return what is about to be done, as an order."""
    them, value = _them(count), _value(order)
    if order.action is Action.WEIGH:
        return f"Set the weight of {them}: each {weight_words(float(value))}"
    return {
        Action.TAG: f"Tag {them} “{value}”",
        Action.UNTAG: f"Take the tag “{value}” off {them}",
        Action.MOVE: f"Move {them} to “{move.title if move else ''}”",
        Action.ARCHIVE: f"Stop asking {them}",
        Action.BRING_BACK: f"Ask {them} again",
        Action.REVIEW: f"Give the facts of {them} {_date_words(value)}",
    }[order.action]


def _done(order: Order, move: Move | None, count: int) -> str:
    """Return what was done."""
    them, value = _them(count), _value(order)
    if order.action is Action.WEIGH:
        return f"Set the weight of {them}: each {weight_words(float(value))}"
    return {
        Action.TAG: f"Tagged {them} “{value}”",
        Action.UNTAG: f"Took the tag “{value}” off {them}",
        Action.MOVE: f"Moved {them} to “{move.title if move else ''}”",
        Action.ARCHIVE: f"Stopped asking {them}",
        Action.BRING_BACK: f"Asked {them} again",
        Action.REVIEW: f"Gave the facts of {them} {_date_words(value)}",
    }[order.action]


def _them(count: int) -> str:
    return "1 question" if count == 1 else f"{count:,} questions"


def _value(order: Order) -> str:
    return tidy_tag(order.value) if order.action in (Action.TAG, Action.UNTAG) else order.value


def _date_words(value: str) -> str:
    return f"the review date {value}" if value else "no review date"
