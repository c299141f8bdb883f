from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from quizapp.database.memory_tables import CardRow, StudyLoadRow
from quizapp.domain.memory.spreading import Break
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study import breaks
from tests.factories import NOON
from tests.services.studying import study

TODAY = StudySettings().day_of(NOON)


def test_nothing_is_due_in_a_break_and_the_counts_say_so_too(session, guest):
    study(session, guest)
    chosen = replace(StudySettings(), days_off=Break(TODAY + 1, TODAY + 7))
    moved = breaks.move_out_of_break(session, guest, chosen, NOON)
    assert moved.before + moved.after == 10
    assert moved.after == 10  # nothing can come before tomorrow
    assert 0 < moved.recall_lost < 0.2
    days = session.scalars(select(CardRow.due_day)).all()
    assert not any(chosen.days_off.holds(day) for day in days)
    counted = {row.day: row.cards for row in session.scalars(select(StudyLoadRow))}
    assert counted == {day: days.count(day) for day in set(days)}


def test_what_waits_is_spread_over_the_days_after(session, guest):
    study(session, guest)
    breaks.move_out_of_break(session, guest, replace(StudySettings(), days_off=Break(TODAY + 1, TODAY + 7)), NOON)
    loads = [row.cards for row in session.scalars(select(StudyLoadRow))]
    assert max(loads) <= 2


def test_no_break_moves_nothing(session, guest):
    study(session, guest)
    assert breaks.move_out_of_break(session, guest, StudySettings(), NOON) == breaks.BreakMoves(0, 0, 0.0)


def test_somebody_elses_facts_stay_where_they_are(session, guest, stranger):
    study(session, guest)
    chosen = replace(StudySettings(), days_off=Break(TODAY + 1, TODAY + 7))
    assert breaks.move_out_of_break(session, stranger, chosen, NOON + timedelta(0)).after == 0
