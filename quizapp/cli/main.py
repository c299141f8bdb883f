"""The quizapp command: serve, upgrade, load, bank, user, mail, doctor."""

import os
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from quizapp.cli.banks import bank, load
from quizapp.cli.doctor import doctor
from quizapp.cli.mail import mail
from quizapp.cli.serving import serve, upgrade
from quizapp.cli.users import user
from quizapp.domain.errors import InvalidContent, QuizappError
from quizapp.settings import Settings


class InWords(click.Group):
    """A group that says what a person can mend in words, without a traceback, and ends with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except InvalidContent as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"{len(error.problems)} problem(s).", err=True)
        except DBAPIError as error:
            click.echo(f"quizapp: the database cannot be used: {error.orig}", err=True)
        except ModuleNotFoundError as error:
            if error.name != "psycopg":
                raise
            click.echo("quizapp: PostgreSQL needs its driver: pip install 'quizapp[postgres]'", err=True)
        except (QuizappError, ValueError, OSError) as error:
            click.echo(f"quizapp: {error}", err=True)
        return ctx.exit(1)


@click.group(cls=InWords, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Quizzes made from an article's facts, with who says each.

    Settings come from the environment: QUIZAPP_INSTANCE, QUIZAPP_DATABASE, QUIZAPP_URL and more; see the README.
    """
    context.obj = context.obj or Settings.from_environment(os.environ)


for command in (serve, upgrade, load, bank, user, mail, doctor):
    cli.add_command(command)


def main() -> None:
    """Run the command."""
    cli()
