"""Attempts and responses: written once, never changed afterwards."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.table import JsonObject, Moment, Table, stored_enum
from quizapp.domain.results.attempt_kind import AttemptKind


class AttemptRow(Table):
    """One learner's run through drawn questions. Its orders follow from the seed."""

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),
        CheckConstraint("answered >= 0 AND answered <= length", name="answered_within_length"),
        Index("ix_attempts_person_id_started_at", "person_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), index=True)
    kind: Mapped[AttemptKind] = mapped_column(
        stored_enum(AttemptKind), default=AttemptKind.QUIZ, server_default=AttemptKind.QUIZ.value
    )
    seed: Mapped[int]
    length: Mapped[int] = mapped_column(comment="how many questions were drawn")
    answered: Mapped[int] = mapped_column(default=0, comment="how many responses there are")
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("attempts.id"), index=True, comment="the attempt this one retries, or was started from"
    )
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    score: Mapped[float | None] = mapped_column(comment="share of full credit over all its questions, once finished")


class AttemptQuestionRow(Table):
    """The revision asked at one position of an attempt."""

    __tablename__ = "attempt_questions"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, comment="1 to the attempt's length")
    question_revision_id: Mapped[int] = mapped_column(ForeignKey("question_revisions.id"), index=True)
    weight: Mapped[float] = mapped_column(
        default=1.0, server_default="1", comment="how much it counts in the attempt's score"
    )


class ResponseRow(Table):
    """What a learner gave at one position. The key makes a second response there impossible."""

    __tablename__ = "responses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["attempt_questions.attempt_id", "attempt_questions.position"]
        ),
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[JsonObject] = mapped_column(JSON, comment="what was given, in the terms of the revision's body")
    score: Mapped[float]
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True, comment="the fact that was tested")
    chosen_fact_id: Mapped[int | None] = mapped_column(
        ForeignKey("facts.id"), index=True, comment="the fact behind a wrong response: the two were mixed up"
    )
    answered_at: Mapped[datetime] = mapped_column(Moment)
