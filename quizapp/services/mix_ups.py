"""Which two facts a learner mixes up most."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.mix_up import MixUp, mix_up_of
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf

SHOWN = 5

# A pair is the same whichever of the two was asked for.
_LOW = case((ResponseRow.fact_id < ResponseRow.chosen_fact_id, ResponseRow.fact_id), else_=ResponseRow.chosen_fact_id)
_HIGH = case((ResponseRow.fact_id < ResponseRow.chosen_fact_id, ResponseRow.chosen_fact_id), else_=ResponseRow.fact_id)
_ASKED_TODAY = (
    select(QuestionRow.fact_id)
    .join(FactRow, FactRow.id == QuestionRow.fact_id)
    .where(QuestionRow.retired_at.is_(None), QuestionRow.origin != Origin.CONTRAST, FactRow.retired_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class CommonMixUp:
    """Two facts, how often they were mixed up either way round, and the last time that happened."""

    mix_up: MixUp
    times: int
    bank_name: str
    bank_title: str
    attempt_id: int
    position: int
    last_at: datetime


def common_mix_ups(session: Session, actor: Actor) -> list[CommonMixUp]:
    """Return the pairs of facts the actor mixed up most often, of equally frequent ones the latest. One statement.

    Guesses before reading are left out, and so are facts that are no longer asked, or in no bank that the actor sees.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    pair = (_LOW, _HIGH)
    responses = (
        select(
            ResponseRow.attempt_id,
            ResponseRow.position,
            ResponseRow.given,
            ResponseRow.answered_at,
            func.count().over(partition_by=pair).label("times"),
            func.row_number()
            .over(partition_by=pair, order_by=(ResponseRow.answered_at.desc(), ResponseRow.attempt_id.desc()))
            .label("newest"),
        )
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(
            AttemptRow.person_id == actor.id,
            AttemptRow.kind != AttemptKind.PRETEST,
            ResponseRow.chosen_fact_id.is_not(None),
            ResponseRow.fact_id.in_(_ASKED_TODAY),
            ResponseRow.chosen_fact_id.in_(_ASKED_TODAY),
        )
        .subquery()
    )
    rows = session.execute(
        select(responses, BankRow.name, BankRow.title, QuestionRevisionRow.content)
        .join(AttemptRow, AttemptRow.id == responses.c.attempt_id)
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .join(
            AttemptQuestionRow,
            (AttemptQuestionRow.attempt_id == responses.c.attempt_id)
            & (AttemptQuestionRow.position == responses.c.position),
        )
        .join(QuestionRevisionRow, QuestionRevisionRow.id == AttemptQuestionRow.question_revision_id)
        .where(responses.c.newest == 1, on_shelf(actor))
        .order_by(responses.c.times.desc(), responses.c.answered_at.desc(), responses.c.attempt_id.desc())
        .limit(SHOWN)
    )
    found = ((row, mix_up_of(snapshot_from_text(row.content), row.given)) for row in rows)
    return [
        CommonMixUp(mix_up, row.times, row.name, row.title, row.attempt_id, row.position, row.answered_at)
        for row, mix_up in found
        if mix_up is not None
    ]
