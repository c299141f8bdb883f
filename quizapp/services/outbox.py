"""The outbox: mail is stored with what it tells of, and sent afterwards, as often as it takes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import MailRow

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to send."""

    mail_id: int
    address: str
    subject: str
    body: str
    tries: int


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How many mails wait, were given up and were sent, and why the last one failed."""

    waiting: int
    given_up: int
    sent: int
    problem: str


def queue_mail(session: Session, person_id: int, address: str, subject: str, body: str, now: datetime) -> None:
    """Put a mail into the outbox."""
    session.add(MailRow(person_id=person_id, address=address, subject=subject, body=body, created_at=now, tries=0))
    session.flush()


def was_mailed_since(session: Session, person_id: int, subject: str, since: datetime) -> bool:
    """Say whether a mail with this subject was put into the outbox for a person after a moment. One statement."""
    found = select(MailRow.id).where(
        MailRow.person_id == person_id, MailRow.subject == subject, MailRow.created_at > since
    )
    return session.scalar(found.limit(1)) is not None


def waiting_mails(session: Session, limit: int = 100) -> list[Mail]:
    """Return mails that wait to be sent, the oldest first. One statement."""
    rows = session.scalars(
        select(MailRow).where(MailRow.sent_at.is_(None), MailRow.tries < MOST_TRIES).order_by(MailRow.id).limit(limit)
    )
    return [Mail(row.id, row.address, row.subject, row.body, row.tries) for row in rows]


def begin_sending(session: Session, mail: Mail) -> bool:
    """Count one more try; False when another process has begun to send this mail since it was read."""
    begun = session.execute(
        update(MailRow)
        .where(MailRow.id == mail.mail_id, MailRow.tries == mail.tries, MailRow.sent_at.is_(None))
        .values(tries=MailRow.tries + 1)
        .returning(MailRow.id)
    )
    return begun.one_or_none() is not None


def note_sent(session: Session, mail: Mail, now: datetime) -> None:
    """Note that a mail was sent, and drop its text: it may hold a secret link."""
    session.execute(update(MailRow).where(MailRow.id == mail.mail_id).values(sent_at=now, body="", problem=""))


def note_problem(session: Session, mail: Mail, problem: str) -> None:
    """Note why a mail could not be sent; after the last try its text is dropped."""
    values = {"problem": problem[:200]} | ({"body": ""} if mail.tries + 1 >= MOST_TRIES else {})
    session.execute(update(MailRow).where(MailRow.id == mail.mail_id).values(**values))


def outbox_state(session: Session) -> OutboxState:
    """Count the mails. Two statements."""
    is_sent, is_given_up = MailRow.sent_at.is_not(None), MailRow.tries >= MOST_TRIES
    row = session.execute(
        select(
            func.count().filter(MailRow.sent_at.is_(None), MailRow.tries < MOST_TRIES),
            func.count().filter(MailRow.sent_at.is_(None), is_given_up),
            func.count().filter(is_sent),
        ).select_from(MailRow)
    ).one()
    problem = session.scalar(select(MailRow.problem).where(MailRow.problem != "").order_by(MailRow.id.desc()).limit(1))
    return OutboxState(row[0], row[1], row[2], problem or "")
