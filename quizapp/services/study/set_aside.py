"""Facts set aside after too many lapses: a learner's own list, and the instructor's list of what to rewrite."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, cast, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import BankRow, FactRow, SourceRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable, on_shelf
from quizapp.services.study.cards import find_card, keep_card
from quizapp.services.study.settings import study_settings

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Confusion:
    """A fact that another one was taken for, and how often."""

    fact: Fact
    times: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A fact of the learner's that was set aside until study day `until`, with what it was taken for."""

    card_id: int
    bank_name: str
    bank_title: str
    fact: Fact
    source: Source
    lapses: int
    until: int
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class ToRewrite:
    """A fact that learners keep forgetting: how many have it set aside, how often it was forgotten, and its mix-ups."""

    fact: Fact
    source: Source
    learners: int
    lapses: int
    confusions: tuple[Confusion, ...]


def set_aside(session: Session, actor: Actor, now: datetime) -> list[SetAside]:
    """Return the actor's facts that are set aside now, those that come back first at the top. Three statements."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(
        select(
            CardRow.id,
            CardRow.fact_id,
            CardRow.lapses,
            CardRow.due_day,
            BankRow.name,
            BankRow.title,
            cast(FactRow.content, Text).label("fact"),
            cast(SourceRow.details, Text).label("source"),
        )
        .join(BankRow, BankRow.id == CardRow.bank_id)
        .join(FactRow, FactRow.id == CardRow.fact_id)
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .where(
            CardRow.person_id == actor.id,
            CardRow.postponed_on.is_not(None),
            CardRow.due_day > study_settings(session, actor).day_of(now),
            on_shelf(actor),
            FactRow.retired_at.is_(None),
        )
        .order_by(CardRow.due_day, CardRow.id)
        .limit(AT_MOST)
    ).all()
    confused = _confusions(session, [row.fact_id for row in rows], actor.id)
    return [
        SetAside(
            row.id,
            row.name,
            row.title,
            fact_from_text(row.fact),
            source_from_text(row.source),
            row.lapses,
            row.due_day,
            confused.get(row.fact_id, ()),
        )
        for row in rows
    ]


def bring_back(session: Session, actor: Actor, card_id: int, now: datetime) -> None:
    """Make a fact that was set aside due today, with its memory as it was. Raises NotFound."""
    actor.require(Permission.TAKE_QUIZ)
    row = session.execute(
        select(CardRow.fact_id, CardRow.bank_id)
        .join(BankRow, BankRow.id == CardRow.bank_id)
        .where(
            CardRow.id == card_id,
            CardRow.person_id == actor.id,
            CardRow.postponed_on.is_not(None),
            on_shelf(actor),
        )
    ).one_or_none()
    if row is None:
        raise NotFound("This fact is not set aside.")
    card = find_card(session, actor.id, row.bank_id, row.fact_id)
    today = study_settings(session, actor).day_of(now)
    keep_card(session, card, replace(card.memory, due_day=today), None)


def to_rewrite(session: Session, actor: Actor, bank_name: str) -> tuple[str, list[ToRewrite]]:
    """Return a bank's title and the facts that learners have set aside: questions on them want another wording.

    Only an instructor who may change the bank may ask. Raises NotAllowed, NotFound. Three statements.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    bank = session.execute(
        select(BankRow.id, BankRow.title).where(BankRow.name == bank_name, editable(actor))
    ).one_or_none()
    if bank is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    rows = session.execute(
        select(
            FactRow.id,
            cast(FactRow.content, Text).label("fact"),
            cast(SourceRow.details, Text).label("source"),
            func.count().label("learners"),
            func.sum(CardRow.lapses).label("lapses"),
        )
        .join(CardRow, CardRow.fact_id == FactRow.id)
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .where(CardRow.bank_id == bank.id, CardRow.postponed_on.is_not(None), FactRow.retired_at.is_(None))
        .group_by(FactRow.id, cast(FactRow.content, Text), cast(SourceRow.details, Text))
        .order_by(func.count().desc(), func.sum(CardRow.lapses).desc(), FactRow.id)
        .limit(AT_MOST)
    ).all()
    confused = _confusions(session, [row.id for row in rows])
    return bank.title, [_to_rewrite(row, confused.get(row.id, ())) for row in rows]


def _to_rewrite(row: Row[*tuple[Any, ...]], confusions: tuple[Confusion, ...]) -> ToRewrite:
    fact, source = fact_from_text(row.fact), source_from_text(row.source)
    return ToRewrite(fact, source, int(row.learners), int(row.lapses), confusions)


def _confusions(
    session: Session, facts: Sequence[int], person_id: int | None = None
) -> dict[int, tuple[Confusion, ...]]:
    """Return what each fact was taken for, the commonest first; of one learner, or of all. One statement."""
    if not facts:
        return {}
    other = aliased(FactRow)
    statement = (
        select(
            ReviewRow.fact_id,
            cast(other.content, Text).label("fact"),
            func.count().label("times"),
        )
        .join(other, other.id == ReviewRow.chosen_fact_id)
        .where(ReviewRow.fact_id.in_(facts))
        .group_by(ReviewRow.fact_id, other.id, cast(other.content, Text))
        .order_by(func.count().desc(), other.id)
    )
    if person_id is not None:
        statement = statement.where(ReviewRow.person_id == person_id)
    found: dict[int, tuple[Confusion, ...]] = {}
    for row in session.execute(statement):
        found[row.fact_id] = (*found.get(row.fact_id, ()), Confusion(fact_from_text(row.fact), row.times))[:3]
    return found
