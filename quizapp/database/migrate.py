"""Run Alembic's migrations on an open connection. Imported only when there is something to do."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from quizapp.database.tables import METADATA


def migrate(connection: Connection, folder: Path) -> None:
    """Run every migration that the database behind `connection` lacks."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def differences(connection: Connection) -> list[object]:
    """List what differs between the database and the tables in the code; an empty list means nothing."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, METADATA))
