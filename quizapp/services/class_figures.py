"""The banks of a class, and what its learners did with them: counts of the whole class, never of one learner."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassTotalRow
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, ClassRole
from quizapp.services.shelf import editable, on_shelf

FEWEST_LEARNERS = 3
"""A mean of fewer learners than these would be a figure about one of them."""


@dataclass(frozen=True, slots=True)
class ClassBank:
    """A bank of a class. `may_share` says that the viewer decides who may see it.

    `finished` counts quizzes of its learners since they joined, of deleted accounts too; `mean` is None for too few.
    """

    name: str
    title: str
    may_share: bool
    finished: int
    mean: float | None


def counts_in_class() -> ColumnElement[bool]:
    """Say of an `AttemptRow` and a `ClassMemberRow` whether the one is a finished quiz of the other, as a learner."""
    return and_(
        AttemptRow.person_id == ClassMemberRow.person_id,
        ClassMemberRow.role == ClassRole.LEARNER,
        AttemptRow.kind == AttemptKind.QUIZ,
        AttemptRow.score.is_not(None),
        AttemptRow.finished_at >= ClassMemberRow.joined_at,
    )


def class_banks(session: Session, actor: Actor, class_id: int) -> tuple[ClassBank, ...]:
    """Return the banks of a class that the actor may see, by title, with their figures. One statement.

    Whether the actor may see the class was checked before.
    """
    done = (
        select(
            AttemptRow.bank_id,
            func.count().label("finished"),
            func.sum(AttemptRow.score).label("score_sum"),
            func.count(AttemptRow.person_id.distinct()).label("learners"),
        )
        .join(ClassMemberRow, counts_in_class())
        .where(ClassMemberRow.class_id == class_id)
        .group_by(AttemptRow.bank_id)
        .subquery()
    )
    rows = session.execute(
        select(
            BankRow.name,
            BankRow.title,
            editable(actor).label("may_share"),
            (func.coalesce(done.c.finished, 0) + func.coalesce(ClassTotalRow.attempts, 0)).label("finished"),
            (func.coalesce(done.c.score_sum, 0.0) + func.coalesce(ClassTotalRow.score_sum, 0.0)).label("score_sum"),
            func.coalesce(done.c.learners, 0).label("learners"),
        )
        .join(ClassBankRow, ClassBankRow.bank_id == BankRow.id)
        .outerjoin(done, done.c.bank_id == BankRow.id)
        .outerjoin(ClassTotalRow, and_(ClassTotalRow.class_id == class_id, ClassTotalRow.bank_id == BankRow.id))
        .where(ClassBankRow.class_id == class_id, on_shelf(actor))
        .order_by(BankRow.title, BankRow.id)
    )
    return tuple(
        ClassBank(
            row.name,
            row.title,
            bool(row.may_share),
            row.finished,
            row.score_sum / row.finished if row.learners >= FEWEST_LEARNERS else None,
        )
        for row in rows
    )
