from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.database.account_tables import PersonRow, SecurityEventRow
from quizapp.database.class_tables import ClassMemberRow, ClassRow, JoinCodeRow
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound
from quizapp.domain.join_code import CodeLife
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import classes, join_codes, rosters
from quizapp.services.rosters import RosterList
from tests.classroom import EVERYBODY, LEARNERS, TEACHERS, events, make_classroom, member_id
from tests.factories import NOON
from tests.people import add_person

LATER = NOON + timedelta(days=1)


@pytest.fixture
def room(session):
    return make_classroom(session)


def page(session, room, who, class_id=None):
    return classes.class_page(session, room[who], class_id or room.class_id, LATER)


# Every function that works on one class, by its name: how it is called, and who may.
CALLS = {
    "class_page": (lambda s, a, r: classes.class_page(s, a, r.class_id, LATER), TEACHERS | LEARNERS),
    "rename_class": (lambda s, a, r: classes.rename_class(s, a, r.class_id, "Chemistry", LATER), TEACHERS),
    "archive_class": (lambda s, a, r: classes.archive_class(s, a, r.class_id, LATER), TEACHERS),
    "reopen_class": (lambda s, a, r: classes.reopen_class(s, a, r.class_id, LATER), TEACHERS),
    "remove_member": (
        lambda s, a, r: classes.remove_member(s, a, r.class_id, member_id(s, r.class_id, r["classmate"]), LATER),
        TEACHERS,
    ),
    "leave_class": (
        lambda s, a, r: classes.leave_class(s, a, r.class_id, LATER),
        (TEACHERS | LEARNERS) - {"admin"},
    ),
    "make_code": (
        lambda s, a, r: join_codes.make_code(s, a, r.class_id, ClassRole.LEARNER, CodeLife.DAY, "another", LATER),
        TEACHERS,
    ),
    "revoke_code": (lambda s, a, r: join_codes.revoke_code(s, a, r.class_id, code_id(s, r.class_id), LATER), TEACHERS),
    "class_name_for_roster": (lambda s, a, r: rosters.class_name_for_roster(s, a, r.class_id), TEACHERS),
    "plan_roster": (lambda s, a, r: rosters.plan_roster(s, a, r.class_id, RosterList(b"Zoe"), LATER), TEACHERS),
    "import_roster": (lambda s, a, r: import_zoe(s, a, r), TEACHERS),
    "handout": (lambda s, a, r: rosters.handout(s, a, r.class_id, LATER), TEACHERS),
    "roster_csv": (lambda s, a, r: rosters.roster_csv(s, a, r.class_id, LATER), TEACHERS),
}


def code_id(session, class_id):
    return session.scalar(select(JoinCodeRow.id).where(JoinCodeRow.class_id == class_id).order_by(JoinCodeRow.id))


def import_zoe(session, actor, room):
    sent = RosterList(b"Zoe")
    shown = rosters.plan_roster(session, room["teacher"], room.class_id, sent, LATER).fingerprint
    return rosters.import_roster(session, actor, room.class_id, sent, shown, "a secret", LATER)


def state(session):
    """Return everything that is stored of classes."""
    session.flush()
    return [
        session.execute(select(*table.__table__.columns).order_by(table.id)).all()
        for table in (ClassRow, ClassMemberRow, JoinCodeRow, SecurityEventRow)
    ]


@pytest.mark.parametrize("name", CALLS)
def test_who_has_no_business_in_a_class_finds_none_and_changes_nothing(session, room, name):
    call, allowed = CALLS[name]
    before = state(session)
    for who in sorted(EVERYBODY - allowed):
        with pytest.raises((NotFound, NotAllowed)):
            call(session, room[who], room)
        assert state(session) == before, who


@pytest.mark.parametrize("name", CALLS)
def test_who_has_business_in_a_class_can_do_it_and_a_change_leaves_one_event(session, room, name):
    call, allowed = CALLS[name]
    if name == "reopen_class":
        classes.archive_class(session, room["teacher"], room.class_id, LATER)
    before = state(session)
    for who in sorted(allowed):
        attempt = session.begin_nested()
        call(session, room[who], room)
        after = state(session)
        changed = after[:3] != before[:3]
        assert changed == (name not in {"class_page", "class_name_for_roster", "plan_roster", "handout", "roster_csv"})
        assert len(after[3]) - len(before[3]) == (1 if changed else 0), who
        attempt.rollback()


