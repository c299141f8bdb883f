"""Tests of the list of questions and of changing many: by forms alone, and nothing before it was shown."""

import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRow
from quizapp.database.studio_tables import QuestionTagRow
from quizapp.domain.roles import Role
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio.question_list import PAGE
from tests.factories import NOON, boat_facts, make_bank
from tests.people import add_person
from tests.web.conftest import text_of
from tests.web.writing import CHOICE, added, write

LIST, BULK = "/studio/questions", "/studio/questions/bulk"


def hidden(page, form):
    """Return the hidden fields of the form that is sent to this address."""
    part = page.text[page.text.index(f'action="{form}"') :].split("</form>")[0]
    found = re.findall(r'<input id="[^"]*" name="([^"]+)" type="hidden" value="([^"]*)"', part)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


def listed(page):
    return [int(one) for one in re.findall(r'name="question" value="(\d+)"', page.text)]


def order(visitor, action, ids, address=LIST, **fields):
    """Tick questions on a list and press a button below it."""
    page = visitor.get(address)
    values = {"weight": "1", "bank": "", "tag": "", "review_by": "", **hidden(page, BULK), **fields, "action": action}
    return visitor.post(BULK, **values, question=[str(one) for one in ids])


def confirm(visitor, shown):
    visitor.token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)[1]
    return visitor.post(f"{BULK}/confirm", **hidden(shown, f"{BULK}/confirm"))


@pytest.fixture
def own(instructor):
    write(instructor)
    return added(instructor)[0]


def test_a_question_is_listed_with_all_that_can_be_done_to_it(instructor, own):
    page = instructor.get(f"{LIST}?words=last+BOAT&origin=instructor")
    assert listed(page) == [own]
    words = text_of(page)
    assert "1 question found" in words and CHOICE["stem"] in words and "The report gives 40 tons as the catch" in words
    for path in (f"/questions/{own}/edit", f"/questions/{own}/history", f"/questions/{own}/play", "/reading/harbour"):
        assert path in page.text
    assert listed(instructor.get("/studio/harbour/questions?words=last+BOAT&origin=instructor")) == [own]


def test_nothing_found_says_so(instructor):
    assert "No question found" in text_of(instructor.get(f"{LIST}?words=nowhere"))


def test_tagging_is_shown_first_done_at_once_and_undone_by_the_message(instructor, own):
    both = listed(instructor.get(LIST))[:2]
    shown = order(instructor, "tag", both, tag="Exam week")
    assert shown.status_code == 200 and "Tag 2 questions “exam week”?" in text_of(shown)
    assert "exam week" not in text_of(instructor.get(LIST))
    answer = confirm(instructor, shown)
    assert (answer.status_code, answer.location) == (303, LIST)
    page = instructor.get(f"{LIST}?tag=exam+week")
    assert "Tagged 2 questions “exam week”." in text_of(page) and listed(page) == both
    (undo,) = re.findall(r'action="(/studio/steps/\d+/undo)"', page.text)
    instructor.post(undo)
    assert listed(instructor.get(f"{LIST}?tag=exam+week")) == []


def test_all_that_was_found_can_be_chosen_not_only_the_page(instructor, own, runtime):
    with runtime.writing() as session:
        load_bank(session, make_bank(boat_facts()[:9], "boats"), NOON)
    page = instructor.get(f"{LIST}?origin=file")
    assert len(listed(page)) == PAGE and "The next ones" in text_of(page)
    total = int(re.search(r"All (\d+) found", text_of(page))[1])
    shown = order(instructor, "weigh", (), f"{LIST}?origin=file", all="yes", weight="2")
    assert f"Set the weight of {total} questions: each counts twice?" in text_of(shown)
    confirm(instructor, shown)
    with runtime.reading() as session:
        assert len(session.scalars(select(QuestionRow.id).where(QuestionRow.weight == 2)).all()) == total


def test_the_whole_page_can_be_chosen_without_a_script(instructor):
    page = instructor.get(f"{LIST}?chosen=page")
    assert page.text.count(" checked>") == len(listed(page))


