"""Saving a question: a changed one gets a new revision, what was answered before keeps the old one."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from quizapp.database.bank_tables import QuestionRevisionRow, QuestionRow
from quizapp.domain.questions.snapshots import Snapshot, snapshot_to_text


def content_of(snapshot: Snapshot) -> tuple[str, str]:
    """Return what is stored of a question, and the hash by which a change is seen."""
    content = snapshot_to_text(snapshot)
    return content, sha256(content.encode()).hexdigest()


def add_revision(
    session: Session,
    question: QuestionRow,
    snapshot: Snapshot,
    fact_ids: Mapping[str, int],
    now: datetime,
    author_id: int | None = None,
) -> QuestionRevisionRow:
    """Store `snapshot` as the revision whose number `question` has now. `fact_ids` are row ids of facts by name."""
    content, content_hash = content_of(snapshot)
    revision = QuestionRevisionRow(
        question_id=question.id,
        number=question.revision_number,
        content=content,
        fact_ids={fact: fact_ids[fact] for fact in snapshot.question.cited_facts},
        content_hash=content_hash,
        author_id=author_id,
        created_at=now,
    )
    session.add(revision)
    return revision
