"""Tests of the pages of the review queue, by forms alone."""

import re

import pytest
from sqlalchemy import update

from quizapp.database.bank_tables import BankRow
from quizapp.domain.roles import Role
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio.drafts import draft, save_draft
from tests.every_type import every_type_bank
from tests.factories import NOON
from tests.people import add_person, sign_in_as
from tests.waiting_drafts import text_of_boat, waiting_draft
from tests.web.conftest import text_of

ADVISED = {"stem": "In the report, there are berths. What is the name of the boat at berth 2?"}


@pytest.fixture
def author(runtime):
    with runtime.writing() as session:
        return add_person(session, Role.INSTRUCTOR, "Ada")


@pytest.fixture
def drafts(runtime, author):
    """Three drafts that wait; about the second a rule has something to say."""
    with runtime.writing() as session:
        return [waiting_draft(session, author, number, **(ADVISED if number == 2 else {})) for number in (1, 2, 3)]


def send(visitor, draft_id, action, **fields):
    """Open a draft and send one of its forms."""
    page = visitor.get(f"/studio/review/{draft_id}")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    return visitor.post(f"/studio/review/{draft_id}/{action}", **({"version": version[1]} if version else {}) | fields)


def undo(visitor, page):
    """Press the button that the message of a page carries."""
    path = re.search(r'action="(/studio/steps/\d+/undo)"', page.text)[1]
    back = re.search(r'data-undo-step>.*?name="back" value="([^"]*)"', page.text)[1]
    return visitor.post(path, back=back)


def test_an_empty_queue_says_so(instructor):
    assert "No draft waits for you" in text_of(instructor.get("/studio/review"))
    page = text_of(instructor.get("/studio/harbour/review"))
    assert "In this bank" in page and "The harbour" in page


def test_the_first_draft_is_shown_with_its_place_source_author_and_key(instructor, drafts):
    assert instructor.get("/studio/review").location == f"/studio/review/{drafts[0].id}"
    page = instructor.get(f"/studio/review/{drafts[0].id}")
    told = text_of(page)
    for words in ("Draft 1 of 3", "By Ada", "By hand", drafts[0].text.stem, "Tern 1", drafts[0].text.line):
        assert words in told
    assert "The fact it tests: paragraph 2" in told and "Handed in by Ada" in told
    assert "No rule of bank check finds anything" in told
    assert f'href="/studio/review/{drafts[1].id}" ' in page.text.replace('"><', '" ><')


def test_the_right_answer_of_a_draft_is_nobodys_answer(instructor, drafts):
    words = text_of(instructor.get(f"/studio/review/{drafts[0].id}"))
    assert "Right answer" in words and "Your answer" not in words


def test_approving_shows_the_next_one_with_the_way_back(instructor, drafts):
    answer = send(instructor, drafts[0].id, "approve")
    assert (answer.status_code, answer.location) == (303, f"/studio/review/{drafts[1].id}")
    page = instructor.get(answer.location)
    assert f"Approved: “{drafts[0].text.stem}” is asked from now on." in text_of(page)
    assert "Draft 1 of 2" in text_of(page)
    back = undo(instructor, page)
    assert (back.status_code, back.location) == (303, f"/studio/review/{drafts[0].id}")
    told = text_of(instructor.get(back.location))
    assert "Draft 1 of 3" in told and "Undone: Published" in told and "Put back to where it was by Ines" in told


def test_advice_wants_a_reason_beside_its_field_and_keeps_it(instructor, drafts):
    refused = send(instructor, drafts[1].id, "approve")
    assert refused.status_code == 422
    assert 'id="reason-gratuitous-information-errors"' in refused.text
    assert "Not decided yet" in text_of(refused) and "Give a reason" in text_of(refused)
    long = send(instructor, drafts[1].id, "approve", **{"reason-gratuitous-information": "x" * 501})
    assert long.status_code == 422 and "Shorten this" in text_of(long)
    taken = send(instructor, drafts[1].id, "approve", **{"reason-gratuitous-information": "It sets the scene."})
    assert taken.status_code == 303
    told = text_of(instructor.get(f"/studio/review/{drafts[1].id}"))
    assert "It sets the scene." in told and "Approved: there is nothing to decide." in told


