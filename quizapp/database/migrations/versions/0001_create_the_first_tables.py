"""Create the first tables: people, sessions, sources, facts, banks, questions, revisions, attempts, responses."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "name", sa.String(length=200), nullable=True, comment="what the person is called on pages; none for a guest"
        ),
        sa.Column(
            "role",
            sa.Enum(
                "guest",
                "learner",
                "instructor",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False, comment="its id in the bank's file"),
        sa.Column("outlet", sa.String(length=200), nullable=False),
        sa.Column(
            "details", sa.JSON(), nullable=False, comment="title, author, date, speakers, sides ...: a domain Source"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_sources_name")),
    )
    op.create_table(
        "banks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False, comment="its folder's name, used in URLs"),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False, comment="label of each topic by its id, in order"),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False, comment="when its content last changed"),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True, comment="when it was taken off the shelf"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_banks_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banks")),
        sa.UniqueConstraint("name", name=op.f("uq_banks_name")),
    )
    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_banks_source_id"), ["source_id"], unique=False)

    op.create_table(
        "facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False, comment="its id in the bank's file; it never changes"),
        sa.Column("place", sa.Integer(), nullable=False, comment="its order within the source, from 0"),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column(
            "tier",
            sa.Enum("must", "should", "may", name="tier", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "uncontested",
                "single-source",
                "disputed",
                "contradicted",
                "outdated",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "speaker",
            sa.String(length=100),
            nullable=True,
            comment="id of the speaker in the source; none: the outlet itself",
        ),
        sa.Column("content", sa.JSON(), nullable=False, comment="the whole fact, as in the bank's file"),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True, comment="when it left the bank's file"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_facts_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
        sa.UniqueConstraint("source_id", "name", name=op.f("uq_facts_source_id_name")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "token_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the token in the cookie"
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="set by signing out; the session is then dead",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False, comment="how many questions were drawn"),
        sa.Column("answered", sa.Integer(), nullable=False, comment="how many responses there are"),
        sa.Column(
            "retry_of_id", sa.Integer(), nullable=True, comment="the attempt whose missed questions are asked again"
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "score", sa.Double(), nullable=True, comment="share of full credit over all its questions, once finished"
        ),
        sa.CheckConstraint("answered >= 0 AND answered <= length", name=op.f("ck_attempts_answered_within_length")),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_attempts_score_is_a_share")),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_attempts_bank_id_banks")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attempts_person_id_people")),
        sa.ForeignKeyConstraint(["retry_of_id"], ["attempts.id"], name=op.f("fk_attempts_retry_of_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_bank_id"), ["bank_id"], unique=False)
        batch_op.create_index("ix_attempts_person_id_started_at", ["person_id", "started_at"], unique=False)

    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False, comment="its id in the bank's file; it never changes"),
        sa.Column("place", sa.Integer(), nullable=False, comment="its order within the bank, from 0"),
        sa.Column("fact_id", sa.Integer(), nullable=False, comment="the fact it tests"),
        sa.Column(
            "revision_number", sa.Integer(), nullable=False, comment="the number of the revision that is asked now"
        ),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("scored", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True, comment="when it left the bank's file"),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_questions_bank_id_banks")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_questions_fact_id_facts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("bank_id", "name", name=op.f("uq_questions_bank_id_name")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_fact_id"), ["fact_id"], unique=False)

    op.create_table(
        "question_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 is the first; the highest is asked"),
        sa.Column(
            "content",
            sa.Text(),
            nullable=False,
            comment="JSON: the question and every fact it cites as they were, so that old attempts stay as they were",
        ),
        sa.Column("fact_ids", sa.JSON(), nullable=False, comment="row id of each cited fact by its name"),
        sa.Column(
            "content_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of content, to see whether it changed",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_question_revisions_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_revisions_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_revisions")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_question_revisions_question_id_number")),
    )
    op.create_table(
        "attempt_questions",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="1 to the attempt's length"),
        sa.Column("question_revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_questions_attempt_id_attempts")),
        sa.ForeignKeyConstraint(
            ["question_revision_id"],
            ["question_revisions.id"],
            name=op.f("fk_attempt_questions_question_revision_id_question_revisions"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_attempt_questions")),
    )
    with op.batch_alter_table("attempt_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_questions_question_revision_id"), ["question_revision_id"], unique=False
        )

    op.create_table(
        "responses",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False, comment="what was given, in the terms of the revision's body"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False, comment="the fact that was tested"),
        sa.Column(
            "chosen_fact_id",
            sa.Integer(),
            nullable=True,
            comment="the fact behind a wrong response: the two were mixed up",
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_responses_score_is_a_share")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_questions.attempt_id", "attempt_questions.position"],
            name=op.f("fk_responses_attempt_id_position_attempt_questions"),
        ),
        sa.ForeignKeyConstraint(["chosen_fact_id"], ["facts.id"], name=op.f("fk_responses_chosen_fact_id_facts")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_responses_fact_id_facts")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_responses")),
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_responses_chosen_fact_id"), ["chosen_fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_responses_fact_id"), ["fact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responses_fact_id"))
        batch_op.drop_index(batch_op.f("ix_responses_chosen_fact_id"))

    op.drop_table("responses")
    with op.batch_alter_table("attempt_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_questions_question_revision_id"))

    op.drop_table("attempt_questions")
    op.drop_table("question_revisions")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_fact_id"))

    op.drop_table("questions")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_attempts_person_id_started_at")
        batch_op.drop_index(batch_op.f("ix_attempts_bank_id"))

    op.drop_table("attempts")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_person_id"))

    op.drop_table("sessions")
    op.drop_table("facts")
    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_banks_source_id"))

    op.drop_table("banks")
    op.drop_table("sources")
    op.drop_table("people")
