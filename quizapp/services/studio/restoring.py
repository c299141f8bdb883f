"""Bringing back a saved state of a question that an instructor added: a new revision, in a step that can be undone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, Change, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import StepKind
from quizapp.domain.errors import Conflict, InvalidContent, NotFound, Problem
from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.bank_formats.json_format import fact_to_json
from quizapp.domain.questions.snapshots import Snapshot
from quizapp.domain.roles import Actor
from quizapp.services.kin_columns import kin_columns
from quizapp.services.studio.own_work import refuse_own_work
from quizapp.services.studio.questions import is_asked_elsewhere
from quizapp.services.studio.steps import Watch, restore_revision
from quizapp.services.studio.versions import history_of
from quizapp.services.study.counts import recount

NEWER = "Somebody has saved this question since you opened its history."
ASKED = "Say whether it is a typo or a different question: learners have answered it."
ELSEWHERE = "It was in another bank then. Undo the step that moved it instead."
NO_TOPIC = "Its topic of then is not a topic of the bank any more."


def change_named(text: str) -> Change | None:
    """Return what an author calls a change to an answered question: a typo, or a different one; None for neither."""
    return {one.value: one for one in (Change.TYPO, Change.DIFFERENT)}.get(text)


def restore(
    session: Session, actor: Actor, question_id: int, number: int, based_on: int, change: Change | None, now: datetime
) -> int | None:
    """Give a question a new revision that says what revision `number` said, with its fact; return the step.

    None where that is what it says now. Raises NotFound; Conflict when it is not at revision `based_on` any more, was
    in another bank then, its topic is gone, or the actor wrote that revision and somebody else approves here;
    InvalidContent when learners have answered it and no `change` is given.
    """
    history = history_of(session, actor, question_id)
    version = history.version(number)
    if version is None or not history.by_hand:
        raise NotFound("There is no such revision.")
    row = session.get_one(QuestionRow, question_id, with_for_update=True, populate_existing=True)
    if not row.revision_number == based_on == history.newest.number:
        raise Conflict(NEWER)
    if version.snapshot == history.newest.snapshot:
        return None
    refuse_own_work(session, actor, [question_id], number)
    if history.answered and change is None:
        raise InvalidContent([Problem("change", ASKED)])
    question, former = version.snapshot.question, _facts_then(session, question_id, number)
    bank = session.get_one(BankRow, row.bank_id)
    facts = {fact.id: fact for fact in session.scalars(select(FactRow).where(FactRow.id.in_(former.values())))}
    if any(fact.source_id != bank.source_id for fact in facts.values()):
        raise Conflict(ELSEWHERE)
    if question.topic not in bank.topics:
        raise Conflict(NO_TOPIC)
    watch = Watch(session)
    watch.watch("questions", [question_id])
    watch.watch("facts", [row.fact_id, *facts])
    before, row.fact_id = row.fact_id, former[question.fact]
    row.type, row.topic, row.scored = question.type, question.topic, question.scored
    revision = restore_revision(session, actor, row, number, now)
    revision.change = change or Change.RESTORED
    session.flush()  # whether a fact is asked elsewhere is asked of what is stored
    _fact_as_it_was(session, facts[row.fact_id], version.snapshot, question_id, row.retired_at is None)
    if before != row.fact_id and not is_asked_elsewhere(session, before, question_id, today=True):
        _retire_own(session, before, now)
    words = f"Brought back revision {number} of “{question.stem}”"
    step_id = watch.record(actor, row.bank_id, StepKind.RESTORE, words, now)
    recount(session, row.bank_id)
    return step_id


def _fact_as_it_was(session: Session, fact: FactRow, then: Snapshot, question_id: int, asked: bool) -> None:
    """Give a fact the words it had, unless it is a file's or another question tests it: those have a say in it."""
    if fact.origin is not Origin.INSTRUCTOR:
        return
    if asked:
        fact.retired_at = None
    if is_asked_elsewhere(session, fact.id, question_id):
        return
    words: Fact = then.fact
    fact.topic, fact.tier, fact.status, fact.speaker = words.topic, words.tier, words.status, words.speaker
    fact.content = fact_to_json(words, then.source)
    for name, value in kin_columns(words).items():
        setattr(fact, name, value)


def _retire_own(session: Session, fact_id: int, now: datetime) -> None:
    fact = session.get_one(FactRow, fact_id)
    if fact.origin is Origin.INSTRUCTOR:
        fact.retired_at = fact.retired_at or now


def _facts_then(session: Session, question_id: int, number: int) -> dict[str, int]:
    """Return the row ids of the facts that a revision cites, by their names."""
    facts: dict[str, int] = session.scalars(
        select(QuestionRevisionRow.fact_ids).where(
            QuestionRevisionRow.question_id == question_id, QuestionRevisionRow.number == number
        )
    ).one()
    return facts
