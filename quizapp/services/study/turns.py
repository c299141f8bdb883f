"""The card on the page: which fact, in which form, with what each grade would lead to; or that the session is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, and_, cast, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.memory_tables import CardRow, ReviewRow, StudyLoadRow
from quizapp.domain.facts.fact import Fact, Source
from quizapp.domain.memory.leech import set_aside
from quizapp.domain.memory.next_form import Candidate, Form, form_of, next_form
from quizapp.domain.memory.scheduling import Rating, review
from quizapp.domain.memory.session_plan import SessionKind, minutes_for
from quizapp.domain.memory.spreading import Calendar, Scheduled, bounds_of_days, choices
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.questions.flashcard_face import Face, face_of
from quizapp.domain.questions.question_types.question_type import Reading
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor
from quizapp.domain.seeded_order import SeededOrder
from quizapp.services.askable import current_questions
from quizapp.services.shelf import on_shelf
from quizapp.services.study.cards import MEMORY_COLUMNS, Card, memory_of_row
from quizapp.services.study.counts import loads_between
from quizapp.services.study.desk import FIRST_STAMP, Desk, desk
from quizapp.services.study.queue import Done, LastReview, Upcoming, done_today, next_up
from quizapp.services.study.sessions import pace, plan

NO_QUESTION = 0
_TRIED = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """A fact to review. It is asked by the faces of a card (`face`) or by a question (`snapshot`), one of them is None.

    `offered` says what each grade of a card would lead to; `against` is the fact it is told from, if it is.
    """

    at: Desk
    bank_name: str
    bank_title: str
    fact_id: int
    fact: Fact
    source: Source
    card: Card
    face: Face | None
    snapshot: Snapshot | None
    revision_id: int
    order: SeededOrder
    against: int | None
    offered: Mapping[Rating, Scheduled]
    done: int
    planned: int
    minutes_left: int
    last: LastReview | None

    @property
    def name(self) -> str:
        """What tells this turn from every other, so that a link to its back never opens another card."""
        sitting_id = self.at.sitting.id if self.at.sitting else 0
        return f"{sitting_id}-{self.at.stamp}-{self.fact_id}-{self.card.memory.repetitions}"

    def presented(self) -> Any:
        """Return what the question type's template shows."""
        question = self._asked().question
        return question_type(question.type).present(question.body, self.order)

    def read(self, form: Mapping[str, str]) -> Reading:
        """Read a posted form in the order of this turn."""
        question = self._asked().question
        return question_type(question.type).read(form, question.body, self.order)

    def _asked(self) -> Snapshot:
        assert self.snapshot is not None, "a card's faces are graded, not answered"  # noqa: S101
        return self.snapshot


@dataclass(frozen=True, slots=True)
class Finished:
    """A session that is over, or has nothing to ask: what was done, and when something comes back.

    `next_step_at` is the moment the next step of minutes ends, `next_due` the next study day with facts due and how
    many; None where there is none.
    """

    at: Desk
    done: int
    next_step_at: datetime | None
    next_due: tuple[int, int] | None
    left_today: int
    last: LastReview | None


def current_turn(
    session: Session, actor: Actor | None, bank_name: str, kind: SessionKind, now: datetime
) -> Turn | Finished:
    """Return what is asked now at a bank, or at all banks where `bank_name` is empty.

    Nothing is written: until the first card is graded there is no session, and a visitor need not be anybody.
    Raises NotFound. About ten statements, however many cards there are.
    """
    at = desk(session, actor, bank_name, kind, now)
    done = done_today(session, at)
    if at.sitting is None:
        planned_session, new_facts = plan(session, at)
        planned, speed = planned_session.cards, planned_session.pace
    else:
        planned, new_facts = at.sitting.planned, list(at.sitting.new_facts)
        speed = pace(session, at.person_id, at.day)
    turn = _first_turn(session, at, new_facts, done, now, planned, speed) if planned else None
    return turn or _finished(session, at, done)


