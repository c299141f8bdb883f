"""A bank as a file for other programs, and what such a file would not carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import true
from sqlalchemy.orm import Session

from quizapp.domain.errors import NotFound
from quizapp.domain.questions.bank_formats.bank_format import BankFormat, Loss
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank

SHOWN = 3
"""How many questions are named as examples of a loss."""


@dataclass(frozen=True, slots=True)
class LossKind:
    """One thing that a file does not carry: of how many questions, and what some of them ask."""

    what: str
    count: int
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to be downloaded."""

    name: str
    media_type: str
    data: bytes


def bank_to_export(session: Session, actor: Actor | None, name: str) -> Bank:
    """Return a bank that the actor may change, with all that is asked now: a file of it holds the answers.

    The command line asks without an actor. Raises NotFound. Three statements.
    """
    if actor is not None:
        actor.require(Permission.WRITE_QUESTIONS)
    return stored_bank(session, name, true() if actor is None else editable(actor)).bank


def format_named(name: str) -> BankFormat:
    """Return a format of the registry. Raises NotFound."""
    if name not in BANK_FORMATS:
        raise NotFound("There is no such format.")
    return BANK_FORMATS[name]


def exported(bank: Bank, format_name: str) -> ExportFile:
    """Write a bank in a format. Raises NotFound where there is no such format."""
    form = format_named(format_name)
    return ExportFile(f"{bank.name}{form.suffix}", form.media_type, form.write(bank))


def left_out(bank: Bank, form: BankFormat) -> int:
    """Count the questions of types that a format has no place for: what can be said at once."""
    return sum(question.type not in form.types for question in bank.questions)


def kinds_of_loss(losses: Sequence[Loss]) -> list[LossKind]:
    """Gather what a file does not carry by what it is, the most frequent first."""
    by_kind: dict[str, list[str]] = {}
    for loss in losses:
        by_kind.setdefault(loss.what, []).append(loss.stem)
    found = [LossKind(what, len(stems), tuple(stems[:SHOWN])) for what, stems in by_kind.items()]
    return sorted(found, key=lambda one: -one.count)
