"""Tests of the page that lists what needs attention."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import FactRow, SourceRow
from quizapp.domain.roles import Role
from quizapp.services.studio import questions
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person
from tests.waiting_drafts import waiting_draft
from tests.web.conftest import text_of

PAGE = "/studio/attention"


@pytest.fixture
def busy(runtime):
    """A bank in which something of each kind needs attention."""
    with runtime.writing() as session:
        author = add_person(session, Role.INSTRUCTOR, "Ada")
        waiting_draft(session, author)
        questions.add_question(session, author, "harbour", DRAFT, "own-1", NOON)
        fact = session.scalars(select(FactRow).where(FactRow.name == "own-1")).one()
        fact.review_by = date(2026, 4, 30)
        other = session.scalars(select(FactRow).where(FactRow.name == "catch-1")).one()
        other.content = {**other.content, "paragraphs": [99]}
        source = session.scalars(select(SourceRow)).one()
        session.execute(update(SourceRow).values(details={**source.details, "date": "not given"}))


def test_where_all_is_well_it_says_so(instructor):
    told = text_of(instructor.get(PAGE))
    assert "Nothing needs attention" in told and "no draft waits for you" in told


def test_everything_is_counted_and_linked(instructor, busy):
    page = instructor.get(PAGE)
    told = text_of(page)
    for words in ("1 draft to review", "1 fact without a place", "1 fact past review", "1 source not given in full"):
        assert words in told
    for address in ("/studio/review", f"{PAGE}#no-place", f"{PAGE}#past-review", f"{PAGE}#sources"):
        assert f'href="{address}"' in page.text
    for place in ("no-place", "past-review", "sources"):
        assert f'id="{place}"' in page.text
    assert DRAFT.line in told and "/edit" in page.text and "It stands in its bank’s file" in told
    assert "Not given: date." in told and re.search(r'href="/studio/banks/[a-z-]+/words"', page.text)


def test_it_takes_at_most_four_statements_and_two_where_all_is_well(instructor, statements, request):
    instructor.get(PAGE)
    statements()
    instructor.get(PAGE)
    assert len(statements()) == 2
    request.getfixturevalue("busy")
    statements()
    instructor.get(PAGE)
    assert len(statements()) == 4


def test_learners_find_no_such_page(visitor):
    visitor.start()
    for address in (PAGE, "/studio/review", "/studio/reports", "/studio/harbour/review"):
        assert visitor.get(address).status_code == 404
