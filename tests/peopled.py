"""An installation in use: banks that ask in every way, people of every role, and something of each kind behind them."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.class_tables import JoinCodeRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.join_code import CodeLife, read_code
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import classes, join_codes, quizzes
from quizapp.services.bank_transfer import load_bank
from quizapp.services.setup import new_setup_link
from quizapp.services.studio import imports
from quizapp.services.studio.import_plan import Upload
from tests.every_type import every_type_bank
from tests.factories import NOON
from tests.people import add_person, open_browser
from tests.services import studying
from tests.services.taking import take
from tests.services.taking_mixed import mix_up

LINK = "link"
SIGN_IN_NAME = "quiet-otter-4821"
JOIN_CODE = "K7QM-4XHT"
ROLES: tuple[Role, ...] = (Role.LEARNER, Role.INSTRUCTOR, Role.ADMIN)


def begin_an_installation(session: Session) -> None:
    """Store banks and a link that makes somebody an instructor; there is nobody yet."""
    load_bank(session, every_type_bank(), NOON)
    new_setup_link(session, LINK, NOON)


def people_an_installation(session: Session) -> Mapping[Role, Actor]:
    """Store a deck, a person of each role, and what each of them did: quizzes, mix-ups, days of study."""
    names = {Role.LEARNER: {"sign_in_name": SIGN_IN_NAME, "email": "ada@example.org"}}
    people = {role: add_person(session, role, f"The {role.value}", **names.get(role, {})) for role in ROLES}
    open_browser(session, people[Role.LEARNER])  # one more, to be signed out
    _teach(session, people)
    leaving = PersonRow.id == people[Role.INSTRUCTOR].id  # has asked to be deleted, and may still think better of it
    session.execute(update(PersonRow).where(leaving).values(erase_after=NOON + timedelta(days=7)))
    _import_deck(session, people[Role.ADMIN])
    for actor in people.values():
        _busy(session, actor)
    return people


def _teach(session: Session, people: Mapping[Role, Actor]) -> None:
    """Store a class with a code to join by, somebody in it, and somebody who was invited; and one that is archived."""
    for name in ("Biology", "Once"):
        class_id = classes.make_class(session, people[Role.INSTRUCTOR], name, "Ines", NOON)
        code = join_codes.make_code(
            session, people[Role.INSTRUCTOR], class_id, ClassRole.LEARNER, CodeLife.TWO_WEEKS, name, NOON
        )
        join_codes.join_class(session, add_person(session), code, "Ben", NOON)
        if name == "Biology":
            session.execute(update(JoinCodeRow).values(code=read_code(JOIN_CODE)))
    classes.archive_class(session, people[Role.INSTRUCTOR], class_id, NOON)


def _import_deck(session: Session, actor: Actor) -> None:
    upload = Upload(b"front,back\nSpain?,Madrid\nWales?,Cardiff\n", "capitals.csv", "Capitals")
    shown = imports.plan_import(session, actor, upload).fingerprint
    imports.carry_out(session, actor, upload, shown, NOON)


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
