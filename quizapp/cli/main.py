"""The quizapp command: serve, upgrade, load, bank, doctor."""

import os
import sys

import click

from quizapp.cli.banks import bank, load
from quizapp.cli.doctor import doctor
from quizapp.cli.serving import serve, upgrade
from quizapp.domain.errors import InvalidContent, QuizappError
from quizapp.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Quizzes made from an article's facts, with who says each.

    Settings come from the environment: QUIZAPP_INSTANCE, QUIZAPP_DATABASE, QUIZAPP_SECRET_KEY, QUIZAPP_QUESTIONS.
    """
    context.obj = context.obj or Settings.from_environment(os.environ)


for command in (serve, upgrade, load, bank, doctor):
    cli.add_command(command)


def main() -> None:
    """Run the command; what a person can mend is said in words, without a traceback."""
    try:
        cli()
    except InvalidContent as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"{len(error.problems)} problem(s).", err=True)
        sys.exit(1)
    except (QuizappError, ValueError) as error:
        click.echo(f"quizapp: {error}", err=True)
        sys.exit(1)
