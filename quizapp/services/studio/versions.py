"""The saved states of a question: who saved them and when, what they changed, where they are used.

A question that came from a file has a history too; `restoring` brings back a state of one that an instructor added.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow, Change, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.errors import NotFound
from quizapp.domain.questions.revision_texts import texts_of
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.word_diff import FieldDiff, fields_diff
from quizapp.services.shelf import editable
from quizapp.services.studio.own_work import is_own_work


@dataclass(frozen=True, slots=True)
class Version:
    """One saved state. `who` is empty where it came from a file or the person is gone.

    `change` is what its author called it, or None; `same_as` is the earlier revision whose words it brought back.
    `attempts` asked it, `responses` answered it there, by `learners`; `reviews` asked it on cards. `for_another`: the
    actor wrote it, and in this bank somebody else brings it back.
    """

    number: int
    snapshot: Snapshot
    who: str
    from_file: bool
    saved_at: datetime
    change: Change | None
    same_as: int | None
    reasons: Mapping[str, str]
    attempts: int
    responses: int
    learners: int
    reviews: int
    for_another: bool = False


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """A question with all its saved states, the newest first.

    `cards` is how many learners have a card of its fact, `learners` how many have answered it in any state;
    `by_hand` says that an instructor added it, so that it can be brought back to a state.
    """

    question_id: int
    bank_name: str
    bank_title: str
    fact_name: str
    topics: Mapping[str, str]
    by_hand: bool
    retired: bool
    cards: int
    learners: int
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The state that is asked now."""
        return self.versions[0]

    @property
    def answered(self) -> bool:
        """Whether anybody has answered it, in a quiz or on a card: then a change is a typo or another question."""
        return any(version.responses or version.reviews for version in self.versions)

    def may_return(self, version: Version) -> bool:
        """Whether the actor may bring back a state: another than is asked now, and approved by somebody else here."""
        return self.by_hand and version is not self.newest and not version.for_another

    def version(self, number: int) -> Version | None:
        """Return the state with this number, if there is one."""
        return next((one for one in self.versions if one.number == number), None)

    def difference(self, old: Version | None, new: Version) -> list[FieldDiff]:
        """Tell what differs between two states, word by word; without an old one nothing does."""
        return fields_diff(texts_of(old.snapshot, self.topics), texts_of(new.snapshot, self.topics)) if old else []


def history_of(session: Session, actor: Actor, question_id: int) -> QuestionHistory:
    """Return the history of a question in a bank that the actor may change. Raises NotFound. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    rows = session.execute(_revisions(actor, question_id)).all()
    if not rows:
        raise NotFound("There is no such question.")
    row = rows[0]
    return QuestionHistory(
        question_id=question_id,
        bank_name=row.bank_name,
        bank_title=row.title,
        fact_name=row.fact_name,
        topics=row.topics,
        by_hand=row.origin is Origin.INSTRUCTOR,
        retired=row.retired_at is not None,
        cards=row.cards,
        learners=row.all_learners,
        versions=_versions(actor, rows),
    )


def _versions(actor: Actor, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Version, ...]:
    """Make the versions of their rows, the newest first."""
    snapshots = {row.number: snapshot_from_text(row.content) for row in rows}
    return tuple(
        Version(
            number=row.number,
            snapshot=snapshots[row.number],
            who=row.who or "",
            from_file=row.author_id is None and row.origin is not Origin.INSTRUCTOR,
            saved_at=row.created_at,
            change=row.change,
            same_as=_same_as(row.number, snapshots),
            reasons=json.loads(row.reasons),
            attempts=row.attempts,
            responses=row.responses,
            learners=row.learners,
            reviews=row.reviews,
            for_another=is_own_work(actor, row),
        )
        for row in rows
    )


def _same_as(number: int, snapshots: Mapping[int, Snapshot]) -> int | None:
    """Return the newest earlier revision that says the same, the one before it aside."""
    same = (one for one in sorted(snapshots, reverse=True) if one < number - 1 and snapshots[one] == snapshots[number])
    return next(same, None)


def _revisions(actor: Actor, question_id: int) -> Select[*tuple[Any, ...]]:
    """Select every revision of a question, the newest first; each row says the same of the question as a whole."""
    cards = select(func.count()).where(CardRow.fact_id == QuestionRow.fact_id).correlate(QuestionRow)
    learners = (
        _used(func.count(AttemptRow.person_id.distinct()))
        .join(QuestionRevisionRow, QuestionRevisionRow.id == AttemptQuestionRow.question_revision_id)
        .where(QuestionRevisionRow.question_id == QuestionRow.id)
        .correlate(QuestionRow)
    )
    asked = select(func.count()).where(AttemptQuestionRow.question_revision_id == QuestionRevisionRow.id)
    here = AttemptQuestionRow.question_revision_id == QuestionRevisionRow.id
    reviewed = select(func.count()).where(
        ReviewRow.question_revision_id == QuestionRevisionRow.id, ReviewRow.attempt_id.is_(None)
    )
    counts = {
        "attempts": asked,
        "responses": _used(func.count()).where(here),
        "learners": _used(func.count(AttemptRow.person_id.distinct())).where(here),
        "reviews": reviewed,
    }
    return (
        select(
            QuestionRevisionRow.number,
            QuestionRevisionRow.content,
            QuestionRevisionRow.author_id,
            QuestionRevisionRow.change,
            QuestionRevisionRow.reasons,
            QuestionRevisionRow.created_at,
            BankRow.name.label("bank_name"),
            BankRow.title,
            BankRow.topics,
            BankRow.second_approver,
            FactRow.name.label("fact_name"),
            QuestionRow.origin,
            QuestionRow.retired_at,
            cards.scalar_subquery().label("cards"),
            learners.scalar_subquery().label("all_learners"),
            PersonRow.name.label("who"),
            *(count.correlate(QuestionRevisionRow).scalar_subquery().label(name) for name, count in counts.items()),
        )
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(FactRow, FactRow.id == QuestionRow.fact_id)
        .outerjoin(PersonRow, PersonRow.id == QuestionRevisionRow.author_id)
        .where(QuestionRow.id == question_id, QuestionRow.origin != Origin.CONTRAST, editable(actor))
        .order_by(QuestionRevisionRow.number.desc())
    )


def _used(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select `columns` of every response with its attempt."""
    given = (ResponseRow.attempt_id == AttemptQuestionRow.attempt_id) & (
        ResponseRow.position == AttemptQuestionRow.position
    )
    return (
        select(*columns)
        .select_from(ResponseRow)
        .join(AttemptQuestionRow, given)
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
    )
