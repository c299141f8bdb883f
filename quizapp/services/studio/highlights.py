"""Highlight to quiz: drafts on a marked passage, and what becomes of each: kept, edited or dropped.

Drafting writes nothing. What is decided of a draft is stored, so that the same one is not offered again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Origin, QuestionRow
from quizapp.database.studio_tables import Decision, DraftRow, DraftState
from quizapp.domain.errors import Conflict, Problem
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.questions.draft_text import draft_text_from_json
from quizapp.domain.questions.drafting.drafts import Drafted, Drafting, drafts_on
from quizapp.domain.questions.drafting.highlight import Highlight
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.drafts import begin_draft, decide, draft, drop_draft, save_draft, submit_draft
from quizapp.services.studio.own_texts import add_speaker, speaker_called
from quizapp.services.studio.publishing import needs_another, publish, unanswered

NEW_SPEAKER = "+"
"""What is chosen as the speaker where somebody new says it."""
GONE = "This draft is not made any more: the bank or the text has changed. Look at the drafts again."


@dataclass(frozen=True, slots=True)
class Desk:
    """What highlighting needs of a bank; `made_here` says whether a text or a speaker may be put in."""

    bank: Bank
    made_here: bool
    second_approver: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A draft as it is offered; with the stored one, if somebody has begun with it."""

    drafted: Drafted
    state: DraftState | None = None
    draft_id: int | None = None
    edited: bool = False
    """Whether the stored one says something else by now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What came of a highlight: drafts to decide about, those that were kept, and how many were dropped before."""

    desk: Desk
    drafting: Drafting
    open: tuple[Offered, ...] = ()
    kept: tuple[Offered, ...] = ()
    dropped: int = 0


class Outcome(StrEnum):
    """What keeping a draft has come to."""

    PUBLISHED = "published"
    WAITING = "waiting"
    """It waits for somebody else to approve it."""
    OPEN = "open"
    """It is stored, and wants a reason for a warning or a mended error before it can be published."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept; `step_id` is what undoes its publishing."""

    outcome: Outcome
    draft_id: int
    stem: str
    step_id: int | None = None


def desk(session: Session, actor: Actor, bank_name: str) -> Desk:
    """Return what highlighting in a bank needs. Raises NotFound. Four statements."""
    actor.require(Permission.WRITE_QUESTIONS)
    bank = stored_bank(session, bank_name, editable(actor)).bank
    kind = session.execute(
        select(BankRow.origin, BankRow.second_approver).where(BankRow.name == bank_name, editable(actor))
    ).one()
    return Desk(bank, kind.origin is Origin.INSTRUCTOR, kind.second_approver)


def offer(
    session: Session,
    actor: Actor,
    bank_name: str,
    highlight: Highlight,
    new_speaker: str = "",
    at: Desk | None = None,
) -> Offer:
    """Draft questions on a highlight and say what was decided of them before; nothing is written. Raises NotFound.

    With the speaker NEW_SPEAKER somebody called `new_speaker` says it. Five statements; one where `at` is the desk of
    this actor at this bank.
    """
    found = at or desk(session, actor, bank_name)
    found, highlight, problems = _with_speaker(found, highlight, new_speaker)
    drafting = drafts_on(highlight, found.bank)
    if problems:
        others = tuple(one for one in drafting.problems if one.place != "speaker")
        return Offer(found, Drafting(highlight, problems=(*others, *problems)))
    stored = _stored(session, bank_name, [one.name for one in drafting.drafts])
    offered = [_offered(one, stored) for one in drafting.drafts]
    done = (DraftState.APPROVED, DraftState.WAITING)
    refused = (DraftState.DROPPED, DraftState.REJECTED)
    return Offer(
        desk=found,
        drafting=drafting,
        open=tuple(one for one in offered if one.state not in (*done, *refused)),
        kept=tuple(one for one in offered if one.state in done),
        dropped=sum(one.state in refused for one in offered),
    )


def keep(
    session: Session,
    actor: Actor,
    bank_name: str,
    highlight: Highlight,
    name: str,
    reasons: Mapping[str, str],
    now: datetime,
    new_speaker: str = "",
) -> Kept:
    """Publish a draft of a highlight, or let it wait where somebody else approves; twice is once.

    With an error, or a warning without a reason, it stays an open draft. Raises NotFound, and Conflict where the
    draft is not made any more or was decided of otherwise.
    """
    one, found = _chosen(session, actor, bank_name, highlight, name, now, new_speaker)
    if found.state is DraftState.APPROVED or found.state is DraftState.WAITING:
        outcome = Outcome.PUBLISHED if found.state is DraftState.APPROVED else Outcome.WAITING
        return Kept(outcome, found.draft_id or 0, one.question.stem)
    given = {rule: words.strip() for rule, words in reasons.items() if not is_blank(words)}
    text = replace(one.text, reasons=given)
    if found.edited and found.state is DraftState.OPEN:
        raise Conflict("Somebody is editing this draft. Go on there.")
    free = _free_name(session, bank_name, name)
    stored = begin_draft(session, actor, bank_name, text, free, now, recipe=one.recipe)
    stored = save_draft(session, actor, stored.id, text, stored.version, now)
    if unanswered(list(one.findings), given):
        return Kept(Outcome.OPEN, stored.id, one.question.stem)
    if needs_another(session, actor, stored):
        submit_draft(session, actor, stored.id, now)
        return Kept(Outcome.WAITING, stored.id, one.question.stem)
    published = publish(session, actor, stored.id, stored.version, now)
    return Kept(Outcome.PUBLISHED, stored.id, one.question.stem, published.step_id)


