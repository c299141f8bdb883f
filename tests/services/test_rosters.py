import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import func, select

from quizapp.database.class_tables import ClassMemberRow, JoinCodeRow
from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.join_code import CodeLife, read_code
from quizapp.domain.rosters import MAX_ROWS
from quizapp.domain.spreadsheet_text import FORMULA_STARTS
from quizapp.services import classes, join_codes, rosters
from quizapp.services.rosters import RosterList
from tests.classroom import events, make_classroom, member_id
from tests.domain.test_rosters import LISTS, REFUSED
from tests.factories import NOON
from tests.people import add_person

LATER = NOON + timedelta(days=1)
NAMES = RosterList(b"Zoe\nlena l\nzoe\n\x07\nYan\n")


@pytest.fixture
def room(session):
    return make_classroom(session)


def plan(session, room, sent=NAMES, now=LATER):
    return rosters.plan_roster(session, room["teacher"], room.class_id, sent, now)


def bring_in(session, room, sent=NAMES, now=LATER, seed="a secret"):
    shown = plan(session, room, sent, now).fingerprint
    return rosters.import_roster(session, room["teacher"], room.class_id, sent, shown, seed, now)


def invited(session, room, now=LATER):
    return {code.name: code for code in join_codes.codes_of_class(session, room.class_id, now) if code.name}


def verdicts(found):
    return [(row.verdict.value, row.line) for row in found.rows]


def test_a_plan_says_what_would_become_of_each_line_and_writes_nothing(session, room, statements):
    session.flush()
    statements()
    found = plan(session, room)
    assert len(statements()) == 3
    assert verdicts(found) == [("new", 1), ("duplicate", 2), ("duplicate", 3), ("refused", 4), ("new", 5)]
    assert (found.class_name, found.count("new")) == ("Biology 9b", 2)
    assert invited(session, room) == {} and events(session)[-1] != "roster imported"


def test_each_new_name_gets_a_code_of_its_own_and_the_import_is_one_event(session, room):
    known = len(events(session))
    bring_in(session, room, replace(NAMES, life=CodeLife.SCHOOL_YEAR))
    found = invited(session, room)
    assert set(found) == {"Zoe", "Yan"}
    assert len({code.code for code in found.values()}) == 2
    assert {code.expires_at for code in found.values()} == {LATER + timedelta(days=300)}
    assert events(session)[known:] == ["roster imported"]
    again = bring_in(session, room)
    assert again.count("new") == 0 and again.count("duplicate") == 4
    assert events(session)[known:] == ["roster imported"] and invited(session, room) == found


def test_only_what_was_shown_is_imported(session, room):
    shown = plan(session, room).fingerprint
    join_codes.join_class(session, room["other learner"], room.code, "ZOE", LATER)
    before = events(session)
    with pytest.raises(Conflict, match="has changed"):
        rosters.import_roster(session, room["teacher"], room.class_id, NAMES, shown, "a secret", LATER)
    for sent in (replace(NAMES, data=b"Zoe\n"), replace(NAMES, life=CodeLife.DAY)):
        with pytest.raises(Conflict):
            rosters.import_roster(session, room["teacher"], room.class_id, sent, shown, "a secret", LATER)
    assert invited(session, room) == {} and events(session) == before


def test_what_was_shown_for_one_class_is_not_imported_into_another(session, room):
    sent = RosterList(b"Zoe\n")
    second = classes.make_class(session, room["teacher"], "Biology 9b", "Ms T", LATER)
    shown = plan(session, room, sent).fingerprint
    with pytest.raises(Conflict):
        rosters.import_roster(session, room["teacher"], second, sent, shown, "a secret", LATER)


def test_sending_the_confirmation_twice_invites_once(session, room):
    shown = plan(session, room).fingerprint
    bring_in(session, room)
    with pytest.raises(Conflict):
        rosters.import_roster(session, room["teacher"], room.class_id, NAMES, shown, "another", LATER)
    assert len(invited(session, room)) == 2


def test_an_archived_class_takes_no_names(session, room):
    shown = plan(session, room).fingerprint
    classes.archive_class(session, room["teacher"], room.class_id, LATER)
    for call in (
        lambda: rosters.class_name_for_roster(session, room["teacher"], room.class_id),
        lambda: plan(session, room),
        lambda: rosters.import_roster(session, room["teacher"], room.class_id, NAMES, shown, "s", LATER),
    ):
        with pytest.raises(Conflict, match="archived"):
            call()


