"""Files that were sent to be imported, kept from the look at what would be done until it is confirmed.

A file is forgotten when its person has sent three others since, or after a day: then it cannot be had any more, and
it is deleted when somebody sends the next one. It stays when it was imported, so that confirming it twice tells what
is there now.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.database.studio_tables import UploadRow
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor, Permission
from quizapp.services.studio.import_plan import Upload

KEPT_FOR = timedelta(days=1)
KEPT_AT_ONCE = 3
MAX_FILE_NAME = 200


def keep_upload(session: Session, actor: Actor, upload: Upload, now: datetime) -> int:
    """Keep a file of the actor's; return its id. Files that nobody came back for are deleted. Four statements."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = UploadRow(
        person_id=actor.id,
        file_name=upload.file_name[:MAX_FILE_NAME],
        bank=upload.bank,
        format=upload.format_name,
        data=upload.data,
        sent_at=now,
    )
    session.add(row)
    session.flush()  # it is the newest of those below
    session.execute(delete(UploadRow).where(UploadRow.sent_at <= now - KEPT_FOR))
    newest = select(UploadRow.id).where(UploadRow.person_id == actor.id).order_by(UploadRow.id.desc())
    kept = session.scalars(newest.limit(KEPT_AT_ONCE)).all()
    session.execute(delete(UploadRow).where(UploadRow.person_id == actor.id, UploadRow.id.not_in(kept)))
    return row.id


def kept_upload(session: Session, actor: Actor, upload_id: int, now: datetime) -> Upload:
    """Return a file that the actor sent. Raises NotFound when there is none any more. One statement."""
    actor.require(Permission.WRITE_QUESTIONS)
    row = session.execute(
        select(UploadRow.data, UploadRow.file_name, UploadRow.bank, UploadRow.format).where(
            UploadRow.id == upload_id, UploadRow.person_id == actor.id, UploadRow.sent_at > now - KEPT_FOR
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such file any more.")
    return Upload(row.data, row.file_name, row.bank, row.format)
