"""An installation in use: banks that ask in every way, people of every role, and something of each kind behind them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import FactRow
from quizapp.database.class_tables import JoinCodeRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.facts.bank_words import BankWords
from quizapp.domain.facts.fact import Topic
from quizapp.domain.join_code import CodeLife, read_code
from quizapp.domain.questions.bank_folder import folder_of
from quizapp.domain.questions.folder_zip import write_zip
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import classes, join_codes, quizzes, reports
from quizapp.services.bank_transfer import load_bank
from quizapp.services.setup import new_setup_link
from quizapp.services.studio import imports, questions
from quizapp.services.studio.bank_editor import new_bank, set_archived
from quizapp.services.studio.import_plan import Upload
from tests.domain.questions.test_authored import DRAFT
from tests.every_type import every_type_bank
from tests.factories import NOON, make_bank, make_source
from tests.people import add_person, open_browser
from tests.services import studying
from tests.services.taking import take
from tests.services.taking_mixed import mix_up
from tests.waiting_drafts import waiting_draft
from tests.web.writing import BY_TYPE

LINK = "link"
SIGN_IN_NAME = "quiet-otter-4821"
JOIN_CODE = "K7QM-4XHT"
BANK = make_bank()
BY_HAND = tuple(question for question in BANK.questions if question.type in BY_TYPE)
FOLDER = write_zip("harbour", folder_of(replace(BANK, questions=BY_HAND)).files)
"""The folder of a bank whose every question has a form."""
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
    _write(session, people[Role.ADMIN])
    _make_banks(session, people[Role.INSTRUCTOR])
    for actor in people.values():
        _busy(session, actor)
    _in_the_studio(session, people)
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


def _write(session: Session, actor: Actor) -> None:
    """Store a question of the actor's own, and an edit of it: so it has a state to bring back."""
    question_id = questions.add_question(session, actor, "harbour", DRAFT, "own-peopled", NOON)
    edited = replace(DRAFT, stem="In the report, how big was the last catch?")
    questions.edit_question(session, actor, question_id, edited, "own-peopled-2", 1, NOON)


def _import_deck(session: Session, actor: Actor) -> None:
    upload = Upload(b"front,back\nSpain?,Madrid\nWales?,Cardiff\n", "capitals.csv", "Capitals")
    shown = imports.plan_import(session, actor, upload).fingerprint
    imports.carry_out(session, actor, upload, shown, NOON)


def _in_the_studio(session: Session, people: Mapping[Role, Actor]) -> None:
    """Let drafts wait, about one of which a rule has advice; a problem be reported; and a fact be past its review."""
    for number in range(1, 5):
        ballast = f"In the report, there are berths. What is the name of the boat at berth {number}?"
        waiting_draft(session, people[Role.INSTRUCTOR], number, **({"stem": ballast} if number == 2 else {}))
    learner = people[Role.LEARNER]
    about = reports.answered_in_quiz(session, learner, take(session, learner, 5), 1)
    reports.report(session, learner, about, ReportKind.UNCLEAR, "Which boat?", NOON)
    first = session.scalars(select(FactRow.id).order_by(FactRow.id).limit(1)).one()
    session.execute(update(FactRow).where(FactRow.id == first).values(review_by=NOON.date()))


def _make_banks(session: Session, actor: Actor) -> None:
    """Store three banks of the instructor's own: one with its text, one without, and one that is archived."""
    source = make_source(paragraphs=3)
    words = BankWords("Ice in the bay", "Of ice.", "en", "Ours.", (Topic("ice", "Ice"),), source, "One.\n\nTwo.")
    for number, (title, text) in enumerate((("Ice in the bay", words.text), ("Fog", ""), ("Once", words.text))):
        name = new_bank(session, actor, replace(words, title=title, text=text), f"{number:016x}", NOON)
    set_archived(session, actor, name, True, NOON)


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
