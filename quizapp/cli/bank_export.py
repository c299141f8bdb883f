"""The command that writes a bank in a format of other programs, and says first what the file will not carry."""

import sys
from pathlib import Path

import click

from quizapp.app import make_runtime
from quizapp.cli.bank_folder_export import export_folder
from quizapp.cli.bank_folders import bank_folder
from quizapp.database.engine import opened_engine, sqlite_file
from quizapp.database.upgrade import upgrade
from quizapp.domain.errors import NotFound
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.question import Bank
from quizapp.services.studio.exports import bank_to_export, kinds_of_loss
from quizapp.settings import Settings


@click.command()
@click.argument("name")
@click.option("--format", "format_name", type=click.Choice(list(BANK_FORMATS)), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: the terminal.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Write the stored bank as a folder.")
@click.option("--overwrite", is_flag=True, help="With --folder: replace the files that are there.")
@click.pass_obj
def export(
    settings: Settings, name: str, format_name: str, output: Path | None, folder: Path | None, overwrite: bool
) -> None:
    """Write the bank NAME in another form, answers included.

    It is the bank as the database has it, or else as its folder makes it. What the form cannot carry is said first.
    With --folder, the bank as the database holds it is written into a folder NAME under that folder, as `load`,
    `bank build` and `bank check` read it.
    """
    if folder is not None:
        place, written = export_folder(settings, name, folder, overwrite)
        click.echo("\n".join([f"{place}: {', '.join(written.files)}.", *written.notes]))
        return
    bank, form = _bank(settings, name), BANK_FORMATS[format_name]
    for kind in kinds_of_loss(form.losses(bank)):
        click.echo(f"{kind.count} {'question' if kind.count == 1 else 'questions'}: {kind.what}", err=True)
        for stem in kind.stems:
            click.echo(f"    {' '.join(stem.split())[:100]}", err=True)
    data = form.write(bank)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)


def _bank(settings: Settings, name: str) -> Bank:
    """Return the bank of the database, if there is one, or else of the questions folder. Raises NotFound."""
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():  # looking must not make one
        return _built(settings, name)
    with opened_engine(settings.database) as engine:
        upgrade(engine)
        try:
            with make_runtime(engine).reading() as session:
                return bank_to_export(session, None, name)
        except NotFound:
            return _built(settings, name)


def _built(settings: Settings, name: str) -> Bank:
    folder = bank_folder(settings.questions, name)
    base = folder.fact_base()
    return build_bank(base, written=folder.written(base))