def edit(
    session: Session,
    actor: Actor,
    bank_name: str,
    highlight: Highlight,
    name: str,
    now: datetime,
    new_speaker: str = "",
) -> int:
    """Store a draft of a highlight to be edited; return its id. Raises what `keep` raises."""
    one, found = _chosen(session, actor, bank_name, highlight, name, now, new_speaker)
    if found.state is DraftState.OPEN and found.draft_id is not None:
        return found.draft_id
    if found.state is not None:
        raise Conflict("This draft is finished already.")
    stored = begin_draft(session, actor, bank_name, one.text, name, now, recipe=one.recipe)
    decide(session, actor, stored.id, Decision.EDITED, now)
    return stored.id


def drop(
    session: Session,
    actor: Actor,
    bank_name: str,
    highlight: Highlight,
    name: str,
    now: datetime,
    new_speaker: str = "",
) -> str:
    """Drop a draft of a highlight, so that it is not offered again; return its question. Raises what `keep` raises."""
    one, found = _chosen(session, actor, bank_name, highlight, name, now, new_speaker)
    if found.state in (DraftState.DROPPED, DraftState.REJECTED):
        return one.question.stem
    if found.state in (DraftState.APPROVED, DraftState.WAITING):
        raise Conflict("This draft was kept. Undo that first.")
    stored = (
        draft(session, actor, found.draft_id)
        if found.draft_id
        else begin_draft(session, actor, bank_name, one.text, name, now, recipe=one.recipe)
    )
    drop_draft(session, actor, stored.id, now)
    return one.question.stem


def _chosen(
    session: Session, actor: Actor, bank_name: str, highlight: Highlight, name: str, now: datetime, new_speaker: str
) -> tuple[Drafted, Offered]:
    """Make the draft of this name again, and say what was decided of it; store who says it where that is new."""
    made = offer(session, actor, bank_name, highlight, new_speaker)
    one = next((one for one in made.drafting.drafts if one.name == name), None)
    if one is None:
        raise Conflict(GONE)
    if highlight.speaker == NEW_SPEAKER:
        add_speaker(session, actor, bank_name, speaker_called(new_speaker.strip()), now)
    return one, _offered(one, _stored(session, bank_name, [name]))


def _with_speaker(found: Desk, highlight: Highlight, name: str) -> tuple[Desk, Highlight, list[Problem]]:
    """Let somebody new be one of the source's speakers, as they will be when a draft is kept."""
    if highlight.speaker != NEW_SPEAKER:
        return found, highlight, []
    if is_blank(name):
        return found, highlight, [Problem("new_speaker", "Say who it is.")]
    if not found.made_here:
        return found, highlight, [Problem("new_speaker", "A bank that came from a file gets its speakers there.")]
    speaker = speaker_called(" ".join(name.split()))
    source = found.bank.source
    if source.speaker(speaker.id) is None:
        source = replace(source, speakers=(*source.speakers, speaker))
    return replace(found, bank=replace(found.bank, source=source)), replace(highlight, speaker=speaker.id), []


def _stored(session: Session, bank_name: str, names: list[str]) -> dict[str, Row[str, DraftState, int, str]]:
    """Return state and id of the last stored draft of each name; one that was undone and kept anew has a number."""
    if not names:
        return {}
    every = [one for name in names for one in (name, *_again(name))]
    rows = session.execute(
        select(DraftRow.name, DraftRow.state, DraftRow.id, DraftRow.content)
        .join(BankRow, BankRow.id == DraftRow.bank_id)
        .where(BankRow.name == bank_name, DraftRow.name.in_(every))
        .order_by(DraftRow.id)
    )
    return {row.name[: len(names[0])]: row for row in rows}


def _offered(one: Drafted, stored: Mapping[str, Row[str, DraftState, int, str]]) -> Offered:
    row = stored.get(one.name)
    if row is None:
        return Offered(one)
    said = replace(draft_text_from_json(row.content), reasons={})
    return Offered(one, row.state, row.id, edited=said != one.text)


def _again(name: str) -> tuple[str, ...]:
    return tuple(f"{name}-{number}" for number in range(2, 10))


def _free_name(session: Session, bank_name: str, name: str) -> str:
    """Return the name to keep a draft under: the question of one whose publishing was undone keeps the old name."""
    taken = set(
        session.scalars(
            select(QuestionRow.name)
            .join(BankRow, BankRow.id == QuestionRow.bank_id)
            .where(BankRow.name == bank_name, QuestionRow.name.in_((name, *_again(name))))
        )
    )
    free = next((one for one in (name, *_again(name)) if one not in taken), None)
    if free is None:
        raise Conflict("This has been kept and undone too often.")
    return free
