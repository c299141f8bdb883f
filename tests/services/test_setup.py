import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.account_tables import PersonRow, SetupLinkRow
from quizapp.domain.errors import NotAllowed, NotFound
from quizapp.domain.roles import Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.accounts import actor_of_token, open_session
from quizapp.services.setup import new_setup_link, setup_link_is_open, use_setup_link
from quizapp.services.signing_in import Browser
from tests.factories import NOON
from tests.people import add_person, events

HERE = Browser("new session", "Firefox on Linux")


@pytest.fixture
def learner(session):
    actor = add_person(session)
    open_session(session, actor, "the old session", NOON)
    return actor


def test_only_the_hash_of_a_link_is_stored(session):
    assert new_setup_link(session, "secret-token", NOON)
    session.flush()
    row = session.scalars(select(SetupLinkRow)).one()
    assert len(row.token_hash) == 32 and b"secret" not in row.token_hash
    assert setup_link_is_open(session, "secret-token") and not setup_link_is_open(session, "another")


def test_each_start_replaces_the_link_of_the_one_before(session, learner):
    new_setup_link(session, "first", NOON)
    new_setup_link(session, "second", NOON)
    assert not setup_link_is_open(session, "first") and setup_link_is_open(session, "second")
    with pytest.raises(NotFound):
        use_setup_link(session, learner, "first", HERE, NOON)


def test_using_it_makes_a_learner_an_admin_with_one_new_session(session, learner):
    new_setup_link(session, "link", NOON)
    found = use_setup_link(session, learner, "link", HERE, NOON)
    assert (found.id, found.role) == (learner.id, Role.ADMIN)
    assert actor_of_token(session, "new session", NOON) == found
    assert actor_of_token(session, "the old session", NOON) is None
    assert events(session) == [SecurityEvent.SETUP_LINK_USED]


def test_a_guest_cannot_use_it_since_rights_must_not_hang_on_a_cookie_alone(session, guest):
    new_setup_link(session, "link", NOON)
    with pytest.raises(NotAllowed):
        use_setup_link(session, guest, "link", HERE, NOON)
    assert setup_link_is_open(session, "link")


def test_once_there_is_an_instructor_no_link_works_and_none_is_made(session, learner, stranger):
    new_setup_link(session, "link", NOON)
    session.get_one(PersonRow, stranger.id).role = Role.INSTRUCTOR
    session.flush()
    assert not setup_link_is_open(session, "link")
    with pytest.raises(NotFound):
        use_setup_link(session, learner, "link", HERE, NOON)
    assert not new_setup_link(session, "later", NOON + timedelta(days=1))
    assert not setup_link_is_open(session, "later")
    assert session.get_one(PersonRow, learner.id).role is Role.LEARNER


def test_of_two_who_use_a_link_at_once_one_becomes_the_admin(runtime):
    with runtime.writing() as session:
        new_setup_link(session, "link", NOON)
        people = [add_person(session) for _ in range(4)]
    at_once, outcomes = threading.Barrier(4), []

    def use(number):
        at_once.wait()
        try:
            with runtime.writing() as session:
                use_setup_link(session, people[number], "link", Browser(f"session {number}", ""), NOON)
            outcomes.append("made")
        except NotFound:
            outcomes.append("too late")

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "too late", "too late", "too late"]
    with runtime.reading() as session:
        assert len(session.scalars(select(PersonRow).where(PersonRow.role == Role.ADMIN)).all()) == 1
