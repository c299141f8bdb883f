"""A bank's folder, sent as a ZIP file, into a bank of one's own: first what would happen, then exactly that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Origin
from quizapp.database.studio_tables import StepKind
from quizapp.domain.errors import Conflict, InvalidContent, Problem
from quizapp.domain.facts.bank_words import BankWords
from quizapp.domain.facts.moved_passages import moved_facts
from quizapp.domain.questions.bank_folder import bank_of_folder, folder_of
from quizapp.domain.questions.bank_formats.json_format import JsonFormat, fact_to_json
from quizapp.domain.questions.folder_zip import read_zip, write_zip
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.snapshots import snapshot_of, snapshot_to_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import StoredBank, stored_bank
from quizapp.services.studio.bank_editor import NOT_MADE_HERE, free_name, made_before, make_rows, with_source
from quizapp.services.studio.steps import Watch
from quizapp.services.studio.whole_bank import Writing, write_bank

MAX_QUESTIONS = 10_000
_NO_NAME = "folder"


class Verdict(StrEnum):
    """What loading a folder does with a fact or a question."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    RETIRED = "retired"


APPROVED_ONE_BY_ONE = (
    "In this bank each question is approved by somebody else than its author: no folder is loaded into it."
)


@dataclass(frozen=True, slots=True)
class PlannedThing:
    """A fact or a question of the folder, or one that the folder has no more; `words` are its stem or statement."""

    verdict: Verdict
    is_question: bool
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """What loading a folder would do. `target` is the bank it goes into, empty for a new one.

    `step_id` is what undoes it, once it is done.

    Two plans with one `fingerprint` show the same to whoever reads them and store the same.
    """

    bank: Bank
    target: str
    things: tuple[PlannedThing, ...]
    words_changed: bool
    fingerprint: str
    step_id: int | None = None

    def count(self, verdict: str, is_question: bool) -> int:
        """Count the questions, or the facts, of this verdict."""
        return sum(one.verdict == verdict and one.is_question == is_question for one in self.things)

    @property
    def brings(self) -> bool:
        """Whether anything would be written."""
        return not self.target or self.words_changed or any(one.verdict is not Verdict.SAME for one in self.things)


@dataclass(frozen=True, slots=True)
class OwnBank:
    """A bank that a folder may be loaded into."""

    name: str
    title: str


def own_banks(session: Session, actor: Actor) -> list[OwnBank]:
    """Return the banks made here that the actor may change. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    rows = session.execute(
        select(BankRow.name, BankRow.title)
        .where(editable(actor), BankRow.origin == Origin.INSTRUCTOR)
        .order_by(BankRow.title, BankRow.id)
    )
    return [OwnBank(row.name, row.title) for row in rows]


def zipped_folder(session: Session, actor: Actor, name: str) -> bytes:
    """Return a bank that the actor may change as a folder in a ZIP file. Raises NotFound. Three statements."""
    actor.require(Permission.WRITE_QUESTIONS)
    bank = stored_bank(session, name, editable(actor)).bank
    return write_zip(name, folder_of(bank).files)


def plan_folder(session: Session, actor: Actor, data: bytes, target: str) -> FolderPlan:
    """Say what loading the folder in a ZIP file would do; nothing is written.

    `target` is the name of a bank made here, empty for a new one. Raises InvalidContent with every problem, its file
    and line; NotFound for a bank that the actor may not change, and Conflict for one that was not made here.
    """
    return _planned(session, actor, data, target)[0]


def load_folder(
    session: Session, actor: Actor, data: bytes, target: str, shown: str, nonce: str, now: datetime
) -> FolderPlan:
    """Load a folder exactly as the plan with the fingerprint `shown` said; return that plan, with the bank's name.

    A new bank is the actor's own, and a draft; sent twice with one nonce, it is made once. Raises Conflict, and writes
    nothing, when the plan would be another now; and what `plan_folder` raises.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    made = None if target else made_before(session, actor, nonce)
    plan, stored = _planned(session, actor, data, target)
    if plan.fingerprint != shown:
        raise Conflict("The bank has changed since this was shown. Look at what would be done now.")
    if made is not None:
        return replace(plan, target=made)
    watch = Watch(session)
    if stored is not None:
        bank_id, source_id, name, bank = stored.bank_id, stored.source_id, target, plan.bank
    else:
        words = with_source(_words(plan.bank), f"own-{nonce}", now)
        name = free_name(session, plan.bank.title, nonce)
        bank_id, source_id = make_rows(session, actor, words, name, now)
        watch.added("banks", [bank_id])
        bank = replace(plan.bank, source=words.source)
    write_bank(Writing(session, actor, watch, now, bank_id, source_id), bank, replacing=True)
    step_id = watch.record(actor, bank_id, StepKind.IMPORT, f"Loaded the folder of “{bank.title}”", now)
    return replace(plan, target=name, step_id=step_id if target else None)