def test_the_maker_of_a_class_is_its_teacher(session, room):
    made = classes.make_class(session, room["teacher"], "  Latin  ", " Ms T ", LATER)
    found = page(session, room, "teacher", made)
    assert (found.name, found.teaches, found.archived, found.learners, found.codes) == ("Latin", True, False, (), ())
    assert [(one.name, one.role, one.is_me) for one in found.teachers] == [("Ms T", ClassRole.TEACHER, True)]
    assert events(session)[-1] == "class made"
    with pytest.raises(NotFound):
        page(session, room, "co-teacher", made)


@pytest.mark.parametrize("who", ["learner", "former learner", "demoted teacher", "suspended", "guest"])
def test_only_instructors_make_a_class(session, room, who):
    with pytest.raises(NotAllowed):
        classes.make_class(session, room[who], "Latin", "Me", LATER)


@pytest.mark.parametrize(
    ("name", "own"), [("", "Me"), ("x" * 121, "Me"), ("La\u202etin", "Me"), ("L", ""), ("L", "x" * 101)]
)
def test_a_class_needs_names_that_can_be_seen(session, room, name, own):
    before = state(session)
    with pytest.raises(InvalidContent):
        classes.make_class(session, room["teacher"], name, own, LATER)
    assert state(session) == before


def test_a_learner_sees_the_teachers_and_never_the_other_learners(session, room):
    found = page(session, room, "learner")
    assert not found.teaches and found.me is not None and found.me.name == "Lena L"
    assert [one.name for one in found.teachers] == ["Mrs C", "Ms T"]
    assert (found.learners, found.codes, found.invited) == ((), (), ())
    assert "Cem" not in repr(found)


def test_a_teacher_sees_everybody_by_the_name_they_have_in_the_class(session, room):
    for who in ("teacher", "co-teacher", "admin"):
        found = page(session, room, who)
        assert found.teaches
        assert [one.name for one in found.learners] == ["Cem C", "Lena L"]
        assert not any(name in repr(found) for name in ("Tess", "Cora", "Lena'", "Olga"))
        assert found.code_for(ClassRole.LEARNER).code == room.code
    assert page(session, room, "admin").me is None


def test_a_teacher_who_is_no_instructor_any_more_sees_what_a_learner_sees(session, room):
    found = page(session, room, "demoted teacher", room.other_id)
    assert not found.teaches and found.learners == () and found.codes == ()
    for call in (
        lambda actor: classes.rename_class(session, actor, room.other_id, "Mine", LATER),
        lambda actor: join_codes.make_code(session, actor, room.other_id, ClassRole.LEARNER, CodeLife.DAY, "s", LATER),
    ):
        with pytest.raises(NotAllowed):
            call(room["demoted teacher"])


def test_a_page_takes_one_statement_for_people_one_for_banks_and_for_teachers_one_for_codes(session, room, statements):
    session.flush()
    for who, number in (("learner", 2), ("teacher", 3), ("admin", 3)):
        statements()
        page(session, room, who)
        assert len(statements()) == number, who


def test_my_classes_are_those_i_am_in(session, room, statements):
    session.flush()
    statements()
    assert [(one.name, one.role, one.learners) for one in classes.my_classes(session, room["teacher"])] == [
        ("Biology 9b", ClassRole.TEACHER, 2)
    ]
    assert len(statements()) == 1
    assert [(one.name, one.role) for one in classes.my_classes(session, room["learner"])] == [
        ("Biology 9b", ClassRole.LEARNER)
    ]
    assert classes.my_classes(session, room["former learner"]) == ()
    assert [(one.name, one.role) for one in classes.my_classes(session, room["admin"])] == [
        ("Biology 9b", None),
        ("Chess", None),
    ]
    for who in ("guest", "suspended"):
        with pytest.raises(NotAllowed):
            classes.my_classes(session, room[who])


