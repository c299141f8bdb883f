"""Grading a card, answering a question in study, taking it back: each exactly once, whatever is clicked twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow
from quizapp.database.memory_tables import ReviewRow, StudySessionRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.memory.evidence import ReviewKind, Strength, rating_of, strength_of, weight_of
from quizapp.domain.memory.scheduling import Rating, ideal_interval
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.memory.spreading import choices
from quizapp.domain.questions.question_types.question_type import Grade, Reading, Response
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf
from quizapp.services.study.cards import Card, find_card, lock_person
from quizapp.services.study.desk import FIRST_STAMP, Desk, Sitting, desk, desk_of_form, is_studied
from quizapp.services.study.mixed_facts import asked_against, make_contrasts
from quizapp.services.study.review_log import REVIEWS, Evidence, Occasion, Outcome, outcome_of, record
from quizapp.services.study.review_log import undo as take_back
from quizapp.services.study.sessions import MOVED_ON, move_on
from quizapp.services.study.starting import start_session
from quizapp.services.study.turns import calendar_of, order_of_turn

LONGEST_MILLISECONDS = 120_000  # a card left open over lunch took two minutes
_KINDS = {SessionKind.STUDY: ReviewKind.STUDY, SessionKind.PRACTICE: ReviewKind.PRACTICE}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stood: the bank (empty: all), the kind of session, which one it was (0: none yet) and its stamp.

    `repetitions` counts the reviews the fact had had when it was shown: a form on another state of it is refused.
    """

    bank_name: str
    kind: SessionKind
    sitting_id: int
    stamp: int
    fact_id: int
    repetitions: int = 0
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True)
class AskedInStudy:
    """The question that a form answers, to read the form with and to grade it by."""

    revision_id: int
    question_id: int
    snapshot: Snapshot
    fact_ids: dict[str, int]
    reading: Reading


def grade_card(
    session: Session, actor: Actor, place: Place, rating: Rating, shown: int | None, seed: int, now: datetime
) -> int:
    """Take the learner's own grade of a card and return the review's id; the same form sent twice counts once.

    `shown` is the interval in days that stood on the button, and is the one given. Starts the session where none
    runs. Raises NotFound for a fact that is not there, Conflict when the session or the fact has moved on.
    """
    at, repeated = _take_turn(session, actor, place, seed, now, rating)
    if repeated is not None:
        return repeated
    card = _card(session, actor, at, place)
    evidence = Evidence(Strength.SELF_GRADED, rating, milliseconds=place.milliseconds)
    ratings = at.settings.ratings if rating in at.settings.ratings else tuple(Rating)
    given = {} if shown is None else {rating: shown}
    outcome = _outcome(session, at, card, evidence, now, ratings, given)
    return record(session, _occasion(at, place, now), card, evidence, outcome)