def _first_turn(
    session: Session, at: Desk, new_facts: Sequence[int], done: Done, now: datetime, planned: int, speed: float
) -> Turn | None:
    """Return the turn on the first fact that can be asked; a fact that cannot must not end the session."""
    skipped: frozenset[int] = frozenset()
    count = len(done.facts)
    minutes = minutes_for(max(1, planned - count), speed)
    for _ in range(_TRIED):
        upcoming = next_up(session, at, new_facts, done, now, speed, skipped)
        if upcoming is None:
            return None
        turn = turn_on(session, at, upcoming, done, max(planned, count), minutes, now)
        if turn is not None:
            return turn
        skipped |= {upcoming.fact_id}
    return None


def turn_on(
    session: Session, at: Desk, upcoming: Upcoming, done: Done, planned: int, minutes: int, now: datetime
) -> Turn | None:
    """Return the turn on one fact; None where it can no longer be asked. At most five statements."""
    row = _fact_row(session, at, upcoming.fact_id)
    if row is None:
        return None
    fact, source = fact_from_text(row.fact), source_from_text(row.source)
    card = Card(at.person_id or 0, row.bank_id, row.fact_id, row.card_id, memory_of_row(row), row.postponed_on)
    face = face_of(fact, source)
    contrast = _contrast(session, upcoming) if upcoming.question_id else None
    asked = contrast or _asked(session, at, card, face)
    if asked is None:
        return None
    snapshot, revision_id, question_id = asked
    return Turn(
        at=at,
        bank_name=row.bank_name,
        bank_title=row.bank_title,
        fact_id=row.fact_id,
        fact=fact,
        source=source,
        card=card,
        face=face if snapshot is None else None,
        snapshot=snapshot,
        revision_id=revision_id,
        order=order_of_turn(at, at.stamp, question_id),
        against=upcoming.against if contrast else None,
        offered=offered(session, at, card, at.settings.ratings, now) if snapshot is None else {},
        done=len(done.facts - {row.fact_id}),
        planned=planned,
        minutes_left=minutes,
        last=done.last,
    )


def order_of_turn(at: Desk, stamp: int, question_id: int) -> SeededOrder:
    """Return the order of the options at one turn; the first one of a session has no seed yet when it is shown."""
    seed = at.sitting.seed if at.sitting and stamp != FIRST_STAMP else 0
    return SeededOrder(seed).within(f"{stamp}/{question_id}")


def calendar_of(session: Session, at: Desk, card: Card, weight: float, now: datetime) -> Calendar:
    """Return what the choice of the day depends on, with the loads of the days that may be chosen. One statement."""
    best = review(card.memory, Rating.EASY, at.day, now, weight=weight, retention=at.settings.target_retention)
    seed = f"{card.person_id}/{card.fact_id}"
    first, last = bounds_of_days(card.memory, best, at.settings.calendar({}, seed))
    loads = {} if at.actor is None else loads_between(session, at.actor, at.day + 1, max(first, last))
    return at.settings.calendar(loads, seed)


def offered(
    session: Session, at: Desk, card: Card, ratings: tuple[Rating, ...], now: datetime
) -> Mapping[Rating, Scheduled]:
    """Return what each grade of a card leads to; nothing in practice, which changes nothing. One statement."""
    if at.kind is SessionKind.PRACTICE:
        return {}
    calendar = calendar_of(session, at, card, 1.0, now)
    found = choices(card.memory, ratings, at.day, now, calendar, retention=at.settings.target_retention)
    return {rating: set_aside(card.memory, one) or one for rating, one in found.items()}


def _fact_row(session: Session, at: Desk, fact_id: int) -> Row[*tuple[Any, ...]] | None:
    return session.execute(
        select(
            FactRow.id.label("fact_id"),
            cast(FactRow.content, Text).label("fact"),
            cast(SourceRow.details, Text).label("source"),
            BankRow.id.label("bank_id"),
            BankRow.name.label("bank_name"),
            BankRow.title.label("bank_title"),
            CardRow.id.label("card_id"),
            *MEMORY_COLUMNS,
        )
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .join(BankRow, BankRow.source_id == SourceRow.id)
        .outerjoin(CardRow, and_(CardRow.fact_id == FactRow.id, CardRow.person_id == (at.person_id or 0)))
        .where(FactRow.id == fact_id, on_shelf(at.actor))
        .order_by(BankRow.id)
        .limit(1)
    ).one_or_none()


