"""Classes, who is in them, how one joins, which banks they share."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.table import Moment, Table, stored_enum
from quizapp.domain.roles import ClassRole


class ClassRow(Table):
    """A group of learners and the instructors who teach it."""

    __tablename__ = "classes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment)
    archived_at: Mapped[datetime | None] = mapped_column(Moment, comment="closed: nobody joins it any more")


class ClassMemberRow(Table):
    """Somebody in a class; leaving it deletes the row."""

    __tablename__ = "class_members"
    __table_args__ = (UniqueConstraint("class_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[ClassRole] = mapped_column(stored_enum(ClassRole))
    name: Mapped[str] = mapped_column(String(100), comment="what the person is called in this class alone")
    joined_at: Mapped[datetime] = mapped_column(Moment)


class JoinCodeRow(Table):
    """A code, and the link that holds it, by which one joins a class."""

    __tablename__ = "join_codes"
    __table_args__ = (CheckConstraint("uses >= 0", name="uses_are_counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), index=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    role: Mapped[ClassRole] = mapped_column(stored_enum(ClassRole), comment="what it makes of whoever uses it")
    name: Mapped[str | None] = mapped_column(
        String(100), comment="a place on the roster kept for one person: it works once; none: for everybody"
    )
    uses: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class ClassBankRow(Table):
    """A bank that a class may use."""

    __tablename__ = "class_banks"

    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), primary_key=True, index=True)
    shared_at: Mapped[datetime] = mapped_column(Moment)


class ClassTotalRow(Table):
    """What learners of a class did whose accounts are deleted: counts, and nobody behind them."""

    __tablename__ = "class_totals"

    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), primary_key=True, index=True)
    attempts: Mapped[int] = mapped_column(comment="finished quizzes")
    score_sum: Mapped[float] = mapped_column(comment="sum of their scores, each from 0 to 1")
