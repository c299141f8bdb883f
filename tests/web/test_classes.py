import re

import pytest
from sqlalchemy import func, select

from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassRow, JoinCodeRow
from quizapp.services import classes
from tests.classroom import LEARNERS, TEACHERS, events, member_id
from tests.factories import NOON
from tests.web.conftest import text_of

OUTSIDE = ("stranger", "guest", "other teacher", "other learner", "former learner", "former teacher", "demoted teacher")


@pytest.fixture
def shared(room, runtime):
    with runtime.writing() as session:
        session.add(ClassBankRow(class_id=room.class_id, bank_id=1, shared_at=NOON))
    return room


def counts(runtime):
    with runtime.reading() as session:
        tables = (ClassRow, ClassMemberRow, JoinCodeRow)
        return [session.scalar(select(func.count()).select_from(table)) for table in tables], events(session)


def posts(runtime, room):
    """Every address of a class that takes a form, with fields it would take."""
    base = f"/classes/{room.class_id}"
    with runtime.reading() as session:
        place = member_id(session, room.class_id, room["classmate"])
        code = session.scalar(select(JoinCodeRow.id).where(JoinCodeRow.class_id == room.class_id))
    return {
        f"{base}/name": {"name": "Mine now"},
        f"{base}/archive": {},
        f"{base}/reopen": {},
        f"{base}/members/{place}/remove": {},
        f"{base}/codes": {"role": "learner", "life": "day"},
        f"{base}/codes/{code}/revoke": {},
        f"{base}/roster": {"text": "Zoe", "life": "day"},
        f"{base}/roster/confirm": {"roster": "Wm9l", "file_name": "", "life": "day", "shown": "0" * 64},
    }


def gets(room):
    base = f"/classes/{room.class_id}"
    return [base, f"{base}/roster", f"{base}/roster/handout", f"{base}/roster.csv"]


@pytest.mark.parametrize("who", OUTSIDE)
def test_somebody_elses_class_is_not_there(browser_of, room, runtime, who):
    visitor = browser_of(who)
    before = counts(runtime)
    missing = visitor.get("/classes/999")
    pages = [visitor.get(path) for path in gets(room)]
    pages += [visitor.post(path, **fields) for path, fields in posts(runtime, room).items()]
    pages.append(visitor.post(f"/classes/{room.class_id}/leave"))
    assert {page.status_code for page in pages} == {404}
    assert {text_of(page) for page in pages} == {text_of(missing)}
    assert counts(runtime) == before


@pytest.mark.parametrize("who", sorted(LEARNERS))
def test_a_learner_finds_the_page_of_the_class_and_none_of_its_teachers_addresses(browser_of, room, runtime, who):
    visitor = browser_of(who)
    before = counts(runtime)
    assert visitor.get(f"/classes/{room.class_id}").status_code == 200
    pages = [visitor.get(path) for path in gets(room)[1:]]
    pages += [visitor.post(path, **fields) for path, fields in posts(runtime, room).items()]
    assert {page.status_code for page in pages} == {404}
    assert counts(runtime) == before


def test_an_instructor_who_learns_in_a_class_cannot_name_it(browser_of, room, runtime):
    other = browser_of("other teacher")
    other.get("/join")
    other.post("/join", code=room.code, name="Mr O")
    for name in ("Mine", ""):
        assert other.post(f"/classes/{room.class_id}/name", name=name).status_code == 404


@pytest.mark.parametrize("path", ["/classes/1/members/{}/remove", "/classes/1/codes/{}/revoke"])
def test_what_belongs_to_another_class_is_not_there_under_mine(browser_of, room, runtime, path):
    with runtime.reading() as session:
        number = (
            member_id(session, room.other_id, room["other learner"])
            if "members" in path
            else session.scalar(select(JoinCodeRow.id).where(JoinCodeRow.class_id == room.other_id))
        )
    before = counts(runtime)
    for who in ("teacher", "admin"):
        visitor = browser_of(who)
        assert visitor.post(path.format(number)).status_code == 404
        assert visitor.post(path.format(2**31)).status_code == 404
    assert counts(runtime) == before


@pytest.mark.parametrize("who", sorted(TEACHERS))
def test_teachers_see_people_codes_and_banks_in_four_statements(browser_of, shared, statements, who):
    visitor = browser_of(who)
    statements()
    page = visitor.get("/classes/1")
    assert len(statements()) == 4
    words = text_of(page)
    assert all(word in words for word in ("Biology 9b", "Lena L", "Cem C", "Ms T", shared.code, "The harbour"))
    assert f'value="http://localhost/join/{shared.code}"' in page.text
    assert "Lena " not in words.replace("Lena L", "") and "Olga" not in words


def test_a_learner_sees_teachers_and_banks_in_three_statements_and_no_other_learner(browser_of, shared, statements):
    visitor = browser_of("learner")
    statements()
    page = visitor.get("/classes/1")
    assert len(statements()) == 3
    words = text_of(page)
    assert all(
        word in words for word in ("Biology 9b", "Taught by Mrs C, Ms T", "You are called Lena L", "The harbour")
    )
    for hidden in ("Cem", shared.code, shared.teacher_code, "Remove", "Invited", "access"):
        assert hidden not in page.text


def test_the_list_of_classes_is_for_people_with_an_account(browser_of):
    for who in ("stranger", "guest"):
        visitor = browser_of(who)
        asked = visitor.get("/classes")
        assert (asked.status_code, asked.location) == (302, "/sign-in?next=/classes")
        assert visitor.post("/classes", name="Latin", own_name="Me").status_code == 404
    assert "Make the class" not in text_of(browser_of("learner").get("/classes"))
    assert "Biology 9b" in text_of(browser_of("learner").get("/classes"))
    assert "No class yet" in text_of(browser_of("former learner").get("/classes"))
    assert "Seen as the admin" in text_of(browser_of("admin").get("/classes"))


