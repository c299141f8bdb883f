"""Write a migration for what the tables in the code have and the newest migration has not.

Run `python -m quizapp.database.new_migration "add review rows"`, then read what it wrote.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from quizapp.database.engine import make_engine
from quizapp.database.upgrade import MIGRATIONS, upgrade


def write_migration(message: str, number: str, folder: Path = MIGRATIONS) -> None:
    """Compare an empty, fully migrated SQLite database with the tables and write the difference as a new file."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = make_engine(f"sqlite:///{Path(scratch) / 'empty.sqlite3'}")
        if any((folder / "versions").glob("*.py")):
            upgrade(engine, folder)
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    existing = len(list((MIGRATIONS / "versions").glob("*.py")))
    write_migration(sys.argv[1], f"{existing + 1:04d}")
