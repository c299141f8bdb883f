"""Tests of what needs an instructor's attention."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, FactRow, SourceRow
from quizapp.domain.errors import NotAllowed
from quizapp.domain.facts.passage import Passage, passage_to_json
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.roles import Role
from quizapp.services import reports
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio import questions
from quizapp.services.studio.attention import Attention, Lack, attention, lacking_facts, lacking_sources
from quizapp.services.studio.drafts import save_draft
from quizapp.services.studio.reviewing import reject
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, harbour_facts, make_bank
from tests.people import add_person
from tests.services.taking import take
from tests.waiting_drafts import waiting_draft

TODAY = date(2026, 5, 1)
NOTHING = Attention(0, 0, 0, 0, 0, 0)


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


@pytest.fixture
def fact(session, instructor):
    """The fact of a question that an instructor wrote."""
    questions.add_question(session, instructor, "harbour", DRAFT, "own-1", NOON)
    return session.scalars(select(FactRow).where(FactRow.name == "own-1")).one()


def test_where_all_is_well_nothing_is_counted(session, instructor, fact):
    assert attention(session, instructor, TODAY) == NOTHING
    assert lacking_facts(session, instructor, TODAY) == lacking_sources(session, instructor) == []


def test_drafts_and_reported_questions_are_counted_once_each_in_one_statement(session, guest, instructor, statements):
    other = add_person(session, Role.INSTRUCTOR)
    waiting_draft(session, instructor, 1)
    waiting_draft(session, other, 2)
    about = reports.answered_in_quiz(session, guest, take(session, guest, 5), 1)
    reports.report(session, guest, about, ReportKind.TYPO, "", NOON)
    elsewhere = replace(about, attempt_id=None, position=None)
    reports.report(session, add_person(session), elsewhere, ReportKind.TYPO, "", NOON)
    session.flush()
    statements()
    assert attention(session, instructor, TODAY) == replace(NOTHING, drafts=2, reported=1)
    assert len(statements()) == 1
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(second_approver=True))
    found = attention(session, instructor, TODAY)
    assert (found.drafts, found.own_drafts, found.total) == (1, 1, 2)


def test_the_own_drafts_that_were_rejected_lately_are_counted_until_they_are_touched(session, instructor):
    kept, other = waiting_draft(session, instructor), add_person(session, Role.INSTRUCTOR)
    reject(session, other, kept.id, 1, "Why the boat?", datetime(2026, 4, 20, tzinfo=UTC))
    assert attention(session, instructor, TODAY) == replace(NOTHING, rejected=1, rejected_in="harbour")
    assert attention(session, other, TODAY) == NOTHING
    assert attention(session, instructor, date(2026, 6, 1)) == NOTHING
    save_draft(session, instructor, kept.id, kept.text, 1, NOON)
    assert attention(session, instructor, TODAY) == NOTHING


def test_nothing_of_a_bank_that_is_somebody_elses_is_counted(session, instructor, fact):
    owner = add_person(session, Role.INSTRUCTOR)
    waiting_draft(session, instructor)
    fact.review_by = TODAY
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=owner.id))
    assert attention(session, instructor, TODAY) == NOTHING
    assert lacking_facts(session, instructor, TODAY) == []
    with pytest.raises(NotAllowed):
        attention(session, add_person(session), TODAY)


@pytest.mark.parametrize(("day", "is_due"), [(date(2026, 4, 30), True), (TODAY, True), (date(2026, 5, 2), False)])
def test_a_fact_is_due_on_its_review_day(session, instructor, fact, day, is_due):
    fact.review_by = day
    session.flush()
    assert attention(session, instructor, TODAY).past_review == is_due
    assert [one.lacks for one in lacking_facts(session, instructor, TODAY)] == [{Lack.PAST_REVIEW}] * is_due


def test_the_review_day_that_a_file_gives_counts_too(session, instructor):
    facts = harbour_facts()
    load_bank(session, make_bank([replace(facts[0], review_by="2026-01-31"), *facts[1:]]), NOON)
    assert attention(session, instructor, TODAY).past_review == 1
    (found,) = lacking_facts(session, instructor, TODAY)
    assert (found.fact.id, found.question_id) == (facts[0].id, None)


TEXT = "It was cold.\n\nThe boats landed forty tons."


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"paragraphs": []}, True),
        ({"paragraphs": [0]}, True),
        ({"paragraphs": [1, 13]}, True),
        ({"paragraphs": [12]}, False),
        ({"passage": passage_to_json(Passage(14, 23, "The boats"))}, False),
        ({"passage": passage_to_json(Passage(13, 22, "The boats"))}, True),
        ({"passage": passage_to_json(Passage(14, 23, "The ships"))}, True),
    ],
    ids=str,
)
def test_a_fact_without_a_place_is_found_as_the_rule_finds_it(session, instructor, fact, changes, lacks):
    session.execute(update(SourceRow).values(text=TEXT))
    fact.content = {**fact.content, **changes}
    session.flush()
    assert attention(session, instructor, TODAY).no_place == lacks
    assert [one.lacks for one in lacking_facts(session, instructor, TODAY)] == [{Lack.NO_PLACE}] * lacks
    session.execute(update(SourceRow).values(text=None))
    assert attention(session, instructor, TODAY).no_place == (lacks and "paragraphs" in changes)


@pytest.mark.parametrize("told", [{"date": "not given"}, {"outlet": " "}, {"date": "None given", "outlet": "unknown"}])
def test_a_source_that_does_not_say_where_or_when_it_is_from_is_counted(session, instructor, told):
    row = session.scalars(select(SourceRow)).one()
    row.details = {**row.details, **told}
    session.flush()
    assert attention(session, instructor, TODAY).sources == 1
    assert set(lacking_sources(session, instructor)[0].lacks) == set(told)
    row.details = {**row.details, "kind": "deck"}
    session.flush()
    assert attention(session, instructor, TODAY).sources == 0