def asked_in_study(
    session: Session, actor: Actor | None, place: Place, revision_id: int, form: dict[str, str], now: datetime
) -> AskedInStudy:
    """Return the question that a posted form answers, with the form read in the order in which it was shown.

    Raises NotFound when there is no such question on the fact in a bank that the actor sees. At most three statements.
    """
    at = desk_of_form(session, desk(session, actor, place.bank_name, place.kind, now), place.sitting_id)
    row = session.execute(
        select(QuestionRevisionRow.question_id, QuestionRevisionRow.content, QuestionRevisionRow.fact_ids)
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .where(QuestionRevisionRow.id == revision_id, QuestionRow.fact_id == place.fact_id, on_shelf(actor))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such question.")
    snapshot, order = snapshot_from_text(row.content), order_of_turn(at, place.stamp, row.question_id)
    question = snapshot.question
    reading = question_type(question.type).read(form, question.body, order)
    return AskedInStudy(revision_id, row.question_id, snapshot, row.fact_ids, reading)


def respond(
    session: Session,
    actor: Actor,
    place: Place,
    asked: AskedInStudy,
    response: Response,
    seed: int,
    now: datetime,
    *,
    is_contrast: bool = False,
) -> int:
    """Store a response given in study and return the review's id; the same form sent twice counts once.

    With `is_contrast` the form says that the fact is told from one it was mixed up with; that is believed only where
    it is so, and then changes no memory, since both facts were shown just before. A new mix-up gets its two contrast
    questions at once: they come next. Raises NotFound, Conflict as `grade_card`.
    """
    grade = asked.snapshot.grade(response)
    rating = rating_of(grade.score)
    at, repeated = _take_turn(session, actor, place, seed, now, rating)
    if repeated is not None:
        return repeated
    card = _card(session, actor, at, place)
    against = asked_against(session, actor, card.fact_id, asked.question_id) if is_contrast else None
    evidence = _evidence(card, at, asked, response, grade, against, place.milliseconds)
    occasion = _occasion(at, place, now, contrast=against is not None)
    outcome = _outcome(session, at, card, evidence, now, (rating,), {}) if against is None else None
    review_id = record(session, occasion, card, evidence, outcome)
    if evidence.chosen_fact_id is not None and at.kind is SessionKind.STUDY:
        mix_up_id = session.scalar(select(ReviewRow.mix_up_id).where(ReviewRow.id == review_id))
        make_contrasts(session, actor, now, mix_up_id)
    return review_id


def undo_last(session: Session, actor: Actor, bank_name: str, kind: SessionKind, stamp: int, now: datetime) -> None:
    """Take back the last review of today's session at a bank. Raises Conflict when there is none to take back."""
    lock_person(session, actor.id)
    sitting, row = _last(session, actor, bank_name, kind, now)
    move_on(session, sitting, stamp)
    take_back(session, row, _bank_of(session, row.fact_id))


def was_right(session: Session, actor: Actor, review_id: int, now: datetime) -> int:
    """Let the learner say that a typed answer was right after all: the review is given anew; return its id.

    Said twice, as by a double click, it is said once. Raises NotFound, Conflict when it is not the last one of its
    session or was not typed.
    """
    lock_person(session, actor.id)
    newest = session.execute(
        select(ReviewRow.id, ReviewRow.overridden)
        .where(ReviewRow.person_id == actor.id)
        .order_by(ReviewRow.id.desc())
        .limit(1)
    ).one_or_none()
    # The review that was given anew may have its old id again (SQLite) or a later one (PostgreSQL).
    if newest is not None and newest.overridden and newest.id >= review_id:
        return int(newest.id)
    found = session.execute(
        select(ReviewRow.stamp, StudySessionRow.kind, BankRow.name)
        .join(StudySessionRow, StudySessionRow.id == ReviewRow.study_session_id)
        .outerjoin(BankRow, BankRow.id == StudySessionRow.bank_id)
        .where(ReviewRow.id == review_id, ReviewRow.person_id == actor.id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such answer.")
    sitting, row = _last(session, actor, found.name or "", found.kind, now)
    if row.id != review_id or row.strength is not Strength.PRODUCED or row.rating != Rating.AGAIN:
        raise Conflict("Only the answer typed last can be called right.")
    move_on(session, sitting, sitting.stamp)
    bank_id = _bank_of(session, row.fact_id)
    take_back(session, row, bank_id)
    at = desk(session, actor, found.name or "", found.kind, now)
    card = find_card(session, actor.id, bank_id, row.fact_id)
    evidence = Evidence(
        Strength.PRODUCED,
        Rating.GOOD,
        question_revision_id=row.question_revision_id,
        score=row.score,
        given=row.given,
        overridden=True,
        milliseconds=row.milliseconds,
    )
    outcome = _outcome(session, at, card, evidence, now, (Rating.GOOD,), {})
    place = Place(found.name or "", found.kind, sitting.id, row.stamp, row.fact_id)
    return record(session, _occasion(at, place, now), card, evidence, outcome)


def _take_turn(
    session: Session, actor: Actor, place: Place, seed: int, now: datetime, rating: Rating
) -> tuple[Desk, int | None]:
    """Take the turn of a form; return the desk, and the id of the review where this very form was taken before.

    A form of the session that runs, or of one that was open when the study day ended, is taken; a form from before any
    session starts one.
    """
    actor.require(Permission.TAKE_QUIZ)
    lock_person(session, actor.id)
    at = desk_of_form(session, desk(session, actor, place.bank_name, place.kind, now), place.sitting_id)
    begun = None
    if place.sitting_id == 0 and place.stamp == FIRST_STAMP and at.sitting is None:
        begun = start_session(session, actor, at, seed, now)
    at = begun or at
    if at.sitting is None:
        raise Conflict(MOVED_ON)
    is_its_form = place.sitting_id == at.sitting.id or (place.sitting_id == 0 and place.stamp == FIRST_STAMP)
    try:
        if not is_its_form:
            raise Conflict(MOVED_ON)
        move_on(session, at.sitting, place.stamp)
    except Conflict:
        repeated = _same_form(session, at.sitting, place, rating) if is_its_form else None
        if repeated is None:
            raise
        return at, repeated
    return at, None


def _same_form(session: Session, sitting: Sitting, place: Place, rating: Rating) -> int | None:
    return session.scalar(
        select(ReviewRow.id).where(
            ReviewRow.study_session_id == sitting.id,
            ReviewRow.stamp == place.stamp,
            ReviewRow.fact_id == place.fact_id,
            ReviewRow.rating == rating,
        )
    )


def _card(session: Session, actor: Actor, at: Desk, place: Place) -> Card:
    """Return the card a form is about. Raises NotFound for a fact not studied here, Conflict when it has moved on."""
    bank_id = _bank_of(session, place.fact_id, on_shelf(actor), is_studied())
    if at.bank_id not in (None, bank_id):
        raise NotFound("There is no such fact.")
    card = find_card(session, actor.id, bank_id, place.fact_id)
    if card.memory.repetitions != place.repetitions:
        raise Conflict(MOVED_ON)
    return card


def _bank_of(session: Session, fact_id: int, *conditions: ColumnElement[bool]) -> int:
    """Return the bank whose source a fact is taken from. Raises NotFound; also where a condition does not hold."""
    statement = select(BankRow.id).join(FactRow, FactRow.source_id == BankRow.source_id)
    bank_id = session.scalar(statement.where(FactRow.id == fact_id, *conditions))
    if bank_id is None:
        raise NotFound("There is no such fact.")
    return bank_id


def _occasion(at: Desk, place: Place, now: datetime, *, contrast: bool = False) -> Occasion:
    session_id = at.sitting.id if at.sitting else None
    kind = ReviewKind.CONTRAST if contrast else _KINDS[at.kind]
    return Occasion(kind, now, at.settings, study_session_id=session_id, stamp=place.stamp)


def _name_of(asked: AskedInStudy, card: Card) -> str | None:
    """Return the name by which a question knows the fact of a card."""
    return next((name for name, fact_id in asked.fact_ids.items() if fact_id == card.fact_id), None)


def _evidence(
    card: Card,
    at: Desk,
    asked: AskedInStudy,
    response: Response,
    grade: Grade,
    against: int | None,
    milliseconds: int | None,
) -> Evidence:
    question, rating = asked.snapshot.question, rating_of(grade.score)
    guess = question_type(question.type).guess_chance(question.body)
    is_of_this_fact = grade.asked_fact in (None, _name_of(asked, card))
    chosen = asked.fact_ids[grade.fact] if grade.fact and is_of_this_fact else None
    return Evidence(
        strength_of(question),
        rating,
        weight_of(card.memory, at.day, guess) if rating.recalled else 1.0,
        asked.revision_id,
        grade.score,
        response,
        chosen_fact_id=chosen if chosen != card.fact_id else None,
        contrast_fact_id=against,
        milliseconds=milliseconds,
    )


def _outcome(
    session: Session,
    at: Desk,
    card: Card,
    evidence: Evidence,
    now: datetime,
    ratings: tuple[Rating, ...],
    shown: dict[Rating, int],
) -> Outcome | None:
    """Schedule a review among the ratings there were buttons for; practice schedules nothing."""
    if at.kind is SessionKind.PRACTICE:
        return None
    calendar = calendar_of(session, at, card, evidence.weight, now)
    retention = at.settings.target_retention
    scheduled = choices(
        card.memory, ratings, at.day, now, calendar, weight=evidence.weight, retention=retention, shown=shown
    )[evidence.rating]
    if not scheduled.kept:
        raise Conflict("What this button promised no longer holds: something changed since. Look at the card again.")
    return outcome_of(card.memory, scheduled, ideal_interval(scheduled.memory.stability or 1, retention))


def _last(
    session: Session, actor: Actor, bank_name: str, kind: SessionKind, now: datetime
) -> tuple[Sitting, Row[*tuple[Any, ...]]]:
    """Return today's session at a bank and the last review in it. Raises Conflict when there is none."""
    at = desk(session, actor, bank_name, kind, now)
    row = None
    if at.sitting is not None:
        own = select(REVIEWS).where(REVIEWS.c.study_session_id == at.sitting.id)
        row = session.execute(own.order_by(REVIEWS.c.id.desc()).limit(1)).one_or_none()
    if at.sitting is None or row is None:
        raise Conflict("There is nothing to take back.")
    return at.sitting, row