def test_the_way_to_classes_stands_on_pages_of_people_with_an_account_only(browser_of):
    link = 'href="/classes"'
    assert link in browser_of("learner").get("/").text and link in browser_of("teacher").get("/banks/harbour").text
    for who in ("stranger", "guest"):
        assert link not in browser_of(who).get("/").text


def test_an_instructor_makes_renames_archives_and_reopens_a_class(browser_of, runtime):
    teacher = browser_of("teacher")
    page = teacher.get("/classes")
    assert 'value="Tess"' in page.text
    answer = teacher.post("/classes", name="Latin", own_name="Magistra")
    assert answer.status_code == 303
    path = answer.location
    assert "taught by Magistra" in text_of(teacher.get(path))
    assert teacher.post(f"{path}/name", name="Greek").status_code == 303
    assert "Greek" in text_of(teacher.get(path))
    assert teacher.post(f"{path}/archive").status_code == 303
    archived = text_of(teacher.get(path))
    assert "archived" in archived and "How to join" not in archived
    assert teacher.post(f"{path}/codes", role="learner", life="day").status_code == 409
    assert teacher.get(f"{path}/roster").status_code == 409
    assert teacher.post(f"{path}/reopen").status_code == 303
    assert "How to join" in text_of(teacher.get(path))


@pytest.mark.parametrize(
    ("field", "text"), [("name", ""), ("own_name", "\u200b"), ("name", "x" * 121), ("name", "a\x00b")]
)
def test_what_was_typed_for_a_new_class_is_kept_with_the_fault_beside_it(browser_of, runtime, field, text):
    teacher = browser_of("teacher")
    before = counts(runtime)
    answer = teacher.post("/classes", **({"name": "Latin 2", "own_name": "Magistra 2"} | {field: text}))
    assert answer.status_code == 422 and f'id="{field}-errors"' in answer.text
    kept = "Magistra 2" if field == "name" else "Latin 2"
    assert f'value="{kept}"' in answer.text and counts(runtime) == before


def test_a_class_is_not_renamed_to_nothing(browser_of):
    teacher = browser_of("teacher")
    answer = teacher.post("/classes/1/name", name=" ")
    assert answer.status_code == 422 and "Give the class a name." in text_of(answer)
    assert "Biology 9b" in text_of(teacher.get("/classes/1"))


def test_codes_are_made_and_revoked(browser_of, room):
    teacher = browser_of("teacher")
    assert teacher.post("/classes/1/codes", role="learner", life="day").status_code == 303
    page = teacher.get("/classes/1")
    assert room.code not in page.text and "2 May 2026" in text_of(page)
    revoke = re.findall(r"/classes/1/codes/\d+/revoke", page.text)
    assert len(revoke) == 2
    for path in revoke:
        assert teacher.post(path).status_code == 303
    assert text_of(teacher.get("/classes/1")).count("No code works now.") == 2


@pytest.mark.parametrize("fields", [{}, {"role": "admin", "life": "day"}, {"role": "learner", "life": "x"}])
def test_a_code_that_no_page_asks_for_is_not_made(browser_of, runtime, fields):
    teacher = browser_of("teacher")
    before = counts(runtime)
    assert teacher.post("/classes/1/codes", **fields).status_code == 400
    assert counts(runtime) == before


def test_a_teacher_removes_a_learner_who_then_finds_nothing(browser_of, room, runtime):
    teacher, learner = browser_of("teacher"), browser_of("learner")
    with runtime.reading() as session:
        number = member_id(session, room.class_id, room["learner"])
    answer = teacher.post(f"/classes/1/members/{number}/remove")
    assert answer.status_code == 303
    assert "Lena L is not in the class any more" in text_of(teacher.get(answer.location))
    assert learner.get("/classes/1").status_code == 404


def test_a_learner_leaves_and_the_last_teacher_cannot(browser_of):
    learner = browser_of("learner")
    answer = learner.post("/classes/1/leave")
    assert answer.status_code == 303 and "You have left “Biology 9b”" in text_of(learner.get(answer.location))
    other = browser_of("other teacher")
    other.get("/classes/2")
    with_one = other.post("/classes/2/leave")
    assert with_one.status_code == 303, "the demoted teacher is counted as one"
    teacher = browser_of("teacher")
    assert browser_of("co-teacher").post("/classes/1/leave").status_code == 303
    kept = teacher.post("/classes/1/leave")
    assert kept.status_code == 409 and "at least one teacher" in text_of(kept)


def test_opening_an_address_changes_nothing(browser_of, room, runtime, statements):
    visitors = {who: browser_of(who) for who in ("teacher", "learner", "guest", "stranger")}
    statements()
    for visitor in visitors.values():
        for path in ["/classes", "/join", f"/join/{room.code}", "/join/0000-0000", *gets(room)]:
            visitor.get(path)
    assert not [one for one in statements() if not one.startswith("SELECT")]


def test_names_are_text_on_every_page(browser_of, room, runtime):
    nasty = "<script>alert(1)</script>\"'"
    with runtime.writing() as session:
        classes.rename_class(session, room["teacher"], room.class_id, nasty, NOON)
        session.scalars(select(ClassMemberRow).where(ClassMemberRow.class_id == 1)).all()[0].name = nasty
        session.scalars(select(ClassMemberRow).where(ClassMemberRow.class_id == 1)).all()[-1].name = nasty
    for who in ("teacher", "learner"):
        for path in ["/classes", *gets(room)[:3]]:
            assert "<script>alert" not in browser_of(who).get(path).text
