"""Add accounts, classes and who may see a bank."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True, comment="closed: nobody joins it any more"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classes")),
    )
    op.create_table(
        "security_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="a SecurityEvent"),
        sa.Column("actor", sa.String(length=32), nullable=True, comment="pseudonym of who did it; none: not signed in"),
        sa.Column(
            "subject", sa.String(length=32), nullable=True, comment="pseudonym of whom it was done to, if another"
        ),
        sa.Column("detail", sa.String(length=200), nullable=False, comment="ids and words of ours"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_events")),
    )
    with op.batch_alter_table("security_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_security_events_happened_at"), ["happened_at"], unique=False)

    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "account_key",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed hash of the name that was typed, whether or not there is such an account",
        ),
        sa.Column(
            "source_key",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed hash of the address, or of the browser that this person signed in with before",
        ),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sign_in_failures_account_key_source_key_failed_at",
            ["account_key", "source_key", "failed_at"],
            unique=False,
        )
        batch_op.create_index("ix_sign_in_failures_source_key_failed_at", ["source_key", "failed_at"], unique=False)

    op.create_table(
        "class_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("teacher", "learner", name="classrole", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column(
            "name", sa.String(length=100), nullable=False, comment="what the person is called in this class alone"
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_class_members_class_id_classes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_class_members_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_members")),
        sa.UniqueConstraint("class_id", "person_id", name=op.f("uq_class_members_class_id_person_id")),
    )
    with op.batch_alter_table("class_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_members_person_id"), ["person_id"], unique=False)

    op.create_table(
        "join_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "role",
            sa.Enum("teacher", "learner", name="classrole", native_enum=False, create_constraint=True, length=20),
            nullable=False,
            comment="what it makes of whoever uses it",
        ),
        sa.Column(
            "name",
            sa.String(length=100),
            nullable=True,
            comment="a place on the roster kept for one person: it works once; none: for everybody",
        ),
        sa.Column("uses", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_join_codes_uses_are_counted")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_join_codes_class_id_classes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_join_codes_code")),
    )
    with op.batch_alter_table("join_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_codes_class_id"), ["class_id"], unique=False)

    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="may hold a secret link; empty once it was sent"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False, comment="why the last try failed"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mails_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mails_person_id"), ["person_id"], unique=False)

    op.create_table(
        "class_banks",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_class_banks_bank_id_banks")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_class_banks_class_id_classes")),
        sa.PrimaryKeyConstraint("class_id", "bank_id", name=op.f("pk_class_banks")),
    )
    with op.batch_alter_table("class_banks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_banks_bank_id"), ["bank_id"], unique=False)

    op.create_table(
        "class_totals",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="finished quizzes"),
        sa.Column("score_sum", sa.Double(), nullable=False, comment="sum of their scores, each from 0 to 1"),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_class_totals_bank_id_banks")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_class_totals_class_id_classes")),
        sa.PrimaryKeyConstraint("class_id", "bank_id", name=op.f("pk_class_totals")),
    )
    with op.batch_alter_table("class_totals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_totals_bank_id"), ["bank_id"], unique=False)

    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "visibility",
                sa.Enum(
                    "public",
                    "classes",
                    "private",
                    name="visibility",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                server_default="public",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "owner_id",
                sa.Integer(),
                nullable=True,
                comment="the instructor whose it is; none: it belongs to the installation",
            )
        )
        batch_op.create_index(batch_op.f("ix_banks_owner_id"), ["owner_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_banks_owner_id_people"), "people", ["owner_id"], ["id"])

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "pseudonym",
                sa.String(length=32),
                nullable=True,
                comment="random; stands for the person in the log of security events",
            )
        )
        batch_op.add_column(
            sa.Column(
                "sign_in_name",
                sa.String(length=60),
                nullable=True,
                comment="given by the site, never chosen, so that it tells nothing; none for a guest",
            )
        )
        batch_op.add_column(
            sa.Column("email", sa.String(length=254), nullable=True, comment="only for mail the person asks for")
        )
        batch_op.add_column(sa.Column("password_hash", sa.String(length=255), nullable=True))
        batch_op.add_column(
            sa.Column(
                "uniquifier",
                sa.String(length=64),
                nullable=True,
                comment="changes with the password: links to reset it die then",
            )
        )
        batch_op.add_column(
            sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True, comment="may not sign in since then")
        )
        batch_op.add_column(
            sa.Column(
                "erase_after",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="asked to be deleted; when that is done, unless taken back",
            )
        )
        batch_op.create_index(batch_op.f("ix_people_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_erase_after"), ["erase_after"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_people_sign_in_name"), ["sign_in_name"])
        batch_op.create_unique_constraint(batch_op.f("uq_people_uniquifier"), ["uniquifier"])
    _give_pseudonyms()
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.alter_column(
            "pseudonym",
            existing_type=sa.String(length=32),
            nullable=False,
            existing_comment="random; stands for the person in the log of security events",
        )
        batch_op.create_unique_constraint(batch_op.f("uq_people_pseudonym"), ["pseudonym"])

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "device",
                sa.String(length=80),
                nullable=True,
                comment="browser and system in words, to tell sessions apart by",
            )
        )
        batch_op.add_column(
            sa.Column(
                "used_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when it was last renewed: at most once a day",
            )
        )
        batch_op.add_column(
            sa.Column(
                "latest_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="cannot be renewed beyond this; none: a guest, who cannot sign in again",
            )
        )
    op.execute("UPDATE sessions SET used_at = created_at, device = ''")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.alter_column(
            "device",
            existing_type=sa.String(length=80),
            nullable=False,
            existing_comment="browser and system in words, to tell sessions apart by",
        )
        batch_op.alter_column(
            "used_at",
            existing_type=sa.DateTime(timezone=True),
            nullable=False,
            existing_comment="when it was last renewed: at most once a day",
        )
    _keep_events_as_written()


def _give_pseudonyms() -> None:
    """Give everybody who is there a pseudonym of their own; nobody has an account yet, so all are guests.

    Who was an instructor by a cookie alone becomes one again by the link of the next start, with an account.
    """
    people = sa.table("people", sa.column("id", sa.Integer), sa.column("pseudonym", sa.String))
    connection = op.get_bind()
    op.execute("UPDATE people SET role = 'guest'")
    for person_id in connection.scalars(sa.select(people.c.id)).all():
        connection.execute(people.update().where(people.c.id == person_id).values(pseudonym=secrets.token_hex(16)))


def _keep_events_as_written() -> None:
    """Let the database itself refuse to change or delete a security event."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER security_events_no_{verb.lower()} BEFORE {verb} ON security_events "
                "BEGIN SELECT RAISE(ABORT, 'security events are only added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'security events are only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER security_events_no_change BEFORE UPDATE OR DELETE ON security_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_column("latest_at")
        batch_op.drop_column("used_at")
        batch_op.drop_column("device")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_people_uniquifier"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_people_sign_in_name"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_people_pseudonym"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_people_erase_after"))
        batch_op.drop_index(batch_op.f("ix_people_email"))
        batch_op.drop_column("erase_after")
        batch_op.drop_column("suspended_at")
        batch_op.drop_column("uniquifier")
        batch_op.drop_column("password_hash")
        batch_op.drop_column("email")
        batch_op.drop_column("sign_in_name")
        batch_op.drop_column("pseudonym")

    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_banks_owner_id_people"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_banks_owner_id"))
        batch_op.drop_column("owner_id")
        batch_op.drop_column("visibility")

    with op.batch_alter_table("class_totals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_totals_bank_id"))

    op.drop_table("class_totals")
    with op.batch_alter_table("class_banks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_banks_bank_id"))

    op.drop_table("class_banks")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mails_person_id"))

    op.drop_table("mails")
    with op.batch_alter_table("join_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_codes_class_id"))

    op.drop_table("join_codes")
    with op.batch_alter_table("class_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_members_person_id"))

    op.drop_table("class_members")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failures_source_key_failed_at")
        batch_op.drop_index("ix_sign_in_failures_account_key_source_key_failed_at")

    op.drop_table("sign_in_failures")
    with op.batch_alter_table("security_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_security_events_happened_at"))

    op.drop_table("security_events")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change()")
    op.drop_table("classes")
