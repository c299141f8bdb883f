import threading

import pytest
from sqlalchemy import func, select

from quizapp.database.account_tables import PersonRow, SessionRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.roles import Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services import signing_in
from quizapp.services.accounts import actor_of_token, hash_of, open_session, visitor_of_token
from quizapp.services.signing_in import Browser, NewAccount
from tests.factories import NOON
from tests.people import add_person, events

NEW = NewAccount("quiet-otter-4821", "Ada", "ada@example.org", "a hash", "u-1")
HERE = Browser("here", "Firefox on Linux")


def people(session):
    return session.scalar(select(func.count()).select_from(PersonRow))


def test_a_visitor_who_signs_up_is_a_learner_and_signed_in(session):
    actor = signing_in.sign_up(session, None, NEW, HERE, NOON)
    visitor = visitor_of_token(session, "here", NOON)
    assert visitor.actor == actor and actor.role is Role.LEARNER
    account = visitor.account
    assert (account.name, account.sign_in_name, account.email) == ("Ada", "quiet-otter-4821", "ada@example.org")
    assert events(session) == [SecurityEvent.SIGNED_UP]


def test_a_guest_who_signs_up_stays_the_same_person_and_the_old_cookie_is_dead(session, guest):
    actor = signing_in.sign_up(session, guest, NEW, HERE, NOON)
    assert actor.id == guest.id and people(session) == 1
    assert actor_of_token(session, "the guest's token", NOON) is None
    assert actor_of_token(session, "here", NOON) == actor


@pytest.mark.parametrize("is_guest", [True, False])
def test_a_sign_in_name_is_given_once_and_a_refused_account_leaves_nothing_behind(session, guest, is_guest):
    signing_in.add_account(session, NEW, NOON)
    before = people(session)
    with pytest.raises(Conflict):
        signing_in.sign_up(session, guest if is_guest else None, NEW, HERE, NOON)
    assert people(session) == before and actor_of_token(session, "here", NOON) is None
    assert actor_of_token(session, "the guest's token", NOON) == guest
    with pytest.raises(Conflict):
        signing_in.add_account(session, NEW, NOON)


def test_an_address_may_belong_to_several_accounts(session):
    first = signing_in.add_account(session, NEW, NOON)
    second = add_person(session, email="ada@example.org")
    assert [one.id for one in signing_in.accounts_at(session, "ada@example.org")] == [first.id, second.id]
    assert signing_in.accounts_at(session, "nobody@example.org") == []


def test_an_account_is_found_by_its_name_its_number_and_what_its_links_hold(session, guest):
    actor = signing_in.add_account(session, NEW, NOON)
    found = signing_in.account_named(session, "quiet-otter-4821")
    assert found.id == actor.id and signing_in.account_with(session, "u-1") == found
    assert signing_in.account_numbered(session, actor.id) == found
    assert signing_in.account_named(session, "Quiet-Otter-4821") is None
    assert signing_in.account_numbered(session, guest.id) is None


def test_signing_in_opens_a_session_beside_the_others_and_forgets_dead_ones(session):
    actor = add_person(session)
    open_session(session, actor, "phone", NOON)
    open_session(session, actor, "dead", NOON)
    session.query(SessionRow).filter_by(token_hash=hash_of("dead")).update({"ended_at": NOON})
    assert signing_in.sign_in(session, actor.id, None, HERE, NOON) == actor
    assert actor_of_token(session, "here", NOON) == actor_of_token(session, "phone", NOON) == actor
    assert session.scalar(select(func.count()).select_from(SessionRow)) == 2
    assert events(session) == [SecurityEvent.SIGNED_IN]


def test_a_suspended_person_cannot_sign_in(session):
    actor = add_person(session, suspended_at=NOON)
    with pytest.raises(NotFound):
        signing_in.sign_in(session, actor.id, None, HERE, NOON)


def test_a_new_password_ends_every_session_and_a_new_hash_of_the_same_one_none(session):
    actor = add_person(session)
    open_session(session, actor, "phone", NOON)
    signing_in.rehash_password(session, actor.id, "stronger hash")
    assert actor_of_token(session, "phone", NOON) == actor
    signing_in.set_password(session, actor.id, "new hash", "u-2", NOON, SecurityEvent.PASSWORD_RESET)
    assert actor_of_token(session, "phone", NOON) is None
    account = signing_in.account_numbered(session, actor.id)
    assert (account.password_hash, account.uniquifier) == ("new hash", "u-2")
    assert events(session) == [SecurityEvent.PASSWORD_RESET]


def test_changing_the_address_is_an_event_and_changing_the_name_is_none(session):
    actor = add_person(session, name="Ada", email="old@example.org")
    account = signing_in.account_numbered(session, actor.id)
    signing_in.change_details(session, account, "Countess", "old@example.org", "u-9", NOON)
    assert events(session) == []
    signing_in.change_details(session, account, "Countess", None, "u-9", NOON)
    assert events(session) == [SecurityEvent.EMAIL_CHANGED]
    changed = signing_in.account_numbered(session, actor.id)
    assert (changed.name, changed.email) == ("Countess", None)


def test_of_many_who_sign_up_with_one_name_at_once_one_gets_it(runtime):
    at_once, outcomes = threading.Barrier(6), []

    def sign_up(number):
        at_once.wait()
        try:
            with runtime.writing() as session:
                signing_in.sign_up(session, None, NEW, Browser(f"browser {number}", ""), NOON)
            outcomes.append("made")
        except Conflict:
            outcomes.append("given")

    threads = [threading.Thread(target=sign_up, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["given"] * 5 + ["made"]
    with runtime.reading() as session:
        assert people(session) == 1
