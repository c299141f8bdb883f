"""Every question that somebody may change, across all their banks: found by its words and by what it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import QuestionReportRow, QuestionTagRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.fact import Status
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.bank_lint.registry import LINT_RULES
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.questions.tag import tidy_tag
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank

PAGE = 50
SOON = timedelta(days=30)
ANY_RULE = "any"
_BETWEEN = "\n"
"""What no tag holds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty does not matter.

    `words` are looked for in stem, answer, facts and explanation; `topic` is a label; `state` asked or archived;
    `rule` the id of a rule that is broken, or any; `review` past, soon or none; `origin` file or instructor; `sort`
    newest, bank, changed, review or type.
    """

    words: str = ""
    bank: str = ""
    type: str = ""
    topic: str = ""
    status: str = ""
    state: str = "asked"
    tag: str = ""
    rule: str = ""
    review: str = ""
    origin: str = ""
    sort: str = "newest"


@dataclass(frozen=True, slots=True)
class BankChoice:
    """A bank that the actor may change, with the labels of its topics by id and the tags in it."""

    id: int
    name: str
    title: str
    topics: dict[str, str]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list. `reports` counts the problems with it that nobody has settled yet."""

    id: int
    bank_name: str
    bank_title: str
    snapshot: Snapshot
    topic: str
    fact_name: str
    review_by: date | None
    weight: float
    tags: tuple[str, ...]
    by_hand: bool
    retired: bool
    reports: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found; `total` counts all of it."""

    questions: tuple[Listed, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """The number of the first question on this page, from 1."""
        return (self.page - 1) * PAGE + 1


def banks_to_search(session: Session, actor: Actor, bank_name: str = "") -> list[BankChoice]:
    """Return the banks that the actor may change, by title. One statement. Raises NotFound when `bank_name` is none."""
    actor.require(Permission.WRITE_QUESTIONS)
    in_bank = (
        select(QuestionRow.bank_id, QuestionTagRow.tag)
        .join(QuestionRow, QuestionRow.id == QuestionTagRow.question_id)
        .distinct()
        .subquery()
    )
    tags = (
        select(in_bank.c.bank_id, func.aggregate_strings(in_bank.c.tag, _BETWEEN).label("tags"))
        .group_by(in_bank.c.bank_id)
        .subquery()
    )
    rows = session.execute(
        select(BankRow.id, BankRow.name, BankRow.title, BankRow.topics, tags.c.tags)
        .outerjoin(tags, tags.c.bank_id == BankRow.id)
        .where(editable(actor))
        .order_by(BankRow.title, BankRow.id)
    )
    found = [BankChoice(row.id, row.name, row.title, row.topics, _tags(row.tags)) for row in rows]
    if bank_name and bank_name not in {bank.name for bank in found}:
        raise NotFound(f"There is no bank “{bank_name}”.")
    return found


def find_questions(
    session: Session, actor: Actor, wanted: Wanted, banks: Sequence[BankChoice], page: int, now: datetime
) -> Found:
    """Return one page of the questions that are wanted; of a page too far, the last one.

    One statement; where a rule is asked for, three more for each bank. `banks` are those that may be searched.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    statement = _ordered(_listed().where(*_conditions(session, actor, wanted, banks, now)), wanted.sort)
    if wanted.words.strip():
        rows = [row for row in session.execute(statement) if _holds(row.content, wanted.words)]
        total = len(rows)
        page = min(page, max(1, -(-total // PAGE)))
        rows = rows[(page - 1) * PAGE : page * PAGE]
    else:
        rows, total = _page(session, statement, page)
        if not rows and page > 1:
            count = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
            page = max(1, -(-count // PAGE))
            rows, total = _page(session, statement, page)
    labels = {bank.id: bank.topics for bank in banks}
    return Found(tuple(_listed_row(row, labels) for row in rows), total, page)


def found_ids(
    session: Session, actor: Actor, wanted: Wanted, banks: Sequence[BankChoice], now: datetime
) -> tuple[int, ...]:
    """Return the ids of all questions that are wanted, in the order of the list."""
    actor.require(Permission.WRITE_QUESTIONS)
    statement = _ordered(_listed().where(*_conditions(session, actor, wanted, banks, now)), wanted.sort)
    if not wanted.words.strip():
        return tuple(session.scalars(statement.with_only_columns(QuestionRow.id)))
    return tuple(row.id for row in session.execute(statement) if _holds(row.content, wanted.words))


def _page(session: Session, statement: Select[*tuple[Any, ...]], page: int) -> tuple[list[Row[*tuple[Any, ...]]], int]:
    total = func.count().over().label("total")
    rows = session.execute(statement.add_columns(total).limit(PAGE).offset((page - 1) * PAGE)).all()
    return list(rows), rows[0].total if rows else 0


def _listed() -> Select[*tuple[Any, ...]]:
    tags = select(func.aggregate_strings(QuestionTagRow.tag, _BETWEEN)).where(
        QuestionTagRow.question_id == QuestionRow.id
    )
    reports = select(func.count()).where(
        QuestionReportRow.question_id == QuestionRow.id, QuestionReportRow.settled_at.is_(None)
    )
    return (
        select(
            QuestionRow.id,
            QuestionRow.bank_id,
            BankRow.name.label("bank_name"),
            BankRow.title,
            QuestionRow.topic,
            QuestionRow.origin,
            QuestionRow.weight,
            QuestionRow.retired_at,
            QuestionRevisionRow.content,
            QuestionRevisionRow.created_at,
            FactRow.name.label("fact_name"),
            FactRow.review_by,
            tags.correlate(QuestionRow).scalar_subquery().label("tags"),
            reports.correlate(QuestionRow).scalar_subquery().label("reports"),
        )
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(FactRow, FactRow.id == QuestionRow.fact_id)
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
    )


def _conditions(
    session: Session, actor: Actor, wanted: Wanted, banks: Sequence[BankChoice], now: datetime
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [QuestionRow.origin != Origin.CONTRAST, editable(actor)]
    searched = [bank for bank in banks if wanted.bank in ("", bank.name)]
    if wanted.bank:
        found.append(BankRow.name == wanted.bank)
    if wanted.type:
        found.append(QuestionRow.type == wanted.type)
    if wanted.topic:
        found.append(_on_topic(wanted.topic, searched))
    if wanted.status:
        found.append(FactRow.status == wanted.status if wanted.status in tuple(Status) else false())
    if wanted.state:
        found.append(QuestionRow.retired_at.is_(None) == (wanted.state == "asked"))
    if wanted.tag:
        tagged = select(QuestionTagRow.question_id).where(QuestionTagRow.tag == tidy_tag(wanted.tag))
        found.append(QuestionRow.id.in_(tagged))
    if wanted.origin:
        found.append((QuestionRow.origin == Origin.INSTRUCTOR) == (wanted.origin == "instructor"))
    if wanted.review:
        found.append(_review(wanted.review, now.date()))
    if wanted.rule:
        found.append(_breaks(session, actor, wanted.rule, searched))
    # What is found so may hold the word in another place of its text: `_holds` has the last word.
    plain = (word for word in fold(wanted.words).split() if word.isascii() and word.isalnum())
    return [*found, *(func.lower(QuestionRevisionRow.content).like(f"%{word}%") for word in plain)]


def _on_topic(label: str, banks: Iterable[BankChoice]) -> ColumnElement[bool]:
    places = [(bank.id, topic) for bank in banks for topic, other in bank.topics.items() if other == label]
    return or_(false(), *(and_(QuestionRow.bank_id == bank, QuestionRow.topic == topic) for bank, topic in places))


def _review(which: str, today: date) -> ColumnElement[bool]:
    if which == "past":
        return FactRow.review_by <= today
    if which == "soon":
        return FactRow.review_by.between(today, today + SOON)
    return FactRow.review_by.is_(None)


def _breaks(session: Session, actor: Actor, rule: str, banks: Iterable[BankChoice]) -> ColumnElement[bool]:
    """Say of a question whether it or the fact it tests breaks a rule; what is not asked breaks none."""
    rules = [one for one in LINT_RULES if rule in (ANY_RULE, one.id)]
    found: list[ColumnElement[bool]] = []
    for choice in banks if rules else ():
        bank = stored_bank(session, choice.name, editable(actor)).bank
        places = {spot.place for one in rules for spot in one.find(bank)}
        names = [one.id for one in bank.questions if one.id in places or one.fact in places]
        found.append(and_(QuestionRow.bank_id == choice.id, QuestionRow.name.in_(names)))
    return or_(false(), *found)


def _ordered(statement: Select[*tuple[Any, ...]], sort: str) -> Select[*tuple[Any, ...]]:
    orders: dict[str, tuple[Any, ...]] = {
        "bank": (BankRow.title, BankRow.id, QuestionRow.place, QuestionRow.id),
        "changed": (QuestionRevisionRow.created_at.desc(), QuestionRow.id.desc()),
        "review": (FactRow.review_by.is_(None), FactRow.review_by, QuestionRow.id.desc()),
        "type": (QuestionRow.type, QuestionRow.id.desc()),
    }
    return statement.order_by(*orders.get(sort, (QuestionRow.id.desc(),)))


def _holds(content: str, words: str) -> bool:
    """Say whether every word stands in the question, its answer, its facts or its explanation; case does not matter."""
    snapshot = snapshot_from_text(content)
    texts = (snapshot.question.stem, snapshot.answer_text, snapshot.question.explanation, snapshot.fact.text)
    told = fold(" ".join((*texts, *(fact.text for fact in snapshot.other_facts))))
    return all(word in told for word in fold(words).split())


def _listed_row(row: Row[*tuple[Any, ...]], labels: dict[int, dict[str, str]]) -> Listed:
    return Listed(
        id=row.id,
        bank_name=row.bank_name,
        bank_title=row.title,
        snapshot=snapshot_from_text(row.content),
        topic=labels.get(row.bank_id, {}).get(row.topic, row.topic),
        fact_name=row.fact_name,
        review_by=row.review_by,
        weight=row.weight,
        tags=_tags(row.tags),
        by_hand=row.origin is Origin.INSTRUCTOR,
        retired=row.retired_at is not None,
        reports=row.reports,
        saved_at=row.created_at,
    )


def _tags(joined: str | None) -> tuple[str, ...]:
    return tuple(sorted(joined.split(_BETWEEN))) if joined else ()
