"""A learner's own factor on the memory model's intervals, found anew at the start of each session."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.database.memory_tables import StudySettingRow
from quizapp.domain.memory.calibration import LATEST, Calibration, Foretold, calibrate, foretold
from quizapp.domain.memory.evidence import ReviewKind, guess_behind
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study.cards import MEMORY_FIELDS, memory_of_row
from quizapp.services.study.review_log import REVIEWS
from quizapp.services.study.settings import add_settings

_FEWEST = 20
_BEFORE = tuple(REVIEWS.c[f"before_{name}"] for name in MEMORY_FIELDS)


def calibrate_learner(session: Session, person_id: int, known: StudySettings, now: datetime) -> Calibration:
    """Find the learner's factor from their latest reviews, keep it and return it; below twenty reviews it stays 1.

    It holds from the next card on: what stands on a button already is what is given.
    """
    reviews = list(_latest(session, person_id))
    if len(reviews) < _FEWEST:
        return known.calibration
    found = calibrate(reviews[::-1])
    values = {"memory_factor": found.factor, "factor_spread": found.spread}
    own = update(StudySettingRow).where(StudySettingRow.person_id == person_id)
    if session.execute(own.values(**values)).rowcount == 0:  # type: ignore[attr-defined]
        add_settings(session, person_id, known, found)
    return found


def _latest(session: Session, person_id: int) -> Iterator[Foretold]:
    """Yield what the latest reviews say, the newest first."""
    rows = session.execute(
        select(REVIEWS.c.study_day, REVIEWS.c.rating, REVIEWS.c.weight, *_BEFORE)
        .where(
            REVIEWS.c.person_id == person_id,
            REVIEWS.c.kind.in_((ReviewKind.STUDY, ReviewKind.QUIZ)),
            REVIEWS.c.before_state.is_not(None),
        )
        .order_by(REVIEWS.c.study_day.desc(), REVIEWS.c.id.desc())
        .limit(LATEST)
    )
    for row in rows:
        before, right = memory_of_row(row, "before_"), Rating(row.rating).recalled
        guess = guess_behind(before, row.study_day, row.weight) if right else 0.0
        told = foretold(before, row.study_day, right, guess)
        if told is not None:
            yield told
