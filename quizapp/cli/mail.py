"""The command that sends what waits in the outbox."""

import sys

import click

from quizapp.cli.installation import installed_app
from quizapp.settings import Settings
from quizapp.web.accounts.mail import send_outbox


@click.command()
@click.pass_obj
def mail(settings: Settings) -> None:
    """Send what waits in the outbox; exit 1 when some of it could not be sent.

    A running app sends mail by itself; this sends again what failed then, for instance every hour by cron.
    """
    with installed_app(settings) as app:
        sent, failed = send_outbox(app)
    click.echo(f"{sent} sent, {failed} failed.")
    if failed:
        sys.exit(1)
