"""What instructors work on before learners see it: drafts, decisions on them, steps that can be undone, reports."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.bank_tables import NAME
from quizapp.database.table import JsonObject, Moment, Table, stored_enum
from quizapp.domain.questions.report_kind import ReportKind


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    """Somebody is writing it."""
    WAITING = "waiting"
    """It waits for somebody to approve or reject it."""
    APPROVED = "approved"
    """It has become a question, or a revision of one."""
    REJECTED = "rejected"
    DROPPED = "dropped"
    """Its author threw it away."""


class Decision(StrEnum):
    """What somebody did with a draft."""

    SUBMITTED = "submitted"
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"
    DROPPED = "dropped"
    UNDONE = "undone"


class StepKind(StrEnum):
    """What kind of action a step was."""

    WRITE = "write"
    EDIT = "edit"
    RESTORE = "restore"
    RETIRE = "retire"
    REVIEW = "review"
    BULK = "bulk"
    IMPORT = "import"
    BANK = "bank"


class DraftRow(Table):
    """A question that is being written or waits for approval. No query for learners reads this table."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("bank_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    name: Mapped[str] = mapped_column(NAME, comment="the name its question will have")
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id"), index=True, comment="the question it edits, or has become"
    )
    based_on: Mapped[int | None] = mapped_column(comment="the revision it edits")
    recipe: Mapped[str] = mapped_column(NAME, comment="what made it: by-hand, a recipe, or an import's format")
    state: Mapped[DraftState] = mapped_column(stored_enum(DraftState), index=True)
    content: Mapped[str] = mapped_column(Text, comment="JSON: a DraftText, whole or not")
    version: Mapped[int] = mapped_column(default=1, comment="counts its saves, so that two writers notice each other")
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="who began it; none: their account is deleted"
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class DraftDecisionRow(Table):
    """One thing somebody did with a draft; never changed."""

    __tablename__ = "draft_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    decision: Mapped[Decision] = mapped_column(stored_enum(Decision))
    reason: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text, comment="the draft as it was then")
    decided_at: Mapped[datetime] = mapped_column(Moment)


class QuestionTagRow(Table):
    """A word an instructor has put on a question."""

    __tablename__ = "question_tags"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(50), primary_key=True, index=True)


class StudioStepRow(Table):
    """One action of an instructor with the state before and after it, so that it can be undone as a whole."""

    __tablename__ = "studio_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="who did it; none: the command line, or a deleted account"
    )
    kind: Mapped[StepKind] = mapped_column(stored_enum(StepKind))
    words: Mapped[str] = mapped_column(String(300), comment="what was done, in words")
    changes: Mapped[JsonObject] = mapped_column(JSON, comment="each thing that changed, before and after")
    done_at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class QuestionReportRow(Table):
    """A problem that somebody has with a question, and what became of it."""

    __tablename__ = "question_reports"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["attempt_questions.attempt_id", "attempt_questions.position"]
        ),
        UniqueConstraint("person_id", "question_revision_id"),
        Index(None, "attempt_id", "position"),
        CheckConstraint("(attempt_id IS NULL) = (position IS NULL)", name="attempt_with_position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    question_revision_id: Mapped[int] = mapped_column(ForeignKey("question_revisions.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(comment="where it was met; none: on a card")
    position: Mapped[int | None]
    kind: Mapped[ReportKind] = mapped_column(stored_enum(ReportKind))
    words: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    settlement: Mapped[str] = mapped_column(Text, default="", comment="what was done about it")


class UploadRow(Table):
    """A file that was sent to be imported, until that is confirmed, or for a day."""

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    bank: Mapped[str] = mapped_column(String(200), comment="the name of a bank or the title of a new one; or nothing")
    format: Mapped[str] = mapped_column(String(40), comment="what to read it as; nothing: the file tells")
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(Moment, index=True)
