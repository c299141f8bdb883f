"""What Alembic runs around the migrations: our connection, our tables, batch mode for SQLite."""

from typing import Any, Literal

from alembic import context

from quizapp.database.table import Moment
from quizapp.database.tables import METADATA


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our moments as what they are in the database, so that old migrations need none of our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=False,  # the caller holds one transaction around all of it
)
context.run_migrations()
