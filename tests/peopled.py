"""An installation in use: banks that ask in every way, people of every role, and something of each kind behind them."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, Role
from quizapp.services import deck_import, quizzes
from quizapp.services.bank_transfer import load_bank
from quizapp.services.setup import new_setup_link
from tests.every_type import every_type_bank
from tests.factories import NOON
from tests.people import add_person
from tests.services import studying
from tests.services.taking import take
from tests.services.taking_mixed import mix_up

LINK = "link"
ROLES: tuple[Role, ...] = (Role.LEARNER, Role.INSTRUCTOR, Role.ADMIN)


def begin_an_installation(session: Session) -> None:
    """Store banks and a link that makes somebody an instructor; there is nobody yet."""
    load_bank(session, every_type_bank(), NOON)
    new_setup_link(session, LINK, NOON)


def people_an_installation(session: Session) -> Mapping[Role, Actor]:
    """Store a deck, a person of each role, and what each of them did: quizzes, mix-ups, days of study."""
    people = {role: add_person(session, role, f"The {role.value}") for role in ROLES}
    _import_deck(session, people[Role.ADMIN])
    for actor in people.values():
        _busy(session, actor)
    return people


def _import_deck(session: Session, actor: Actor) -> None:
    upload = deck_import.Upload(b"front,back\nSpain?,Madrid\nWales?,Cardiff\n", "capitals.csv", "Capitals")
    shown = deck_import.plan_import(session, actor, upload).fingerprint
    deck_import.carry_out(session, actor, upload, shown, NOON)


def _busy(session: Session, actor: Actor) -> None:
    """Finish a quiz with misses, leave one open, mix two facts up, study over days, and set one fact aside."""
    take(session, actor, 5, wrong=(1, 3))
    mixed, _ = mix_up(session, actor)
    quizzes.finish_attempt(session, actor, mixed, NOON)
    quizzes.start_attempt(session, actor, "every-type", None, 7, NOON, AttemptKind.QUIZ)
    studying.study(session, actor, NOON - timedelta(days=4))
    for number in range(6):
        studying.take(session, actor, right=number % 2 == 0, now=NOON - timedelta(days=2))
    first = select(ReviewRow.fact_id).where(ReviewRow.person_id == actor.id).limit(1).scalar_subquery()
    aside = {"postponed_on": CardRow.last_day, "lapses": 8, "due_day": CardRow.last_day + 30}
    session.execute(update(CardRow).where(CardRow.person_id == actor.id, CardRow.fact_id == first).values(aside))
