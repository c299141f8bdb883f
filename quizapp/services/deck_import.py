"""A deck of flashcards into a bank: first what would happen, row by row; then exactly that, or nothing."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy import Text, cast, select, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, SourceRow, Visibility
from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.questions.bank_formats.deck_reading import Deck, DeckRow, read_deck
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.bank_formats.stored import source_from_text
from quizapp.domain.questions.imported_card import TOO_LONG, ImportedCard, card_of, deck_bank, with_cards
from quizapp.domain.questions.question import Bank, check_question
from quizapp.domain.roles import Actor, Permission
from quizapp.services.bank_transfer import load_bank
from quizapp.services.shelf import editable, importable
from quizapp.services.stored_banks import bank_of_file

MAX_TITLE = 200
CARD = "card"
"""The type of a row whose back is not typed: a fact that no question asks."""
_MAX_FILE_NAME = 80
_SHOWN = 80


class Verdict(StrEnum):
    """What an import does with one row."""

    NEW = "new"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to import. `bank` is the name of an imported bank or the title of a new one; empty: the file tells."""

    data: bytes
    file_name: str
    bank: str = ""
    format_name: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file and what would become of it. `name` is the id of its fact, `type` how it is asked."""

    verdict: Verdict
    line: int
    name: str
    type: str
    reason: str
    front: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; `bank` is the whole bank as it would be, and `exists` says that it is there now.

    `makes_draft` says that it would make a bank that nobody but the one who imports it sees at first.

    Two plans with one `fingerprint` show the same to whoever reads them and store the same.
    """

    bank: Bank
    exists: bool
    makes_draft: bool
    rows: tuple[PlannedRow, ...]
    notes: tuple[str, ...]
    fingerprint: str

    def count(self, verdict: str) -> int:
        """Count the rows with this verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def brings(self) -> int:
        """How many rows would be written."""
        return self.count(Verdict.NEW) + self.count(Verdict.CHANGED)


def imported_banks(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Return name and title of each bank of imported decks that the actor may change. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    rows = session.execute(
        select(BankRow.name, BankRow.title, cast(SourceRow.details, Text).label("source"))
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(editable(actor))
        .order_by(BankRow.title, BankRow.id)
    )
    return [(row.name, row.title) for row in rows if source_from_text(row.source).is_deck]


def plan_import(session: Session, actor: Actor | None, upload: Upload) -> ImportPlan:
    """Say what importing a file would do; nothing is written. The command line asks without an actor.

    Raises InvalidContent when it is no deck at all, and Conflict when its bank is not one of imported decks or the
    actor may not change it.
    """
    if actor is not None:
        actor.require(Permission.WRITE_QUESTIONS)
    deck = read_deck(upload.data, upload.file_name, upload.format_name)
    stored, exists = _bank_for(session, actor, upload, deck)
    known = {fact.id: fact for fact in stored.facts}
    rows: list[PlannedRow] = []
    cards: dict[str, tuple[ImportedCard, DeckRow]] = {}
    for row in deck.rows:
        planned, card = _planned(row, known, cards, stored)
        rows.append(planned)
        if card:
            cards[card.fact.id] = card, row
    written = {row.name for row in rows if row.verdict in (Verdict.NEW, Verdict.CHANGED)}
    bank = with_cards(stored, [card for name, (card, _) in cards.items() if name in written])
    return ImportPlan(
        bank=bank,
        exists=exists,
        makes_draft=actor is not None and not exists,
        rows=tuple(rows),
        notes=deck.notes,
        fingerprint=_fingerprint(stored, bank, rows),
    )


def carry_out(session: Session, actor: Actor | None, upload: Upload, shown: str, now: datetime) -> ImportPlan:
    """Import a file exactly as the plan with the fingerprint `shown` said; return that plan.

    The bank keeps the cards that the file does not have: a deck may come in parts. A new bank is the actor's own, and a
    draft; on the command line it belongs to nobody and is public. An old one keeps its owner and who sees it.

    Raises Conflict, and writes nothing, when the plan would be another now; and what `plan_import` raises.
    """
    plan = plan_import(session, actor, upload)
    if plan.fingerprint != shown:
        raise Conflict("The bank has changed since this was shown. Look at what would be done now.")
    if plan.brings:
        facts = plan.bank.facts_by_id()
        problems = [problem for question in plan.bank.questions for problem in check_question(question, facts)]
        if problems:
            raise InvalidContent(problems)
        load_bank(session, plan.bank, now)
        if actor is not None and plan.makes_draft:
            own = {"owner_id": actor.id, "visibility": Visibility.PRIVATE}
            session.execute(update(BankRow).where(BankRow.name == plan.bank.name).values(own))
    return plan


def _bank_for(session: Session, actor: Actor | None, upload: Upload, deck: Deck) -> tuple[Bank, bool]:
    """Return the bank that a file goes into, as it is now, and whether it is there."""
    file_name = " ".join(PurePath(upload.file_name).name.split())[:_MAX_FILE_NAME] or "pasted text"
    wanted = " ".join((upload.bank or deck.title or PurePath(file_name).stem).split())
    wanted = "".join(one for one in wanted if one.isprintable())[:MAX_TITLE]
    if is_blank(wanted):
        wanted = "Imported deck"
    name = plain_name(wanted)
    stored = bank_of_file(session, name)
    if stored is None:
        title = wanted if wanted != name else name.replace("-", " ").capitalize()
        return deck_bank(name, title, "".join(one for one in file_name if one.isprintable())), False
    if actor is not None and session.scalar(select(BankRow.id).where(BankRow.name == name, importable(actor))) is None:
        raise Conflict(f"The bank “{name}” is there and not yours to change. Take another name.")
    if not stored.source.is_deck:
        raise Conflict(f"The bank “{name}” came from the questions folder and no import changes it. Take another name.")
    return stored, True


def _planned(
    row: DeckRow, known: dict[str, Fact], seen: dict[str, tuple[ImportedCard, DeckRow]], stored: Bank
) -> tuple[PlannedRow, ImportedCard | None]:
    """Judge one row; return its card too unless the row is refused or repeats another."""
    card = None if row.problem else card_of(row)
    if card is None:
        refused = PlannedRow(Verdict.REFUSED, row.line, "", "", row.problem or TOO_LONG, row.front[:_SHOWN])
        return refused, None
    kind = card.question.type if card.question else CARD
    fact, before = card.fact, known.get(card.fact.id)
    if fact.id in seen:
        first = seen[fact.id][1]
        differs = "" if first.back == row.back else " with another back"
        verdict, reason = Verdict.DUPLICATE, f"line {first.line} has this front{differs}."
    elif before is None:
        verdict, reason = Verdict.NEW, ""
    elif _same(before, fact, stored):
        verdict, reason = Verdict.DUPLICATE, "the bank has this card."
    else:
        verdict, reason = Verdict.CHANGED, _change(before, fact)
    reason = " ".join(part for part in (reason, row.remark) if part)
    planned = PlannedRow(verdict, row.line, fact.id, kind, reason, " ".join(row.front.split())[:_SHOWN])
    return planned, None if fact.id in seen else card


def _same(before: Fact, after: Fact, bank: Bank) -> bool:
    return _without_voice(before, bank) == _without_voice(after, bank)


def _without_voice(fact: Fact, bank: Bank) -> dict[str, object]:
    return {name: value for name, value in fact_to_json(fact, bank.source).items() if name != "voice"}


def _change(before: Fact, after: Fact) -> str:
    old, new = (fact.value.text if fact.value else "" for fact in (before, after))
    if old == new:
        return "its topic, speaker, source or note is another."
    return f"its back was “{' '.join(old.split())[:_SHOWN]}”."


def _fingerprint(before: Bank, after: Bank, rows: list[PlannedRow]) -> str:
    """Hash what is shown of the rows and every card as it would be stored."""
    shown = [[row.verdict, row.line, row.name, row.type, row.reason, row.front] for row in rows]
    old = {fact.id: fact for fact in before.facts}
    written = [fact_to_json(fact, after.source) for fact in after.facts if old.get(fact.id) is not fact]
    text = json.dumps([after.name, after.title, bool(old), shown, written], ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
