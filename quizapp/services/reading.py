"""The living article: a bank's source as its facts, with how they went in an attempt; and a fact asked from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.balance import Balance, balance_of
from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.facts.retelling import Section
from quizapp.domain.facts.told_text import ToldText, told_text
from quizapp.domain.facts.whole_retelling import whole_retelling
from quizapp.domain.questions.bank_formats.stored import fact_from_text, retelling_from_text, source_from_text
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.fact_marks import AskedOnce, FactMark, marks_of
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.seeded_order import SeededOrder
from quizapp.services.askable import current_questions
from quizapp.services.imported_places import is_without_place
from quizapp.services.quizzes import store_attempt
from quizapp.services.shelf import on_shelf

MAX_FOLLOWED = 2_000
"""Responses shown on one page; who taps more facts than that sees the marks of the first ones."""


@dataclass(frozen=True, slots=True)
class ReadingFact:
    """A fact on the page: whether an instructor added it, and whether there is a question on it."""

    fact: Fact
    added: bool
    has_question: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """What was asked, given (empty: nothing) and right where a fact was missed.

    `reason` says what went wrong where the question tests several facts.
    """

    stem: str
    given: str
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadAttempt:
    """An attempt as the page shows it: the mark of each fact that was asked, and what was given where it was missed."""

    attempt_id: int
    kind: AttemptKind
    length: int
    answered: int
    right: int
    finished: bool
    marks: Mapping[str, FactMark]
    missed: Mapping[str, Missed]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A bank's source retold, or its own text where that is stored: then there are no `sections`.

    `facts` holds what is known of each fact marked in either, by its id; `unplaced` are those that an import made and
    that stand in neither.
    """

    bank_name: str
    bank_title: str
    source: Source
    balance: Balance
    sections: tuple[Section, ...]
    facts: Mapping[str, ReadingFact]
    attempt: ReadAttempt | None
    text: ToldText | None = None
    unplaced: tuple[Fact, ...] = ()


_HAS_QUESTION = (
    select(QuestionRow.id)
    .where(
        QuestionRow.fact_id == FactRow.id,
        QuestionRow.bank_id == BankRow.id,
        QuestionRow.retired_at.is_(None),
        QuestionRow.origin != Origin.CONTRAST,
    )
    .correlate(FactRow, BankRow)
    .exists()
)
# The source is long and the facts are many: it is sent with the first of them only.
_IS_FIRST = func.row_number().over(order_by=(FactRow.place, FactRow.id)) == 1
_PAGE = (
    select(
        BankRow.name.label("bank_name"),
        BankRow.title,
        case((_IS_FIRST, cast(SourceRow.details, Text))).label("source"),
        case((_IS_FIRST, SourceRow.retelling)).label("retelling"),
        case((_IS_FIRST, SourceRow.text)).label("text"),
        cast(FactRow.content, Text).label("fact"),
        FactRow.name.label("fact_name"),
        FactRow.origin,
        _HAS_QUESTION.label("has_question"),
        is_without_place().label("is_without_place"),
    )
    .join(SourceRow, SourceRow.id == BankRow.source_id)
    .outerjoin(FactRow, and_(FactRow.source_id == SourceRow.id, FactRow.retired_at.is_(None)))
    .order_by(FactRow.place, FactRow.id)
)


def reading_page(session: Session, bank_name: str, actor: Actor | None = None, attempt_id: int = 0) -> ReadingPage:
    """Return the page of a bank, with the marks of the actor's attempt if one is given.

    Raises NotFound for a bank the actor does not see and for an attempt that is not the actor's or of another bank.
    One statement, two with an attempt.
    """
    rows = session.execute(_PAGE.where(BankRow.name == bank_name, on_shelf(actor))).all()
    if not rows:
        raise NotFound(f"There is no bank “{bank_name}”.")
    first = rows[0]
    source = source_from_text(first.source)
    facts = {
        row.fact_name: ReadingFact(fact_from_text(row.fact), row.origin is Origin.INSTRUCTOR, row.has_question)
        for row in rows
        if row.fact_name is not None
    }
    unplaced = [row.fact_name for row in rows if row.is_without_place]
    told = [one.fact for name, one in facts.items() if name not in unplaced]
    sections = () if first.text else whole_retelling(retelling_from_text(first.retelling), told)
    return ReadingPage(
        bank_name=first.bank_name,
        bank_title=first.title,
        source=source,
        balance=balance_of(told, source),
        sections=sections,
        facts=facts,
        attempt=_read_attempt(session, bank_name, actor, attempt_id) if attempt_id else None,
        text=told_text(first.text, told) if first.text else None,
        unplaced=tuple(facts[name].fact for name in unplaced),
    )


