from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.database.account_tables import SecurityEventRow
from quizapp.database.class_tables import ClassMemberRow, JoinCodeRow
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound, TooMany
from quizapp.domain.join_code import CodeLife, code_from, read_code
from quizapp.domain.roles import ClassRole, Role
from quizapp.services import classes, join_codes, rosters
from quizapp.services.rosters import RosterList
from tests.classroom import events, make_classroom
from tests.factories import NOON
from tests.people import add_person

LATER = NOON + timedelta(days=1)


@pytest.fixture
def room(session):
    return make_classroom(session)


@pytest.fixture
def newcomer(session):
    return add_person(session, name="Nina")


def join(session, room, who, code, name="New", now=LATER):
    actor = room[who] if isinstance(who, str) else who
    return join_codes.join_class(session, actor, code, name, now)


def make(session, room, role=ClassRole.LEARNER, life=CodeLife.TWO_WEEKS, seed="a secret", now=LATER):
    return join_codes.make_code(session, room["teacher"], room.class_id, role, life, seed, now)


def invite(session, room, names="Zoe\nYan", now=LATER, life=CodeLife.TWO_WEEKS):
    """Import names; return their codes by name."""
    sent = RosterList(names.encode(), life=life)
    shown = rosters.plan_roster(session, room["teacher"], room.class_id, sent, now).fingerprint
    rosters.import_roster(session, room["teacher"], room.class_id, sent, shown, f"of {names}", now)
    return {code.name: code.code for code in join_codes.codes_of_class(session, room.class_id, now) if code.name}


def member(session, class_id, actor):
    return session.scalar(
        select(ClassMemberRow).where(ClassMemberRow.class_id == class_id, ClassMemberRow.person_id == actor.id)
    )


def test_a_code_makes_a_learner_by_the_name_they_chose(session, room, newcomer):
    assert join(session, room, newcomer, room.code.lower().replace("-", " "), "  Nina  N ") == room.class_id
    found = member(session, room.class_id, newcomer)
    assert (found.name, found.role, found.joined_at) == ("Nina N", ClassRole.LEARNER, LATER)
    assert events(session)[-1] == "class joined"


def test_joining_twice_is_harmless(session, room, newcomer):
    join(session, room, newcomer, room.code, "Nina")
    before = events(session)
    assert join(session, room, newcomer, room.code, "Somebody else") == room.class_id
    assert member(session, room.class_id, newcomer).name == "Nina"
    assert events(session) == before
    assert session.scalar(select(JoinCodeRow.uses).where(JoinCodeRow.code == read_code(room.code))) == 4


def refused_codes(session, room):
    """Return a code of each kind that does not work, by why."""
    expired = make(session, room, seed="expired", life=CodeLife.DAY, now=LATER - timedelta(days=2))
    session.get_one(JoinCodeRow, id_of(session, expired)).revoked_at = None
    used_up = invite(session, room)["Zoe"]
    join(session, room, add_person(session), used_up)
    revoked = make(session, room, seed="revoked")
    join_codes.revoke_code(session, room["teacher"], room.class_id, id_of(session, revoked), LATER)
    archived = room.other_code
    classes.archive_class(session, room["other teacher"], room.other_id, LATER)
    session.flush()
    return {
        "unknown": "0000-0000",
        "no code at all": "what?",
        "empty": "",
        "expired": expired,
        "used up": used_up,
        "revoked": revoked,
        "archived": archived,
        "for co-teachers": room.teacher_code,
    }


def id_of(session, code):
    return session.scalar(select(JoinCodeRow.id).where(JoinCodeRow.code == read_code(code)))


def test_every_code_that_does_not_work_gets_one_answer_and_is_counted(session, room, newcomer):
    codes = refused_codes(session, room)
    before = len(events(session))
    assert {why: join(session, room, newcomer, code) for why, code in codes.items()} == dict.fromkeys(codes)
    assert events(session)[before:] == ["join code refused"] * len(codes)
    details = session.scalars(select(SecurityEventRow.detail).where(SecurityEventRow.kind == "join code refused"))
    assert set(details) == {""}
    assert session.scalar(select(func.count()).where(ClassMemberRow.person_id == newcomer.id)) == 0


def test_every_code_that_does_not_work_takes_the_same_statements(session, room, newcomer, statements):
    codes = refused_codes(session, room)
    taken = {}
    for why, code in codes.items():
        statements()
        join(session, room, newcomer, code)
        taken[why] = len(statements())
    assert set(taken.values()) == {5}, taken


