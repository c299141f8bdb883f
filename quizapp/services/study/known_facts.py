"""What a learner recalls now of each fact of a bank."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.memory_tables import StudySettingRow
from quizapp.domain.memory.known import Recall, recall_of
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import on_shelf
from quizapp.services.study.cards import CARDS, MEMORY_COLUMNS, memory_of_row
from quizapp.services.study.settings import SETTING_COLUMNS, settings_of_row


def known_facts(session: Session, actor: Actor, bank_name: str, now: datetime) -> dict[str, Recall]:
    """Return the actor's recall of every fact of a bank that they were asked, by the fact's name. One statement.

    It is empty until something counted: guesses before reading leave no memory, so nothing shows before a pretest.
    """
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(
        select(FactRow.name, *SETTING_COLUMNS, *MEMORY_COLUMNS)
        .select_from(PersonRow)
        .outerjoin(StudySettingRow, StudySettingRow.person_id == PersonRow.id)
        .join(CARDS, CARDS.c.person_id == PersonRow.id)
        .join(FactRow, and_(FactRow.id == CARDS.c.fact_id, FactRow.retired_at.is_(None)))
        .join(BankRow, BankRow.id == CARDS.c.bank_id)
        .where(PersonRow.id == actor.id, BankRow.name == bank_name, on_shelf(actor))
    ).all()
    if not rows:
        return {}
    settings = settings_of_row(rows[0])
    day, factor = settings.day_of(now), settings.calibration.factor
    return {row.name: recall_of(memory_of_row(row), day, factor) for row in rows}
