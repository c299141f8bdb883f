"""A deck of flashcards into a bank: first what would happen, row by row; then exactly that, or nothing."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRow, SourceRow, Visibility
from quizapp.database.studio_tables import StepKind
from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.bank_formats.deck_reading import Deck, DeckRow, read_deck
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.imported_card import TOO_LONG, ImportedCard, card_of, deck_bank, with_cards
from quizapp.domain.questions.question import Bank, check_question
from quizapp.domain.roles import Actor, Permission
from quizapp.services.bank_transfer import load_bank
from quizapp.services.stored_banks import bank_of_file
from quizapp.services.studio.import_judging import shortened
from quizapp.services.studio.import_plan import (
    STALE,
    WRITTEN,
    Imported,
    ImportPlan,
    PlannedRow,
    Upload,
    Verdict,
)
from quizapp.services.studio.import_target import is_on_shelf, refuse_a_strangers_bank, target_of
from quizapp.services.studio.steps import Watch

CARD = "card"
"""The type of a row whose back is not typed: a fact that no question asks."""
DECK = "deck"
"""What a table of fronts and backs is called where a format has a name."""
OTHERWISE = "Imported deck"
NOT_OF_CARDS = "came from the questions folder and no import of cards changes it. Take another name."


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
    written = {row.name for row in rows if row.verdict in WRITTEN}
    bank = with_cards(stored, [card for name, (card, _) in cards.items() if name in written])
    return ImportPlan(
        bank=bank,
        exists=exists,
        makes_draft=actor is not None and not exists,
        rows=tuple(rows),
        notes=deck.notes,
        fingerprint=_fingerprint(stored, bank, rows),
        format=DECK,
        comes_back=exists and not is_on_shelf(session, stored.name),
    )


def carry_out(session: Session, actor: Actor | None, upload: Upload, shown: str, now: datetime) -> Imported:
    """Import a file exactly as the plan with the fingerprint `shown` said, as one step that can be undone.

    The bank keeps the cards that the file does not have: a deck may come in parts. A new bank is the actor's own, and a
    draft; on the command line it belongs to nobody and is public. An old one keeps its owner and who sees it.

    Raises Conflict, and writes nothing, when the plan would be another now; and what `plan_import` raises.
    """
    plan = plan_import(session, actor, upload)
    if plan.fingerprint != shown:
        raise Conflict(STALE)
    if not plan.brings:
        return Imported(plan, None)
    facts = plan.bank.facts_by_id()
    problems = [problem for question in plan.bank.questions for problem in check_question(question, facts)]
    if problems:
        raise InvalidContent(problems)
    watch = Watch(session)
    for table, ids in _rows_of(session, plan.bank).items():
        watch.watch(table, ids)
    load_bank(session, plan.bank, now)
    if actor is not None and plan.makes_draft:
        own = {"owner_id": actor.id, "visibility": Visibility.PRIVATE}
        session.execute(update(BankRow).where(BankRow.name == plan.bank.name).values(own))
    rows = _rows_of(session, plan.bank)
    for table, ids in rows.items():
        watch.added(table, ids)
    words = f"Imported {plan.brings} cards from {target_of(upload, '', OTHERWISE).file_name}"
    return Imported(plan, watch.record(actor, rows["banks"][0], StepKind.IMPORT, words, now))


def _rows_of(session: Session, bank: Bank) -> dict[str, Sequence[int]]:
    """Return the ids of a bank and of all that an import of cards can change in it. Four statements."""
    session.flush()
    named, of_source = BankRow.name == bank.name, SourceRow.name == bank.source.id
    from_file = (FactRow.origin == Origin.FILE, QuestionRow.origin == Origin.FILE)
    return {
        "sources": session.scalars(select(SourceRow.id).where(of_source)).all(),
        "banks": session.scalars(select(BankRow.id).where(named)).all(),
        "facts": session.scalars(select(FactRow.id).join(SourceRow).where(of_source, from_file[0])).all(),
        "questions": session.scalars(select(QuestionRow.id).join(BankRow).where(named, from_file[1])).all(),
    }


def _bank_for(session: Session, actor: Actor | None, upload: Upload, deck: Deck) -> tuple[Bank, bool]:
    """Return the bank that a file goes into, as it is now, and whether it is there."""
    target = target_of(upload, deck.title, OTHERWISE)
    stored = bank_of_file(session, target.name)
    if stored is None:
        return deck_bank(target.name, target.title, target.file_name), False
    refuse_a_strangers_bank(session, actor, target.name)
    if not stored.source.is_of_cards:
        raise Conflict(f"The bank “{target.name}” {NOT_OF_CARDS}")
    return stored, True


def _planned(
    row: DeckRow, known: dict[str, Fact], seen: dict[str, tuple[ImportedCard, DeckRow]], stored: Bank
) -> tuple[PlannedRow, ImportedCard | None]:
    """Judge one row; return its card too unless the row is refused or repeats another."""
    card = None if row.problem else card_of(row)
    if card is None:
        refused = PlannedRow(Verdict.REFUSED, row.line, "", "", row.problem or TOO_LONG, shortened(row.front))
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
    planned = PlannedRow(verdict, row.line, fact.id, kind, reason, shortened(row.front))
    return planned, None if fact.id in seen else card


def _same(before: Fact, after: Fact, bank: Bank) -> bool:
    return _without_voice(before, bank) == _without_voice(after, bank)


def _without_voice(fact: Fact, bank: Bank) -> dict[str, object]:
    return {name: value for name, value in fact_to_json(fact, bank.source).items() if name != "voice"}


def _change(before: Fact, after: Fact) -> str:
    old, new = (fact.value.text if fact.value else "" for fact in (before, after))
    if old == new:
        return "its topic, speaker, source or note is another."
    return f"its back was “{shortened(old)}”."


def _fingerprint(before: Bank, after: Bank, rows: list[PlannedRow]) -> str:
    """Hash what is shown of the rows and every card as it would be stored."""
    shown = [[row.verdict, row.line, row.name, row.type, row.reason, row.front] for row in rows]
    old = {fact.id: fact for fact in before.facts}
    written = [fact_to_json(fact, after.source) for fact in after.facts if old.get(fact.id) is not fact]
    text = json.dumps([after.name, after.title, bool(old), shown, written], ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
