"""Banks that instructors make: their words, their source and its text; archived and brought back, in steps.

Only a bank that was made here may have its words edited; those of a file or a deck are changed there.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow, Change, FactRow, Origin, QuestionRow, SourceRow, Visibility
from quizapp.database.studio_tables import StepKind
from quizapp.domain.errors import Conflict, InvalidContent, NotFound, Problem
from quizapp.domain.facts.bank_words import BankWords
from quizapp.domain.facts.fact import Fact, Source, Topic
from quizapp.domain.facts.moved_passages import moved_facts
from quizapp.domain.facts.passage import paragraphs_of
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.questions.bank_formats.json_format import source_to_json
from quizapp.domain.questions.bank_formats.stored import source_from_text
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Permission, Role
from quizapp.services.shelf import editable, kept
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.steps import Watch
from quizapp.services.studio.whole_bank import Writing, write_bank

NOT_MADE_HERE = "The words of this bank are changed in its file."
NEWER = "Somebody has saved this bank since you opened it."
NOBODY_ELSE = "Nobody else may change this bank, so no draft would ever be approved. An admin could: ask for one first."
_NOT_RECORDED = "not recorded"
_TELLING = 4


@dataclass(frozen=True, slots=True)
class EditedBank:
    """A bank as its editor sees it. `made_here` says whether its words may be changed in the browser.

    `topics_in_use` and `speakers_in_use` are the ids that facts and questions have, also those that are not asked
    any more: they can come back.
    """

    name: str
    words: BankWords
    made_here: bool
    is_deck: bool
    topics_in_use: frozenset[str]
    speakers_in_use: frozenset[str]


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a bank did; `lost` are facts whose passage does not stand in the text any more."""

    step_id: int | None
    lost: tuple[Fact, ...] = ()


def new_bank(session: Session, actor: Actor, words: BankWords, nonce: str, now: datetime) -> str:
    """Make a bank that is the actor's own and a draft; return its name.

    The nonce comes with the form: sent twice, it makes one bank. Raises NotFound when it is another person's;
    InvalidContent when nobody else could approve its drafts and somebody has to.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    there = made_before(session, actor, nonce)
    if there is not None:
        return there
    if words.second_approver:
        _refuse_without_others(approvers_besides(session, actor))
    name, words = free_name(session, words.title, nonce), with_source(words, f"own-{nonce}", now)
    bank_id, _ = make_rows(session, actor, words, name, now)
    watch = Watch(session)
    watch.added("banks", [bank_id])
    watch.record(actor, bank_id, StepKind.BANK, f"Made the bank “{words.title}”", now)
    return name


def approvers_besides(session: Session, actor: Actor, owner_id: int | None = None) -> int:
    """Count the people besides the actor who may change a bank that was made here. One statement.

    Those are its owner and the admins; `owner_id` is none for a bank that is the actor's own or to be made.
    """
    is_one = or_(PersonRow.role == Role.ADMIN, PersonRow.id == owner_id)
    others = select(func.count()).where(is_one, PersonRow.id != actor.id, PersonRow.suspended_at.is_(None))
    return session.scalars(others.where(PersonRow.sign_in_name.is_not(None))).one()


def _refuse_without_others(others: int) -> None:
    if not others:
        raise InvalidContent([Problem("second_approver", NOBODY_ELSE)])


def made_before(session: Session, actor: Actor, nonce: str) -> str | None:
    """Return the name of the bank that the form with this nonce has made. Raises NotFound for another person's."""
    there = session.execute(
        select(BankRow.name, BankRow.owner_id)
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(SourceRow.name == f"own-{nonce}")
    ).one_or_none()
    if there is not None and there.owner_id != actor.id:
        raise NotFound("There is no such page.")
    return None if there is None else there.name


def make_rows(session: Session, actor: Actor, words: BankWords, name: str, now: datetime) -> tuple[int, int]:
    """Store the rows of a new bank of the actor's own; return the ids of bank and source."""
    source = SourceRow(
        name=words.source.id,
        outlet=words.source.outlet,
        details=source_to_json(words.source),
        text=words.text or None,
    )
    session.add(source)
    session.flush()  # the bank needs its id
    bank = BankRow(
        name=name,
        source_id=source.id,
        title=words.title,
        summary=words.summary,
        language=words.language,
        licence=words.licence,
        topics={topic.id: topic.label for topic in words.topics},
        visibility=Visibility.PRIVATE,
        owner_id=actor.id,
        origin=Origin.INSTRUCTOR,
        second_approver=words.second_approver,
        loaded_at=now,
    )
    session.add(bank)
    session.flush()
    return bank.id, source.id


