"""The state of what a step in the studio can change, as plain JSON, to be compared and put back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRow, SourceRow
from quizapp.database.studio_tables import DraftRow, QuestionReportRow, QuestionTagRow
from quizapp.database.table import Table

State = dict[str, Any]
States = dict[int, State]
"""The state of each row by its id."""
TRACKED: dict[str, tuple[type[Table], tuple[str, ...]]] = {
    "sources": (SourceRow, ("outlet", "details", "retelling", "text")),
    "banks": (BankRow, ("title", "summary", "language", "licence", "topics", "second_approver", "retired_at")),
    "facts": (
        FactRow,
        (
            "source_id",
            "topic",
            "tier",
            "status",
            "speaker",
            "content",
            "group_key",
            "value_key",
            "ask_key",
            "has_faces",
            "review_by",
            "retired_at",
        ),
    ),
    "questions": (
        QuestionRow,
        ("bank_id", "fact_id", "type", "topic", "scored", "weight", "revision_number", "retired_at"),
    ),
    "drafts": (DraftRow, ("state", "content", "question_id", "based_on")),
    "question_reports": (QuestionReportRow, ("settled_at", "settlement")),
}
"""The tables whose rows a step can change, parents first, and the columns that are put back."""
TAGS = "tags"
_AT_ONCE = 5_000


def states_of(session: Session, table: str, ids: Iterable[int]) -> States:
    """Return the state of these rows of a table. One statement for each 5,000, and one more for tags of questions."""
    row_class, columns = TRACKED[table]
    wanted: Any = row_class
    found: States = {}
    for some in chunks(ids):
        rows = session.execute(
            select(wanted.id, *(getattr(row_class, name) for name in columns)).where(wanted.id.in_(some))
        )
        for row in rows:
            found[row.id] = {name: _to_json(getattr(row, name)) for name in columns}
        if table == "questions":
            for question_id in some:
                if question_id in found:
                    found[question_id][TAGS] = []
            tags = select(QuestionTagRow.question_id, QuestionTagRow.tag).where(QuestionTagRow.question_id.in_(some))
            for row in session.execute(tags.order_by(QuestionTagRow.tag)):
                found[row.question_id][TAGS].append(row.tag)
    return found


def put_back(session: Session, table: str, row_id: int, state: State) -> None:
    """Give a row the state it had; a question's revision number is left to the caller, who adds a revision."""
    row = session.get_one(TRACKED[table][0], row_id)
    for name in TRACKED[table][1]:
        if name != "revision_number":
            setattr(row, name, _from_json(row, name, state[name]))
    if TAGS in state:
        session.execute(delete(QuestionTagRow).where(QuestionTagRow.question_id == row_id))
        if state[TAGS]:
            session.execute(insert(QuestionTagRow), [{"question_id": row_id, "tag": tag} for tag in state[TAGS]])


def chunks(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """Cut ids into as many as one statement takes."""
    rest = iter(dict.fromkeys(ids))
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _to_json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value


def _from_json(row: Table, name: str, value: Any) -> Any:
    """Read a value back as its column wants it."""
    if not isinstance(value, str):
        return value
    kind = type(row).__table__.c[name].type.python_type
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum) else value
