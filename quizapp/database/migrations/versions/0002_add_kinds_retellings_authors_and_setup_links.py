"""Add kinds of attempts, retellings, authors and setup links."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setup_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the token in the link"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "used_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="set when it was used or replaced: it is then dead",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_setup_links_token_hash")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "quiz",
                    "pretest",
                    "fact",
                    "contrast",
                    name="attemptkind",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                server_default="quiz",
                nullable=False,
            )
        )
        batch_op.alter_column(
            "retry_of_id",
            new_column_name="follows_id",
            comment="the attempt this one retries, or was started from",
            existing_comment="the attempt whose missed questions are asked again",
            existing_type=sa.Integer(),
        )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_follows_id"), ["follows_id"], unique=False)
        batch_op.drop_constraint(batch_op.f("fk_attempts_retry_of_id_attempts"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_attempts_follows_id_attempts"), "attempts", ["follows_id"], ["id"])

    with op.batch_alter_table("facts", schema=None) as batch_op:
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

    with op.batch_alter_table("question_revisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "author_id",
                sa.Integer(),
                nullable=True,
                comment="the instructor who saved it; none: it came from a file",
            )
        )
        batch_op.create_index(batch_op.f("ix_question_revisions_author_id"), ["author_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_question_revisions_author_id_people"), "people", ["author_id"], ["id"]
        )

    with op.batch_alter_table("questions", schema=None) as batch_op:
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

    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "retelling",
                sa.Text(),
                server_default="[]",
                nullable=False,
                comment="JSON: sections of passages, as in the bank's file",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_column("retelling")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_column("origin")

    with op.batch_alter_table("question_revisions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_question_revisions_author_id_people"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_question_revisions_author_id"))
        batch_op.drop_column("author_id")

    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_column("origin")

    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_attempts_follows_id_attempts"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_attempts_follows_id"))
        batch_op.drop_column("kind")
        batch_op.alter_column(
            "follows_id",
            new_column_name="retry_of_id",
            comment="the attempt whose missed questions are asked again",
            existing_comment="the attempt this one retries, or was started from",
            existing_type=sa.Integer(),
        )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_attempts_retry_of_id_attempts"), "attempts", ["retry_of_id"], ["id"])

    op.drop_table("setup_links")
