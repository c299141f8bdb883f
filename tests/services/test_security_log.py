import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from quizapp.database.account_tables import PersonRow, SecurityEventRow
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.security_log import log_event
from tests.factories import NOON
from tests.people import add_person


def test_an_event_says_who_did_what_to_whom_and_when_by_pseudonyms_alone(session):
    ada, ben = add_person(session, name="Ada"), add_person(session, name="Ben")
    log_event(session, SecurityEvent.SUSPENDED, NOON, actor_id=ada.id, subject_id=ben.id, detail="class 7")
    row = session.scalars(select(SecurityEventRow)).one()
    pseudonyms = [session.get_one(PersonRow, one.id).pseudonym for one in (ada, ben)]
    assert (row.kind, row.happened_at, row.detail) == ("suspended", NOON, "class 7")
    assert [row.actor, row.subject] == pseudonyms and len(set(pseudonyms)) == 2
    assert not {"Ada", "Ben"} & {row.actor, row.subject, row.detail}


def test_nobody_signed_in_has_no_pseudonym_and_a_long_detail_is_cut(session):
    log_event(session, SecurityEvent.SIGN_IN_REFUSED, NOON, detail="x" * 999)
    row = session.scalars(select(SecurityEventRow)).one()
    assert row.actor is None and row.subject is None and len(row.detail) == 200


@pytest.mark.parametrize("statement", [update(SecurityEventRow).values(detail="nothing"), delete(SecurityEventRow)])
def test_the_database_itself_refuses_to_change_or_delete_an_event(runtime, statement):
    with runtime.writing() as session:
        log_event(session, SecurityEvent.SIGN_IN_REFUSED, NOON, detail="as it was")
    with pytest.raises(DBAPIError, match="only added to"), runtime.writing() as session:
        session.execute(statement)
    with runtime.reading() as session:
        assert session.scalars(select(SecurityEventRow.detail)).all() == ["as it was"]


def test_the_events_are_told_apart_and_fit_their_column():
    assert len(SecurityEvent) >= 25
    assert all(len(event.value) <= 40 for event in SecurityEvent)