def _planned(session: Session, actor: Actor, data: bytes, target: str) -> tuple[FolderPlan, StoredBank | None]:
    actor.require(Permission.WRITE_QUESTIONS)
    stored = _target(session, actor, target) if target else None
    folder = read_zip(data)
    bank = bank_of_folder(_NO_NAME, folder.files)
    if len(bank.questions) > MAX_QUESTIONS:
        raise InvalidContent([Problem("the folder", f"it holds more than {MAX_QUESTIONS:,} questions.")])
    before = stored.bank if stored else replace(bank, facts=(), questions=())
    bank = _into(before, bank) if stored else bank
    things = (*_facts(before, bank), *_questions(before, bank))
    words_changed = _words(before) != _words(bank)
    told = "\n".join([target, f"{words_changed}", *(f"{one.verdict} {one.is_question} {one.name}" for one in things)])
    digest = sha256(told.encode() + JsonFormat().write(bank)).hexdigest()
    return FolderPlan(bank, target, things, words_changed, digest), stored


def _target(session: Session, actor: Actor, name: str) -> StoredBank:
    stored = stored_bank(session, name, editable(actor))
    origin = session.scalar(select(BankRow.origin).where(BankRow.id == stored.bank_id))
    if origin is not Origin.INSTRUCTOR:
        raise Conflict(NOT_MADE_HERE)
    if session.scalar(select(BankRow.second_approver).where(BankRow.id == stored.bank_id)):
        raise Conflict(APPROVED_ONE_BY_ONE)
    return stored


def _into(before: Bank, bank: Bank) -> Bank:
    """Return the folder's bank as that bank: its name, its source's id, and its text, which no folder carries."""
    facts = moved_facts(bank.facts, before.text, before.text).facts if before.text else bank.facts
    source = replace(bank.source, id=before.source.id)
    return replace(bank, name=before.name, source=source, text=before.text, facts=facts)


def _facts(before: Bank, after: Bank) -> list[PlannedThing]:
    old = {fact.id: fact_to_json(fact, before.source) for fact in before.facts}
    new = {fact.id: fact_to_json(fact, after.source) for fact in after.facts}
    texts = {**before.facts_by_id(), **after.facts_by_id()}
    return [PlannedThing(verdict, False, name, texts[name].text) for name, verdict in _compared(old, new)]


def _questions(before: Bank, after: Bank) -> list[PlannedThing]:
    old, new = _snapshots(before), _snapshots(after)
    stems = {question.id: question.stem for question in (*before.questions, *after.questions)}
    return [PlannedThing(verdict, True, name, stems[name]) for name, verdict in _compared(old, new)]


def _snapshots(bank: Bank) -> dict[str, str]:
    facts = bank.facts_by_id()
    return {question.id: snapshot_to_text(snapshot_of(question, bank, facts)) for question in bank.questions}


def _compared(old: Mapping[str, object], new: Mapping[str, object]) -> list[tuple[str, Verdict]]:
    found = [
        (name, Verdict.NEW if name not in old else Verdict.SAME if old[name] == value else Verdict.CHANGED)
        for name, value in new.items()
    ]
    return [*found, *((name, Verdict.RETIRED) for name in old if name not in new)]


def _words(bank: Bank) -> BankWords:
    return BankWords(bank.title, bank.summary, bank.language, bank.licence, bank.topics, bank.source, bank.text)