def test_a_code_for_teachers_makes_an_instructor_a_teacher(session, room):
    assert join(session, room, "other teacher", room.teacher_code, "Mr O") == room.class_id
    assert member(session, room.class_id, room["other teacher"]).role is ClassRole.TEACHER
    assert events(session)[-1] == "teacher added"


@pytest.mark.parametrize("who", ["learner", "former learner", "other learner", "demoted teacher"])
def test_a_code_for_teachers_does_nothing_for_anybody_else(session, room, who):
    before = member(session, room.class_id, room[who])
    assert join(session, room, who, room.teacher_code) is None
    after = member(session, room.class_id, room[who])
    assert after is before and (after is None or after.role is ClassRole.LEARNER)


def test_a_learner_who_is_an_instructor_becomes_a_teacher_and_never_the_other_way_round(session, room):
    join(session, room, "other teacher", room.code, "Mr O")
    joined = member(session, room.class_id, room["other teacher"])
    assert joined.role is ClassRole.LEARNER
    join(session, room, "other teacher", room.teacher_code, "Another name")
    session.refresh(joined)
    assert (joined.role, joined.name) == (ClassRole.TEACHER, "Mr O")
    assert events(session)[-2:] == ["class joined", "teacher added"]
    assert join(session, room, "teacher", room.code) == room.class_id
    assert member(session, room.class_id, room["teacher"]).role is ClassRole.TEACHER


def test_a_personal_code_brings_its_name_and_works_once(session, room, newcomer):
    codes = invite(session, room)
    assert join(session, room, newcomer, codes["Zoe"], "Zorro") == room.class_id
    assert member(session, room.class_id, newcomer).name == "Zoe"
    assert join(session, room, "other learner", codes["Zoe"]) is None
    assert join(session, room, newcomer, codes["Zoe"]) == room.class_id, "its owner comes back by the old link"
    assert [code.name for code in join_codes.codes_of_class(session, room.class_id, LATER) if code.name] == ["Yan"]


def test_a_name_is_forgotten_once_its_code_is_used_revoked_or_replaced(session, room, newcomer):
    codes = invite(session, room, "Zoe\nYan\nXan\nWim")
    join(session, room, newcomer, codes["Zoe"])
    join_codes.revoke_code(session, room["teacher"], room.class_id, id_of(session, codes["Yan"]), LATER)
    invite(session, room, "XAN", now=LATER + timedelta(days=15))
    session.flush()
    names = session.execute(select(JoinCodeRow.code, JoinCodeRow.name).where(JoinCodeRow.name.is_not(None))).all()
    assert sorted(name for _, name in names) == ["", "", "", "Wim", "XAN"]
    for code in codes.values():
        assert join(session, room, "other learner", code, now=LATER + timedelta(days=15)) is None


def test_a_member_who_tries_anothers_personal_code_leaves_it_unused(session, room):
    codes = invite(session, room)
    assert join(session, room, "learner", codes["Zoe"]) == room.class_id
    assert member(session, room.class_id, room["learner"]).name == "Lena L"
    assert "Zoe" in [code.name for code in join_codes.codes_of_class(session, room.class_id, LATER)]


def test_who_was_removed_or_has_left_can_come_back_by_a_code_that_works(session, room):
    assert join(session, room, "former learner", room.code, "Fay again") == room.class_id
    assert member(session, room.class_id, room["former learner"]).joined_at == LATER


@pytest.mark.parametrize("who", ["guest", "suspended"])
def test_nobody_joins_without_an_account(session, room, who):
    with pytest.raises(NotAllowed):
        join(session, room, who, room.code)


@pytest.mark.parametrize("name", ["", "\u200b", "x" * 101, "a\x00b"])
def test_a_name_that_is_none_is_refused_before_the_code_is_looked_at(session, room, newcomer, name):
    before = events(session)
    for code in (room.code, "0000-0000"):
        with pytest.raises(InvalidContent):
            join(session, room, newcomer, code, name)
    assert events(session) == before


def test_after_twenty_wrong_codes_in_an_hour_even_a_good_one_waits(session, room, newcomer):
    for minute in range(join_codes.MAX_REFUSED):
        assert join(session, room, newcomer, "0000-0000", now=LATER + timedelta(minutes=minute)) is None
    for code in ("0000-0000", room.code):
        with pytest.raises(TooMany, match=r"This code does not work.*Try again in an hour") as caught:
            join(session, room, newcomer, code, now=LATER + timedelta(minutes=59))
        assert caught.value.seconds == 3600
    assert events(session).count("join code refused") == join_codes.MAX_REFUSED
    assert join(session, room, "other learner", room.code, now=LATER + timedelta(minutes=59)), "others are not held"
    assert join(session, room, newcomer, room.code, now=LATER + timedelta(minutes=61)) == room.class_id


