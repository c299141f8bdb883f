"""Tests of the page that tells what was done to a bank, and of undoing it."""

import re

from tests.web.conftest import text_of
from tests.web.writing import CHOICE, added, write

PAGE = "/studio/harbour/steps"


def last_undo(page):
    """Return where the button of the newest step leads; a message may hold the same one."""
    paths = re.findall(r'action="(/studio/steps/\d+/undo)"', page.text)
    assert len(set(paths)) == 1
    return paths[0]


def test_a_bank_without_steps_says_so(instructor):
    assert "Nothing was done here yet" in text_of(instructor.get(PAGE))


def test_what_was_written_stands_there_and_can_be_undone_without_a_script(instructor):
    write(instructor)
    page = instructor.get(PAGE)
    assert f"Published “{CHOICE['stem']}”" in text_of(page)
    path = last_undo(page)
    answer = instructor.post(path, back="/questions/harbour")
    assert (answer.status_code, answer.location) == (303, "/questions/harbour")
    told = text_of(instructor.get("/questions/harbour"))
    assert f"Undone: Published “{CHOICE['stem']}”" in told and "Not asked any more" in told
    assert added(instructor)


def test_undoing_twice_is_a_conflict_that_says_so(instructor):
    write(instructor)
    path = last_undo(instructor.get(PAGE))
    instructor.post(path)
    again = instructor.post(path)
    assert again.status_code == 409
    assert "This has been undone already" in text_of(again)


def test_undoing_leads_to_no_other_site(instructor):
    write(instructor)
    path = last_undo(instructor.get(PAGE))
    assert instructor.post(path, back="https://example.org/").location == PAGE


def test_the_list_of_steps_takes_three_statements(instructor, statements):
    write(instructor)
    statements()
    instructor.get(PAGE)
    assert len(statements()) == 3
