"""Steps in the studio: what one action changed, before and after, so that it can be undone as a whole.

An action watches what it is about to change, changes it, and records the step. Undoing puts the former state back
where nobody has changed it since; nothing is deleted by it: what was added is retired, and a question that was edited
gets a revision more, with its former words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow, Change, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import Decision, DraftRow, DraftState, StepKind, StudioStepRow
from quizapp.database.table import Table
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.services.revisions import add_revision
from quizapp.services.shelf import editable
from quizapp.services.studio.drafts import decide
from quizapp.services.studio.own_work import refuse_own_work
from quizapp.services.studio.resting import bring_back_what_is_asked, refuse_what_others_rest_on
from quizapp.services.studio.states import TRACKED, State, chunks, put_back, states_of
from quizapp.services.study.counts import cards_follow, recount

_LONGEST = 300
HOLDS_QUESTIONS = "Archive the bank instead: it holds questions."
_OF_PEOPLE = frozenset({"question_reports"})
"""Tables whose rows go with the people they lead to: what is gone cannot be put back, and is no hindrance."""


@dataclass
class Watch:
    """What an action is about to change, as it was before. Watching a row twice keeps its first state."""

    session: Session
    before: dict[str, dict[int, State | None]] = field(default_factory=lambda: {table: {} for table in TRACKED})

    def watch(self, table: str, ids: Iterable[int]) -> None:
        """Remember the rows of a table as they are now."""
        self.session.flush()
        new = [one for one in ids if one not in self.before[table]]
        self.before[table].update(states_of(self.session, table, new))

    def added(self, table: str, ids: Iterable[int]) -> None:
        """Remember that these rows were not there before."""
        for one in ids:
            self.before[table].setdefault(one, None)

    def record(self, actor: Actor | None, bank_id: int, kind: StepKind, words: str, now: datetime) -> int | None:
        """Store the step with what differs now; return its id, or None where nothing has changed."""
        self.session.flush()
        changes: dict[str, dict[str, list[State | None]]] = {}
        for table, before in self.before.items():
            after = states_of(self.session, table, before)
            different = {str(one): [was, after[one]] for one, was in before.items() if was != after[one]}
            if different:
                changes[table] = different
        if not changes:
            return None
        step = StudioStepRow(
            bank_id=bank_id,
            person_id=None if actor is None else actor.id,
            kind=kind,
            words=words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…",
            changes=changes,
            done_at=now,
        )
        self.session.add(step)
        self.session.flush()
        return step.id


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is shown; `who` is empty where nobody is known any more.

    `may_undo` is false of the step that made a bank which holds more by now: undoing it would take all of that away.
    """

    id: int
    bank_name: str
    kind: StepKind
    words: str
    who: str
    done_at: datetime
    undone_at: datetime | None
    may_undo: bool = True


