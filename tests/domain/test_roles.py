import pytest

from quizapp.domain.roles import PERMISSIONS, Actor, Permission, Role


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_says_which_roles_have_it(permission):
    assert PERMISSIONS[permission] <= set(Role)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUSPENDED])
@pytest.mark.parametrize("permission", [Permission.TAKE_QUIZ, Permission.REVIEW_OWN_HISTORY])
def test_everybody_may_take_a_quiz_and_look_at_their_own_history(role, permission):
    assert Actor(1, role).may(permission)


@pytest.mark.parametrize("permission", Permission)
def test_an_admin_may_do_everything(permission):
    assert Actor(1, Role.ADMIN).may(permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_suspended_person_may_do_nothing(permission):
    assert not Actor(1, Role.SUSPENDED).may(permission)


@pytest.mark.parametrize("permission", [Permission.WRITE_QUESTIONS, Permission.TEACH, Permission.MANAGE_PEOPLE])
@pytest.mark.parametrize("role", [Role.GUEST, Role.LEARNER])
def test_guests_and_learners_neither_write_nor_teach_nor_manage(role, permission):
    assert not Actor(1, role).may(permission)