def test_a_name_whose_code_has_expired_gets_a_new_one_and_has_one_place(session, room):
    bring_in(session, room)
    much_later = LATER + timedelta(days=15)
    old = invited(session, room, much_later)
    assert all(code.expired for code in old.values())
    bring_in(session, room, RosterList(b"ZOE\n"), much_later, "another secret")
    found = invited(session, room, much_later)
    assert set(found) == {"ZOE", "Yan"} and not found["ZOE"].expired and found["Yan"].expired
    assert found["ZOE"].code != old["Zoe"].code


def test_a_revoked_or_used_invitation_does_not_keep_a_name_out(session, room):
    bring_in(session, room)
    codes = invited(session, room)
    join_codes.revoke_code(session, room["teacher"], room.class_id, codes["Zoe"].code_id, LATER)
    person = add_person(session)
    join_codes.join_class(session, person, codes["Yan"].code, "x", LATER)
    assert verdicts(plan(session, room, RosterList(b"Zoe\nYan\n"))) == [("new", 1), ("duplicate", 2)]
    classes.remove_member(session, room["teacher"], room.class_id, member_id(session, room.class_id, person), LATER)
    assert plan(session, room, RosterList(b"Zoe\nYan\n")).count("new") == 2


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_is_refused_without_a_write(session, room, name):
    with pytest.raises(InvalidContent):
        rosters.import_roster(session, room["teacher"], room.class_id, RosterList(REFUSED[name][0]), "", "s", LATER)
    assert invited(session, room) == {}


@pytest.mark.parametrize("name", LISTS)
def test_every_name_that_is_read_can_be_stored_taken_out_and_read_again(session, room, name):
    found = bring_in(session, room, RosterList(LISTS[name][0]))
    new = {row.name for row in found.rows if row.verdict == "new"}
    assert set(invited(session, room)) == new
    text = rosters.roster_csv(session, room["teacher"], room.class_id, LATER)
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    again = rosters.plan_roster(
        session, room["other teacher"], room.other_id, RosterList(text.encode("utf-8-sig"), "roster.csv"), LATER
    )
    assert {row.name for row in again.rows if row.verdict == "new"} == new | {"Lena L", "Cem C"}
    assert again.notes == ()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "'=", "''+"])
def test_a_formula_in_a_name_is_defused_and_comes_back_as_it_was(session, room, start):
    name = f"{start}HYPERLINK(1)"
    join_codes.join_class(session, add_person(session), room.code, name, LATER)
    text = rosters.roster_csv(session, room["teacher"], room.class_id, LATER)
    assert f"\r\n'{name},in the class,2026-05-02\r\n" in text
    again = rosters.plan_roster(session, room["other teacher"], room.other_id, RosterList(text.encode()), LATER)
    assert name in {row.name for row in again.rows}


def test_the_roster_lists_learners_and_invited_and_no_code(session, room):
    bring_in(session, room)
    text = rosters.roster_csv(session, room["teacher"], room.class_id, LATER)
    assert text.splitlines() == [
        "name,state,since",
        "Cem C,in the class,2026-05-01",
        "Lena L,in the class,2026-05-01",
        "Yan,invited,",
        "Zoe,invited,",
    ]


def test_a_handout_holds_the_personal_codes_that_work(session, room, statements):
    bring_in(session, room)
    codes = invited(session, room)
    join_codes.join_class(session, add_person(session), codes["Zoe"].code, "x", LATER)
    session.flush()
    statements()
    found = rosters.handout(session, room["teacher"], room.class_id, LATER)
    assert len(statements()) == 2
    assert [(one.name, one.code) for one in found.codes] == [("Yan", codes["Yan"].code)]
    assert rosters.handout(session, room["teacher"], room.class_id, LATER + timedelta(days=15)).codes == ()


def test_five_thousand_names_are_imported_at_once(session, room):
    sent = RosterList("\n".join(f"Learner {number}" for number in range(MAX_ROWS)).encode())
    assert bring_in(session, room, sent).count("new") == MAX_ROWS
    codes = session.scalars(select(JoinCodeRow.code).where(JoinCodeRow.name.is_not(None))).all()
    assert len(set(codes)) == MAX_ROWS and all(read_code(code) == code for code in codes)
    assert session.scalar(select(func.count()).select_from(ClassMemberRow)) == 7
