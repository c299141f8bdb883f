"""Add cards, reviews, mix-ups, study sessions and the counts kept beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "studied_days",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column(
            "reviews", sa.Integer(), nullable=False, comment="reviews in study sessions; the daily limit counts them"
        ),
        sa.Column("new_facts", sa.Integer(), nullable=False, comment="facts met in them for the first time"),
        sa.Column("responses", sa.Integer(), nullable=False, comment="questions answered in quizzes"),
        sa.Column("milliseconds", sa.Integer(), nullable=False, comment="time taken by the reviews"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_studied_days_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_studied_days")),
    )
    op.create_table(
        "study_settings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False, comment="IANA name of the time zone; empty: not known"),
        sa.Column("rollover_hour", sa.Integer(), nullable=False),
        sa.Column("four_buttons", sa.Boolean(), nullable=False),
        sa.Column("cards_only", sa.Boolean(), nullable=False),
        sa.Column(
            "limit_kind",
            sa.Enum("minutes", "cards", name="limitkind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("limit_amount", sa.Integer(), nullable=False),
        sa.Column("new_a_day", sa.Integer(), nullable=False),
        sa.Column(
            "weekday_loads",
            sa.String(length=40),
            nullable=False,
            comment="percent of a full day, Monday first, by commas",
        ),
        sa.Column("off_from", sa.Integer(), nullable=True, comment="first study day of a planned break"),
        sa.Column("off_until", sa.Integer(), nullable=True),
        sa.Column("exam_day", sa.Integer(), nullable=True),
        sa.Column("retention", sa.Double(), nullable=False),
        sa.Column(
            "memory_factor",
            sa.Double(),
            nullable=False,
            comment="how much longer memories last than the model says, learnt",
        ),
        sa.Column(
            "factor_spread",
            sa.Double(),
            nullable=False,
            comment="how unsure that is: standard deviation of its logarithm",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_study_settings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_study_settings")),
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "learning",
                "review",
                "relearning",
                name="memorystate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("step", sa.Integer(), nullable=True, comment="which step of minutes runs, from 0; none between days"),
        sa.Column("stability", sa.Double(), nullable=False, comment="days after which recall falls to 90 %"),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column(
            "last_day", sa.Integer(), nullable=False, comment="study day of the last review, days since 1970-01-01"
        ),
        sa.Column("due_day", sa.Integer(), nullable=False, comment="study day it comes back on"),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when a step of minutes is over, while one runs",
        ),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("recalled_days", sa.Integer(), nullable=False, comment="on how many study days it was recalled"),
        sa.Column("recalled_on", sa.Integer(), nullable=True, comment="the last of those study days"),
        sa.Column(
            "postponed_on",
            sa.Integer(),
            nullable=True,
            comment="study day on which it was set aside after too many lapses, until it is reviewed again",
        ),
        sa.CheckConstraint("difficulty >= 1 AND difficulty <= 10", name=op.f("ck_cards_difficulty_from_1_to_10")),
        sa.CheckConstraint("stability > 0", name=op.f("ck_cards_stability_above_zero")),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_cards_bank_id_banks")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_cards_fact_id_facts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cards_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("person_id", "fact_id", name=op.f("uq_cards_person_id_fact_id")),
    )
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cards_bank_id"), ["bank_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cards_fact_id"), ["fact_id"], unique=False)
        batch_op.create_index("ix_cards_person_id_bank_id_due_day", ["person_id", "bank_id", "due_day"], unique=False)
        batch_op.create_index("ix_cards_person_id_due_at", ["person_id", "due_at"], unique=False)
        batch_op.create_index("ix_cards_person_id_due_day", ["person_id", "due_day"], unique=False)
    op.create_table(
        "study_loads",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.CheckConstraint("cards > 0", name=op.f("ck_study_loads_no_row_for_nothing")),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_study_loads_bank_id_banks")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_study_loads_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "day", "bank_id", name=op.f("pk_study_loads")),
    )
    with op.batch_alter_table("study_loads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_loads_bank_id"), ["bank_id"], unique=False)
    op.create_table(
        "study_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=True, comment="none: all banks"),
        sa.Column("scope", sa.Integer(), nullable=False, comment="the bank's id, 0 for all banks: a key holds no null"),
        sa.Column(
            "kind",
            sa.Enum("study", "practice", name="sessionkind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="which one it is of its day, from 1"),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column(
            "stamp",
            sa.Integer(),
            nullable=False,
            comment="grows with every review and undo: a form with an old one is refused",
        ),
        sa.Column("planned", sa.Integer(), nullable=False, comment="how many facts it was planned for"),
        sa.Column(
            "beyond_limit",
            sa.Boolean(),
            nullable=False,
            comment="whether the learner asked to go on beyond the daily limit",
        ),
        sa.Column("new_facts", sa.JSON(), nullable=False, comment="ids of the facts to be met in it, in order"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_study_sessions_bank_id_banks")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_study_sessions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_sessions")),
        sa.UniqueConstraint(
            "person_id",
            "scope",
            "kind",
            "study_day",
            "number",
            name=op.f("uq_study_sessions_person_id_scope_kind_study_day_number"),
        ),
    )
    with op.batch_alter_table("study_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_sessions_bank_id"), ["bank_id"], unique=False)
    op.create_table(
        "mix_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("low_fact_id", sa.Integer(), nullable=False),
        sa.Column("high_fact_id", sa.Integer(), nullable=False),
        sa.Column(
            "low_question_id", sa.Integer(), nullable=True, comment="asks the low fact with the high one in view"
        ),
        sa.Column("high_question_id", sa.Integer(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False, comment="how often they were mixed up"),
        sa.Column(
            "told",
            sa.Integer(),
            nullable=False,
            comment="1: the low fact was told apart since, 2: the high one, 3: both",
        ),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("low_fact_id < high_fact_id", name=op.f("ck_mix_ups_a_pair_is_stored_once")),
        sa.CheckConstraint("told >= 0 AND told <= 3", name=op.f("ck_mix_ups_told_is_two_bits")),
        sa.ForeignKeyConstraint(["high_fact_id"], ["facts.id"], name=op.f("fk_mix_ups_high_fact_id_facts")),
        sa.ForeignKeyConstraint(
            ["high_question_id"], ["questions.id"], name=op.f("fk_mix_ups_high_question_id_questions")
        ),
        sa.ForeignKeyConstraint(["low_fact_id"], ["facts.id"], name=op.f("fk_mix_ups_low_fact_id_facts")),
        sa.ForeignKeyConstraint(
            ["low_question_id"], ["questions.id"], name=op.f("fk_mix_ups_low_question_id_questions")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mix_ups_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mix_ups")),
        sa.UniqueConstraint(
            "person_id", "low_fact_id", "high_fact_id", name=op.f("uq_mix_ups_person_id_low_fact_id_high_fact_id")
        ),
    )
    with op.batch_alter_table("mix_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mix_ups_high_fact_id"), ["high_fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mix_ups_high_question_id"), ["high_question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mix_ups_low_fact_id"), ["low_fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mix_ups_low_question_id"), ["low_question_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("study_session_id", sa.Integer(), nullable=True),
        sa.Column("attempt_id", sa.Integer(), nullable=True, comment="the quiz whose response this is"),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column(
            "question_revision_id",
            sa.Integer(),
            nullable=True,
            comment="what was asked; none: the two faces of the card",
        ),
        sa.Column("stamp", sa.Integer(), nullable=True, comment="the session's stamp when it was given"),
        sa.Column(
            "kind",
            sa.Enum(
                "study",
                "quiz",
                "practice",
                "pretest",
                "open-book",
                "contrast",
                name="reviewkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "strength",
            sa.Enum(
                "self-graded",
                "chosen",
                "produced",
                name="strength",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("rating", sa.Integer(), nullable=False, comment="1 again, 2 hard, 3 good, 4 easy"),
        sa.Column(
            "weight", sa.Double(), nullable=False, comment="how far a recall is evidence, given that it may be a guess"
        ),
        sa.Column("score", sa.Double(), nullable=True, comment="share of full credit; none: graded by the learner"),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=True, comment="the response, where there is one"),
        sa.Column("chosen_fact_id", sa.Integer(), nullable=True, comment="the fact this one was taken for"),
        sa.Column("contrast_fact_id", sa.Integer(), nullable=True, comment="the fact it was asked against"),
        sa.Column("overridden", sa.Boolean(), nullable=False, comment="the learner said that a typed answer was right"),
        sa.Column("milliseconds", sa.Integer(), nullable=True, comment="how long it took, where it was measured"),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column(
            "offset_minutes", sa.Integer(), nullable=False, comment="how far the learner's clock was ahead of UTC"
        ),
        sa.Column(
            "interval",
            sa.Integer(),
            nullable=False,
            comment="days until it comes back, as shown and given; 0 during a step",
        ),
        sa.Column("step_seconds", sa.Integer(), nullable=True, comment="length of the step of minutes that began"),
        sa.Column(
            "fuzz", sa.Integer(), nullable=False, comment="days by which the interval differs from the plain one"
        ),
        sa.Column(
            "parameter_set",
            sa.String(length=40),
            nullable=False,
            comment="which parameters of the memory model were in force",
        ),
        sa.Column(
            "before_state",
            sa.Enum(
                "learning",
                "review",
                "relearning",
                name="memorystate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
            comment="the card before; none: there was no card",
        ),
        sa.Column("before_step", sa.Integer(), nullable=True),
        sa.Column("before_stability", sa.Double(), nullable=True),
        sa.Column("before_difficulty", sa.Double(), nullable=True),
        sa.Column("before_last_day", sa.Integer(), nullable=True),
        sa.Column("before_due_day", sa.Integer(), nullable=True),
        sa.Column("before_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_repetitions", sa.Integer(), nullable=True),
        sa.Column("before_lapses", sa.Integer(), nullable=True),
        sa.Column("before_recalled_days", sa.Integer(), nullable=True),
        sa.Column("before_recalled_on", sa.Integer(), nullable=True),
        sa.Column("before_postponed_on", sa.Integer(), nullable=True),
        sa.Column(
            "mix_up_id", sa.Integer(), nullable=True, comment="the mix-up this review made, repeated or told apart"
        ),
        sa.Column(
            "before_mix_up",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="times, told and last_at of that mix-up before; none: this review made it",
        ),
        sa.CheckConstraint("rating >= 1 AND rating <= 4", name=op.f("ck_reviews_rating_from_1_to_4")),
        sa.CheckConstraint("weight > 0 AND weight <= 1", name=op.f("ck_reviews_weight_is_a_share")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_questions.attempt_id", "attempt_questions.position"],
            name=op.f("fk_reviews_attempt_id_position_attempt_questions"),
        ),
        sa.ForeignKeyConstraint(["chosen_fact_id"], ["facts.id"], name=op.f("fk_reviews_chosen_fact_id_facts")),
        sa.ForeignKeyConstraint(["contrast_fact_id"], ["facts.id"], name=op.f("fk_reviews_contrast_fact_id_facts")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_reviews_fact_id_facts")),
        sa.ForeignKeyConstraint(["mix_up_id"], ["mix_ups.id"], name=op.f("fk_reviews_mix_up_id_mix_ups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reviews_person_id_people")),
        sa.ForeignKeyConstraint(
            ["question_revision_id"],
            ["question_revisions.id"],
            name=op.f("fk_reviews_question_revision_id_question_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["study_session_id"], ["study_sessions.id"], name=op.f("fk_reviews_study_session_id_study_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index("ix_reviews_attempt_id_position", ["attempt_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_chosen_fact_id"), ["chosen_fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_contrast_fact_id"), ["contrast_fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_fact_id"), ["fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_mix_up_id"), ["mix_up_id"], unique=False)
        batch_op.create_index("ix_reviews_person_id_fact_id", ["person_id", "fact_id"], unique=False)
        batch_op.create_index("ix_reviews_person_id_study_day", ["person_id", "study_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_question_revision_id"), ["question_revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_study_session_id"), ["study_session_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_study_session_id"))
        batch_op.drop_index(batch_op.f("ix_reviews_question_revision_id"))
        batch_op.drop_index("ix_reviews_person_id_study_day")
        batch_op.drop_index("ix_reviews_person_id_fact_id")
        batch_op.drop_index(batch_op.f("ix_reviews_mix_up_id"))
        batch_op.drop_index(batch_op.f("ix_reviews_fact_id"))
        batch_op.drop_index(batch_op.f("ix_reviews_contrast_fact_id"))
        batch_op.drop_index(batch_op.f("ix_reviews_chosen_fact_id"))
        batch_op.drop_index("ix_reviews_attempt_id_position")

    op.drop_table("reviews")
    with op.batch_alter_table("mix_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mix_ups_low_question_id"))
        batch_op.drop_index(batch_op.f("ix_mix_ups_low_fact_id"))
        batch_op.drop_index(batch_op.f("ix_mix_ups_high_question_id"))
        batch_op.drop_index(batch_op.f("ix_mix_ups_high_fact_id"))

    op.drop_table("mix_ups")
    with op.batch_alter_table("study_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_study_sessions_bank_id"))

    op.drop_table("study_sessions")
    with op.batch_alter_table("study_loads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_study_loads_bank_id"))

    op.drop_table("study_loads")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_index("ix_cards_person_id_due_day")
        batch_op.drop_index("ix_cards_person_id_due_at")
        batch_op.drop_index("ix_cards_person_id_bank_id_due_day")
        batch_op.drop_index(batch_op.f("ix_cards_fact_id"))
        batch_op.drop_index(batch_op.f("ix_cards_bank_id"))

    op.drop_table("cards")
    op.drop_table("study_settings")
    op.drop_table("studied_days")
