"""What a learner studies at: one bank or all of them, how they study, and the session that runs there."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, literal, null, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRow
from quizapp.database.memory_tables import EVERY_BANK, CardRow, StudySessionRow, StudySettingRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.fact import Status, Tier
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.roles import Actor
from quizapp.services.shelf import on_shelf
from quizapp.services.study.settings import SETTING_COLUMNS, settings_of_row

FIRST_STAMP = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session that runs: `planned` facts, those of `new_facts` to be met for the first time, in this order."""

    id: int
    seed: int
    stamp: int
    planned: int
    new_facts: tuple[int, ...]
    beyond_limit: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody studies; `bank_id` is None for all banks, `sitting` None until the first card is graded."""

    actor: Actor | None
    bank_id: int | None
    bank_name: str
    bank_title: str
    kind: SessionKind
    settings: StudySettings
    day: int
    sitting: Sitting | None

    @property
    def person_id(self) -> int | None:
        """Whose desk it is; None for a visitor."""
        return self.actor.id if self.actor else None

    @property
    def stamp(self) -> int:
        """What a form of this moment carries; it is refused once the session has moved on."""
        return self.sitting.stamp if self.sitting else FIRST_STAMP


def desk(session: Session, actor: Actor | None, bank_name: str, kind: SessionKind, now: datetime) -> Desk:
    """Return the actor's desk at a bank (an empty name: all banks) with today's session, if one runs there.

    Raises NotFound for a bank the actor does not see, and for a visitor who asks for all banks. One statement.
    """
    if actor is None and not bank_name:
        raise NotFound("There is nothing to study yet.")
    person = literal(actor.id if actor else 0)
    bank = [BankRow.id, BankRow.name, BankRow.title]
    statement = select(*(bank if bank_name else [null().label(one.key) for one in bank]), *SETTING_COLUMNS, *_SITTING)
    place = select(literal(1).label("one")).subquery()
    source = place.outerjoin(StudySettingRow, StudySettingRow.person_id == person)
    scope: Any = literal(EVERY_BANK)
    if bank_name:
        source = source.join(BankRow, and_(BankRow.name == bank_name, on_shelf(actor)))
        scope = BankRow.id
    source = source.outerjoin(
        StudySessionRow,
        and_(
            StudySessionRow.person_id == person,
            StudySessionRow.scope == scope,
            StudySessionRow.kind == kind,
            StudySessionRow.ended_at.is_(None),
        ),
    )
    newest = (StudySessionRow.study_day.desc().nulls_last(), StudySessionRow.number.desc().nulls_last())
    row = session.execute(statement.select_from(source).order_by(*newest).limit(1)).one_or_none()
    if row is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    settings = settings_of_row(row)
    day = settings.day_of(now)
    sitting = _sitting(row) if row.session_id is not None and row.study_day == day else None
    return Desk(actor, row.id, row.name or "", row.title or "", kind, settings, day, sitting)


_SITTING = (
    StudySessionRow.id.label("session_id"),
    StudySessionRow.study_day,
    StudySessionRow.seed,
    StudySessionRow.stamp,
    StudySessionRow.planned,
    StudySessionRow.new_facts,
    StudySessionRow.beyond_limit,
)


def _sitting(row: Row[*tuple[Any, ...]]) -> Sitting:
    return Sitting(row.session_id, row.seed, row.stamp, row.planned, tuple(row.new_facts), row.beyond_limit)


def desk_of_form(session: Session, at: Desk, sitting_id: int) -> Desk:
    """Return the desk with the session that a form was made for, where that is no longer today's.

    It was shown before the study day ended, or before the learner's time zone was known. One statement, none for the
    session that runs.
    """
    if sitting_id == 0 or (at.sitting is not None and at.sitting.id == sitting_id):
        return at
    row = session.execute(
        select(*_SITTING).where(
            StudySessionRow.id == sitting_id,
            StudySessionRow.person_id == (at.person_id or 0),
            StudySessionRow.scope == (at.bank_id or EVERY_BANK),
            StudySessionRow.kind == at.kind,
            StudySessionRow.ended_at.is_(None),
        )
    ).one_or_none()
    return at if row is None else replace(at, sitting=_sitting(row))


def is_studied(fact: Any = FactRow) -> ColumnElement[bool]:
    """Say in SQL that a fact is studied: it stands and has a question, or what the faces of a card need.

    What reference works contradict is not: repeating it would fix a falsehood in memory.
    """
    has_question = exists().where(
        QuestionRow.fact_id == fact.id, QuestionRow.retired_at.is_(None), QuestionRow.origin != Origin.CONTRAST
    )
    sound = fact.status != Status.CONTRADICTED
    return and_(fact.retired_at.is_(None), sound, has_question | fact.has_faces.is_(True))


def unmet_facts(session: Session, at: Desk, at_most: int) -> list[int]:
    """Return the ids of facts the learner was never asked, what must be known first, then in the article's order.

    At all banks, only those of banks that the learner has begun. One statement.
    """
    if at_most <= 0:
        return []
    statement = (
        select(FactRow.id)
        .join(BankRow, BankRow.source_id == FactRow.source_id)
        .where(is_studied(), on_shelf(at.actor))
        .order_by(_TIER_FIRST, _CARD_FIRST, BankRow.id, FactRow.place, FactRow.id)
        .limit(at_most)
    )
    if at.bank_id is not None:
        statement = statement.where(BankRow.id == at.bank_id)
    if at.person_id is not None:
        met = select(CardRow.fact_id).where(CardRow.person_id == at.person_id, CardRow.fact_id == FactRow.id)
        statement = statement.where(~met.exists())
        if at.bank_id is None:
            begun = select(CardRow.bank_id).where(CardRow.person_id == at.person_id)
            statement = statement.where(BankRow.id.in_(begun))
    return list(session.scalars(statement))


_CARD_FIRST = case((FactRow.has_faces.is_(True), 0), else_=1)  # who asks for cards meets one first
_TIER_FIRST = case({Tier.MUST: 0, Tier.SHOULD: 1}, value=FactRow.tier, else_=2)


def least_known_facts(session: Session, at: Desk, at_most: int) -> list[int]:
    """Return the ids of the facts to practise: those never asked or with the weakest memory first. One statement."""
    card = and_(CardRow.fact_id == FactRow.id, CardRow.person_id == (at.person_id or 0))
    statement = (
        select(FactRow.id)
        .join(BankRow, BankRow.source_id == FactRow.source_id)
        .outerjoin(CardRow, card)
        .where(is_studied(), on_shelf(at.actor))
        .order_by(func.coalesce(CardRow.stability, 0), FactRow.place, FactRow.id)
        .limit(at_most)
    )
    return list(session.scalars(statement if at.bank_id is None else statement.where(BankRow.id == at.bank_id)))
