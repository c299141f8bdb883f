"""Which bank a file goes into: by the words of whoever imports it, of the file, or its name."""

from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.domain.errors import Conflict
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable, importable
from quizapp.services.studio.import_plan import MAX_TITLE, Upload

_MAX_FILE_NAME = 80


@dataclass(frozen=True, slots=True)
class Target:
    """The name of a bank, the title it would have if it is new, and how the file is called in words."""

    name: str
    title: str
    file_name: str


def target_of(upload: Upload, title: str, otherwise: str) -> Target:
    """Find out which bank an upload goes into; `title` is what the file calls it, `otherwise` what nobody calls it."""
    file_name = " ".join(PurePath(upload.file_name).name.split())[:_MAX_FILE_NAME] or "pasted text"
    wanted = " ".join((upload.bank or title or PurePath(file_name).stem).split())
    wanted = _printable(wanted)[:MAX_TITLE]
    if is_blank(wanted):
        wanted = otherwise
    name = plain_name(wanted)
    return Target(name, wanted if wanted != name else name.replace("-", " ").capitalize(), _printable(file_name))


def refuse_a_strangers_bank(session: Session, actor: Actor | None, name: str) -> None:
    """Raise Conflict when the actor may not import into the bank that is there. The command line may."""
    if actor is not None and session.scalar(select(BankRow.id).where(BankRow.name == name, importable(actor))) is None:
        raise Conflict(f"The bank “{name}” is there and not yours to change. Take another name.")


def is_on_shelf(session: Session, name: str) -> bool:
    """Say whether the bank of this name is not retired. One statement."""
    return session.scalar(select(BankRow.id).where(BankRow.name == name, BankRow.retired_at.is_(None))) is not None


def banks_to_import_into(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Return name and title of each bank that the actor may change. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    rows = session.execute(
        select(BankRow.name, BankRow.title).where(editable(actor)).order_by(BankRow.title, BankRow.id)
    )
    return [(row.name, row.title) for row in rows]


def _printable(text: str) -> str:
    return "".join(one for one in text if one.isprintable())
