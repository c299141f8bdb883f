"""The command that imports questions or cards into a bank, and what it says of each row."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from quizapp.app import make_runtime
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES
from quizapp.services.studio.deck_import import DECK
from quizapp.services.studio.import_plan import ImportPlan, Upload, Verdict
from quizapp.services.studio.imports import READ_FORMATS, carry_out, plan_import, read_upload
from quizapp.settings import Settings

NO_SUCH_FILE = 2


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "format_name", type=click.Choice([*READ_FORMATS, DECK]), help="Default: the file tells.")
@click.option("--bank", "bank_name", default="", help="A bank that is there, or the title of a new one.")
@click.option("--dry-run", is_flag=True, help="Say what would be done with each row, and do none of it.")
@click.option("--json", "as_json", is_flag=True, help="Print every row for machines.")
@click.pass_obj
def import_file(
    settings: Settings, file: Path, format_name: str | None, bank_name: str, dry_run: bool, as_json: bool
) -> None:
    """Import the questions in FILE, or the deck of flashcards, into a bank.

    What the bank has already is left alone, and nothing is taken away. All that is not refused comes in, or nothing.
    Exit 1 when a row was refused, 2 when the file is no such file at all.
    """
    with file.open("rb") as opened:
        data = opened.read(MAX_FILE_BYTES + 1)
    upload = Upload(data, file.name, bank_name, format_name or "")
    try:
        plan = _imported(settings, upload, dry_run)
    except InvalidContent as error:
        problems = [_told(problem) for problem in error.problems]
        _say(json.dumps({"rows": [], "problems": problems}, ensure_ascii=False) if as_json else "", file, problems)
        sys.exit(NO_SUCH_FILE)
    click.echo(plan_as_json(plan, dry_run) if as_json else "\n".join(in_words(plan, dry_run)))
    if plan.count(Verdict.REFUSED):
        sys.exit(1)


def plan_as_json(plan: ImportPlan, dry_run: bool) -> str:
    """Write what was or would be done as JSON."""
    data: dict[str, Any] = {
        "bank": plan.bank.name,
        "title": plan.bank.title,
        "format": plan.format,
        "dry_run": dry_run,
        "counts": {verdict.value: plan.count(verdict) for verdict in Verdict},
        "notes": list(plan.notes),
        "rows": [asdict(row) for row in plan.rows],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def in_words(plan: ImportPlan, dry_run: bool) -> Iterator[str]:
    """Yield the lines for a terminal: every row but those that are new without a remark, then the counts."""
    yield from plan.notes
    for row in plan.rows:
        if row.reason or row.verdict is not Verdict.NEW:
            yield f"line {row.line}: {row.verdict.value:9}  {row.front[:40]}  [{row.reason}]"
    counts = ", ".join(f"{plan.count(verdict)} {verdict.value}" for verdict in Verdict)
    yield f"{plan.bank.name}: {counts}.{' Nothing was written.' if dry_run else ''}"


def _imported(settings: Settings, upload: Upload, dry_run: bool) -> ImportPlan:
    """Plan the import and carry it out in one transaction, unless this is a dry run."""
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        runtime = make_runtime(engine)
        with runtime.reading() as session:
            plan = plan_import(session, None, upload)
        if dry_run or not plan.brings:
            return plan
        read = read_upload(upload)
        with (
            runtime.writing() as session,
            click.progressbar(length=plan.brings, label=f"Importing {plan.bank.name}", file=sys.stderr) as shown,
        ):
            fingerprint, now = plan.fingerprint, runtime.now()
            return carry_out(session, None, upload, fingerprint, now, progress=shown.update, read=read).plan


def _told(problem: Problem) -> str:
    return problem.sentence if problem.line is None else f"line {problem.line}: {problem.sentence}"


def _say(for_machines: str, file: Path, problems: list[str]) -> None:
    if for_machines:
        click.echo(for_machines)
    for sentence in problems:
        click.echo(f"{file.name}: {sentence}", err=True)