def _read_attempt(session: Session, bank_name: str, actor: Actor | None, attempt_id: int) -> ReadAttempt:
    if actor is None:
        raise NotFound("There is no such quiz.")
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(
        select(
            AttemptRow.id,
            AttemptRow.kind,
            AttemptRow.length,
            AttemptRow.finished_at,
            QuestionRevisionRow.content,
            ResponseRow.given,
            ResponseRow.score,
        )
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .join(AttemptQuestionRow, AttemptQuestionRow.attempt_id == AttemptRow.id)
        .join(QuestionRevisionRow, QuestionRevisionRow.id == AttemptQuestionRow.question_revision_id)
        .outerjoin(
            ResponseRow,
            and_(ResponseRow.attempt_id == AttemptRow.id, ResponseRow.position == AttemptQuestionRow.position),
        )
        .where(
            BankRow.name == bank_name,
            AttemptRow.person_id == actor.id,
            or_(AttemptRow.id == attempt_id, AttemptRow.follows_id == attempt_id),
        )
        .order_by(AttemptRow.id, AttemptQuestionRow.position)
        .limit(MAX_FOLLOWED)
    ).all()
    own = [row for row in rows if row.id == attempt_id]
    if not own:
        raise NotFound("There is no such quiz.")
    shown = [row for row in rows if row.given is not None or (row.id == attempt_id and row.finished_at is not None)]
    return ReadAttempt(
        attempt_id=attempt_id,
        kind=own[0].kind,
        length=own[0].length,
        answered=sum(row.given is not None for row in own),
        right=sum(row.score is not None and row.score >= 1 for row in own),
        finished=own[0].finished_at is not None,
        marks=marks_of(_asked_once(row, attempt_id) for row in shown),
        missed=_missed(shown),
    )


def _asked_once(row: Row[*tuple[Any, ...]], attempt_id: int) -> AskedOnce:
    snapshot = snapshot_from_text(row.content)
    tapped = snapshot.question.fact if row.kind is AttemptKind.FACT else ""
    return AskedOnce(snapshot, row.score, row.id != attempt_id, tapped)


def _missed(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, Missed]:
    """Return what was last given wrongly on each fact, by a question on it alone where there was one."""
    alone: dict[str, Missed] = {}
    together: dict[str, Missed] = {}
    for row in rows:
        if (row.score or 0) < 1:
            snapshot = snapshot_from_text(row.content)
            question, given = snapshot.question, "" if row.given is None else snapshot.response_text(row.given)
            if len(question.facts) == 1:
                alone[question.fact] = Missed(question.stem, given, snapshot.answer_text)
            else:
                reason = "" if row.given is None else snapshot.grade(row.given).reason
                missed = Missed(question.stem, given, snapshot.answer_text, reason)
                together |= dict.fromkeys(question.facts, missed)
    return together | alone


def ask_fact(
    session: Session, actor: Actor, bank_name: str, fact_name: str, seed: int, now: datetime, attempt_id: int = 0
) -> int:
    """Ask one fact in an attempt that counts for nothing, and that follows from the actor's `attempt_id` if given.

    Of several questions on the fact, one on it alone that the attempt has asked least often is taken. Returns the new
    attempt's id. Raises NotFound for an unknown attempt, for a bank the actor does not see and for a fact without a
    question.
    """
    actor.require(Permission.TAKE_QUIZ)
    found = session.execute(
        current_questions(actor)
        .add_columns(QuestionRevisionRow.content)
        .join(FactRow, FactRow.id == QuestionRow.fact_id)
        .where(
            BankRow.name == bank_name,
            FactRow.name == fact_name,
            FactRow.retired_at.is_(None),
        )
    ).all()
    if not found:
        raise NotFound("There is no question on this fact.")
    asked = _times_asked(session, actor, found[0].bank_id, attempt_id) if attempt_id else {}
    shuffled = SeededOrder(seed).within("forms").of(found, name=lambda one: one.question_id)
    chosen = min(shuffled, key=lambda one: (_tests_others_too(one.content), asked.get(one.question_id, 0)))
    follows = attempt_id or None
    return store_attempt(session, actor, [chosen], None, seed, now, AttemptKind.FACT, follows)


def _tests_others_too(content: str) -> bool:
    return len(snapshot_from_text(content).question.facts) > 1


def _times_asked(session: Session, actor: Actor, bank_id: int, attempt_id: int) -> dict[int, int]:
    """Count how often the actor's attempt and what followed from it asked each question, by the question's id."""
    rows = session.execute(
        select(QuestionRevisionRow.question_id, func.count().label("times"))
        .join(AttemptQuestionRow, AttemptQuestionRow.question_revision_id == QuestionRevisionRow.id)
        .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
        .where(
            AttemptRow.person_id == actor.id,
            AttemptRow.bank_id == bank_id,
            or_(AttemptRow.id == attempt_id, AttemptRow.follows_id == attempt_id),
        )
        .group_by(QuestionRevisionRow.question_id)
    ).all()
    if not rows:
        raise NotFound("There is no such quiz.")
    return {row.question_id: row.times for row in rows}
