from argon2 import PasswordHasher

from quizapp.domain.roles import Actor, Role
from quizapp.services.password_check import password_is_right
from tests.people import add_person

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_only_the_password_itself_is_right(session):
    actor = add_person(session, password_hash=QUICK.hash("the harbour in winter"))
    assert password_is_right(session, actor, "the harbour in winter")
    assert not password_is_right(session, actor, "The harbour in winter")
    assert not password_is_right(session, actor, "")


def test_nothing_is_right_for_somebody_without_a_password(session, guest):
    assert not password_is_right(session, guest, "")
    assert not password_is_right(session, add_person(session, password_hash="no hash"), "no hash")
    assert not password_is_right(session, Actor(10**6, Role.LEARNER), "anything")
