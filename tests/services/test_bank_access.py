import pytest
from sqlalchemy import select

from quizapp.database.account_tables import PersonRow, SecurityEventRow
from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.domain.errors import InvalidContent, NotAllowed, NotFound
from quizapp.domain.roles import ClassRole
from quizapp.services.bank_access import bank_access, change_access
from quizapp.services.banks import bank_overview
from tests.factories import NOON
from tests.shelves import EVERYBODY, SHELVED, add_class, classes_of, join, make_shelf, put, share

PUBLIC, CLASSES, PRIVATE = Visibility.PUBLIC, Visibility.CLASSES, Visibility.PRIVATE


@pytest.fixture
def shelf(session):
    return make_shelf(session)


@pytest.fixture
def own_class(session, shelf):
    return add_class(session, "Class 9c", shelf.owner)


def visibility(session, bank=SHELVED):
    return session.scalar(select(BankRow.visibility).where(BankRow.name == bank))


def events(session):
    return session.execute(select(SecurityEventRow.kind, SecurityEventRow.actor, SecurityEventRow.detail)).all()


def may_open(session, actor):
    try:
        bank_access(session, actor, SHELVED)
    except (NotFound, NotAllowed):
        return False
    return True


@pytest.mark.parametrize("state", list(Visibility))
def test_the_page_is_there_for_the_owner_and_an_admin(session, shelf, state):
    put(session, state, shelf.owner)
    people = [name for name in EVERYBODY if shelf[name] is not None]
    assert {name for name in people if may_open(session, shelf[name])} == {"owner", "admin"}


def test_a_public_bank_without_an_owner_is_for_every_instructor_to_share(session, shelf):
    put(session, PUBLIC, None)
    people = [name for name in EVERYBODY if shelf[name] is not None]
    assert {name for name in people if may_open(session, shelf[name])} == {"owner", "admin", "teacher", "instructor"}
    assert not bank_access(session, shelf.instructor, SHELVED).may_choose
    assert bank_access(session, shelf.admin, SHELVED).may_choose


@pytest.mark.parametrize("state", [CLASSES, PRIVATE])
def test_one_that_is_not_public_is_for_an_admin_alone(session, shelf, state):
    put(session, state, None)
    people = [name for name in EVERYBODY if shelf[name] is not None]
    assert {name for name in people if may_open(session, shelf[name])} == {"admin"}


def test_a_teacher_is_offered_the_classes_they_teach_and_an_admin_all(session, shelf, own_class):
    join(session, shelf.other_class_id, shelf.owner)  # a learner there
    offered = bank_access(session, shelf.owner, SHELVED)
    assert [(one.id, one.name, one.is_shared) for one in offered.classes] == [(own_class, "Class 9c", False)]
    assert offered.elsewhere == 1
    of_admin = bank_access(session, shelf.admin, SHELVED)
    assert [one.name for one in of_admin.classes] == ["Class 7b", "Class 8a", "Class 9c"]
    assert (of_admin.shared, of_admin.elsewhere) == ({shelf.class_id}, 0)


def test_a_co_teacher_is_offered_the_class(session, shelf):
    join(session, shelf.other_class_id, shelf.owner, ClassRole.TEACHER)
    assert [one.name for one in bank_access(session, shelf.owner, SHELVED).classes] == ["Class 8a"]


def test_a_closed_class_is_offered_only_while_the_bank_is_shared_with_it(session, shelf):
    closed = add_class(session, "Class of 1999", shelf.owner, archived_at=NOON)
    assert bank_access(session, shelf.owner, SHELVED).classes == ()
    share(session, closed)
    assert [one.name for one in bank_access(session, shelf.owner, SHELVED).classes] == ["Class of 1999"]


def test_a_draft_is_shared_with_a_class_and_rows_of_other_teachers_stay(session, shelf, own_class):
    found = change_access(session, shelf.owner, SHELVED, CLASSES, {own_class}, NOON)
    assert (found.visibility, found.shared) == (CLASSES, {own_class})
    assert visibility(session) is CLASSES
    assert classes_of(session) == {own_class, shelf.class_id}
    change_access(session, shelf.owner, SHELVED, PUBLIC, set(), NOON)
    assert (visibility(session), classes_of(session)) == (PUBLIC, {shelf.class_id})


def test_a_draft_is_shared_with_no_class_of_its_owner(session, shelf, own_class):
    change_access(session, shelf.owner, SHELVED, CLASSES, {own_class}, NOON)
    found = change_access(session, shelf.owner, SHELVED, PRIVATE, {own_class}, NOON)
    assert (found.visibility, found.shared) == (PRIVATE, frozenset())
    assert classes_of(session) == {shelf.class_id}


