"""What needs an instructor's attention in the banks they may change: counted, and listed to be worked off."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, and_, case, cast, distinct, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRow, SourceRow
from quizapp.database.studio_tables import DraftRow, DraftState, QuestionReportRow
from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.imported_places import is_without_place
from quizapp.services.shelf import editable
from quizapp.services.studio.drafts import REJECTED_FOR

AT_MOST = 200
"""The facts that are listed at once; the counts are of all."""
_NOT_GIVEN = ("", "not given", "none given", "not recorded", "unknown")
_LOOKED_AT = 8
"""The paragraphs of a fact that are compared with those of its source."""


class Lack(StrEnum):
    """Why a fact needs attention."""

    NO_PLACE = "no place"
    """It names no paragraph of its source, or its passage is not in the source's text any more: rule D-1.

    So does a fact that an import made in a bank with a stored text, until somebody says where it stands.
    """
    PAST_REVIEW = "past review"
    """Somebody was to look at it again by a day that has passed."""


@dataclass(frozen=True, slots=True)
class Attention:
    """How many things need attention, over all banks that somebody may change.

    `drafts` can be decided by them, `own_drafts` wait for somebody else; `reported` counts questions, `sources` banks
    that do not say where or when their source is from, `rejected` drafts of their own, in the bank `rejected_in` among
    others.
    """

    drafts: int
    own_drafts: int
    reported: int
    no_place: int
    past_review: int
    sources: int
    rejected: int = 0
    rejected_in: str = ""

    @property
    def total(self) -> int:
        """How many things there are to do."""
        return self.drafts + self.reported + self.no_place + self.past_review + self.sources + self.rejected


@dataclass(frozen=True, slots=True)
class LackingFact:
    """A fact that needs attention; `question_id` is a question on it that can be edited in the browser, if any."""

    bank_name: str
    bank_title: str
    fact: Fact
    source: Source
    lacks: frozenset[Lack]
    question_id: int | None


@dataclass(frozen=True, slots=True)
class LackingSource:
    """A bank whose source says too little; `lacks` are the words for what."""

    bank_name: str
    bank_title: str
    lacks: tuple[str, ...]


def attention(session: Session, actor: Actor, today: date) -> Attention:
    """Count what needs the actor's attention. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(
        select(
            *(
                counted.label(name)
                for name, counted in {
                    "drafts": _drafts(actor, own=False),
                    "own_drafts": _drafts(actor, own=True),
                    "reported": _reported(actor),
                    "no_place": _facts(actor, _has_no_place()),
                    "past_review": _facts(actor, _is_past(today)),
                    "sources": select(func.count()).where(_is_vague(), *_of_mine(actor)).scalar_subquery(),
                    "rejected": _rejected(actor, today, func.count()),
                    "rejected_in": _rejected(actor, today, func.coalesce(func.min(BankRow.name), "")),
                }.items()
            )
        )
    ).one()
    return Attention(*row)


def lacking_facts(session: Session, actor: Actor, today: date) -> list[LackingFact]:
    """Return the facts without a place in their source and those past their review date. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    editable_question = (
        select(func.min(QuestionRow.id))
        .where(
            QuestionRow.fact_id == FactRow.id,
            QuestionRow.origin == Origin.INSTRUCTOR,
            QuestionRow.retired_at.is_(None),
        )
        .correlate(FactRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            BankRow.name,
            BankRow.title,
            cast(FactRow.content, Text).label("fact"),
            cast(SourceRow.details, Text).label("source"),
            case((_has_no_place(), 1), else_=0).label("no_place"),
            case((_is_past(today), 1), else_=0).label("past_review"),
            editable_question.label("question_id"),
        )
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .join(BankRow, BankRow.source_id == SourceRow.id)
        .where(FactRow.retired_at.is_(None), editable(actor), or_(_has_no_place(), _is_past(today)))
        .order_by(BankRow.title, FactRow.review_by, FactRow.place, FactRow.id)
        .limit(AT_MOST)
    )
    return [_lacking(row) for row in rows]


def lacking_sources(session: Session, actor: Actor) -> list[LackingSource]:
    """Return the banks whose source does not say where or when it is from. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    rows = session.execute(
        select(BankRow.name, BankRow.title, cast(SourceRow.details, Text).label("source"))
        .where(_is_vague(), *_of_mine(actor))
        .order_by(BankRow.title, BankRow.id)
    )
    found = []
    for row in rows:
        source = source_from_text(row.source)
        told = {"outlet": source.outlet, "date": source.date}
        lacks = tuple(name for name, text in told.items() if text.strip().lower() in _NOT_GIVEN)
        found.append(LackingSource(row.name, row.title, lacks))
    return found


