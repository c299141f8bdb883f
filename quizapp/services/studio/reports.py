"""Problems that learners reported with the questions of banks, for whoever may change those."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import BankRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import QuestionReportRow, StepKind
from quizapp.domain.errors import NotFound
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.studio.steps import Watch

AT_MOST = 1_000
"""The reports that are told at once, those that have waited longest."""


@dataclass(frozen=True, slots=True)
class ToldReport:
    """One report, without who made it; `revision` is the number of the saved state it is about."""

    kind: ReportKind
    words: str
    revision: int
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class ReportedQuestion:
    """A question as it is asked now, with the reports on it that nobody has settled, the oldest first.

    `may_be_edited` says whether its words can be changed in the browser.
    """

    question_id: int
    bank_name: str
    bank_title: str
    revision: int
    retired: bool
    may_be_edited: bool
    snapshot: Snapshot
    reports: tuple[ToldReport, ...]

    @property
    def newest(self) -> datetime:
        """When the last of the reports was made: settling them settles no later one."""
        return max(one.reported_at for one in self.reports)

    @property
    def kinds(self) -> dict[ReportKind, int]:
        """How many reports there are of each kind, in the order of the kinds."""
        counts = {kind: sum(one.kind is kind for one in self.reports) for kind in ReportKind}
        return {kind: count for kind, count in counts.items() if count}


def reported_questions(session: Session, actor: Actor) -> list[ReportedQuestion]:
    """Return the questions with reports to settle, of every bank the actor may change; the most reported first.

    One statement.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    then = aliased(QuestionRevisionRow)
    rows = session.execute(
        select(
            QuestionReportRow.kind,
            QuestionReportRow.words,
            QuestionReportRow.reported_at,
            then.number.label("reported"),
            QuestionRow.id.label("question_id"),
            QuestionRow.origin,
            QuestionRow.revision_number,
            QuestionRow.retired_at,
            BankRow.name.label("bank_name"),
            BankRow.title.label("bank_title"),
            QuestionRevisionRow.content,
        )
        .join(QuestionRow, QuestionRow.id == QuestionReportRow.question_id)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(then, then.id == QuestionReportRow.question_revision_id)
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
        .where(QuestionReportRow.settled_at.is_(None), editable(actor))
        .order_by(QuestionReportRow.reported_at, QuestionReportRow.id)
        .limit(AT_MOST)
    ).all()
    by_question: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        by_question.setdefault(row.question_id, []).append(row)
    return sorted((_reported(one) for one in by_question.values()), key=lambda one: -len(one.reports))


def settle(session: Session, actor: Actor, question_id: int, until: datetime, word: str, now: datetime) -> int | None:
    """Settle with a word what was reported of a question until a moment; those who reported it can read the word.

    It is a step that can be undone: its id is returned, None where there was nothing to settle. Raises NotFound for a
    question of a bank that the actor may not change.
    """
    bank_id, stem = reportable(session, actor, question_id)
    reports = session.scalars(
        select(QuestionReportRow)
        .where(
            QuestionReportRow.question_id == question_id,
            QuestionReportRow.settled_at.is_(None),
            QuestionReportRow.reported_at <= until,
        )
        .with_for_update()
    ).all()
    watch = Watch(session)
    watch.watch("question_reports", [one.id for one in reports])
    for one in reports:
        one.settled_at, one.settlement = now, word
    return watch.record(actor, bank_id, StepKind.REVIEW, f"Settled what was reported of “{stem}”: {word}", now)


def reportable(session: Session, actor: Actor, question_id: int) -> tuple[int, str]:
    """Return the id of the bank and the stem of a question whose reports the actor may settle. Raises NotFound."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(
        select(QuestionRow.bank_id, QuestionRevisionRow.content)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(
            QuestionRevisionRow,
            (QuestionRevisionRow.question_id == QuestionRow.id)
            & (QuestionRevisionRow.number == QuestionRow.revision_number),
        )
        .where(QuestionRow.id == question_id, editable(actor))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such question.")
    return row.bank_id, snapshot_from_text(row.content).question.stem


def _reported(rows: list[Row[*tuple[Any, ...]]]) -> ReportedQuestion:
    first = rows[0]
    return ReportedQuestion(
        question_id=first.question_id,
        bank_name=first.bank_name,
        bank_title=first.bank_title,
        revision=first.revision_number,
        retired=first.retired_at is not None,
        may_be_edited=first.origin is Origin.INSTRUCTOR,
        snapshot=snapshot_from_text(first.content),
        reports=tuple(ToldReport(row.kind, row.words, row.reported, row.reported_at) for row in rows),
    )
