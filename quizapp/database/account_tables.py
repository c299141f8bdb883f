"""People, the sessions their browsers hold, and what keeps their accounts safe."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.table import Moment, Table, stored_enum
from quizapp.domain.roles import Role


class PersonRow(Table):
    """A person; a guest is one without a sign-in name, who is known by a browser's cookie alone."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(
        String(200), comment="what the person is called on pages; none for a guest"
    )
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    created_at: Mapped[datetime] = mapped_column(Moment)
    pseudonym: Mapped[str] = mapped_column(
        String(32),
        unique=True,
        default=lambda: secrets.token_hex(16),
        comment="random; stands for the person in the log of security events",
    )
    sign_in_name: Mapped[str | None] = mapped_column(
        String(60), unique=True, comment="given by the site, never chosen, so that it tells nothing; none for a guest"
    )
    email: Mapped[str | None] = mapped_column(String(254), index=True, comment="only for mail the person asks for")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    uniquifier: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="changes with the password: links to reset it die then"
    )
    suspended_at: Mapped[datetime | None] = mapped_column(Moment, comment="may not sign in since then")
    erase_after: Mapped[datetime | None] = mapped_column(
        Moment, index=True, comment="asked to be deleted; when that is done, unless taken back"
    )


class SessionRow(Table):
    """One browser's session: ending it makes every copy of its cookie worthless."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True, comment="SHA-256 of the token in the cookie"
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    device: Mapped[str] = mapped_column(
        String(80), default="", comment="browser and system in words, to tell sessions apart by"
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment, comment="when it was last renewed: at most once a day")
    expires_at: Mapped[datetime] = mapped_column(Moment)
    latest_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="cannot be renewed beyond this; none: a guest, who cannot sign in again"
    )
    ended_at: Mapped[datetime | None] = mapped_column(Moment, comment="set by signing out; the session is then dead")


class SignInFailureRow(Table):
    """A sign-in that failed, kept for as long as it counts."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index("ix_sign_in_failures_account_key_source_key_failed_at", "account_key", "source_key", "failed_at"),
        Index("ix_sign_in_failures_source_key_failed_at", "source_key", "failed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[bytes] = mapped_column(
        LargeBinary(32), comment="keyed hash of the name that was typed, whether or not there is such an account"
    )
    source_key: Mapped[bytes] = mapped_column(
        LargeBinary(32), comment="keyed hash of the address, or of the browser that this person signed in with before"
    )
    failed_at: Mapped[datetime] = mapped_column(Moment)


class SecurityEventRow(Table):
    """Something that matters for security: written once, never changed, without names or secrets."""

    __tablename__ = "security_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(Moment, index=True)
    kind: Mapped[str] = mapped_column(String(40), comment="a SecurityEvent")
    actor: Mapped[str | None] = mapped_column(String(32), comment="pseudonym of who did it; none: not signed in")
    subject: Mapped[str | None] = mapped_column(String(32), comment="pseudonym of whom it was done to, if another")
    detail: Mapped[str] = mapped_column(String(200), default="", comment="ids and words of ours")


class MailRow(Table):
    """A mail in the outbox: its text is dropped once it was sent."""

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, comment="may hold a secret link; empty once it was sent")
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    problem: Mapped[str] = mapped_column(String(200), default="", comment="why the last try failed")


class SetupLinkRow(Table):
    """A link, printed when the app starts without an instructor, that makes whoever opens it first an instructor."""

    __tablename__ = "setup_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, comment="SHA-256 of the token in the link")
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="set when it was used or replaced: it is then dead"
    )