def _lacking(row: Row[*tuple[Any, ...]]) -> LackingFact:
    lacks = {lack for lack, is_so in ((Lack.NO_PLACE, row.no_place), (Lack.PAST_REVIEW, row.past_review)) if is_so}
    fact, source = fact_from_text(row.fact), source_from_text(row.source)
    return LackingFact(row.name, row.title, fact, source, frozenset(lacks), row.question_id)


def _drafts(actor: Actor, *, own: bool) -> Any:
    """Count the drafts that wait: those that somebody else has to approve, or the others."""
    is_own = and_(BankRow.second_approver, func.coalesce(DraftRow.author_id, literal(0)) == actor.id)
    return (
        select(func.count())
        .select_from(DraftRow)
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .where(DraftRow.state == DraftState.WAITING, editable(actor), is_own if own else not_(is_own))
        .scalar_subquery()
    )


def _rejected(actor: Actor, today: date, told: Any) -> Any:
    """Tell something of the drafts of the actor's own that were rejected lately."""
    since = datetime.combine(today, time(), UTC) - REJECTED_FOR
    return (
        select(told)
        .select_from(DraftRow)
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .where(DraftRow.state == DraftState.REJECTED, DraftRow.author_id == actor.id, DraftRow.changed_at >= since)
        .where(editable(actor))
        .scalar_subquery()
    )


def _reported(actor: Actor) -> Any:
    return (
        select(func.count(distinct(QuestionReportRow.question_id)))
        .join(QuestionRow, QuestionRow.id == QuestionReportRow.question_id)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .where(QuestionReportRow.settled_at.is_(None), editable(actor))
        .scalar_subquery()
    )


def _facts(actor: Actor, lack: ColumnElement[bool]) -> Any:
    return (
        select(func.count())
        .select_from(FactRow)
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .join(BankRow, BankRow.source_id == SourceRow.id)
        .where(FactRow.retired_at.is_(None), editable(actor), lack)
        .scalar_subquery()
    )


def _of_mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return BankRow.source_id == SourceRow.id, editable(actor)


def _is_past(today: date) -> ColumnElement[bool]:
    return FactRow.review_by <= today


def _has_no_place() -> ColumnElement[bool]:
    """Say of a fact whether rule D-1 is broken by it, as `bank check` says it, or an import found it no place."""
    place, last = FactRow.content["paragraphs"], SourceRow.details["paragraphs"].as_integer()
    passage = FactRow.content["passage"]
    start, end = passage["start"].as_integer(), passage["end"].as_integer()
    words = func.substr(SourceRow.text, start + 1, end - start)
    return or_(
        place[0].as_integer().is_(None),
        *(or_(place[number].as_integer() < 1, place[number].as_integer() > last) for number in range(_LOOKED_AT)),
        and_(SourceRow.text != "", words != passage["text"].as_string()),
        and_(SourceRow.text != "", is_without_place()),
    )


def _is_vague() -> ColumnElement[bool]:
    """Say of a source whether it is an article without an outlet or a date; a deck is its own source."""
    details = SourceRow.details
    told = [func.lower(func.trim(details[name].as_string())) for name in ("outlet", "date")]
    is_deck = func.coalesce(details["kind"].as_string(), "") == "deck"
    return and_(not_(is_deck), or_(*(func.coalesce(text, "").in_(_NOT_GIVEN) for text in told)))
