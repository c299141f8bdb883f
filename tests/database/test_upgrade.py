import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from quizapp.database.engine import make_engine
from quizapp.database.migrate import differences
from quizapp.database.new_migration import write_migration
from quizapp.database.upgrade import MIGRATIONS, newest_revision, stored_revision, upgrade
from quizapp.domain.errors import Conflict

UPGRADE = """
import sys
from quizapp.database.engine import make_engine
from quizapp.database.upgrade import upgrade
print(upgrade(make_engine(sys.argv[1])), "alembic" in sys.modules)
"""
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("banks") as batch_op:
        batch_op.add_column(sa.Column("colour", sa.String(20), nullable=True))
    {then}
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of the migrations that a test may add to."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def add_migration(folder: Path, then: str = "") -> str:
    before = newest_revision(folder)
    number = f"{int(before) + 1:04d}"
    (folder / "versions" / f"{number}_add_a_colour.py").write_text(
        SECOND.format(number=number, before=before, then=then)
    )
    return number


def run_upgrade(url: str) -> str:
    done = subprocess.run([sys.executable, "-c", UPGRADE, url], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_empty_database_is_brought_to_the_newest_revision_once(empty_engine):
    assert stored_revision(empty_engine) is None
    assert upgrade(empty_engine) is True
    assert stored_revision(empty_engine) == newest_revision()
    assert upgrade(empty_engine) is False


def test_the_migrations_make_exactly_the_tables_of_the_code(empty_engine):
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert differences(connection) == []


def test_a_difference_is_noticed(empty_engine):
    upgrade(empty_engine)
    with empty_engine.begin() as connection:
        connection.execute(text("ALTER TABLE banks DROP COLUMN summary"))
        assert differences(connection) != []


def test_every_revision_follows_one_other_and_its_file_is_named_after_it():
    files = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert [file.name[:4] for file in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert newest_revision() == files[-1].name[:4]


def test_alembic_is_imported_only_when_there_is_something_to_do(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    assert run_upgrade(url) == "True True"
    assert run_upgrade(url) == "False False"


def test_four_processes_may_upgrade_one_new_database_at_once(empty_engine: Engine):
    url = empty_engine.url.render_as_string(hide_password=False)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run_upgrade, [url] * 4))
    assert all(line in ("True True", "False False") for line in done)
    with empty_engine.connect() as connection:
        assert differences(connection) == []
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_a_later_migration_keeps_the_rows_and_the_foreign_keys(engine, migrations):
    number = add_migration(migrations)
    with engine.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM questions")).scalar()
    assert upgrade(engine, migrations) is True
    assert stored_revision(engine) == number
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM questions")).scalar() == before > 0
        assert connection.execute(text("SELECT colour FROM banks")).scalars().all() == [None]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(empty_engine, migrations):
    upgrade(empty_engine, migrations)
    add_migration(migrations, then='op.execute("INSERT INTO nowhere VALUES (1)")')
    before = stored_revision(empty_engine)
    with pytest.raises(DBAPIError, match="nowhere"):
        upgrade(empty_engine, migrations)
    assert stored_revision(empty_engine) == before
    with empty_engine.connect() as connection:
        assert differences(connection) == []
        if empty_engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_new_migration_holds_what_the_tables_have_and_the_database_lacks(tmp_path, migrations):
    for file in (migrations / "versions").glob("*.py"):
        file.unlink()
    write_migration("create everything", "0001", migrations)
    (made,) = (migrations / "versions").glob("*.py")
    assert made.name == "0001_create_everything.py"
    assert 'op.create_table(\n        "responses"' in made.read_text() or "create_table('responses'" in made.read_text()
    assert "Moment" not in made.read_text()
    engine = make_engine(f"sqlite:///{tmp_path / 'from-new.sqlite3'}")
    upgrade(engine, migrations)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_a_new_migration_after_the_last_is_empty_when_nothing_changed(migrations):
    write_migration("nothing", "9999", migrations)
    (made,) = (migrations / "versions").glob("9999_*.py")
    assert "op." not in made.read_text().replace("from alembic import op", "")


def test_a_database_of_a_newer_version_is_refused_in_words(engine):
    with engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(Conflict, match="a newer quizapp made it"):
        upgrade(engine)