def _asked(session: Session, at: Desk, card: Card, face: Face | None) -> tuple[Snapshot | None, int, int] | None:
    """Choose how a fact is asked; return the question if it is one, with the ids of its revision and of itself."""
    rows = session.execute(
        current_questions(at.actor).add_columns(QuestionRevisionRow.content).where(QuestionRow.fact_id == card.fact_id)
    ).all()
    found = {row.question_id: (snapshot_from_text(row.content), row.revision_id) for row in rows}
    alone = {key: one for key, one in found.items() if len(one[0].question.facts) == 1} or found
    times, last_id = _times_asked(session, card)
    ways = [
        Candidate(key, form_of(question_type(snapshot.question.type)), times.get(key, 0))
        for key, (snapshot, _) in alone.items()
    ]
    if face is not None:
        ways.append(Candidate(None, Form.CARD, times.get(None, 0)))
    last = next((way for way in ways if times and way.question_id == last_id), None)
    seed = f"{at.sitting.seed if at.sitting else 0}/{card.fact_id}/{card.memory.repetitions}"
    chosen = next_form(ways, card.memory, last, seed, cards_only=at.settings.cards_only)
    if chosen is None:
        return None
    if chosen.question_id is None:
        return None, NO_QUESTION, NO_QUESTION
    snapshot, revision_id = alone[chosen.question_id]
    return snapshot, revision_id, chosen.question_id


def _times_asked(session: Session, card: Card) -> tuple[dict[int | None, int], int | None]:
    """Count how often the learner was asked each question on a fact (None: its card); and which came last."""
    rows = session.execute(
        select(
            QuestionRevisionRow.question_id,
            func.count().label("times"),
            func.max(ReviewRow.id).label("newest"),
        )
        .select_from(ReviewRow)
        .outerjoin(QuestionRevisionRow, QuestionRevisionRow.id == ReviewRow.question_revision_id)
        .where(ReviewRow.person_id == card.person_id, ReviewRow.fact_id == card.fact_id)
        .group_by(QuestionRevisionRow.question_id)
    ).all()
    last = max(rows, key=lambda row: row.newest, default=None)
    return {row.question_id: row.times for row in rows}, last.question_id if last else None


def _contrast(session: Session, upcoming: Upcoming) -> tuple[Snapshot | None, int, int] | None:
    row = session.execute(
        select(QuestionRevisionRow.id, QuestionRevisionRow.content, QuestionRow.id.label("question_id"))
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .where(
            QuestionRow.id == upcoming.question_id,
            QuestionRow.retired_at.is_(None),
            QuestionRevisionRow.number == QuestionRow.revision_number,
        )
    ).one_or_none()
    return None if row is None else (snapshot_from_text(row.content), row.id, row.question_id)


def _finished(session: Session, at: Desk, done: Done) -> Finished:
    step, coming, left = None, None, 0
    if at.person_id is not None:
        cards = (
            select(func.min(CardRow.due_at))
            .join(BankRow, BankRow.id == CardRow.bank_id)
            .where(CardRow.person_id == at.person_id, CardRow.due_at.is_not(None), on_shelf(at.actor))
        )
        step = session.scalar(cards if at.bank_id is None else cards.where(CardRow.bank_id == at.bank_id))
        loads = (
            select(StudyLoadRow.day, func.sum(StudyLoadRow.cards))
            .join(BankRow, BankRow.id == StudyLoadRow.bank_id)
            .where(StudyLoadRow.person_id == at.person_id, on_shelf(at.actor))
        )
        loads = loads if at.bank_id is None else loads.where(StudyLoadRow.bank_id == at.bank_id)
        rows = session.execute(loads.group_by(StudyLoadRow.day).order_by(StudyLoadRow.day)).all()
        left = sum(int(cards) for day, cards in rows if day <= at.day)
        coming = next(((day, int(cards)) for day, cards in rows if day > at.day), None)
    return Finished(at, len(done.facts), step, coming, left, done.last)
