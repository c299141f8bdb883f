"""Write a bank of the database as a folder, which `quizapp load`, `bank build` and `bank check` read."""

from pathlib import Path

from sqlalchemy import true

from quizapp.app import make_runtime
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.domain.errors import Conflict
from quizapp.domain.questions.bank_folder import FOLDER_FILES, WrittenFolder, folder_of
from quizapp.services.stored_banks import stored_bank
from quizapp.settings import Settings


def export_folder(settings: Settings, name: str, parent: Path, overwrite: bool) -> tuple[Path, WrittenFolder]:
    """Write the bank NAME of the database into a folder of its name under `parent`; return where and what.

    Raises NotFound for a bank that is not in the database, and Conflict where there is such a folder already: what
    was written there by hand may say more than the database knows.
    """
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        with make_runtime(engine).reading() as session:
            written = folder_of(stored_bank(session, name, true()).bank)
    folder = parent / name
    if folder.exists() and not overwrite:
        raise Conflict(f"{folder} is there already; name another folder, or replace its files with --overwrite.")
    folder.mkdir(parents=True, exist_ok=True)
    for file in FOLDER_FILES:
        if file in written.files:
            (folder / file).write_bytes(written.files[file])
        else:
            (folder / file).unlink(missing_ok=True)
    return folder, written