def test_archived_classes_come_last_and_can_be_taken_into_use_again(session, room):
    latin = classes.make_class(session, room["teacher"], "Latin", "Ms T", LATER)
    classes.archive_class(session, room["teacher"], room.class_id, LATER)
    classes.archive_class(session, room["teacher"], room.class_id, LATER)
    assert [(one.name, one.archived) for one in classes.my_classes(session, room["teacher"])] == [
        ("Latin", False),
        ("Biology 9b", True),
    ]
    assert events(session).count("class archived") == 1 and latin != room.class_id
    assert page(session, room, "learner").archived
    for _ in range(2):
        classes.reopen_class(session, room["teacher"], room.class_id, LATER)
    assert events(session).count("class reopened") == 1 and not page(session, room, "learner").archived


def test_a_class_can_be_renamed(session, room):
    classes.rename_class(session, room["teacher"], room.class_id, " Biology  10b ", LATER)
    classes.rename_class(session, room["teacher"], room.class_id, "Biology 10b", LATER)
    assert page(session, room, "learner").name == "Biology 10b"
    assert events(session).count("class renamed") == 1
    with pytest.raises(InvalidContent):
        classes.rename_class(session, room["teacher"], room.class_id, "\u200b", LATER)


def test_a_removed_learner_finds_the_class_no_more_and_is_named_in_the_log_by_pseudonym(session, room):
    number = member_id(session, room.class_id, room["learner"])
    assert classes.remove_member(session, room["co-teacher"], room.class_id, number, LATER) == "Lena L"
    with pytest.raises(NotFound):
        page(session, room, "learner")
    last = session.scalars(select(SecurityEventRow).order_by(SecurityEventRow.id.desc())).first()
    actor, subject = (session.get_one(PersonRow, room[who].id).pseudonym for who in ("co-teacher", "learner"))
    assert (last.kind, last.actor, last.subject) == ("class member removed", actor, subject)
    assert last.detail == f"class {room.class_id}" and last.happened_at == LATER
    with pytest.raises(NotFound):
        classes.remove_member(session, room["teacher"], room.class_id, number, LATER)


def test_a_member_of_another_class_cannot_be_removed_through_mine(session, room):
    theirs = member_id(session, room.other_id, room["other learner"])
    for who in ("teacher", "admin"):
        with pytest.raises(NotFound):
            classes.remove_member(session, room[who], room.class_id, theirs, LATER)
    assert page(session, room, "other learner", room.other_id).me is not None


def test_a_class_keeps_at_least_one_teacher(session, room):
    mine, hers = (member_id(session, room.class_id, room[who]) for who in ("teacher", "co-teacher"))
    classes.remove_member(session, room["teacher"], room.class_id, hers, LATER)
    before = state(session)
    for call in (
        lambda: classes.leave_class(session, room["teacher"], room.class_id, LATER),
        lambda: classes.remove_member(session, room["teacher"], room.class_id, mine, LATER),
        lambda: classes.remove_member(session, room["admin"], room.class_id, mine, LATER),
    ):
        with pytest.raises(Conflict, match="at least one teacher"):
            call()
    assert state(session) == before


def test_taking_oneself_out_is_leaving(session, room):
    classes.remove_member(
        session, room["co-teacher"], room.class_id, member_id(session, room.class_id, room["co-teacher"]), LATER
    )
    assert classes.leave_class(session, room["learner"], room.class_id, LATER) == "Biology 9b"
    assert events(session)[-2:] == ["class left", "class left"]
    with pytest.raises(NotFound):
        classes.leave_class(session, room["learner"], room.class_id, LATER)
    assert session.scalar(select(func.count()).where(ClassMemberRow.person_id == room["learner"].id)) == 0


def test_no_class_of_an_unknown_number_is_there(session, room):
    with pytest.raises(NotFound):
        page(session, room, "admin", 2**31 - 1)


def test_an_admin_finds_a_class_that_nobody_is_left_in(session, room):
    session.add(ClassRow(id=900, name="Empty", created_at=NOON))
    session.flush()
    found = page(session, room, "admin", 900)
    assert found.teaches and found.teachers == found.learners == () and found.me is None


def test_names_are_sorted_as_people_read_them(session, room):
    for number, name in enumerate(("zoe", "Zach", "Émile", "adam")):
        person = add_person(session, Role.LEARNER)
        assert join_codes.join_class(session, Actor(person.id, Role.LEARNER), room.code, name, NOON), number
    assert [one.name for one in page(session, room, "teacher").learners][:2] == ["adam", "Cem C"]
