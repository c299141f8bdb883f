"""What an import of 10,000 questions takes: `python -m tests.benchmarks.imports`.

A table as a teacher has it, and Moodle XML as another site writes it, into an empty SQLite database: seconds to read
the file, to look, to carry it out, to look at the same file again and to undo it; and the memory at most. Seconds are
those of the processor, so that a busy machine measures the same.
"""

import re
import resource
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from quizapp.app import make_runtime
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Role
from quizapp.runtime import Runtime
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.import_plan import Upload
from quizapp.services.studio.imports import carry_out, plan_import, read_upload
from quizapp.services.studio.steps import undo_step

QUESTIONS = 10_000
ADMIN = Actor(0, Role.ADMIN)
HEAD = "question,option a,option b,option c,option d,correct,explanation,topic"
COLUMNS = ("read", "look", "carry out", "look again", "undo")
_OURS = re.compile(rb"\s*<quizapp>.*?</quizapp>", re.S)
T = TypeVar("T")


def table(questions: int) -> bytes:
    """Make a table of single choice questions."""
    rows = [
        f"What number has boat {n} of the fleet?,{n},{n + 1},{n + 2},{n + 3},A,Boat {n} has the {n}.,Fleet {n % 9}"
        for n in range(questions)
    ]
    return "\n".join((HEAD, *rows)).encode()


def bank_of(runtime: Runtime, upload: Upload) -> Bank:
    """Import a file and return the bank that it makes."""
    with runtime.writing() as session:
        carry_out(session, None, upload, plan_import(session, None, upload).fingerprint, runtime.now())
    with runtime.reading() as session:
        return stored_bank(session, "fleet", editable(ADMIN)).bank


def measure(upload: Upload) -> tuple[dict[str, float], float]:
    """Return the seconds of each thing that is done with a file, and the megabytes that all of it took."""
    with TemporaryDirectory() as folder, opened_engine(f"sqlite:///{Path(folder) / 'quizapp.sqlite3'}") as engine:
        upgrade(engine)
        runtime = make_runtime(engine)
        spent: dict[str, float] = {}
        read = _timed(spent, "read", lambda: read_upload(upload))
        with runtime.reading() as session:
            plan = _timed(spent, "look", lambda: plan_import(session, None, upload))
        begun = process_time()
        with runtime.writing() as session:
            done = carry_out(session, None, upload, plan.fingerprint, runtime.now(), read=read)
        spent["carry out"] = process_time() - begun
        with runtime.reading() as session:
            again = _timed(spent, "look again", lambda: plan_import(session, None, upload))
        assert again.brings == 0
        begun = process_time()
        with runtime.writing() as session:
            undo_step(session, ADMIN, done.step_id or 0, runtime.now())
        spent["undo"] = process_time() - begun
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(questions: int = QUESTIONS) -> None:
    """Print the table; each file is measured in a process of its own."""
    uploads = {"csv": Upload(table(questions), "fleet.csv", "Fleet")}
    with TemporaryDirectory() as folder, opened_engine(f"sqlite:///{Path(folder) / 'quizapp.sqlite3'}") as engine:
        upgrade(engine)
        bank = bank_of(make_runtime(engine), uploads["csv"])
    form = BANK_FORMATS["moodle-xml"]
    uploads[form.name] = Upload(_OURS.sub(b"", form.write(bank)), f"fleet{form.suffix}", "Fleet")
    heads = "".join(f"{one:>12}" for one in COLUMNS)
    print(f"{questions} questions, CPU seconds\n\n{'format':12}{'MB':>6}{heads}{'MB':>8}")
    for name, upload in uploads.items():
        with get_context("spawn").Pool(1) as pool:
            spent, megabytes = pool.apply(measure, (upload,))
        seconds = "".join(f"{spent[one]:12.2f}" for one in COLUMNS)
        print(f"{name:12}{len(upload.data) / 1e6:6.1f}{seconds}{megabytes:8.0f}")


def _timed(spent: dict[str, float], name: str, action: Callable[[], T]) -> T:
    begun = process_time()
    done = action()
    spent[name] = process_time() - begun
    return done


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS)