def test_what_cannot_be_done_is_told_for_which(instructor, own, runtime):
    of_file = listed(instructor.get(f"{LIST}?origin=file"))[0]
    shown = order(instructor, "archive", (own, of_file))
    words = text_of(shown)
    assert "Stop asking 1 question?" in words and "It cannot be done to 1" in words
    assert "It came from a file: the next load of it would bring it back." in words
    confirm(instructor, shown)
    assert listed(instructor.get(f"{LIST}?state=archived")) == [own]
    none = order(instructor, "archive", (of_file,))
    assert "There is nothing to do" in text_of(none) and confirm(instructor, none).status_code == 409


def test_moving_and_review_dates_go_by_forms_too(instructor, own, runtime):
    with runtime.writing() as session:
        load_bank(session, make_bank(boat_facts()[:6], "boats"), NOON)
    confirm(instructor, order(instructor, "review", (own,), review_by="2026-04-01"))
    assert listed(instructor.get(f"{LIST}?review=past")) == [own]
    confirm(instructor, order(instructor, "move", (own,), bank="boats"))
    assert listed(instructor.get("/studio/boats/questions?review=past")) == [own]
    with runtime.reading() as session:
        assert session.scalars(select(FactRow.review_by).where(FactRow.review_by.is_not(None))).all() == [
            date(2026, 4, 1)
        ]


@pytest.mark.parametrize(
    ("action", "fields", "told"),
    [
        ("tag", {"tag": "  "}, "The tag is empty."),
        ("move", {"bank": ""}, "Choose the bank that they go to."),
        ("move", {"bank": "no-such-bank"}, "Choose one of those on offer."),
        ("weigh", {"weight": "9"}, "Choose one of those on offer."),
        ("review", {"review_by": "soon"}, "Write a day, like 2026-06-01."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_choice_is_kept(instructor, own, action, fields, told):
    answer = order(instructor, action, (own,), f"{LIST}?origin=instructor", **fields)
    assert answer.status_code == 422 and told in text_of(answer)
    assert f'value="{own}" form="bulk" checked' in answer.text


def test_choosing_nothing_is_told(instructor):
    answer = order(instructor, "archive", ())
    assert answer.status_code == 422 and "Choose the questions first." in text_of(answer)


def test_nothing_is_done_when_it_has_changed_since_it_was_shown(instructor, own):
    shown = order(instructor, "archive", (own,))
    instructor.get("/questions/harbour")
    instructor.post(f"/questions/{own}/retire", again="no")
    answer = confirm(instructor, shown)
    assert answer.status_code == 409 and "something has changed since you looked" in text_of(answer)


def test_questions_and_banks_of_others_are_not_there(instructor, own, runtime):
    with runtime.writing() as session:
        load_bank(session, make_bank(boat_facts()[:6], "boats"), NOON)
        other = add_person(session, Role.INSTRUCTOR)
        session.execute(update(BankRow).where(BankRow.name == "boats").values(owner_id=other.id))
        foreign = session.scalars(
            select(QuestionRow.id).join(BankRow, BankRow.id == QuestionRow.bank_id).where(BankRow.name == "boats")
        ).first()
    assert foreign not in listed(instructor.get(f"{LIST}?sort=bank"))
    assert instructor.get("/studio/boats/questions").status_code == 404
    assert instructor.get(f"{LIST}?bank=boats").status_code == 404
    assert order(instructor, "tag", (own, foreign), tag="exam").status_code == 404
    assert order(instructor, "move", (own,), bank="boats").status_code == 422
    shown = hidden(order(instructor, "tag", (own,), tag="exam"), f"{BULK}/confirm")
    assert instructor.post(f"{BULK}/confirm", **shown | {"question": f"{own},{foreign}"}).status_code == 404
    with runtime.reading() as session:
        assert session.scalars(select(QuestionTagRow)).all() == []


def test_the_list_takes_three_statements(instructor, own, statements):
    for query in ("", "?words=boat&type=single_choice&topic=Trade&tag=x&review=soon&sort=bank"):
        statements()
        instructor.get(f"{LIST}{query}")
        assert len(statements()) == 3
