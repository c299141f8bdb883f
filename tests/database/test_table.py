from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from quizapp.database.account_tables import PersonRow
from quizapp.domain.roles import Role


@pytest.fixture
def database_url(either_database_url: str) -> str:
    return either_database_url


def test_a_moment_comes_back_in_utc(session, engine):
    summer = datetime(2026, 5, 1, 14, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    session.add(PersonRow(role=Role.GUEST, created_at=summer))
    session.flush()
    session.expire_all()
    stored = session.scalars(select(PersonRow.created_at)).one()
    assert stored == datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
    assert stored.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(session):
    session.add(PersonRow(role=Role.GUEST, created_at=datetime(2026, 5, 1, 12, 0)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a time zone"):
        session.flush()
    session.rollback()


def test_moments_compare_in_the_database_whatever_their_zone(session):
    early = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    session.add(PersonRow(role=Role.GUEST, created_at=early))
    session.flush()
    later_in_another_zone = datetime(2026, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert session.scalars(select(PersonRow.id).where(PersonRow.created_at < later_in_another_zone)).all()
    assert not session.scalars(select(PersonRow.id).where(PersonRow.created_at > later_in_another_zone)).all()


def test_a_word_outside_the_enumeration_is_refused_by_the_database(runtime):
    with pytest.raises(IntegrityError), runtime.writing() as session:
        session.execute(
            text("INSERT INTO people (role, created_at) VALUES ('emperor', :now)"), {"now": "2026-05-01 12:00:00+00:00"}
        )


def test_an_enumeration_is_stored_by_its_words(session):
    session.add(PersonRow(role=Role.INSTRUCTOR, created_at=datetime(2026, 5, 1, tzinfo=UTC)))
    session.flush()
    assert session.execute(text("SELECT role FROM people")).scalar() == "instructor"
