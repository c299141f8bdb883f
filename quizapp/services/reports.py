"""Problems that people report with a question they answered: one of each person and revision, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import QuestionRevisionRow
from quizapp.database.memory_tables import ReviewRow
from quizapp.database.studio_tables import QuestionReportRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.errors import NotFound
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor, Permission

LONGEST = 1_000
"""The characters of the longest words that can be sent with a report."""
_REPORTS = cast(Table, QuestionReportRow.__table__)
OWN_REPORT: tuple[Any, ...] = (
    QuestionReportRow.kind.label("kind_of_report"),
    QuestionReportRow.words,
    QuestionReportRow.reported_at,
    QuestionReportRow.settled_at,
    QuestionReportRow.settlement,
)
"""The columns that `report_of_row` reads."""


@dataclass(frozen=True, slots=True)
class OwnReport:
    """What somebody reported of a question, and what an instructor did about it; not settled yet: no `settled_at`."""

    kind: ReportKind
    words: str
    reported_at: datetime
    settled_at: datetime | None
    settlement: str


@dataclass(frozen=True, slots=True)
class Reportable:
    """A revision that the actor has answered, and where; `attempt_id` and `position` are None for one in study."""

    question_id: int
    revision_id: int
    snapshot: Snapshot
    attempt_id: int | None = None
    position: int | None = None


def answered_in_quiz(session: Session, actor: Actor, attempt_id: int, position: int) -> Reportable:
    """Return a question of the actor's own attempt that they have answered. Raises NotFound. One statement."""
    actor.require(Permission.TAKE_QUIZ)
    row = session.execute(
        _revisions()
        .join(AttemptQuestionRow, AttemptQuestionRow.question_revision_id == QuestionRevisionRow.id)
        .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
        .join(
            ResponseRow,
            and_(ResponseRow.attempt_id == AttemptRow.id, ResponseRow.position == AttemptQuestionRow.position),
        )
        .where(
            AttemptRow.id == attempt_id,
            AttemptRow.person_id == actor.id,
            AttemptQuestionRow.position == position,
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such answer.")
    return Reportable(row.question_id, row.id, snapshot_from_text(row.content), attempt_id, position)


def answered_in_study(session: Session, actor: Actor, review_id: int) -> Reportable:
    """Return the question that one of the actor's reviews answered. Raises NotFound. One statement."""
    actor.require(Permission.TAKE_QUIZ)
    row = session.execute(
        _revisions()
        .join(ReviewRow, ReviewRow.question_revision_id == QuestionRevisionRow.id)
        .where(ReviewRow.id == review_id, ReviewRow.person_id == actor.id, ReviewRow.study_session_id.is_not(None))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such answer.")
    return Reportable(row.question_id, row.id, snapshot_from_text(row.content))


def report(session: Session, actor: Actor, about: Reportable, kind: ReportKind, words: str, now: datetime) -> None:
    """Store what is wrong with a question that one of the two functions above gave.

    Whoever reports the same revision again changes what they said, and it waits for an instructor anew. One statement.
    """
    actor.require(Permission.TAKE_QUIZ)
    said = {"kind": kind, "words": words, "reported_at": now, "settled_at": None, "settlement": ""}
    on_postgres = session.get_bind().dialect.name == "postgresql"
    statement = (postgresql if on_postgres else sqlite).insert(_REPORTS)
    statement = statement.values(
        question_id=about.question_id,
        question_revision_id=about.revision_id,
        person_id=actor.id,
        attempt_id=about.attempt_id,
        position=about.position,
        **said,
    )
    session.execute(statement.on_conflict_do_update(index_elements=["person_id", "question_revision_id"], set_=said))


def own_report(session: Session, actor: Actor, about: int) -> OwnReport | None:
    """Return what the actor has reported of a revision. One statement."""
    row = session.execute(_own(actor).where(QuestionReportRow.question_revision_id == about)).one_or_none()
    return None if row is None else report_of_row(row)


def own_reports_in(session: Session, actor: Actor, attempt_id: int) -> dict[int, OwnReport]:
    """Return what the actor has reported of the questions of an attempt of theirs, by position. One statement."""
    rows = session.execute(
        _own(actor)
        .join(AttemptQuestionRow, AttemptQuestionRow.question_revision_id == QuestionReportRow.question_revision_id)
        .add_columns(AttemptQuestionRow.position.label("place"))
        .where(AttemptQuestionRow.attempt_id == attempt_id)
    )
    return {row.place: report_of_row(row) for row in rows}


def _revisions() -> Select[int, int, str]:
    return select(QuestionRevisionRow.id, QuestionRevisionRow.question_id, QuestionRevisionRow.content)


def _own(actor: Actor) -> Select[*tuple[Any, ...]]:
    return select(*OWN_REPORT).where(QuestionReportRow.person_id == actor.id)


def report_of_row(row: Row[*tuple[Any, ...]]) -> OwnReport:
    """Make what is told of a report of a row that has the columns of `OWN_REPORT`."""
    return OwnReport(row.kind_of_report, row.words, row.reported_at, row.settled_at, row.settlement)
