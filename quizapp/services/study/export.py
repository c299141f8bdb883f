"""A learner's memory to take along: the whole log of reviews, and a bank as Anki cards with their schedule."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from sqlalchemy import Row, Text, and_, cast, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.errors import NotFound
from quizapp.domain.memory.anki_note import AnkiMemory, AnkiNote, AnkiReview, AnkiReviewKind, AnkiState
from quizapp.domain.memory.anki_package import write_anki_package
from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.scheduling import DESIRED_RETENTION, Memory, MemoryState
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.questions.flashcard_face import face_of
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.spreadsheet_text import defused
from quizapp.services.shelf import on_shelf
from quizapp.services.study.cards import MEMORY_COLUMNS, MEMORY_FIELDS, memory_of_row
from quizapp.services.study.desk import is_studied
from quizapp.services.study.settings import study_settings

LOG_COLUMNS = (
    "review", "bank", "fact", "question", "kind", "strength", "rating", "weight", "score", "taken_for", "overridden",
    "reviewed_at_utc", "study_day", "offset_minutes", "milliseconds", "interval_days", "step_seconds", "fuzz_days",
    "parameter_set",
    *(f"before_{name}" for name in MEMORY_FIELDS),
    *(f"after_{name}" for name in MEMORY_FIELDS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnkiExport:
    """An Anki package and how many facts it holds; `left_out` have no faces for a card."""

    file_name: str
    data: bytes
    notes: int
    left_out: int


def review_log_csv(session: Session, actor: Actor) -> Iterator[str]:
    """Yield the actor's whole log as CSV, a line a review in the order of time, with the card before and after.

    Text that a spreadsheet would run as a formula is quoted with an apostrophe. The state after a review is the state
    before the next one of the same fact, and for the last one the card as it is now.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    yield _line(LOG_COLUMNS)
    after = _states_after(session, actor.id)
    other = FactRow.__table__.alias("other")
    rows = session.execute(
        select(
            ReviewRow,
            BankRow.name.label("bank"),
            FactRow.name.label("fact"),
            QuestionRow.name.label("question"),
            other.c.name.label("taken_for"),
        )
        .join(FactRow, FactRow.id == ReviewRow.fact_id)
        .join(BankRow, BankRow.source_id == FactRow.source_id)
        .outerjoin(QuestionRevisionRow, QuestionRevisionRow.id == ReviewRow.question_revision_id)
        .outerjoin(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .outerjoin(other, other.c.id == ReviewRow.chosen_fact_id)
        .where(ReviewRow.person_id == actor.id)
        .order_by(ReviewRow.id)
        .execution_options(yield_per=500)
    )
    for row in rows:
        yield _line(_log_values(row, after))


def anki_package(session: Session, actor: Actor, bank_name: str, now: datetime) -> AnkiExport:
    """Return a bank as Anki cards with the actor's schedule and history. Raises NotFound. Four statements."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    bank = session.execute(
        select(BankRow.id, BankRow.title, BankRow.source_id, cast(SourceRow.details, Text).label("source"))
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(BankRow.name == bank_name, on_shelf(actor))
    ).one_or_none()
    if bank is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    settings = study_settings(session, actor)
    source, reviews = source_from_text(bank.source), _reviews_by_fact(session, actor.id, bank.source_id)
    rows = session.execute(
        select(FactRow.id, FactRow.name, cast(FactRow.content, Text).label("fact"), *MEMORY_COLUMNS)
        .outerjoin(CardRow, and_(CardRow.fact_id == FactRow.id, CardRow.person_id == actor.id))
        .where(FactRow.source_id == bank.source_id, is_studied())
        .order_by(FactRow.place, FactRow.id)
    ).all()
    notes = []
    for row in rows:
        fact = fact_from_text(row.fact)
        face = face_of(fact, source)
        if face is not None:
            notes.append(
                AnkiNote(
                    key=f"{bank_name}/{fact.id}",
                    front=face.front,
                    front_voice=face.front_voice,
                    back=face.back,
                    statement=face.statement,
                    back_voice=face.back_voice,
                    place=face.place,
                    note=face.note,
                    tags=(bank_name, fact.topic),
                    memory=_anki_memory(memory_of_row(row), settings, now),
                    reviews=tuple(_anki_reviews(reviews.get(row.id, []))),
                )
            )
    data = write_anki_package(
        f"quizapp::{bank.title.replace('::', ': ')}",
        notes,
        now,
        zone=settings.time_zone,
        rollover_hour=settings.rollover_hour,
    )
    return AnkiExport(f"{bank_name}.apkg", data, len(notes), len(rows) - len(notes))


def _line(values: Any) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(_safe(value) for value in values)
    return out.getvalue()


def _safe(value: object) -> object:
    """Keep a spreadsheet from running a text as a formula; numbers stay numbers."""
    if isinstance(value, datetime):
        return value.isoformat()
    return defused(value) if isinstance(value, str) else "" if value is None else value


def _log_values(row: Row[*tuple[Any, ...]], after: dict[int, Memory]) -> list[object]:
    review: ReviewRow = row.ReviewRow
    then = after.get(review.id)
    return [
        review.id, row.bank, row.fact, row.question or "card", review.kind.value, review.strength.value, review.rating,
        review.weight, review.score, row.taken_for, "yes" if review.overridden else "no", review.reviewed_at,
        review.study_day, review.offset_minutes, review.milliseconds, review.interval, review.step_seconds,
        review.fuzz, review.parameter_set,
        *(getattr(review, f"before_{name}") for name in MEMORY_FIELDS),
        *(None if then is None else getattr(then, name) for name in MEMORY_FIELDS),
    ]  # fmt: skip


def _states_after(session: Session, person_id: int) -> dict[int, Memory]:
    """Return the state after each review, by its id; walks the log backwards, fact by fact."""
    before = [getattr(ReviewRow, f"before_{name}") for name in MEMORY_FIELDS]
    rows = session.execute(
        select(ReviewRow.id, ReviewRow.fact_id, *before)
        .where(ReviewRow.person_id == person_id)
        .order_by(ReviewRow.id.desc())
    )
    cards = session.execute(select(CardRow.fact_id, *MEMORY_COLUMNS).where(CardRow.person_id == person_id))
    following = {row.fact_id: memory_of_row(row) for row in cards}
    after: dict[int, Memory] = {}
    for row in rows:
        if row.fact_id in following:
            after[row.id] = following[row.fact_id]
        following[row.fact_id] = memory_of_row(row, "before_")
    return after


def _reviews_by_fact(session: Session, person_id: int, source_id: int) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    rows = session.execute(
        select(
            ReviewRow.fact_id,
            ReviewRow.kind,
            ReviewRow.rating,
            ReviewRow.reviewed_at,
            ReviewRow.interval,
            ReviewRow.step_seconds,
            ReviewRow.milliseconds,
            ReviewRow.before_state,
        )
        .join(FactRow, FactRow.id == ReviewRow.fact_id)
        .where(ReviewRow.person_id == person_id, FactRow.source_id == source_id)
        .order_by(ReviewRow.id)
    )
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        found.setdefault(row.fact_id, []).append(row)
    return found


def _anki_reviews(rows: list[Row[*tuple[Any, ...]]]) -> Iterator[AnkiReview]:
    """Put a fact's log into Anki's terms; what changed no memory is a cram there."""
    last = timedelta(0)
    for row in rows:
        interval = timedelta(days=row.interval, seconds=row.step_seconds or 0)
        kind = _anki_kind(row)
        given = last if kind is AnkiReviewKind.CRAM else interval
        yield AnkiReview(row.reviewed_at, row.rating, given, last, kind, row.milliseconds or 0)
        last = given


def _anki_kind(row: Row[*tuple[Any, ...]]) -> AnkiReviewKind:
    if row.kind not in (ReviewKind.STUDY, ReviewKind.QUIZ):
        return AnkiReviewKind.CRAM
    if row.before_state is MemoryState.REVIEW:
        return AnkiReviewKind.REVIEW
    return AnkiReviewKind.RELEARN if row.before_state is MemoryState.RELEARNING else AnkiReviewKind.LEARN


def _anki_memory(memory: Memory, settings: StudySettings, now: datetime) -> AnkiMemory | None:
    if memory.stability is None or memory.last_day is None or memory.due_day is None:
        return None
    today = settings.day_of(now)
    return AnkiMemory(
        state=AnkiState(memory.state.value),
        due_in_days=memory.due_day - today,
        due_at=memory.due_at,
        interval_days=max(1, memory.interval),
        repetitions=memory.repetitions,
        lapses=memory.lapses,
        stability=memory.stability,
        difficulty=memory.difficulty or 5.0,
        last_review=now - timedelta(days=max(0, today - memory.last_day)),
        desired_retention=settings.retention or DESIRED_RETENTION,
    )
