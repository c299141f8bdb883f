"""What learners remember: one card a person and fact, the log of reviews behind it, and counts that are kept."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.table import JsonObject, Moment, Table, stored_enum
from quizapp.domain.memory.evidence import ReviewKind, Strength
from quizapp.domain.memory.scheduling import MemoryState
from quizapp.domain.memory.session_plan import LimitKind, SessionKind

EVERY_BANK = 0


class CardRow(Table):
    """One learner's memory of one fact."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("person_id", "fact_id"),
        CheckConstraint("stability > 0", name="stability_above_zero"),
        CheckConstraint("difficulty >= 1 AND difficulty <= 10", name="difficulty_from_1_to_10"),
        Index("ix_cards_person_id_due_day", "person_id", "due_day"),
        Index("ix_cards_person_id_bank_id_due_day", "person_id", "bank_id", "due_day"),
        Index("ix_cards_person_id_due_at", "person_id", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), index=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True)
    state: Mapped[MemoryState] = mapped_column(stored_enum(MemoryState))
    step: Mapped[int | None] = mapped_column(comment="which step of minutes runs, from 0; none between days")
    stability: Mapped[float] = mapped_column(comment="days after which recall falls to 90 %")
    difficulty: Mapped[float]
    last_day: Mapped[int] = mapped_column(comment="study day of the last review, days since 1970-01-01")
    due_day: Mapped[int] = mapped_column(comment="study day it comes back on")
    due_at: Mapped[datetime | None] = mapped_column(Moment, comment="when a step of minutes is over, while one runs")
    repetitions: Mapped[int]
    lapses: Mapped[int]
    recalled_days: Mapped[int] = mapped_column(comment="on how many study days it was recalled")
    recalled_on: Mapped[int | None] = mapped_column(comment="the last of those study days")
    postponed_on: Mapped[int | None] = mapped_column(
        comment="study day on which it was set aside after too many lapses, until it is reviewed again"
    )


