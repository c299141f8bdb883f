"""Starting a session: planned, begun, and with what it needs found anew: the learner's factor and open contrasts."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.roles import Actor
from quizapp.services.study.calibrating import calibrate_learner
from quizapp.services.study.desk import Desk
from quizapp.services.study.mixed_facts import make_contrasts
from quizapp.services.study.sessions import begin, plan


def start_session(
    session: Session, actor: Actor, at: Desk, seed: int, now: datetime, minutes: int | None = None, more: bool = False
) -> Desk | None:
    """Start a session at a desk and return the desk with it; None when there is nothing to study.

    `minutes` makes it shorter, `more` lets it go beyond the daily limit. The learner's factor is found anew, and holds
    from the next card on; facts mixed up in quizzes get their contrasts. Raises Conflict as `begin`.
    """
    planned, new_facts = plan(session, at, minutes, more)
    if not planned.cards:
        return None
    begun = begin(session, at, planned.cards, new_facts, seed, now, beyond_limit=more)
    if at.kind is SessionKind.STUDY:
        calibrate_learner(session, actor.id, at.settings, now)
        make_contrasts(session, actor, now)
    return begun
