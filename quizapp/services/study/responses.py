"""A response given in a quiz feeds the same memory as a review: what was wrong is due at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import FactRow, QuestionRevisionRow, QuestionRow
from quizapp.database.memory_tables import StudySettingRow
from quizapp.database.study_tables import AttemptQuestionRow
from quizapp.domain.memory.evidence import ReviewKind, shown_by, strength_of, weight_of
from quizapp.domain.memory.scheduling import Rating, ideal_interval
from quizapp.domain.memory.spreading import choices
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.questions.question_types.question_type import Grade, Response
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services.study.cards import CARDS, MEMORY_COLUMNS, Card, memory_of_row
from quizapp.services.study.counts import count_done
from quizapp.services.study.desk import is_studied
from quizapp.services.study.review_log import Evidence, Occasion, Outcome, outcome_of, record
from quizapp.services.study.settings import SETTING_COLUMNS, settings_of_row


@dataclass(frozen=True, slots=True)
class QuizResponse:
    """A response as it was graded, and where it was given. `fact_ids` are row ids of the cited facts by name."""

    person_id: int
    kind: AttemptKind
    attempt_id: int
    position: int
    bank_id: int
    revision_id: int
    snapshot: Snapshot
    fact_ids: dict[str, int]
    response: Response
    grade: Grade


@dataclass(frozen=True, slots=True)
class _State:
    """How a learner studies, their cards of some facts, and which of those facts are studied at all."""

    settings: StudySettings
    cards: dict[int, Card]
    studied: frozenset[int]


def remember(session: Session, given: QuizResponse, now: datetime) -> None:
    """Log a quiz response as a review of each fact that it shows something of, and change the memory of those.

    A fact that is not studied any more, or that reference works contradict, gets no memory. Pretests, facts tapped
    while reading and contrasts are logged and change no memory; a contrast may tell two facts apart. One
    statement to read, then about four for each fact.
    """
    question, grade = given.snapshot.question, given.grade
    state = _state(session, given, [given.fact_ids[name] for name in question.facts])
    kind = ReviewKind.of_attempt(given.kind)
    occasion = Occasion(kind, now, state.settings, attempt_id=given.attempt_id, position=given.position)
    if kind is ReviewKind.QUIZ:
        count_done(session, given.person_id, occasion.day, responses=1)
    guess = question_type(question.type).guess_chance(question.body)
    against = _other(session, given) if given.kind is AttemptKind.CONTRAST else None
    for name, rating in shown_by(question, grade.score, grade.asked_fact).items():
        card = state.cards[given.fact_ids[name]]
        evidence = Evidence(
            strength_of(question),
            rating,
            weight_of(card.memory, occasion.day, guess) if rating.recalled else 1.0,
            given.revision_id,
            grade.score,
            given.response,
            chosen_fact_id=None if grade.fact is None else given.fact_ids[grade.fact],
            contrast_fact_id=against,
        )
        changes = kind.changes_memory and card.fact_id in state.studied
        record(session, occasion, card, evidence, _outcome(card, occasion, evidence) if changes else None)


def _outcome(card: Card, occasion: Occasion, evidence: Evidence) -> Outcome:
    """Schedule a response: a recall by its weight, without looking at other days; a failure is due at once."""
    calendar = occasion.settings.calendar({}, f"{card.person_id}/{card.fact_id}")
    rating = evidence.rating
    scheduled = choices(
        card.memory,
        [rating],
        occasion.day,
        occasion.now,
        calendar,
        weight=evidence.weight,
        retention=occasion.settings.target_retention,
    )[rating]
    plain = ideal_interval(scheduled.memory.stability or 1, occasion.settings.target_retention)
    outcome = outcome_of(card.memory, scheduled, plain)
    if rating is Rating.AGAIN and outcome.postponed_on is None:
        return replace(outcome, memory=replace(outcome.memory, due_at=occasion.now), step_seconds=0)
    return outcome


def _other(session: Session, given: QuizResponse) -> int | None:
    """Return the fact that a contrast asks this one against: that of its other question. One statement."""
    return session.scalar(
        select(QuestionRow.fact_id)
        .join(QuestionRevisionRow, QuestionRevisionRow.question_id == QuestionRow.id)
        .join(AttemptQuestionRow, AttemptQuestionRow.question_revision_id == QuestionRevisionRow.id)
        .where(AttemptQuestionRow.attempt_id == given.attempt_id, AttemptQuestionRow.position != given.position)
        .limit(1)
    )


def _state(session: Session, given: QuizResponse, facts: Sequence[int]) -> _State:
    """Return how the learner studies and their cards of the facts, in one statement.

    It locks the person on PostgreSQL, so that two responses at once change a card one after the other.
    """
    rows = session.execute(
        select(*SETTING_COLUMNS, FactRow.id.label("fact"), is_studied().label("studied"), CARDS.c.id, *MEMORY_COLUMNS)
        .select_from(PersonRow)
        .join(FactRow, FactRow.id.in_(facts))
        .outerjoin(StudySettingRow, StudySettingRow.person_id == PersonRow.id)
        .outerjoin(CARDS, and_(CARDS.c.person_id == PersonRow.id, CARDS.c.fact_id == FactRow.id))
        .where(PersonRow.id == given.person_id)
        .with_for_update(of=PersonRow)
    ).all()
    cards = {
        row.fact: Card(given.person_id, given.bank_id, row.fact, row.id, memory_of_row(row), row.postponed_on)
        for row in rows
    }
    return _State(settings_of_row(rows[0]), cards, frozenset(row.fact for row in rows if row.studied))
