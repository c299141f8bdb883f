"""Keep what facts are related by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "group_key",
                sa.String(length=100),
                nullable=True,
                comment="its group, if it is in one; for keeping facts apart",
            )
        )
        batch_op.add_column(
            sa.Column("value_key", sa.Text(), nullable=True, comment="the words of its value, as they are compared")
        )
        batch_op.add_column(
            sa.Column("ask_key", sa.Text(), nullable=True, comment="what it is asked by, as it is compared")
        )
        batch_op.add_column(
            sa.Column(
                "has_faces", sa.Boolean(), nullable=True, comment="whether it can be asked by the two faces of a card"
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_column("has_faces")
        batch_op.drop_column("ask_key")
        batch_op.drop_column("value_key")
        batch_op.drop_column("group_key")
