"""Tests of the page with a question's history, and of bringing a state back by forms."""

import re

import pytest
from sqlalchemy import select

from quizapp.database.bank_tables import QuestionRow
from tests.web.conftest import Visitor, text_of
from tests.web.writing import CHOICE, added, hidden, write

STEM = "In the report, how big was the catch of the last boat?"


@pytest.fixture
def own(instructor):
    write(instructor)
    return added(instructor)[0]


def edit(visitor, question_id, **changes):
    path = f"/questions/{question_id}/edit"
    answer = visitor.post(path, **{**hidden(visitor.get(path)), **CHOICE, **changes, "anyway": "y"})
    assert answer.status_code == 303, text_of(answer)


def form_of(page):
    part = page.text[page.text.index("/restore") :].split("</form>")[0]
    return dict(re.findall(r'name="(number|revision)" type="hidden" value="(\d+)"', part))


def test_each_revision_shows_who_when_and_what_changed(instructor, own):
    edit(instructor, own, stem=STEM)
    page = instructor.get(f"/questions/{own}/history")
    words = text_of(page)
    assert "Saved 2 times. Nobody has answered it yet." in words
    revisions, decisions = words.split("As a draft")
    assert revisions.count("Ines,") == 2 and decisions.count("Approved by Ines") == 2
    assert "<del>" in page.text and "[removed: much did" in words
    assert "[added: big was" in words


def test_any_two_can_be_compared(instructor, own):
    edit(instructor, own, stem=STEM)
    edit(instructor, own, stem=f"{STEM} Say it.", revision="2")
    words = text_of(instructor.get(f"/questions/{own}/history?from=1&to=3"))
    assert "From revision 1 to 3" in words
    assert "They say the same." in text_of(instructor.get(f"/questions/{own}/history?from=2&to=2"))
    assert instructor.get(f"/questions/{own}/history?from=x&to=99&restore=-1").status_code == 200


def test_a_state_is_brought_back_and_that_can_be_undone(instructor, own):
    edit(instructor, own, stem=STEM)
    asked = instructor.get(f"/questions/{own}/history?restore=1")
    assert "Bring back revision 1" in text_of(asked) and "What is this change?" not in text_of(asked)
    answer = instructor.post(f"/questions/{own}/restore", **form_of(asked))
    assert (answer.status_code, answer.location) == (303, f"/questions/{own}/history")
    page = instructor.get(answer.location)
    assert "Brought back revision 1" in text_of(page) and "Saved 3 times." in text_of(page)
    (undo,) = re.findall(r'action="(/studio/steps/\d+/undo)"', page.text)
    instructor.post(undo)
    assert f">{STEM}</h1>" in instructor.get(f"/questions/{own}/history").text


def test_where_it_was_answered_the_kind_of_change_is_asked_for(instructor, own, client):
    edit(instructor, own, stem=STEM)
    instructor.get("/questions/harbour")
    first = instructor.post(f"/questions/{own}/play").location
    assert instructor.answer(first).status_code == 303
    asked = instructor.get(f"/questions/{own}/history?restore=1")
    assert "What is this change?" in text_of(asked)
    refused = instructor.post(f"/questions/{own}/restore", **form_of(asked))
    assert refused.status_code == 422 and 'id="change-errors"' in refused.text
    assert instructor.post(f"/questions/{own}/restore", **form_of(refused), change="nonsense").status_code == 422
    assert instructor.post(f"/questions/{own}/restore", **form_of(refused), change="typo").status_code == 303
    assert "Called a typo" in text_of(instructor.get(f"/questions/{own}/history"))


def test_whoever_looked_before_somebody_saved_is_told(instructor, own):
    edit(instructor, own, stem=STEM)
    asked = form_of(instructor.get(f"/questions/{own}/history?restore=1"))
    edit(instructor, own, stem=f"{STEM} Say it.", revision="2")
    answer = instructor.post(f"/questions/{own}/restore", **asked)
    assert answer.status_code == 409 and "Somebody has saved this question" in text_of(answer)
    assert form_of(answer)["revision"] == "3"


def test_a_question_of_a_file_can_be_read_and_not_brought_back(instructor, runtime):
    with runtime.reading() as session:
        of_file = session.scalars(select(QuestionRow.id).order_by(QuestionRow.id)).first()
    page = instructor.get(f"/questions/{of_file}/history?restore=1")
    assert "It came from a file" in text_of(page) and "/restore" not in page.text
    assert instructor.post(f"/questions/{of_file}/restore", number="1", revision="1").status_code == 404


def test_learners_find_no_history(instructor, own, new_visitor):
    learner: Visitor = new_visitor()
    learner.start()
    assert learner.get(f"/questions/{own}/history").status_code == 404


def test_the_page_takes_three_statements(instructor, own, statements):
    edit(instructor, own, stem=STEM)
    statements()
    instructor.get(f"/questions/{own}/history?from=1&to=2")
    assert len(statements()) == 3