class StudySessionRow(Table):
    """A sitting: what was planned for it, and how far it is. What comes next is derived, never stored."""

    __tablename__ = "study_sessions"
    __table_args__ = (UniqueConstraint("person_id", "scope", "kind", "study_day", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("banks.id"), index=True, comment="none: all banks")
    scope: Mapped[int] = mapped_column(comment="the bank's id, 0 for all banks: a key holds no null")
    kind: Mapped[SessionKind] = mapped_column(stored_enum(SessionKind))
    study_day: Mapped[int]
    number: Mapped[int] = mapped_column(comment="which one it is of its day, from 1")
    seed: Mapped[int]
    stamp: Mapped[int] = mapped_column(comment="grows with every review and undo: a form with an old one is refused")
    planned: Mapped[int] = mapped_column(comment="how many facts it was planned for")
    beyond_limit: Mapped[bool] = mapped_column(comment="whether the learner asked to go on beyond the daily limit")
    new_facts: Mapped[JsonObject] = mapped_column(JSON, comment="ids of the facts to be met in it, in order")
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class MixUpRow(Table):
    """Two facts a learner took for each other; open until each was told from the other."""

    __tablename__ = "mix_ups"
    __table_args__ = (
        UniqueConstraint("person_id", "low_fact_id", "high_fact_id"),
        CheckConstraint("low_fact_id < high_fact_id", name="a_pair_is_stored_once"),
        CheckConstraint("told >= 0 AND told <= 3", name="told_is_two_bits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    low_fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True)
    high_fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True)
    low_question_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id"), index=True, comment="asks the low fact with the high one in view"
    )
    high_question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    times: Mapped[int] = mapped_column(comment="how often they were mixed up")
    told: Mapped[int] = mapped_column(comment="1: the low fact was told apart since, 2: the high one, 3: both")
    last_at: Mapped[datetime] = mapped_column(Moment)


class ReviewRow(Table):
    """One review of one fact: what was asked, what came of it, and the card as it was before, for undo."""

    __tablename__ = "reviews"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["attempt_questions.attempt_id", "attempt_questions.position"]
        ),
        CheckConstraint("rating >= 1 AND rating <= 4", name="rating_from_1_to_4"),
        CheckConstraint("weight > 0 AND weight <= 1", name="weight_is_a_share"),
        Index("ix_reviews_person_id_fact_id", "person_id", "fact_id"),
        Index("ix_reviews_person_id_study_day", "person_id", "study_day"),
        Index("ix_reviews_attempt_id_position", "attempt_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True)
    study_session_id: Mapped[int | None] = mapped_column(ForeignKey("study_sessions.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(comment="the quiz whose response this is")
    position: Mapped[int | None]
    question_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_revisions.id"), index=True, comment="what was asked; none: the two faces of the card"
    )
    stamp: Mapped[int | None] = mapped_column(comment="the session's stamp when it was given")
    kind: Mapped[ReviewKind] = mapped_column(stored_enum(ReviewKind))
    strength: Mapped[Strength] = mapped_column(stored_enum(Strength))
    rating: Mapped[int] = mapped_column(comment="1 again, 2 hard, 3 good, 4 easy")
    weight: Mapped[float] = mapped_column(comment="how far a recall is evidence, given that it may be a guess")
    score: Mapped[float | None] = mapped_column(comment="share of full credit; none: graded by the learner")
    given: Mapped[JsonObject | None] = mapped_column(
        JSON(none_as_null=True), comment="the response, where there is one"
    )
    chosen_fact_id: Mapped[int | None] = mapped_column(
        ForeignKey("facts.id"), index=True, comment="the fact this one was taken for"
    )
    contrast_fact_id: Mapped[int | None] = mapped_column(
        ForeignKey("facts.id"), index=True, comment="the fact it was asked against"
    )
    overridden: Mapped[bool] = mapped_column(default=False, comment="the learner said that a typed answer was right")
    milliseconds: Mapped[int | None] = mapped_column(comment="how long it took, where it was measured")
    reviewed_at: Mapped[datetime] = mapped_column(Moment)
    study_day: Mapped[int]
    offset_minutes: Mapped[int] = mapped_column(comment="how far the learner's clock was ahead of UTC")
    interval: Mapped[int] = mapped_column(comment="days until it comes back, as shown and given; 0 during a step")
    step_seconds: Mapped[int | None] = mapped_column(comment="length of the step of minutes that began")
    fuzz: Mapped[int] = mapped_column(comment="days by which the interval differs from the plain one")
    parameter_set: Mapped[str] = mapped_column(String(40), comment="which parameters of the memory model were in force")
    before_state: Mapped[MemoryState | None] = mapped_column(
        stored_enum(MemoryState), comment="the card before; none: there was no card"
    )
    before_step: Mapped[int | None]
    before_stability: Mapped[float | None]
    before_difficulty: Mapped[float | None]
    before_last_day: Mapped[int | None]
    before_due_day: Mapped[int | None]
    before_due_at: Mapped[datetime | None] = mapped_column(Moment)
    before_repetitions: Mapped[int | None]
    before_lapses: Mapped[int | None]
    before_recalled_days: Mapped[int | None]
    before_recalled_on: Mapped[int | None]
    before_postponed_on: Mapped[int | None]
    mix_up_id: Mapped[int | None] = mapped_column(
        ForeignKey("mix_ups.id"), index=True, comment="the mix-up this review made, repeated or told apart"
    )
    before_mix_up: Mapped[JsonObject | None] = mapped_column(
        JSON(none_as_null=True), comment="times, told and last_at of that mix-up before; none: this review made it"
    )


class StudyLoadRow(Table):
    """How many facts of a bank come back to a learner on one study day: kept, so that nobody has to count."""

    __tablename__ = "study_loads"
    __table_args__ = (CheckConstraint("cards > 0", name="no_row_for_nothing"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), primary_key=True, index=True)
    cards: Mapped[int]


class StudiedDayRow(Table):
    """What a learner did on one study day."""

    __tablename__ = "studied_days"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    reviews: Mapped[int] = mapped_column(comment="reviews in study sessions; the daily limit counts them")
    new_facts: Mapped[int] = mapped_column(comment="facts met in them for the first time")
    responses: Mapped[int] = mapped_column(comment="questions answered in quizzes")
    milliseconds: Mapped[int] = mapped_column(comment="time taken by the reviews")


class StudySettingRow(Table):
    """How one learner studies; without a row the defaults hold."""

    __tablename__ = "study_settings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    zone: Mapped[str] = mapped_column(String(64), comment="IANA name of the time zone; empty: not known")
    rollover_hour: Mapped[int]
    four_buttons: Mapped[bool]
    cards_only: Mapped[bool]
    limit_kind: Mapped[LimitKind] = mapped_column(stored_enum(LimitKind))
    limit_amount: Mapped[int]
    new_a_day: Mapped[int]
    weekday_loads: Mapped[str] = mapped_column(String(40), comment="percent of a full day, Monday first, by commas")
    off_from: Mapped[int | None] = mapped_column(comment="first study day of a planned break")
    off_until: Mapped[int | None]
    exam_day: Mapped[int | None]
    retention: Mapped[float]
    memory_factor: Mapped[float] = mapped_column(comment="how much longer memories last than the model says, learnt")
    factor_spread: Mapped[float] = mapped_column(comment="how unsure that is: standard deviation of its logarithm")
