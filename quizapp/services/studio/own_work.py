"""In a bank that asks for a second approver nobody puts their own words before learners, by whatever way.

Drafts are kept to it by `publishing`; this is for questions that are there already, and are not asked at present.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, QuestionRevisionRow, QuestionRow
from quizapp.domain.errors import Conflict
from quizapp.domain.roles import Actor
from quizapp.services.studio.states import chunks

OWN_WORDS = "In this bank somebody else than its author approves: hand it in."


def is_own_work(actor: Actor, row: Row[*tuple[Any, ...]]) -> bool:
    """Say of a row with `second_approver` of a bank and `author_id` of a revision whether both stand in the way."""
    return bool(row.second_approver and row.author_id == actor.id)


def own_work(session: Session, actor: Actor, question_ids: Iterable[int], revision: int | None = None) -> set[int]:
    """Return those of the questions that the actor may not let be asked: they wrote what is asked then.

    That is the newest revision, or the one with the number `revision`. One statement for each 5,000.
    """
    found: set[int] = set()
    for some in chunks(question_ids):
        found |= set(
            session.scalars(
                select(QuestionRow.id)
                .join(BankRow, BankRow.id == QuestionRow.bank_id)
                .join(QuestionRevisionRow, QuestionRevisionRow.question_id == QuestionRow.id)
                .where(
                    QuestionRow.id.in_(some),
                    QuestionRevisionRow.number == (QuestionRow.revision_number if revision is None else revision),
                    QuestionRevisionRow.author_id == actor.id,
                    BankRow.second_approver,
                )
            )
        )
    return found


def refuse_own_work(session: Session, actor: Actor, question_ids: Iterable[int], revision: int | None = None) -> None:
    """Raise Conflict where one of the questions is asked again only after somebody else has approved it."""
    if own_work(session, actor, question_ids, revision):
        raise Conflict(OWN_WORDS)
