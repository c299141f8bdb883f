from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, text, update

from quizapp.database.account_tables import SessionRow
from quizapp.domain.roles import Actor, Role
from quizapp.services.accounts import SESSION_DAYS, actor_of_token, hash_of, renew, start_guest
from tests.factories import NOON

TOKEN = "a token nobody guesses"


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
    end = NOON + timedelta(days=SESSION_DAYS)
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


def test_renewing_lets_a_session_last_twelve_months_from_now(session):
    actor = start_guest(session, "a token", NOON)
    later = NOON + timedelta(days=200)
    renew(session, "a token", later)
    assert actor_of_token(session, "a token", NOON + timedelta(days=SESSION_DAYS + 1)) == actor
    assert actor_of_token(session, "a token", later + timedelta(days=SESSION_DAYS)) is None


def test_an_unknown_token_renews_nothing(session):
    renew(session, "nobody's token", NOON)
    assert actor_of_token(session, "nobody's token", NOON) is None