def test_rejecting_wants_a_reason_and_can_be_undone(instructor, drafts):
    refused = send(instructor, drafts[2].id, "reject", reason=" ")
    assert refused.status_code == 422
    assert 'id="reason-errors"' in refused.text and "so that its author can mend it" in text_of(refused)
    answer = send(instructor, drafts[2].id, "reject", reason="Nobody needs\nto know.")
    assert answer.location == f"/studio/review/{drafts[0].id}"
    page = instructor.get(answer.location)
    assert "Rejected: Nobody needs to know." in text_of(page) and "of 2" in text_of(page)
    assert undo(instructor, page).location == f"/studio/review/{drafts[2].id}"
    assert "Draft 3 of 3" in text_of(instructor.get(f"/studio/review/{drafts[2].id}"))


def test_the_last_decision_leads_to_the_empty_queue(instructor, runtime, author):
    with runtime.writing() as session:
        only = waiting_draft(session, author)
    assert send(instructor, only.id, "approve").location == "/studio/review"
    with runtime.writing() as session:
        other = waiting_draft(session, author, 2)
    assert send(instructor, other.id, "reject", reason="No.", only="bank").location == "/studio/harbour/review"
    assert "Rejected: No." in text_of(instructor.get("/studio/harbour/review"))


def test_the_queue_of_one_bank_stays_with_it(instructor, runtime, author, drafts):
    with runtime.writing() as session:
        load_bank(session, every_type_bank(), NOON)
        waiting_draft(session, author, 4, bank="every-type", topic="trade", paragraph="1")
    first = instructor.get("/studio/harbour/review").location
    assert first == f"/studio/review/{drafts[0].id}?only=bank"
    assert "Draft 1 of 3" in text_of(instructor.get(first))
    assert "Draft 1 of 4" in text_of(instructor.get(first.partition("?")[0]))
    assert send(instructor, drafts[0].id, "approve", only="bank").location == f"/studio/review/{drafts[1].id}?only=bank"


def test_whoever_comes_too_late_is_shown_the_draft_as_it_is(instructor, runtime, author, drafts):
    changed = text_of_boat(1, stem="In the report, which boat lies at berth 1?")
    with runtime.writing() as session:
        save_draft(session, author, drafts[0].id, changed, drafts[0].version, NOON)
    instructor.get(f"/studio/review/{drafts[1].id}")
    late = instructor.post(f"/studio/review/{drafts[0].id}/approve", version=str(drafts[0].version))
    assert late.status_code == 409
    assert "since you opened it" in text_of(late) and changed.stem in text_of(late)
    send(instructor, drafts[0].id, "approve")
    twice = instructor.post(f"/studio/review/{drafts[0].id}/reject", version="2", reason="No.")
    assert twice.status_code == 409 and "Somebody has decided" in text_of(twice)


def test_ones_own_draft_waits_for_somebody_else(client, instructor, runtime, author, drafts, new_visitor):
    with runtime.writing() as session:
        session.execute(update(BankRow).values(second_approver=True))
    of_author = new_visitor()
    sign_in_as(of_author.client, runtime, author)
    page = of_author.get("/studio/review")
    assert "No draft waits for you" in text_of(page) and drafts[0].text.stem in text_of(page)
    assert "What you handed in yourself waits for somebody else." in text_of(page)
    assert "very draft that was handed in is decided" not in text_of(page)
    shown = of_author.get(f"/studio/review/{drafts[0].id}")
    assert "It waits for somebody else" in text_of(shown)
    assert "/approve" not in shown.text and "/reject" not in shown.text
    assert of_author.post(f"/studio/review/{drafts[0].id}/approve", version="1").status_code == 404
    assert send(instructor, drafts[0].id, "approve").status_code == 303


def test_what_cannot_be_asked_yet_says_why_and_cannot_be_approved(instructor, runtime, author):
    with runtime.writing() as session:
        half = waiting_draft(session, author, 1, line="", topic="no-such-topic")
    told = text_of(instructor.get(f"/studio/review/{half.id}"))
    assert "It cannot be asked yet." in told and "Say in one line what the source states." in told
    assert send(instructor, half.id, "approve").status_code == 422
    with runtime.reading() as session:
        assert draft(session, author, half.id).state == "waiting"


def test_a_page_takes_seven_statements(instructor, drafts, statements):
    instructor.get(f"/studio/review/{drafts[0].id}")
    statements()
    instructor.get(f"/studio/review/{drafts[1].id}")
    assert len(statements()) == 7
