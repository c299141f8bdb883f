"""Tests of the list of questions: what is found by its words and by what it is, and in which order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow, Visibility
from quizapp.database.studio_tables import QuestionReportRow, QuestionTagRow, ReportKind
from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Role
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio import questions
from quizapp.services.studio.question_list import PAGE, Wanted, banks_to_search, find_questions, found_ids
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, boat_facts, make_bank
from tests.people import add_person

BOATS = make_bank(boat_facts()[:6], "boats")


@pytest.fixture
def instructor(session):
    actor = add_person(session, Role.INSTRUCTOR)
    load_bank(session, replace(BOATS, title="The boats"), NOON)
    return actor


@pytest.fixture
def question_id(session, instructor):
    draft = replace(DRAFT, line="The report gives 70 tons as Ödön’s 100%_catch.", explanation="ÖDÖN landed it.")
    return questions.add_question(session, instructor, "harbour", draft, "own-1", NOON)


def find(session, actor, page=1, **wanted):
    return find_questions(session, actor, Wanted(**wanted), banks_to_search(session, actor), page, NOON)


def ids(session, actor, **wanted):
    found = tuple(one.id for one in find(session, actor, **wanted).questions)
    whole = found_ids(session, actor, Wanted(**wanted), banks_to_search(session, actor), NOON)
    assert whole[:PAGE] == found
    return found


def test_all_that_may_be_changed_is_found_across_banks_and_nothing_else(session, instructor, question_id):
    other = add_person(session, Role.INSTRUCTOR)
    session.execute(update(BankRow).where(BankRow.name == "boats").values(owner_id=other.id))
    mine = {one.bank_name for one in find(session, instructor, sort="bank").questions}
    assert mine == {"harbour"} and find(session, other).total > find(session, instructor).total
    session.execute(update(BankRow).where(BankRow.name == "boats").values(visibility=Visibility.PRIVATE))
    assert [bank.name for bank in banks_to_search(session, instructor)] == ["harbour"]
    with pytest.raises(NotFound):
        banks_to_search(session, instructor, "boats")


def test_words_are_found_in_stem_answer_fact_and_explanation_whatever_their_case(session, instructor, question_id):
    for words in ("ödön", "ÖDÖN 70", "last LARGE", "100%_", "%", "gives", "70 tons", "landed it"):
        assert question_id in ids(session, instructor, words=words), words
    assert ids(session, instructor, words="%") == (question_id,)
    for words in ("ödön 71", "100_%", "quayside", "does not have this figure", "distractors"):
        assert question_id not in ids(session, instructor, words=words), words


def test_it_is_found_by_what_it_is(session, instructor, question_id):
    fact_id = session.get_one(QuestionRow, question_id).fact_id
    session.add(QuestionTagRow(question_id=question_id, tag="exam"))
    session.execute(update(FactRow).where(FactRow.id == fact_id).values(review_by=date(2026, 5, 20)))
    own = {"origin": "instructor"}
    for right, wrong in (
        ({"bank": "harbour"}, {"bank": "boats"}),
        ({"type": "single_choice"}, {"type": "numeric"}),
        ({"topic": "Trade"}, {"topic": "Weather"}),
        ({"status": "uncontested"}, {"status": "disputed"}),
        ({"state": "asked"}, {"state": "archived"}),
        ({"tag": " EXAM "}, {"tag": "test"}),
        ({"review": "soon"}, {"review": "past"}),
        ({"state": ""}, {"review": "none"}),
        (own, {"status": "no such status"}),
    ):
        assert ids(session, instructor, **(own | right)) == (question_id,), right
        assert ids(session, instructor, **(own | wrong)) == (), wrong
    (listed,) = find(session, instructor, **own).questions
    assert (listed.tags, listed.review_by, listed.weight, listed.reports) == (("exam",), date(2026, 5, 20), 1.0, 0)
    assert (listed.topic, listed.by_hand, listed.retired) == ("Trade", True, False)
    (bank,) = (one for one in banks_to_search(session, instructor) if one.name == "harbour")
    assert bank.tags == ("exam",)


def test_what_breaks_a_rule_is_found_with_its_id(session, instructor):
    flawed = replace(DRAFT, stem="Which of these was not the last catch?")
    broken = questions.add_question(session, instructor, "harbour", flawed, "own-2", NOON)
    found = find(session, instructor, rule="any", origin="instructor")
    assert [one.id for one in found.questions] == [broken]
    assert ids(session, instructor, rule="negative-stem", origin="instructor") == (broken,)
    assert ids(session, instructor, rule="no-such-rule") == ()


def test_open_reports_are_counted(session, instructor, question_id, guest, stranger):
    revision_id = session.scalars(select(QuestionRevisionRow.id).filter_by(question_id=question_id)).one()
    for actor, settled in ((guest, None), (stranger, NOON)):
        session.add(
            QuestionReportRow(
                question_id=question_id,
                question_revision_id=revision_id,
                person_id=actor.id,
                kind=ReportKind.TYPO,
                reported_at=NOON,
                settled_at=settled,
            )
        )
    session.flush()
    assert find(session, instructor, origin="instructor").questions[0].reports == 1


def test_every_order_holds_everything_once(session, instructor, question_id):
    total = find(session, instructor).total
    for sort in ("newest", "bank", "changed", "review", "type", "nonsense"):
        found = ids(session, instructor, sort=sort)
        assert len(found) == len(set(found)) == min(PAGE, total)


def test_there_are_fifty_on_a_page_and_a_page_too_far_is_the_last(session, instructor, question_id):
    load_bank(session, make_bank(boat_facts()[:9], "more-boats"), NOON)
    assert find(session, instructor).pages > 1
    for words in ("", "the"):
        total = find(session, instructor, words=words).total
        last = find(session, instructor, 99, words=words)
        assert (last.total, last.page) == (total, last.pages)
        assert last.first + len(last.questions) - 1 == total
    assert find(session, instructor, words="nowhere to be found").questions == ()


def test_a_page_takes_one_statement_and_the_banks_another(session, instructor, question_id, statements):
    session.flush()
    statements()
    banks = banks_to_search(session, instructor)
    find_questions(session, instructor, Wanted(words="70", tag="x"), banks, 1, NOON + timedelta(days=1))
    assert len(statements()) == 2