def test_an_instructor_shares_a_bank_from_files_and_changes_nothing_else(session, shelf):
    change_access(session, shelf.instructor, "harbour", None, {shelf.other_class_id}, NOON)
    assert (visibility(session, "harbour"), classes_of(session, "harbour")) == (PUBLIC, {shelf.other_class_id})
    change_access(session, shelf.teacher, "harbour", None, {shelf.class_id}, NOON)
    assert classes_of(session, "harbour") == {shelf.other_class_id, shelf.class_id}
    change_access(session, shelf.instructor, "harbour", None, set(), NOON)
    assert classes_of(session, "harbour") == {shelf.class_id}
    for wanted in Visibility:
        with pytest.raises(NotAllowed):
            change_access(session, shelf.instructor, "harbour", wanted, set(), NOON)


def test_a_class_that_is_not_offered_is_not_there(session, shelf, own_class):
    before = classes_of(session)
    for class_id in (shelf.other_class_id, shelf.class_id, 4711):
        with pytest.raises(NotFound):
            change_access(session, shelf.owner, SHELVED, CLASSES, {own_class, class_id}, NOON)
    assert (visibility(session), classes_of(session), events(session)) == (PRIVATE, before, [])


def test_a_bank_for_classes_needs_one(session, shelf):
    change_access(session, shelf.admin, SHELVED, PUBLIC, set(), NOON)
    with pytest.raises(InvalidContent) as error:
        change_access(session, shelf.admin, SHELVED, CLASSES, set(), NOON)
    assert [(one.place, one.sentence) for one in error.value.problems] == [("classes", "Choose at least one class.")]
    assert visibility(session) is PUBLIC


def test_one_that_another_teacher_shares_may_be_for_classes_without_one_of_ones_own(session, shelf):
    change_access(session, shelf.owner, SHELVED, CLASSES, set(), NOON)
    assert (visibility(session), classes_of(session)) == (CLASSES, {shelf.class_id})


def test_a_change_leaves_one_row_in_the_log_and_the_same_again_none(session, shelf, own_class):
    for _ in range(2):
        change_access(session, shelf.owner, SHELVED, CLASSES, {own_class}, NOON)
    bank_id = session.scalar(select(BankRow.id).where(BankRow.name == SHELVED))
    pseudonym = session.scalar(select(PersonRow.pseudonym).where(PersonRow.id == shelf.owner.id))
    assert events(session) == [("bank shared", pseudonym, f"bank {bank_id}: classes; classes {own_class}")]


def test_who_is_let_in_sees_it_and_who_is_not_does_not(session, shelf, own_class):
    join(session, own_class, shelf.other)
    change_access(session, shelf.owner, SHELVED, CLASSES, {own_class}, NOON)
    assert bank_overview(session, shelf.other, SHELVED).name == SHELVED
    change_access(session, shelf.owner, SHELVED, PRIVATE, set(), NOON)
    for learner in (shelf.other, shelf.member):
        with pytest.raises(NotFound):
            bank_overview(session, learner, SHELVED)


@pytest.mark.parametrize(
    ("name", "classes", "is_own", "may_change", "may_share"),
    [
        ("owner", ("Class 7b", "Class 9c"), True, True, True),
        ("admin", ("Class 7b", "Class 9c"), False, True, True),
        ("teacher", ("Class 7b",), False, False, False),
        ("member", ("Class 7b",), False, False, False),
    ],
)
def test_a_bank_says_whom_it_is_shared_with_as_far_as_one_knows_the_classes(
    session, shelf, own_class, name, classes, is_own, may_change, may_share
):
    change_access(session, shelf.owner, SHELVED, CLASSES, {own_class}, NOON)
    found = bank_overview(session, shelf[name], SHELVED).shelf
    assert (found.classes, found.visibility) == (classes, CLASSES)
    assert (found.is_own, found.may_change, found.may_share) == (is_own, may_change, may_share)


def test_a_bank_from_files_may_be_written_in_and_shared_by_every_instructor(session, shelf):
    expected = {"owner", "admin", "teacher", "instructor"}
    found = {name: bank_overview(session, shelf[name], "harbour").shelf for name in EVERYBODY}
    assert {name for name, one in found.items() if one.may_change} == expected
    assert {name for name, one in found.items() if one.may_share} == expected
    assert not any(one.classes or one.is_own or one.has_owner for one in found.values())


def test_it_takes_two_statements(session, shelf, statements):
    statements()
    bank_access(session, shelf.owner, SHELVED)
    assert len(statements()) == 2
