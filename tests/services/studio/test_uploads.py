from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.database.studio_tables import UploadRow
from quizapp.domain.errors import NotAllowed, NotFound
from quizapp.domain.roles import Role
from quizapp.services.studio.import_plan import Upload
from quizapp.services.studio.uploads import KEPT_AT_ONCE, KEPT_FOR, keep_upload, kept_upload
from tests.factories import NOON
from tests.people import add_person

FILE = Upload(b"\x00\xff bytes", "fleet.csv", "Fleet", "csv")


def test_a_file_is_kept_for_its_person_alone(session):
    author, other = (add_person(session, Role.INSTRUCTOR) for _ in range(2))
    kept = keep_upload(session, author, FILE, NOON)
    assert kept_upload(session, author, kept, NOON) == FILE
    with pytest.raises(NotFound):
        kept_upload(session, other, kept, NOON)
    with pytest.raises(NotAllowed):
        keep_upload(session, add_person(session, Role.LEARNER), FILE, NOON)


def test_of_each_person_the_newest_files_are_kept_and_none_for_longer_than_a_day(session):
    author, other = (add_person(session, Role.INSTRUCTOR) for _ in range(2))
    theirs = keep_upload(session, other, FILE, NOON)
    kept = [keep_upload(session, author, FILE, NOON) for _ in range(KEPT_AT_ONCE + 1)]
    with pytest.raises(NotFound):
        kept_upload(session, author, kept[0], NOON)
    assert kept_upload(session, author, kept[1], NOON) == kept_upload(session, other, theirs, NOON) == FILE
    with pytest.raises(NotFound):
        kept_upload(session, author, kept[1], NOON + KEPT_FOR)
    keep_upload(session, author, FILE, NOON + KEPT_FOR + timedelta(seconds=1))
    assert session.scalar(select(func.count()).select_from(UploadRow)) == 1
