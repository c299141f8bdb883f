import pytest

from quizapp.domain.errors import Conflict, NotAllowed, NotFound
from quizapp.domain.roles import Role
from quizapp.domain.security_events import SecurityEvent
from quizapp.services import people
from quizapp.services.accounts import actor_of_token, open_session
from tests.factories import NOON
from tests.people import add_person, events


@pytest.fixture
def admin(session):
    return add_person(session, Role.ADMIN, "Root")


@pytest.fixture
def ada(session):
    actor = add_person(session, name="Ada")
    open_session(session, actor, "ada's", NOON)
    return actor


def names(found):
    return [one.name for one in found[0]]


def test_accounts_are_listed_instructors_first_and_guests_never(session, admin, ada, guest):
    add_person(session, Role.INSTRUCTOR, "Ines")
    assert names(people.people(session, admin)) == ["Ines", "Root", "Ada"]


@pytest.mark.parametrize("words", ["ada", " ADA ", "a_a%", "A%"])
def test_a_search_looks_for_letters_and_takes_no_sign_for_another(session, admin, ada, words):
    odd = add_person(session, name="a_a%!")
    expected = {"Ada"} if "ada" in words.lower() else {"a_a%!"}
    if words == "A%":
        expected = {"a_a%!"}
    assert set(names(people.people(session, admin, words))) == expected
    assert people.person(session, admin, odd.id).name == "a_a%!"


def test_a_list_that_is_longer_says_how_long(session, admin):
    for _ in range(people.MOST_SHOWN + 3):
        add_person(session)
    found, count = people.people(session, admin)
    assert (len(found), count) == (people.MOST_SHOWN, people.MOST_SHOWN + 4)


def test_another_role_ends_the_sessions_and_leaves_one_event(session, admin, ada):
    assert people.change_role(session, admin, ada.id, Role.INSTRUCTOR, NOON).role is Role.INSTRUCTOR
    assert actor_of_token(session, "ada's", NOON) is None
    people.change_role(session, admin, ada.id, Role.INSTRUCTOR, NOON)
    assert events(session) == [SecurityEvent.ROLE_CHANGED]


@pytest.mark.parametrize("role", [Role.GUEST, Role.SUSPENDED])
def test_no_account_is_made_a_guest_or_suspended_by_its_role(session, admin, ada, role):
    with pytest.raises(Conflict):
        people.change_role(session, admin, ada.id, role, NOON)


def test_a_suspension_ends_the_sessions_and_can_be_taken_back(session, admin, ada):
    assert people.suspend(session, admin, ada.id, NOON).suspended
    assert actor_of_token(session, "ada's", NOON) is None
    people.suspend(session, admin, ada.id, NOON)
    back = people.reinstate(session, admin, ada.id, NOON)
    assert not back.suspended and back.role is Role.LEARNER
    people.reinstate(session, admin, ada.id, NOON)
    assert actor_of_token(session, "ada's", NOON) is None
    assert events(session) == [SecurityEvent.SUSPENDED, SecurityEvent.REINSTATED]


def test_an_admin_cannot_lock_themselves_out(session, admin):
    with pytest.raises(Conflict):
        people.suspend(session, admin, admin.id, NOON)
    with pytest.raises(Conflict):
        people.change_role(session, admin, admin.id, Role.LEARNER, NOON)


@pytest.mark.parametrize("role", [Role.GUEST, Role.LEARNER, Role.INSTRUCTOR])
def test_only_admins_manage_people(session, ada, role):
    somebody = add_person(session, role)
    for action in (
        lambda: people.people(session, somebody),
        lambda: people.person(session, somebody, ada.id),
        lambda: people.change_role(session, somebody, ada.id, Role.ADMIN, NOON),
        lambda: people.suspend(session, somebody, ada.id, NOON),
        lambda: people.reinstate(session, somebody, ada.id, NOON),
    ):
        with pytest.raises(NotAllowed):
            action()
    assert events(session) == []


def test_a_guest_is_no_account(session, admin, guest):
    with pytest.raises(NotFound):
        people.person(session, admin, guest.id)
    with pytest.raises(NotFound):
        people.change_role(session, admin, guest.id, Role.ADMIN, NOON)


def test_a_search_knows_more_letters_than_ascii(session, admin):
    add_person(session, name="Ärzte")
    assert names(people.people(session, admin, "ärz")) == ["Ärzte"]


def test_handing_out_a_link_is_written_down(session, admin, ada, guest):
    assert people.hand_out_link(session, admin, ada.id, NOON).id == ada.id
    assert people.hand_out_link(session, None, ada.id, NOON).id == ada.id
    with pytest.raises(NotFound):
        people.hand_out_link(session, admin, guest.id, NOON)
    assert events(session) == [SecurityEvent.PASSWORD_RESET_ASKED] * 2
