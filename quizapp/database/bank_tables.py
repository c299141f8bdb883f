"""Sources, facts, banks, questions and their revisions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.database.table import JsonObject, Moment, Table, stored_enum
from quizapp.domain.facts.fact import Status, Tier

NAME = String(100)


class Origin(StrEnum):
    """Who brought a bank, a fact or a question into the database."""

    FILE = "file"
    """It stands in its bank's file; loading the file again may change or retire it."""
    INSTRUCTOR = "instructor"
    """An instructor wrote or imported it here; loading a file leaves it alone."""
    CONTRAST = "contrast"
    """Made from another question to tell two mixed-up facts apart; asked for that only."""


class Visibility(StrEnum):
    """Who may see a bank, besides its owner and the admins."""

    PUBLIC = "public"
    CLASSES = "classes"
    """The members of the classes it is shared with."""
    PRIVATE = "private"
    """A draft: nobody else."""


class Change(StrEnum):
    """What a revision of a question is to the one before it, where its author said so."""

    TYPO = "typo"
    """It asks the same: scores given before stand."""
    DIFFERENT = "different"
    """It asks something else: scores given before may need a repair."""
    RESTORED = "restored"
    """It is an earlier revision again."""


class SourceRow(Table):
    """An article that facts come from."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(NAME, unique=True, comment="its id in the bank's file")
    outlet: Mapped[str] = mapped_column(String(200))
    details: Mapped[JsonObject] = mapped_column(
        JSON, comment="title, author, date, speakers, sides ...: a domain Source"
    )
    retelling: Mapped[str] = mapped_column(
        Text, default="[]", server_default="[]", comment="JSON: sections of passages, as in the bank's file"
    )
    text: Mapped[str | None] = mapped_column(
        Text, comment="its own words, where an instructor put them in; a blank line ends a paragraph"
    )


class BankRow(Table):
    """A named collection of questions on one source."""

    __tablename__ = "banks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(NAME, unique=True, comment="its folder's name, used in URLs")
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    licence: Mapped[str] = mapped_column(Text)
    topics: Mapped[JsonObject] = mapped_column(JSON, comment="label of each topic by its id, in order")
    visibility: Mapped[Visibility] = mapped_column(
        stored_enum(Visibility), default=Visibility.PUBLIC, server_default=Visibility.PUBLIC.value
    )
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="the instructor whose it is; none: it belongs to the installation"
    )
    origin: Mapped[Origin] = mapped_column(stored_enum(Origin), default=Origin.FILE, server_default=Origin.FILE.value)
    second_approver: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="whether a draft is approved by somebody else than its author"
    )
    loaded_at: Mapped[datetime] = mapped_column(Moment, comment="when its content last changed")
    retired_at: Mapped[datetime | None] = mapped_column(Moment, comment="when it was taken off the shelf")


class FactRow(Table):
    """One checkable statement of a source, as it stands now; revisions of questions keep the words of their time."""

    __tablename__ = "facts"
    __table_args__ = (UniqueConstraint("source_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    name: Mapped[str] = mapped_column(NAME, comment="its id in the bank's file; it never changes")
    origin: Mapped[Origin] = mapped_column(stored_enum(Origin), default=Origin.FILE, server_default=Origin.FILE.value)
    place: Mapped[int] = mapped_column(comment="its order within the source, from 0")
    topic: Mapped[str] = mapped_column(NAME)
    tier: Mapped[Tier] = mapped_column(stored_enum(Tier))
    status: Mapped[Status] = mapped_column(stored_enum(Status))
    speaker: Mapped[str | None] = mapped_column(
        NAME, comment="id of the speaker in the source; none: the outlet itself"
    )
    content: Mapped[JsonObject] = mapped_column(JSON, comment="the whole fact, as in the bank's file")
    group_key: Mapped[str | None] = mapped_column(NAME, comment="its group, if it is in one; for keeping facts apart")
    value_key: Mapped[str | None] = mapped_column(Text, comment="the words of its value, as they are compared")
    ask_key: Mapped[str | None] = mapped_column(Text, comment="what it is asked by, as it is compared")
    has_faces: Mapped[bool | None] = mapped_column(comment="whether it can be asked by the two faces of a card")
    review_by: Mapped[date | None] = mapped_column(index=True, comment="the day by which somebody looks at it again")
    retired_at: Mapped[datetime | None] = mapped_column(Moment, comment="when it left the bank's file")


class QuestionRow(Table):
    """What is asked, through all its revisions."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("bank_id", "name"), CheckConstraint("weight >= 0", name="weight_is_no_debt"))

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    name: Mapped[str] = mapped_column(NAME, comment="its id in the bank's file; it never changes")
    origin: Mapped[Origin] = mapped_column(stored_enum(Origin), default=Origin.FILE, server_default=Origin.FILE.value)
    place: Mapped[int] = mapped_column(comment="its order within the bank, from 0")
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True, comment="the fact it tests")
    revision_number: Mapped[int] = mapped_column(comment="the number of the revision that is asked now")
    type: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(NAME)
    scored: Mapped[bool]
    weight: Mapped[float] = mapped_column(
        default=1.0, server_default="1", comment="how much it counts in the score of an attempt"
    )
    retired_at: Mapped[datetime | None] = mapped_column(Moment, comment="when it left the bank's file")


class QuestionRevisionRow(Table):
    """One saved state of a question; a response points at the revision that was answered."""

    __tablename__ = "question_revisions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("number >= 1", name="counted_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int] = mapped_column(comment="1 is the first; the highest is asked")
    content: Mapped[str] = mapped_column(
        Text, comment="JSON: the question and every fact it cites as they were, so that old attempts stay as they were"
    )
    fact_ids: Mapped[JsonObject] = mapped_column(JSON, comment="row id of each cited fact by its name")
    content_hash: Mapped[str] = mapped_column(String(64), comment="SHA-256 of content, to see whether it changed")
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="the instructor who saved it; none: it came from a file"
    )
    change: Mapped[Change | None] = mapped_column(
        stored_enum(Change), comment="what it is to the one before it, where its author was asked"
    )
    reasons: Mapped[str] = mapped_column(
        Text, default="{}", server_default="{}", comment="JSON: why a warning was passed over, by the id of its rule"
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
