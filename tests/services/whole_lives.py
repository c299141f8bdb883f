"""People who have left something in every table that holds anything of people, in words that can be found again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from quizapp.database.account_tables import MailRow, PersonRow, SessionRow, SignInFailureRow
from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassRow, JoinCodeRow
from quizapp.database.memory_tables import MixUpRow, ReviewRow
from quizapp.database.studio_tables import DraftState, StepKind
from quizapp.database.study_tables import AttemptRow, ResponseRow
from quizapp.database.tables import METADATA
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services import quizzes, reports
from quizapp.services.security_log import log_event
from quizapp.services.studio.drafts import set_state
from quizapp.services.studio.import_plan import Upload
from quizapp.services.studio.steps import Watch
from quizapp.services.studio.uploads import keep_upload
from quizapp.services.study.settings import keep_settings
from tests.factories import NOON
from tests.people import add_person, open_browser
from tests.services.studying import study
from tests.services.taking import answer, take
from tests.waiting_drafts import waiting_draft


@dataclass(frozen=True)
class Life:
    """Somebody, and every word that is theirs alone."""

    actor: Actor
    class_id: int
    bank_id: int
    canaries: tuple[str, ...]


def live(session: Session, word: str, now: datetime = NOON) -> Life:
    """Let somebody sign up, join a class, write, take quizzes and study; each thing they typed holds `word`."""
    names = {
        "name": f"{word} Ondine",
        "sign_in_name": f"{word}-signs-in",
        "email": f"{word}@example.org",
        "password_hash": f"hash of {word}",
        "uniquifier": f"uniquifier of {word}",
    }
    actor = add_person(session, Role.LEARNER, now=now, **names)  # type: ignore[arg-type]
    open_browser(session, actor, now)
    session.execute(
        insert(MailRow).values(
            person_id=actor.id, address=names["email"], subject="A link", body=f"Dear {word}", created_at=now
        )
    )
    session.execute(insert(SignInFailureRow).values(account_key=b"1" * 32, source_key=b"2" * 32, failed_at=now))
    log_event(session, SecurityEvent.SIGNED_IN, now, actor_id=actor.id)
    class_id = _in_a_class(session, actor, f"{word} of class", now)
    bank_id = _owning_a_bank(session, actor, now)
    keep_settings(session, actor, StudySettings(zone="Asia/Yerevan"), 0)
    take(session, actor, 5, wrong=(1, 2), now=now)
    unfinished = quizzes.start_attempt(session, actor, "harbour", 5, seed=2, now=now)
    answer(session, actor, unfinished, 1, now=now)
    study(session, actor, now, at_most=200)
    _typing(session, actor, f"{word} typed")
    _mixing_up(session, actor, now)
    _reporting(session, actor, f"{word} reported", now)
    _in_the_studio(session, actor, now)
    session.flush()
    session.expire_all()
    return Life(
        actor,
        class_id,
        bank_id,
        (*names.values(), f"Dear {word}", f"{word} of class", f"{word} typed", f"{word} reported", word),
    )


def _in_a_class(session: Session, actor: Actor, name: str, now: datetime) -> int:
    group = ClassRow(name="The class of the quay", created_at=now)
    session.add(group)
    session.flush()
    bank_id = session.scalars(select(BankRow.id).where(BankRow.name == "harbour")).one()
    month = now + timedelta(days=30)
    session.add_all(
        [
            ClassBankRow(class_id=group.id, bank_id=bank_id, shared_at=now),
            ClassMemberRow(class_id=group.id, person_id=actor.id, role=ClassRole.LEARNER, name=name, joined_at=now),
            JoinCodeRow(
                class_id=group.id,
                code=f"CODE-{group.id}",
                role=ClassRole.LEARNER,
                name=name,
                uses=1,
                created_at=now,
                expires_at=month,
            ),
        ]
    )
    return group.id


def _owning_a_bank(session: Session, actor: Actor, now: datetime) -> int:
    """Own a draft, and have saved one question of the harbour bank."""
    harbour = session.scalars(select(BankRow).where(BankRow.name == "harbour")).one()
    draft = BankRow(
        name=f"draft-{session.scalar(select(func.max(BankRow.id)))}",
        source_id=harbour.source_id,
        title="A draft",
        summary="",
        language="en",
        licence="MIT",
        topics={},
        visibility=Visibility.PRIVATE,
        owner_id=actor.id,
        loaded_at=now,
    )
    session.add(draft)
    free = select(QuestionRevisionRow).where(QuestionRevisionRow.author_id.is_(None)).order_by(QuestionRevisionRow.id)
    session.scalars(free.limit(1)).one().author_id = actor.id
    session.flush()
    return draft.id


def _typing(session: Session, actor: Actor, words: str) -> None:
    """Have typed one's own words as a response and in a review."""
    own = select(AttemptRow.id).where(AttemptRow.person_id == actor.id)
    session.scalars(select(ResponseRow).where(ResponseRow.attempt_id.in_(own))).first().given = {"text": words}
    session.scalars(select(ReviewRow).where(ReviewRow.person_id == actor.id)).first().given = {"text": words}


def _mixing_up(session: Session, actor: Actor, now: datetime) -> None:
    low, high = session.scalars(select(FactRow.id).order_by(FactRow.id.desc()).limit(2)).all()[::-1]
    row = MixUpRow(person_id=actor.id, low_fact_id=low, high_fact_id=high, times=1, told=0, last_at=now)
    session.add(row)
    session.flush()
    review = session.scalars(select(ReviewRow).where(ReviewRow.person_id == actor.id)).first()
    review.mix_up_id = row.id
    review.chosen_fact_id = low


def _reporting(session: Session, actor: Actor, words: str, now: datetime) -> None:
    """Have reported a question of a quiz that was taken."""
    answered = select(ResponseRow.attempt_id, ResponseRow.position).join(
        AttemptRow, AttemptRow.id == ResponseRow.attempt_id
    )
    attempt_id, position = session.execute(answered.where(AttemptRow.person_id == actor.id).limit(1)).one()
    about = reports.answered_in_quiz(session, actor, attempt_id, position)
    reports.report(session, actor, about, ReportKind.UNCLEAR, words, now)


def _in_the_studio(session: Session, actor: Actor, now: datetime) -> None:
    """Have begun a draft, decided about it, done something to a bank and sent a file, as an instructor once."""
    once = Actor(actor.id, Role.INSTRUCTOR)
    stored = waiting_draft(session, once, actor.id)
    watch = Watch(session)
    watch.watch("drafts", [stored.id])
    set_state(session, stored.id, DraftState.OPEN, now)
    bank_id = session.scalars(select(BankRow.id).where(BankRow.name == "harbour")).one()
    watch.record(once, bank_id, StepKind.REVIEW, "Gave a draft back", now)
    keep_upload(session, once, Upload(b"front,back\n", "cards.csv", ""), now)


def dump(session: Session) -> str:
    """Return every column of every row of the database as text."""
    lines = []
    for table in METADATA.sorted_tables:
        rows = session.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608 - the names are ours
        lines += [f"{table.name}: {tuple(row)}" for row in rows]
    return "\n".join(lines)


def pseudonym_of(session: Session, actor: Actor) -> str:
    return session.scalars(select(PersonRow.pseudonym).where(PersonRow.id == actor.id)).one()


def sessions_of(session: Session, actor: Actor) -> list[SessionRow]:
    statement = select(SessionRow).where(SessionRow.person_id == actor.id)
    return list(session.scalars(statement.execution_options(populate_existing=True)))