def steps_of(session: Session, actor: Actor, bank_name: str, limit: int = 50) -> list[Step]:
    """Return the last steps in a bank that the actor may change, the newest first. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    rows = session.execute(
        _steps(actor).where(BankRow.name == bank_name).order_by(StudioStepRow.id.desc()).limit(limit)
    )
    return [_step(*row) for row in rows]


def undo_step(session: Session, actor: Actor, step_id: int, now: datetime) -> Step:
    """Put back what a step changed; return it.

    Raises NotFound where there is none in a bank that the actor may change, or it changed another one that they may
    not; and Conflict, before anything is written, when it has been undone, something it changed was changed again
    since, others rest on it now, it made a bank that holds more than it brought, or somebody else stopped asking the
    actor's own question and nobody approves their own there.
    """
    actor.require(Permission.WRITE_QUESTIONS)
    found = session.execute(_steps(actor).where(StudioStepRow.id == step_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such step.")
    row = session.get_one(StudioStepRow, step_id, with_for_update=True)
    if row.undone_at is not None:
        raise Conflict("This has been undone already.")
    changes = _changes(row)
    banks = _banks(row.bank_id, changes)
    theirs = select(func.count()).select_from(BankRow).where(BankRow.id.in_(banks), editable(actor))
    if session.scalar(theirs) != len(banks):
        raise NotFound("There is no such step.")
    for table, changed in changes.items():
        now_there = states_of(session, table, changed)
        if table in _OF_PEOPLE:
            for one in changed.keys() - now_there.keys():
                del changed[one]
        if any(now_there.get(one) != after for one, (_, after) in changed.items()):
            raise Conflict("Something of this was changed again since. Undo the later step first.")
    if not _may_undo(row, found.held):
        raise Conflict(HOLDS_QUESTIONS)
    if row.person_id != actor.id:
        refuse_own_work(session, actor, _asked_again(changes))
    refuse_what_others_rest_on(session, changes)
    rows = [one for table, changed in changes.items() for one in _loaded(session, table, changed)]
    for table, changed in changes.items():
        for one, (before, _) in changed.items():
            _undo(session, actor, table, one, before, now)
    row.undone_at = now
    session.flush()  # the counts below are made from what was stored
    if _made_its_bank(row) is None:
        bring_back_what_is_asked(session, changes)
    facts = changes.get("facts", {}).items()
    cards_follow(session, [one for one, (before, after) in facts if before and _moved(before, after)])
    for bank_id in banks:
        session.get_one(BankRow, bank_id).loaded_at = now
        recount(session, bank_id)
    del rows  # until here the session has kept them
    return _step(*found)


def _asked_again(changes: dict[str, dict[int, tuple[State | None, State]]]) -> list[int]:
    """Return the questions that a step stopped asking: undoing it asks them again."""
    questions = changes.get("questions", {}).items()
    return [one for one, (was, now) in questions if was and was["retired_at"] is None and now["retired_at"]]


def _loaded(session: Session, table: str, ids: Iterable[int]) -> list[Table]:
    """Load rows of a table together: whoever holds them gets each from the session without another statement."""
    wanted: Any = TRACKED[table][0]
    return [row for some in chunks(ids) for row in session.scalars(select(wanted).where(wanted.id.in_(some)))]


def _changes(row: StudioStepRow) -> dict[str, dict[int, tuple[State | None, State]]]:
    return {
        table: {int(one): (before, after) for one, (before, after) in row.changes[table].items()}
        for table in TRACKED
        if table in row.changes
    }


def _undo(session: Session, actor: Actor, table: str, row_id: int, before: State | None, now: datetime) -> None:
    if before is None:
        _take_away(session, table, row_id, now)
        return
    if table == "questions":
        question = session.get_one(QuestionRow, row_id)
        if question.revision_number != before["revision_number"]:
            restore_revision(session, actor, question, before["revision_number"], now)
    put_back(session, table, row_id, before)
    if table == "drafts":
        session.flush()  # the decision says what stands there again
        decide(session, actor, row_id, Decision.UNDONE, now)


def restore_revision(
    session: Session, actor: Actor, question: QuestionRow, number: int, now: datetime
) -> QuestionRevisionRow:
    """Give a question a new revision that says what the one with this number said; return it. Raises NotFound."""
    former = session.scalars(
        select(QuestionRevisionRow).where(
            QuestionRevisionRow.question_id == question.id, QuestionRevisionRow.number == number
        )
    ).one_or_none()
    if former is None:
        raise NotFound("There is no such revision.")
    question.revision_number += 1
    snapshot, fact_ids = snapshot_from_text(former.content), former.fact_ids
    revision = add_revision(session, question, snapshot, fact_ids, now, actor.id)
    revision.change, revision.reasons = Change.RESTORED, former.reasons
    return revision


def _take_away(session: Session, table: str, row_id: int, now: datetime) -> None:
    """Take back what a step added: retired or dropped, never deleted. A source alone is seen by nobody."""
    if table == "drafts":
        session.get_one(DraftRow, row_id).state = DraftState.DROPPED
        return
    row = session.get_one(TRACKED[table][0], row_id)
    if isinstance(row, QuestionRow | FactRow | BankRow):
        row.retired_at = now


def _moved(before: State, after: State) -> bool:
    return bool(before["source_id"] != after["source_id"])


def _banks(bank_id: int, changes: dict[str, dict[int, tuple[State | None, State]]]) -> list[int]:
    """Return the banks whose counts are made anew: where questions were, and where they are."""
    banks = {bank_id}
    for before, after in changes.get("questions", {}).values():
        banks |= {state["bank_id"] for state in (before, after) if state}
    return sorted(banks)


def _steps(actor: Actor) -> Select[StudioStepRow, str, str | None, int]:
    live = (
        select(func.count(QuestionRow.id)).where(
            QuestionRow.bank_id == BankRow.id,
            QuestionRow.retired_at.is_(None),
            QuestionRow.origin != Origin.CONTRAST,  # made by the program of what the bank holds
        ),
        select(func.count(FactRow.id)).where(FactRow.source_id == BankRow.source_id, FactRow.retired_at.is_(None)),
    )
    questions, facts = (counted.correlate(BankRow).scalar_subquery() for counted in live)
    return (
        select(StudioStepRow, BankRow.name, PersonRow.name, (questions + facts).label("held"))
        .join(BankRow, BankRow.id == StudioStepRow.bank_id)
        .outerjoin(PersonRow, PersonRow.id == StudioStepRow.person_id)
        .where(editable(actor))
    )


def _step(row: StudioStepRow, bank_name: str, who: str | None, held: int) -> Step:
    may_undo = _may_undo(row, held)
    return Step(row.id, bank_name, row.kind, row.words, who or "", row.done_at, row.undone_at, may_undo)


def _made_its_bank(row: StudioStepRow) -> State | None:
    """Return the bank as a step made it; None where the bank was there before."""
    made = row.changes.get("banks", {}).get(str(row.bank_id))
    return made[1] if made is not None and made[0] is None else None


def _may_undo(row: StudioStepRow, held: int) -> bool:
    """Say whether a step did not make its bank, or the bank holds no more questions and facts than it brought."""
    if _made_its_bank(row) is None:
        return True
    brought = [after for table in ("questions", "facts") for _, after in row.changes.get(table, {}).values()]
    return held <= sum(after["retired_at"] is None for after in brought)