def test_making_a_code_replaces_the_one_before_of_the_same_kind_only(session, room, newcomer):
    personal = invite(session, room)
    known = len(events(session))
    new = make(session, room)
    assert events(session)[known:] == ["join code made"]
    assert join(session, room, newcomer, room.code) is None
    assert join(session, room, newcomer, new) == room.class_id
    works = {code.code for code in join_codes.codes_of_class(session, room.class_id, LATER)}
    assert works == {new, room.teacher_code, *personal.values()}


@pytest.mark.parametrize(("life", "days"), [(CodeLife.DAY, 1), (CodeLife.TWO_WEEKS, 14), (CodeLife.SCHOOL_YEAR, 300)])
def test_a_code_works_for_as_long_as_was_chosen(session, room, newcomer, life, days):
    code = make(session, room, life=life)
    assert join(session, room, newcomer, code, now=LATER + timedelta(days=days)) is None
    assert join(session, room, newcomer, code, now=LATER + timedelta(days=days, seconds=-1)) == room.class_id


def test_an_archived_class_makes_no_code_and_reopening_lets_the_old_one_work(session, room, newcomer):
    classes.archive_class(session, room["teacher"], room.class_id, LATER)
    with pytest.raises(Conflict, match="archived"):
        make(session, room)
    assert join(session, room, newcomer, room.code) is None
    classes.reopen_class(session, room["teacher"], room.class_id, LATER)
    assert join(session, room, newcomer, room.code) == room.class_id


def test_a_code_is_revoked_once_and_only_through_its_own_class(session, room):
    ours, theirs = id_of(session, room.code), id_of(session, room.other_code)
    for who in ("teacher", "admin"):
        with pytest.raises(NotFound):
            join_codes.revoke_code(session, room[who], room.class_id, theirs, LATER)
    known = len(events(session))
    for _ in range(2):
        join_codes.revoke_code(session, room["teacher"], room.class_id, ours, LATER)
    assert events(session)[known:] == ["join code revoked"]
    assert join(session, room, "other learner", room.code) is None
    assert session.get_one(JoinCodeRow, theirs).revoked_at is None


def test_no_code_is_given_twice(session, room):
    taken = code_from("a secret", 0)
    session.add(
        JoinCodeRow(class_id=room.class_id, code=taken, role=ClassRole.LEARNER, created_at=NOON, expires_at=NOON)
    )
    session.flush()
    found = join_codes.new_codes(session, "a secret", 3)
    assert len(set(found)) == 3 and taken not in found


def test_the_log_of_a_class_holds_no_code_and_no_name(session, room, newcomer):
    invite(session, room)
    make(session, room)
    join(session, room, newcomer, "K7QM-4XHT", "Nina")
    for detail in session.scalars(select(SecurityEventRow.detail)):
        assert not any(word in detail for word in ("Zoe", "Nina", "K7QM", room.code, room.code.replace("-", "")))


def test_an_account_lends_its_name(session, room):
    assert join_codes.own_name(session, room["learner"]) == "Lena"
    assert join_codes.own_name(session, add_person(session, Role.LEARNER, "x" * 150)) == "x" * 100


def test_a_personal_code_used_by_ten_at_once_lets_one_in(runtime):
    with runtime.writing() as session:
        room = make_classroom(session)
        code = invite(session, room)["Zoe"]
        people = [add_person(session) for _ in range(10)]

    def try_it(person):
        with runtime.writing() as session:
            return join_codes.join_class(session, person, code, "Me", LATER)

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(try_it, people), key=str) == [room.class_id] + [None] * 9


def test_one_person_who_joins_five_times_at_once_is_in_once(runtime):
    with runtime.writing() as session:
        room, person = make_classroom(session), add_person(session)

    def try_it(_):
        with runtime.writing() as session:
            return join_codes.join_class(session, person, room.code, "Me", LATER)

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(try_it, range(5))) == {room.class_id}
    with runtime.reading() as session:
        assert session.scalar(select(func.count()).where(ClassMemberRow.person_id == person.id)) == 1


def test_two_teachers_who_leave_at_once_do_not_leave_the_class_alone(runtime):
    with runtime.writing() as session:
        room = make_classroom(session)

    def leave(who):
        try:
            with runtime.writing() as session:
                classes.leave_class(session, room[who], room.class_id, LATER)
        except Conflict:
            return "kept"
        return "left"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, ("teacher", "co-teacher"))) == ["kept", "left"]
