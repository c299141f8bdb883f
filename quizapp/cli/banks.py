"""Commands on banks: load them into the database, build, check and export them."""

import sys
from pathlib import Path

import click

from quizapp.app import make_runtime
from quizapp.cli.bank_check import check
from quizapp.cli.bank_export import export
from quizapp.cli.bank_folders import bank_folder, bank_folders, read_questions
from quizapp.cli.bank_import import import_file
from quizapp.database.engine import opened_engine
from quizapp.database.upgrade import upgrade
from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.questions.bank_folder import QUESTIONS_FILE
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.runtime import Runtime
from quizapp.services.bank_transfer import LoadReport, load_bank, retire_bank
from quizapp.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.pass_obj
def load(settings: Settings, folder: Path | None) -> None:
    """Load every bank under FOLDER (default: the questions folder) into the database.

    Loading twice changes nothing; a changed bank adds revisions, and old attempts keep theirs.
    """
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        for report in load_folder(make_runtime(engine), folder or settings.questions):
            click.echo(_in_words(report))


@click.group()
def bank() -> None:
    """Build, check, import and export banks."""


bank.add_command(check)
bank.add_command(import_file)
bank.add_command(export)


@bank.command()
@click.argument("name")
@click.option("--check", is_flag=True, help="Write nothing; fail when questions.json is stale.")
@click.pass_obj
def build(settings: Settings, name: str, check: bool) -> None:
    """Make questions.json of the bank NAME from its facts."""
    folder = bank_folder(settings.questions, name)
    base = folder.fact_base()
    built = build_bank(base, progress=lambda label: click.echo(f"  {label}", err=True), written=folder.written(base))
    data = BANK_FORMATS["json"].write(built)
    path = folder.path / QUESTIONS_FILE
    if check:
        if not path.is_file() or path.read_bytes() != data:
            raise InvalidContent([Problem(str(path), f"it is stale; run `quizapp bank build {name}`.")])
        click.echo(f"{path} is what its facts make.")
        return
    path.write_bytes(data)
    click.echo(f"{path}: {len(built.questions)} questions on {len(built.facts)} facts.")


@bank.command()
@click.argument("name")
@click.pass_obj
def retire(settings: Settings, name: str) -> None:
    """Take the bank NAME off the shelf; old results stay, and loading it again brings it back."""
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        runtime = make_runtime(engine)
        with runtime.writing() as session:
            retire_bank(session, name, runtime.now())
    click.echo(f"{name} is retired.")


def load_folder(runtime: Runtime, folder: Path) -> list[LoadReport]:
    """Load every bank under a folder, each in one transaction; raises InvalidContent before anything is written."""
    banks = [read_questions(found) for found in bank_folders(folder)]
    reports = []
    for one in banks:
        with (
            runtime.writing() as session,
            click.progressbar(length=len(one.questions), label=f"Loading {one.name}", file=sys.stderr) as shown,
        ):
            report = load_bank(session, one, runtime.now(), progress=lambda: shown.update(1))
        reports.append(report)
    return reports


def _in_words(report: LoadReport) -> str:
    if not report.changed:
        return f"{report.bank}: nothing changed, {report.unchanged} questions."
    return (
        f"{report.bank}: {report.added} questions added, {report.revised} revised, {report.retired} retired, "
        f"{report.unchanged} unchanged; {report.facts_changed} facts changed."
    )
