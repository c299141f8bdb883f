"""A file of another program into a bank: first what would happen, row by row; then exactly that, or nothing.

Cards of a deck go the way of `deck_import`; everything else is a format of the registry.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import Origin, SourceRow
from quizapp.domain.errors import Conflict, InvalidContent, Problem
from quizapp.domain.facts.fact import Source, SourceKind
from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES, BankDraft
from quizapp.domain.questions.bank_formats.guessing import guess_format
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, source_to_json
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.imported_card import NOT_GIVEN
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Permission
from quizapp.services.studio import deck_import
from quizapp.services.studio.deck_import import DECK
from quizapp.services.studio.import_judging import Judging
from quizapp.services.studio.import_plan import STALE, Imported, ImportPlan, PlannedRow, Upload
from quizapp.services.studio.import_stock import Stock, stock_of
from quizapp.services.studio.import_storing import Load, Progress, store
from quizapp.services.studio.import_target import Target, refuse_a_strangers_bank, target_of

OTHERWISE = "Imported questions"
READ_FORMATS = tuple(name for name, one in BANK_FORMATS.items() if one.reads)
SECOND_APPROVER = "wants every question approved by somebody else than its author. Import into a bank of your own."
_TABLES = ("csv", "tsv")


@dataclass(frozen=True, slots=True)
class _Work:
    """A plan with all that carrying it out takes."""

    plan: ImportPlan
    load: Load
    target: Target


def plan_import(session: Session, actor: Actor | None, upload: Upload) -> ImportPlan:
    """Say what importing a file would do; nothing is written. The command line asks without an actor.

    Raises InvalidContent when it is no such file at all, and Conflict when it goes into a bank that is there and the
    actor may not change. Four statements.
    """
    if format_of(upload) == DECK:
        return deck_import.plan_import(session, actor, _as_deck(upload))
    return _work(session, actor, upload).plan


def carry_out(
    session: Session,
    actor: Actor | None,
    upload: Upload,
    shown: str,
    now: datetime,
    progress: Progress = lambda count: None,
    read: BankDraft | None = None,
) -> Imported:
    """Import a file exactly as the plan with the fingerprint `shown` said, as one step that can be undone.

    A new bank is the actor's own, and a draft; on the command line it belongs to nobody and is public. Questions that
    a bank has and the file has not stay as they are. What is changed gets a new revision. `read` is what `read_upload`
    made of the file, if that was done before: it takes a while, during which others can write.

    Raises Conflict, and writes nothing, when the plan would be another now; and what `plan_import` raises.
    """
    if format_of(upload) == DECK:
        return deck_import.carry_out(session, actor, _as_deck(upload), shown, now)
    work = _work(session, actor, upload, read)
    if work.plan.fingerprint != shown:
        raise Conflict(STALE)
    if not work.plan.brings:
        return Imported(work.plan, None)
    words = f"Imported {work.plan.brings} questions from {work.target.file_name}"
    try:
        return Imported(work.plan, store(session, actor, work.load, words, now, progress))
    except IntegrityError as error:  # somebody else has imported the same at the same moment
        raise Conflict(STALE) from error


def read_upload(upload: Upload) -> BankDraft | None:
    """Read a file before the database is asked; None for cards. Raises InvalidContent when it is no such file."""
    return None if format_of(upload) == DECK else _draft(upload)


def format_of(upload: Upload) -> str:
    """Name the format that a file is read as: the wanted one, or what it looks like; a table may be a deck."""
    if upload.format_name and upload.format_name not in _TABLES:
        return upload.format_name
    return guess_format(upload.data, f"table.{upload.format_name}" if upload.format_name else upload.file_name)


def _as_deck(upload: Upload) -> Upload:
    """Leave it to the reader of decks which separator a file has, where nobody said so."""
    return upload if upload.format_name in _TABLES else replace(upload, format_name="")


def _draft(upload: Upload) -> BankDraft:
    if len(upload.data) > MAX_FILE_BYTES:
        raise InvalidContent([Problem("the file", f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB.")])
    form = BANK_FORMATS.get(format_of(upload))
    if form is None or not form.reads:
        raise InvalidContent([Problem("the file", "there is no such format that can be read.")])
    return form.read(upload.data)


def _work(session: Session, actor: Actor | None, upload: Upload, read: BankDraft | None = None) -> _Work:
    if actor is not None:
        actor.require(Permission.WRITE_QUESTIONS)
    draft = read or _draft(upload)
    target = _target(upload, draft)
    stock = stock_of(session, target.name)
    if stock is None:
        stock = Stock(_new_head(session, target, draft))
    else:
        refuse_a_strangers_bank(session, actor, target.name)
        if stock.second_approver and actor is not None:
            raise Conflict(f"The bank “{target.name}” {SECOND_APPROVER}")
    judging = Judging(stock)
    rows = [judging.judge(row) for row in draft.rows]
    own = stock.origin is Origin.INSTRUCTOR
    along = judging.take_along(draft.bank.facts, draft.bank) if draft.bank and own and judging.accepted else 0
    order = {fact.id: place for place, fact in enumerate(draft.bank.facts)} if draft.bank else {}
    facts = sorted(judging.facts.values(), key=lambda fact: order.get(fact.id, 0))
    load = Load(stock, judging.head(), facts, judging.accepted)
    notes = (*draft.notes, *([f"{along} facts that no question asks come along."] if along else ()))
    plan = ImportPlan(
        bank=load.head,
        exists=stock.exists,
        makes_draft=actor is not None and not stock.exists,
        rows=tuple(rows),
        notes=notes,
        fingerprint=_fingerprint(load, rows, notes),
        format=format_of(upload),
        comes_back=stock.retired,
    )
    return _Work(plan, load, target)


def _target(upload: Upload, draft: BankDraft) -> Target:
    target = target_of(upload, draft.title, OTHERWISE)
    if draft.bank is None or upload.bank:
        return target
    return replace(target, name=draft.bank.name, title=draft.bank.title)


def _new_head(session: Session, target: Target, draft: BankDraft) -> Bank:
    """Return the bank that a file makes, before its first question; its source says only what is known of it."""
    if draft.bank is not None:
        old = draft.bank.source
        kind = SourceKind.QUESTIONS if old.is_of_cards else old.kind
        source = replace(old, id=_source_name(session, old.id, target.name), kind=kind)
        return replace(draft.bank, name=target.name, title=target.title, source=source, facts=(), questions=(), text="")
    source = Source(
        id=_source_name(session, f"{target.name}-source", target.name),
        outlet=target.title,
        description=f"questions imported from {target.file_name}",
        title=NOT_GIVEN,
        author=NOT_GIVEN,
        date=NOT_GIVEN,
        as_of="date not given",
        language=NOT_GIVEN,
        paragraphs=1,
        affiliation="",
        kind=SourceKind.QUESTIONS,
    )
    summary = f"Questions imported from {target.file_name}. Nobody here has checked what they say."
    return Bank(target.name, target.title, summary, NOT_GIVEN, NOT_GIVEN, source, (), (), ())


def _source_name(session: Session, wanted: str, bank_name: str) -> str:
    """Return a name for a source that no other has."""
    taken = set(session.scalars(select(SourceRow.name)))
    number, name = 1, wanted
    while name in taken:
        number, name = number + 1, f"{bank_name}-source" if number == 1 else f"{bank_name}-source-{number}"
    return name


def _fingerprint(load: Load, rows: list[PlannedRow], notes: tuple[str, ...]) -> str:
    """Hash what is shown of the rows, and everything as it would be stored."""
    head, stock = load.head, load.stock
    hashed = sha256()
    shown = [[row.verdict, row.line, row.name, row.type, row.reason, row.front] for row in rows]
    bank = [head.name, head.title, stock.bank_id, stock.retired, [[one.id, one.label] for one in head.topics]]
    for part in (shown, notes, bank, source_to_json(head.source)):
        hashed.update(json.dumps(part, ensure_ascii=False).encode())
    for fact in load.facts:
        hashed.update(json.dumps(fact_to_json(fact, head.source), ensure_ascii=False).encode())
    for one in load.accepted:
        parts = [one.known.revision if one.known else 0, one.content.question, one.content.facts, one.row.tags]
        hashed.update(json.dumps(parts, ensure_ascii=False).encode())
    return hashed.hexdigest()
