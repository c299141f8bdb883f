"""How one learner studies: read with defaults, kept when they are sound."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from quizapp.database.memory_tables import StudySettingRow
from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.memory.calibration import Calibration
from quizapp.domain.memory.session_plan import DailyLimit
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_days import zone_named
from quizapp.domain.memory.study_settings import StudySettings, problems_of
from quizapp.domain.roles import Actor, Permission

SETTING_COLUMNS = (
    StudySettingRow.zone,
    StudySettingRow.rollover_hour,
    StudySettingRow.four_buttons,
    StudySettingRow.cards_only,
    StudySettingRow.limit_kind,
    StudySettingRow.limit_amount,
    StudySettingRow.new_a_day,
    StudySettingRow.weekday_loads,
    StudySettingRow.off_from,
    StudySettingRow.off_until,
    StudySettingRow.exam_day,
    StudySettingRow.retention,
    StudySettingRow.memory_factor,
    StudySettingRow.factor_spread,
)


def settings_of_row(row: Row[*tuple[Any, ...]]) -> StudySettings:
    """Read a row that holds `SETTING_COLUMNS`; of a learner without settings they are all null."""
    if row.zone is None:
        return StudySettings()
    return StudySettings(
        zone=row.zone,
        rollover_hour=row.rollover_hour,
        four_buttons=row.four_buttons,
        cards_only=row.cards_only,
        limit=DailyLimit(row.limit_kind, row.limit_amount),
        new_a_day=row.new_a_day,
        weekday_loads=tuple(int(load) for load in row.weekday_loads.split(",")),
        days_off=None if row.off_from is None else Break(row.off_from, row.off_until),
        exam_day=row.exam_day,
        retention=row.retention,
        calibration=Calibration(row.memory_factor, row.factor_spread),
    )


def study_settings(session: Session, actor: Actor | None) -> StudySettings:
    """Return how the actor studies; the defaults for a visitor. One statement."""
    if actor is None:
        return StudySettings()
    row = session.execute(select(*SETTING_COLUMNS).where(StudySettingRow.person_id == actor.id)).one_or_none()
    return StudySettings() if row is None else settings_of_row(row)


def keep_settings(session: Session, actor: Actor, chosen: StudySettings, today: int) -> None:
    """Store how the actor studies. Raises InvalidContent, with the field as the place of each problem."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    problems = problems_of(chosen, today)
    if problems:
        raise InvalidContent([Problem(field, sentence) for field, sentence in problems.items()])
    row = session.get(StudySettingRow, actor.id)
    if row is None:
        session.add(StudySettingRow(person_id=actor.id, **_values(chosen)))
    else:
        for name, value in _values(chosen).items():
            setattr(row, name, value)
    session.flush()  # what follows in the same block reads it


def learn_zone(session: Session, actor: Actor, known: StudySettings, zone: str) -> StudySettings:
    """Keep the time zone that the learner's browser tells, unless one is known; return the settings in force."""
    if known.zone or zone_named(zone) is None:
        return known
    learnt = replace(known, zone=zone)
    statement = update(StudySettingRow).where(StudySettingRow.person_id == actor.id).values(zone=zone)
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]  # the result of an update has it
        add_settings(session, actor.id, learnt, learnt.calibration)
    return learnt


def add_settings(session: Session, person_id: int, chosen: StudySettings, calibration: Calibration) -> None:
    """Store settings for a learner who has none yet."""
    session.add(StudySettingRow(person_id=person_id, **_values(replace(chosen, calibration=calibration))))
    session.flush()  # a second tab's insert fails here, not at some later statement


def _values(chosen: StudySettings) -> dict[str, Any]:
    return {
        "zone": chosen.zone,
        "rollover_hour": chosen.rollover_hour,
        "four_buttons": chosen.four_buttons,
        "cards_only": chosen.cards_only,
        "limit_kind": chosen.limit.kind,
        "limit_amount": chosen.limit.amount,
        "new_a_day": chosen.new_a_day,
        "weekday_loads": ",".join(str(load) for load in chosen.weekday_loads),
        "off_from": chosen.days_off.first if chosen.days_off else None,
        "off_until": chosen.days_off.last if chosen.days_off else None,
        "exam_day": chosen.exam_day,
        "retention": chosen.retention,
        "memory_factor": chosen.calibration.factor,
        "factor_spread": chosen.calibration.spread,
    }
