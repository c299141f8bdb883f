import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.account_tables import PersonRow, SetupLinkRow
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Role
from quizapp.services.accounts import actor_of_token, start_guest
from quizapp.services.setup import new_setup_link, setup_link_is_open, use_setup_link
from tests.factories import NOON


def test_only_the_hash_of_a_link_is_stored(session):
    assert new_setup_link(session, "secret-token", NOON)
    session.flush()
    row = session.scalars(select(SetupLinkRow)).one()
    assert len(row.token_hash) == 32 and b"secret" not in row.token_hash
    assert setup_link_is_open(session, "secret-token") and not setup_link_is_open(session, "another")


def test_each_start_replaces_the_link_of_the_one_before(session, guest):
    new_setup_link(session, "first", NOON)
    new_setup_link(session, "second", NOON)
    assert not setup_link_is_open(session, "first") and setup_link_is_open(session, "second")
    with pytest.raises(NotFound):
        use_setup_link(session, guest, "first", "session", NOON)


def test_using_it_makes_a_guest_an_instructor_with_one_new_session(session, guest):
    new_setup_link(session, "link", NOON)
    found = use_setup_link(session, guest, "link", "new session", NOON)
    assert (found.id, found.role) == (guest.id, Role.INSTRUCTOR)
    assert actor_of_token(session, "new session", NOON) == found
    assert actor_of_token(session, "the guest's token", NOON) is None


def test_a_visitor_becomes_a_person_by_it(session):
    new_setup_link(session, "link", NOON)
    found = use_setup_link(session, None, "link", "new session", NOON)
    assert actor_of_token(session, "new session", NOON) == found


def test_once_there_is_an_instructor_no_link_works_and_none_is_made(session, guest, stranger):
    new_setup_link(session, "link", NOON)
    session.get_one(PersonRow, stranger.id).role = Role.INSTRUCTOR
    session.flush()
    assert not setup_link_is_open(session, "link")
    with pytest.raises(NotFound):
        use_setup_link(session, guest, "link", "new session", NOON)
    assert not new_setup_link(session, "later", NOON + timedelta(days=1))
    assert not setup_link_is_open(session, "later")
    assert session.get_one(PersonRow, guest.id).role is Role.GUEST


def test_of_two_who_use_a_link_at_once_one_becomes_the_instructor(runtime):
    with runtime.writing() as session:
        new_setup_link(session, "link", NOON)
        people = [start_guest(session, f"guest {number}", NOON) for number in range(4)]
    at_once, outcomes = threading.Barrier(4), []

    def use(number):
        at_once.wait()
        try:
            with runtime.writing() as session:
                use_setup_link(session, people[number], "link", f"session {number}", NOON)
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
        assert len(session.scalars(select(PersonRow).where(PersonRow.role == Role.INSTRUCTOR)).all()) == 1
