from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, text, update

from quizapp.database.account_tables import SessionRow
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor, Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.accounts import (
    actor_of_token,
    end_other_sessions,
    end_session,
    hash_of,
    open_session,
    open_sessions,
    renew,
    start_guest,
    visitor_of_token,
)
from tests.factories import NOON
from tests.people import add_person, events

TOKEN = "a token nobody guesses"
A_YEAR = timedelta(days=365)


def test_the_holder_of_a_token_is_the_guest_it_was_made_for(session):
    guest = start_guest(session, TOKEN, NOON)
    assert guest.role is Role.GUEST
    assert actor_of_token(session, TOKEN, NOON) == guest


def test_only_the_tokens_hash_is_stored(session):
    start_guest(session, TOKEN, NOON)
    session.flush()
    assert session.scalars(select(SessionRow.token_hash)).all() == [sha256(TOKEN.encode()).digest()]
    everything = session.execute(text("SELECT * FROM sessions JOIN people ON people.id = person_id")).all()
    assert TOKEN not in repr(everything)


@pytest.mark.parametrize("token", ["", "another", TOKEN + " ", "\ud800", "\x00", "x" * 100_000])
def test_an_unknown_token_is_nobodys(session, token):
    start_guest(session, TOKEN, NOON)
    assert actor_of_token(session, token, NOON) is None


def test_a_session_ends_after_12_months(session):
    guest = start_guest(session, TOKEN, NOON)
    end = NOON + A_YEAR
    assert actor_of_token(session, TOKEN, end - timedelta(seconds=1)) == guest
    assert actor_of_token(session, TOKEN, end) is None


def test_an_ended_session_is_dead_whoever_holds_a_copy_of_its_cookie(session, guest):
    other = start_guest(session, TOKEN, NOON)
    session.flush()
    session.execute(update(SessionRow).where(SessionRow.token_hash == hash_of(TOKEN)).values(ended_at=NOON))
    assert actor_of_token(session, TOKEN, NOON) is None
    assert guest != other
    assert actor_of_token(session, "the guest's token", NOON) == guest


def test_one_person_may_have_several_sessions(session, guest):
    session.add(
        SessionRow(
            token_hash=hash_of("phone"),
            person_id=guest.id,
            created_at=NOON,
            used_at=NOON,
            expires_at=NOON + timedelta(1),
        )
    )
    session.flush()
    assert actor_of_token(session, "phone", NOON) == actor_of_token(session, "the guest's token", NOON) == guest


def test_the_role_is_the_one_stored_now(session, guest):
    session.execute(text("UPDATE people SET role = 'instructor'"))
    assert actor_of_token(session, "the guest's token", NOON) == Actor(guest.id, Role.INSTRUCTOR)


def test_asking_who_it_is_takes_one_statement(session, guest, statements):
    session.flush()
    statements()
    actor_of_token(session, "the guest's token", NOON)
    assert len(statements()) == 1


def test_renewing_lets_a_guests_session_last_twelve_months_from_now_without_end(session):
    actor = start_guest(session, "a token", NOON)
    for months in range(1, 6):
        later = NOON + timedelta(days=200 * months)
        renew(session, visitor_of_token(session, "a token", later), later)
    assert actor_of_token(session, "a token", later + A_YEAR - timedelta(seconds=1)) == actor
    assert actor_of_token(session, "a token", later + A_YEAR) is None


@pytest.mark.parametrize(
    ("role", "idle", "longest"), [(Role.LEARNER, 60, 365), (Role.INSTRUCTOR, 7, 30), (Role.ADMIN, 7, 30)]
)
def test_a_session_of_an_account_ends_when_it_is_idle_and_at_the_latest_however_it_is_used(
    session, role, idle, longest
):
    actor = add_person(session, role)
    open_session(session, actor, "left alone", NOON)
    open_session(session, actor, "in use", NOON)
    assert actor_of_token(session, "left alone", NOON + timedelta(days=idle, seconds=-1)) == actor
    assert actor_of_token(session, "left alone", NOON + timedelta(days=idle)) is None
    for day in range(1, longest):
        now = NOON + timedelta(days=day)
        renew(session, visitor_of_token(session, "in use", now), now)
    assert actor_of_token(session, "in use", NOON + timedelta(days=longest, seconds=-1)) == actor
    assert actor_of_token(session, "in use", NOON + timedelta(days=longest)) is None


def test_a_session_that_ended_cannot_be_renewed(session):
    start_guest(session, TOKEN, NOON)
    visitor = visitor_of_token(session, TOKEN, NOON)
    end_session(session, visitor, visitor.session_id, NOON)
    renew(session, visitor, NOON + timedelta(days=1))
    assert actor_of_token(session, TOKEN, NOON + timedelta(days=1)) is None


def test_a_suspended_persons_cookie_is_dead(session):
    actor = add_person(session)
    open_session(session, actor, TOKEN, NOON)
    session.execute(text("UPDATE people SET suspended_at = created_at"))
    assert visitor_of_token(session, TOKEN, NOON) is None


def test_a_visitor_of_an_account_comes_with_it_and_a_guest_without(session, guest):
    actor = add_person(session, name="Ada", sign_in_name="quiet-otter-1")
    open_session(session, actor, TOKEN, NOON)
    account = visitor_of_token(session, TOKEN, NOON).account
    assert (account.id, account.name, account.sign_in_name) == (actor.id, "Ada", "quiet-otter-1")
    assert visitor_of_token(session, "the guest's token", NOON).account is None


def test_one_sees_ones_own_living_sessions_and_ends_one_or_all_others(session):
    ada, ben = add_person(session), add_person(session)
    for token in ("here", "phone", "school", "old"):
        open_session(session, ada, token, NOON, device=token)
    open_session(session, ben, "ben's", NOON)
    here = visitor_of_token(session, "here", NOON)
    old = visitor_of_token(session, "old", NOON)
    end_session(session, here, old.session_id, NOON)
    found = open_sessions(session, here, NOON)
    assert [one.device for one in found if one.is_this_one] == ["here"] and found[0].is_this_one
    assert {one.device for one in found} == {"here", "phone", "school"}
    assert end_other_sessions(session, here, NOON) == 2
    alive = {token for token in ("here", "phone", "school", "ben's") if actor_of_token(session, token, NOON)}
    assert alive == {"here", "ben's"}
    assert events(session) == [SecurityEvent.SESSION_ENDED, SecurityEvent.OTHER_SESSIONS_ENDED]


def test_somebody_elses_session_is_not_there(session):
    ada, ben = add_person(session), add_person(session)
    open_session(session, ada, "ada's", NOON)
    open_session(session, ben, "ben's", NOON)
    theirs = visitor_of_token(session, "ben's", NOON).session_id
    with pytest.raises(NotFound):
        end_session(session, visitor_of_token(session, "ada's", NOON), theirs, NOON)
    assert actor_of_token(session, "ben's", NOON) == ben
