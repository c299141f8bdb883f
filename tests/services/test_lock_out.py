from datetime import timedelta

from sqlalchemy import func, select

from quizapp.database.account_tables import SignInFailureRow
from quizapp.domain.security_events import SecurityEvent
from quizapp.services.lock_out import FOR_ONE_ADDRESS, FOR_ONE_NAME, WINDOW, Try, forgive, take_try
from tests.factories import NOON
from tests.people import events


def tried(name="ada", source="school", known=False):
    return Try(name.encode().ljust(32), source.encode().ljust(32), known)


def fail(session, one, times):
    return [take_try(session, one, NOON) for _ in range(times)]


def test_after_ten_failures_with_one_name_from_one_place_no_more_are_looked_at(session):
    assert fail(session, tried(), FOR_ONE_NAME + 2) == [True] * FOR_ONE_NAME + [False, False]
    assert events(session) == [SecurityEvent.SIGN_IN_HELD] * 2


def test_whoever_guesses_elsewhere_holds_back_nobody_but_themselves(session):
    fail(session, tried(source="attacker"), 50)
    assert take_try(session, tried(source="home"), NOON)


def test_behind_the_same_address_a_browser_that_the_person_knows_is_let_through(session):
    fail(session, tried(), 50)
    assert not take_try(session, tried(), NOON)
    assert take_try(session, tried(source="her browser", known=True), NOON)


def test_one_address_cannot_try_a_long_list_of_names_but_a_known_browser_still_signs_in(session):
    taken = [take_try(session, tried(name=f"name {number}"), NOON) for number in range(FOR_ONE_ADDRESS + 5)]
    assert taken == [True] * FOR_ONE_ADDRESS + [False] * 5
    assert take_try(session, tried(source="her browser", known=True), NOON)


def test_failures_count_for_a_quarter_of_an_hour_and_are_then_forgotten(session):
    fail(session, tried(), FOR_ONE_NAME)
    assert not take_try(session, tried(), NOON + WINDOW - timedelta(seconds=1))
    assert take_try(session, tried(), NOON + WINDOW)
    assert session.scalar(select(func.count()).select_from(SignInFailureRow)) == 1


def test_a_right_password_forgives_the_failures_of_that_name_and_place_alone(session):
    fail(session, tried(), 9)
    fail(session, tried(name="ben"), 3)
    forgive(session, tried())
    assert session.scalar(select(func.count()).select_from(SignInFailureRow)) == 3
    assert fail(session, tried(), FOR_ONE_NAME + 1) == [True] * FOR_ONE_NAME + [False]
