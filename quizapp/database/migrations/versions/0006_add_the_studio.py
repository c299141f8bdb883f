"""Add the studio."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column(
            "bank",
            sa.String(length=200),
            nullable=False,
            comment="the name of a bank or the title of a new one; or nothing",
        ),
        sa.Column(
            "format", sa.String(length=40), nullable=False, comment="what to read it as; nothing: the file tells"
        ),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_uploads_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_uploads_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "studio_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column(
            "person_id", sa.Integer(), nullable=True, comment="who did it; none: the command line, or a deleted account"
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "write",
                "edit",
                "restore",
                "retire",
                "review",
                "bulk",
                "import",
                "bank",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=False, comment="what was done, in words"),
        sa.Column("changes", sa.JSON(), nullable=False, comment="each thing that changed, before and after"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_studio_steps_bank_id_banks")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_studio_steps_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studio_steps")),
    )
    with op.batch_alter_table("studio_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_studio_steps_bank_id"), ["bank_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_studio_steps_person_id"), ["person_id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False, comment="the name its question will have"),
        sa.Column("question_id", sa.Integer(), nullable=True, comment="the question it edits, or has become"),
        sa.Column("based_on", sa.Integer(), nullable=True, comment="the revision it edits"),
        sa.Column(
            "recipe",
            sa.String(length=100),
            nullable=False,
            comment="what made it: by-hand, a recipe, or an import's format",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "waiting",
                "approved",
                "rejected",
                "dropped",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON: a DraftText, whole or not"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="counts its saves, so that two writers notice each other"
        ),
        sa.Column("author_id", sa.Integer(), nullable=True, comment="who began it; none: their account is deleted"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_drafts_author_id_people")),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_drafts_bank_id_banks")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_drafts_question_id_questions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("bank_id", "name", name=op.f("uq_drafts_bank_id_name")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_state"), ["state"], unique=False)

    op.create_table(
        "question_tags",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=50), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_question_tags_question_id_questions")),
        sa.PrimaryKeyConstraint("question_id", "tag", name=op.f("pk_question_tags")),
    )
    with op.batch_alter_table("question_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_tags_tag"), ["tag"], unique=False)

    op.create_table(
        "draft_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "submitted",
                "edited",
                "approved",
                "rejected",
                "dropped",
                "undone",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="the draft as it was then"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_decisions_draft_id_drafts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_draft_decisions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_decisions")),
    )
    with op.batch_alter_table("draft_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_decisions_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_decisions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "question_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("question_revision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("attempt_id", sa.Integer(), nullable=True, comment="where it was met; none: on a card"),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "wrong-key",
                "unclear",
                "typo",
                "unfair",
                "other",
                name="reportkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=False, comment="what was done about it"),
        sa.CheckConstraint(
            "(attempt_id IS NULL) = (position IS NULL)", name=op.f("ck_question_reports_attempt_with_position")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_questions.attempt_id", "attempt_questions.position"],
            name=op.f("fk_question_reports_attempt_id_position_attempt_questions"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_question_reports_person_id_people")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_reports_question_id_questions")
        ),
        sa.ForeignKeyConstraint(
            ["question_revision_id"],
            ["question_revisions.id"],
            name=op.f("fk_question_reports_question_revision_id_question_revisions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_reports")),
        sa.UniqueConstraint(
            "person_id", "question_revision_id", name=op.f("uq_question_reports_person_id_question_revision_id")
        ),
    )
    with op.batch_alter_table("question_reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_reports_attempt_id_position"), ["attempt_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_question_reports_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_reports_question_id"), ["question_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_question_reports_question_revision_id"), ["question_revision_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_question_reports_settled_at"), ["settled_at"], unique=False)

    with op.batch_alter_table("attempt_questions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "weight",
                sa.Double(),
                server_default="1",
                nullable=False,
                comment="how much it counts in the attempt's score",
            )
        )

    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "origin",
                sa.Enum(
                    "file",
                    "instructor",
                    "contrast",
                    name="origin",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                server_default="file",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "second_approver",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="whether a draft is approved by somebody else than its author",
            )
        )

    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("review_by", sa.Date(), nullable=True, comment="the day by which somebody looks at it again")
        )
        batch_op.create_index(batch_op.f("ix_facts_review_by"), ["review_by"], unique=False)

    with op.batch_alter_table("question_revisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "change",
                sa.Enum(
                    "typo", "different", "restored", name="change", native_enum=False, create_constraint=True, length=20
                ),
                nullable=True,
                comment="what it is to the one before it, where its author was asked",
            )
        )
        batch_op.add_column(
            sa.Column(
                "reasons",
                sa.Text(),
                server_default="{}",
                nullable=False,
                comment="JSON: why a warning was passed over, by the id of its rule",
            )
        )

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "weight",
                sa.Double(),
                server_default="1",
                nullable=False,
                comment="how much it counts in the score of an attempt",
            )
        )
        batch_op.create_check_constraint(batch_op.f("ck_questions_weight_is_no_debt"), "weight >= 0")

    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "text",
                sa.Text(),
                nullable=True,
                comment="its own words, where an instructor put them in; a blank line ends a paragraph",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_uploads_sent_at"))
        batch_op.drop_index(batch_op.f("ix_uploads_person_id"))

    op.drop_table("uploads")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_column("text")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_column("weight")

    with op.batch_alter_table("question_revisions", schema=None) as batch_op:
        batch_op.drop_column("reasons")
        batch_op.drop_column("change")

    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facts_review_by"))
        batch_op.drop_column("review_by")

    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.drop_column("second_approver")
        batch_op.drop_column("origin")

    with op.batch_alter_table("attempt_questions", schema=None) as batch_op:
        batch_op.drop_column("weight")

    with op.batch_alter_table("question_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_reports_settled_at"))
        batch_op.drop_index(batch_op.f("ix_question_reports_question_revision_id"))
        batch_op.drop_index(batch_op.f("ix_question_reports_question_id"))
        batch_op.drop_index(batch_op.f("ix_question_reports_person_id"))
        batch_op.drop_index(batch_op.f("ix_question_reports_attempt_id_position"))

    op.drop_table("question_reports")
    with op.batch_alter_table("draft_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_decisions_person_id"))
        batch_op.drop_index(batch_op.f("ix_draft_decisions_draft_id"))

    op.drop_table("draft_decisions")
    with op.batch_alter_table("question_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_tags_tag"))

    op.drop_table("question_tags")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_state"))
        batch_op.drop_index(batch_op.f("ix_drafts_question_id"))
        batch_op.drop_index(batch_op.f("ix_drafts_author_id"))

    op.drop_table("drafts")
    with op.batch_alter_table("studio_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_studio_steps_person_id"))
        batch_op.drop_index(batch_op.f("ix_studio_steps_bank_id"))

    op.drop_table("studio_steps")
