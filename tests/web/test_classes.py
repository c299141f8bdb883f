import re

import pytest
from sqlalchemy import func, select

from quizapp.database.account_tables import SecurityEventRow
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassRow
from quizapp.domain.join_code import CodeLife
from quizapp.domain.roles import ClassRole, Role
from quizapp.services import classes, join_codes
from tests.factories import NOON
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of


@pytest.fixture
def people(runtime):
    """Everybody a class page can meet; the class has the id 1, another teacher's class the id 2."""
    with runtime.writing() as session:
        found = {
            "teacher": add_person(session, Role.INSTRUCTOR, "Tess"),
            "other teacher": add_person(session, Role.INSTRUCTOR, "Otto"),
            "co-teacher": add_person(session, Role.INSTRUCTOR, "Cora"),
            "learner": add_person(session, name="Lena"),
            "classmate": add_person(session, name="Cem"),
            "outsider": add_person(session, name="Olga"),
            "admin": add_person(session, Role.ADMIN, "Root"),
        }
        ours = classes.make_class(session, found["teacher"], "Biology 9b", "Ms Tess", NOON)
        theirs = classes.make_class(session, found["other teacher"], "Chess", "Mr Otto", NOON)
        for name, role in (("learner", ClassRole.LEARNER), ("classmate", ClassRole.LEARNER)):
            enter(session, found["teacher"], found[name], ours, role, name.title())
        enter(session, found["teacher"], found["co-teacher"], ours, ClassRole.TEACHER, "Mrs Cora")
        enter(session, found["other teacher"], found["outsider"], theirs, ClassRole.LEARNER, "Olga")
        session.add(ClassBankRow(class_id=ours, bank_id=1, shared_at=NOON))
    return found


def enter(session, teacher, person, class_id, role, name):
    code = join_codes.make_code(session, teacher, class_id, role, CodeLife.DAY, f"{class_id} {name}", NOON)
    assert join_codes.join_class(session, person, code, name, NOON) == class_id


@pytest.fixture
def browser(people, new_visitor, runtime):
    """Call it with who somebody is to get their browser; nobody: a visitor without a cookie."""

    def of(who: str = ""):
        visitor = new_visitor()
        visitor.get("/")
        if who == "guest":
            visitor.start()
        elif who:
            sign_in_as(visitor.client, runtime, people[who])
            visitor.get("/")
        return visitor

    return of


def test_try(browser, statements, tmp_path):
    teacher = browser("teacher")
    statements()
    page = teacher.get("/classes/1")
    print(page.status_code, len(statements()))
    print(text_of(page))
    page = browser("learner").get("/classes/1")
    print(text_of(page))
    for path in ("/classes", "/classes/1/roster", "/classes/1/roster.csv", "/classes/1/roster/handout", "/join", "/join/k7qm4xht"):
        page = teacher.get(path)
        print(path, page.status_code, text_of(page)[-900:])
    print(text_of(browser("guest").get("/join/k7qm4xht")))