def edited_bank(session: Session, actor: Actor, name: str) -> EditedBank:
    """Return a bank that the actor may change, for editing its words. Raises NotFound. Three statements."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(_editable(actor, name)).one_or_none()
    if row is None:
        raise NotFound(f"There is no bank “{name}”.")
    bank, source = row
    facts = session.execute(select(FactRow.topic, FactRow.speaker).where(FactRow.source_id == source.id).distinct())
    topics, speakers = set[str](), set[str]()
    for topic, speaker in facts:
        topics.add(topic)
        speakers |= {speaker} if speaker else set()
    topics |= set(session.scalars(select(QuestionRow.topic).where(QuestionRow.bank_id == bank.id).distinct()))
    words = words_of(bank, source)
    return EditedBank(
        name=bank.name,
        words=words,
        made_here=bank.origin is Origin.INSTRUCTOR,
        is_deck=words.source.is_deck,
        topics_in_use=frozenset(topics),
        speakers_in_use=frozenset(speakers),
    )


def change_bank(session: Session, actor: Actor, name: str, words: BankWords, version: str, now: datetime) -> Saved:
    """Store other words of a bank; passages whose words still stand in the text move along. One step.

    `version` is that of the words the form was opened with. Raises NotFound; Conflict when the bank was not made here
    or somebody has saved it since; InvalidContent when a topic or a speaker that is in use would go, or
    drafts were to be approved by somebody else and there is nobody.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    locked = session.execute(_editable(actor, name).with_for_update(of=BankRow)).one_or_none()
    if locked is None:
        raise NotFound(f"There is no bank “{name}”.")
    edited = edited_bank(session, actor, name)
    if not edited.made_here:
        raise Conflict(NOT_MADE_HERE)
    words = with_source(words, edited.words.source.id, now)
    if words.version == edited.words.version:
        return Saved(None)
    if edited.words.version != version:
        raise Conflict(NEWER)
    _refuse_what_is_in_use(edited, words)
    stored = stored_bank(session, name, editable(actor))
    facts = stored.bank.facts
    moved = moved_facts(facts, stored.bank.text, words.text) if words.text else None
    source = _long_enough(words, moved.facts if moved else facts)
    bank = in_words(stored.bank, replace(words, source=source))
    if words.second_approver and not edited.words.second_approver:
        _refuse_without_others(approvers_besides(session, actor, locked[0].owner_id))
    watch = Watch(session)
    writing = Writing(session, actor, watch, now, stored.bank_id, stored.source_id, Change.TYPO)
    write_bank(writing, replace(bank, facts=moved.facts if moved else facts))
    session.get_one(BankRow, stored.bank_id).second_approver = words.second_approver
    step_id = watch.record(actor, stored.bank_id, StepKind.BANK, f"Changed the words of “{words.title}”", now)
    return Saved(step_id, moved.lost if moved else ())


def set_archived(session: Session, actor: Actor, name: str, archived: bool, now: datetime) -> str:
    """Take a bank of the actor's own off the shelf, or bring it back; return its title. Raises NotFound."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.scalars(select(BankRow).where(BankRow.name == name, kept(actor))).one_or_none()
    if row is None:
        raise NotFound(f"There is no bank “{name}”.")
    if archived != (row.retired_at is not None):
        watch = Watch(session)
        watch.watch("banks", [row.id])
        row.retired_at = now if archived else None
        done = "Archived" if archived else "Brought back"
        watch.record(actor, row.id, StepKind.BANK, f"{done} the bank “{row.title}”", now)
    return row.title


def words_of(bank: BankRow, source: SourceRow) -> BankWords:
    """Read the words of a bank from its rows."""
    return BankWords(
        title=bank.title,
        summary=bank.summary,
        language=bank.language,
        licence=bank.licence,
        topics=tuple(Topic(topic, label) for topic, label in bank.topics.items()),
        source=source_from_text(json.dumps(source.details, ensure_ascii=False)),
        text=source.text or "",
        second_approver=bank.second_approver,
    )


def free_name(session: Session, title: str, nonce: str) -> str:
    """Make a name of a title that no bank has; where one has it, a part of the nonce tells them apart."""
    wanted = plain_name(title) or "bank"
    names = (wanted, f"{wanted}-{nonce[:_TELLING]}", f"{wanted}-{nonce}")
    taken = set(session.scalars(select(BankRow.name).where(BankRow.name.in_(names))))
    return next(name for name in names if name not in taken)


def with_source(words: BankWords, source_id: str, now: datetime) -> BankWords:
    """Give the source its id, the paragraphs that its text has, and the day when that was put in."""
    source = replace(words.source, id=source_id)
    if words.text:
        source = replace(source, paragraphs=len(paragraphs_of(words.text)))
        if source.retrieved == _NOT_RECORDED:
            source = replace(source, retrieved=f"{now.day} {now:%B %Y}")
    return replace(words, source=source)


def in_words(bank: Bank, words: BankWords) -> Bank:
    """Return a bank with other words."""
    return replace(
        bank,
        title=words.title,
        summary=words.summary,
        language=words.language,
        licence=words.licence,
        topics=words.topics,
        source=words.source,
        text=words.text,
    )


def _editable(actor: Actor, name: str) -> Select[BankRow, SourceRow]:
    return (
        select(BankRow, SourceRow)
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(BankRow.name == name, editable(actor))
    )


def _refuse_what_is_in_use(edited: EditedBank, words: BankWords) -> None:
    problems = [*_topics_gone(edited, words), *_speakers_gone(edited, words)]
    if problems:
        raise InvalidContent(problems)


def _topics_gone(edited: EditedBank, words: BankWords) -> Iterator[Problem]:
    there = {topic.id for topic in words.topics}
    for topic in edited.words.topics:
        if topic.id in edited.topics_in_use and topic.id not in there:
            yield Problem("topics", f"“{topic.label}” has facts or questions: it can be renamed, not taken away.")


def _speakers_gone(edited: EditedBank, words: BankWords) -> Iterator[Problem]:
    there = {speaker.id for speaker in words.source.speakers}
    for speaker in edited.words.source.speakers:
        if speaker.id in edited.speakers_in_use and speaker.id not in there:
            yield Problem("speakers", f"{speaker.name} is quoted for facts: change the name, do not take it away.")


def _long_enough(words: BankWords, facts: Iterable[Fact]) -> Source:
    """Count no fewer paragraphs than facts stand in: a fact whose words are gone keeps its place until it is mended."""
    highest = max((number for fact in facts for number in fact.paragraphs), default=1)
    return replace(words.source, paragraphs=max(words.source.paragraphs, highest))
