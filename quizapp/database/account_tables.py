"""People and the sessions their browsers hold."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.table import Moment, Table, stored_enum
from quizapp.domain.roles import Role


class PersonRow(Table):
    """A person; a guest is one without a name."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(
        String(200), comment="what the person is called on pages; none for a guest"
    )
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    created_at: Mapped[datetime] = mapped_column(Moment)


class SessionRow(Table):
    """One browser's session: ending it makes every copy of its cookie worthless."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True, comment="SHA-256 of the token in the cookie"
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, comment="set by signing out; the session is then dead")


class SetupLinkRow(Table):
    """A link, printed when the app starts without an instructor, that makes whoever opens it first an instructor."""

    __tablename__ = "setup_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, comment="SHA-256 of the token in the link")
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="set when it was used or replaced: it is then dead"
    )
