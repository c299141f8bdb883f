"""What a response in study came to: shown after it was given, and as it was whenever it is opened again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import BankRow, QuestionRevisionRow, QuestionRow
from quizapp.database.memory_tables import ReviewRow, StudySessionRow
from quizapp.domain.errors import NotFound
from quizapp.domain.memory.evidence import Strength
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.memory.typed_difference import DifferencePart, difference
from quizapp.domain.questions.question_types.question_type import Grade, Response
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.results.mix_up import MixUp, mix_up_of
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.seeded_order import SeededOrder
from quizapp.services.shelf import on_shelf
from quizapp.services.study.desk import FIRST_STAMP


@dataclass(frozen=True, slots=True)
class StudyFeedback:
    """A review of a question with all that explains it. `interval` is in days; `step` instead of it while it is learnt.

    `desk_bank` names the bank that was studied, empty for all; `is_last` says that it can be taken back; `is_open` says
    whether the learner sees the bank still.
    """

    review_id: int
    kind: SessionKind
    desk_bank: str
    bank_name: str
    bank_title: str
    is_open: bool
    revision_id: int
    snapshot: Snapshot
    order: SeededOrder
    response: Response
    grade: Grade
    mix_up: MixUp | None
    interval: int
    step: timedelta | None
    postponed: bool
    reviewed_at: datetime
    stamp: int
    is_last: bool
    can_be_called_right: bool
    overridden: bool
    difference: tuple[DifferencePart, ...]

    def presented(self) -> Any:
        """Return what the question type's template shows, in the order in which it was shown."""
        question = self.snapshot.question
        return question_type(question.type).present(question.body, self.order)


def study_feedback(session: Session, actor: Actor, review_id: int) -> StudyFeedback:
    """Return what one of the actor's responses in study came to. Raises NotFound. One statement."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    later, home = aliased(ReviewRow), aliased(BankRow)
    newest = select(func.max(later.id)).where(later.study_session_id == ReviewRow.study_session_id).scalar_subquery()
    row = session.execute(
        select(
            ReviewRow,
            StudySessionRow.kind.label("session_kind"),
            StudySessionRow.seed,
            StudySessionRow.stamp.label("session_stamp"),
            home.name.label("desk_bank"),
            BankRow.name.label("bank_name"),
            BankRow.title.label("bank_title"),
            on_shelf(actor).label("is_open"),
            QuestionRevisionRow.id.label("revision_id"),
            QuestionRevisionRow.question_id,
            QuestionRevisionRow.content,
            ((ReviewRow.id == newest) & StudySessionRow.ended_at.is_(None)).label("is_last"),
        )
        .join(StudySessionRow, StudySessionRow.id == ReviewRow.study_session_id)
        .join(QuestionRevisionRow, QuestionRevisionRow.id == ReviewRow.question_revision_id)
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .outerjoin(home, home.id == StudySessionRow.bank_id)
        .where(ReviewRow.id == review_id, ReviewRow.person_id == actor.id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such answer.")
    review: ReviewRow = row.ReviewRow
    snapshot, given = snapshot_from_text(row.content), review.given or {}
    grade = snapshot.stored_grade(given, review.score) or Grade(0.0)
    seed = row.seed if review.stamp != FIRST_STAMP else 0
    wrong, is_last = review.rating == Rating.AGAIN, bool(row.is_last and row.is_open)
    return StudyFeedback(
        review_id=review_id,
        kind=row.session_kind,
        desk_bank=row.desk_bank or "",
        bank_name=row.bank_name,
        bank_title=row.bank_title,
        is_open=row.is_open,
        revision_id=row.revision_id,
        snapshot=snapshot,
        order=SeededOrder(seed).within(f"{review.stamp}/{row.question_id}"),
        response=given,
        grade=grade,
        mix_up=mix_up_of(snapshot, given) if wrong else None,
        interval=review.interval,
        step=None if review.step_seconds is None else timedelta(seconds=review.step_seconds),
        postponed=review.step_seconds is None and wrong and review.interval > 0,
        reviewed_at=review.reviewed_at,
        stamp=row.session_stamp,
        is_last=is_last,
        can_be_called_right=is_last and wrong and review.strength is Strength.PRODUCED,
        overridden=review.overridden,
        difference=_difference(snapshot, given, review),
    )


def _difference(snapshot: Snapshot, given: Response, review: ReviewRow) -> tuple[DifferencePart, ...]:
    """Return how a typed answer that was not right differs from the right one; nothing for other answers."""
    if review.strength is not Strength.PRODUCED or not given or (review.score or 0) >= 1:
        return ()
    return difference(snapshot.response_text(given), snapshot.answer_text)
