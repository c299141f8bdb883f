import pytest
from sqlalchemy import select

from quizapp.database.bank_tables import FactRow, Origin
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.errors import NotFound
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.fact_marks import FactMark
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank, retire_bank
from quizapp.services.reading import ask_fact, reading_page
from tests.factories import NOON, boat_facts, harbour_facts, make_bank
from tests.players import partial_response_to
from tests.services.taking import answer, take


def told(page):
    return [fact for section in page.sections for passage in section.passages for fact in passage.facts]


def test_every_fact_of_the_bank_is_told_once_with_its_source(session):
    page = reading_page(session, "harbour")
    assert sorted(told(page)) == sorted(page.facts) == sorted(fact.id for fact in harbour_facts())
    assert (page.bank_title, page.source.outlet) == ("The harbour", "The Quayside Times")
    assert page.balance.statement and page.attempt is None


def test_an_unknown_or_retired_bank_is_not_there(session):
    with pytest.raises(NotFound):
        reading_page(session, "nowhere")
    retire_bank(session, "harbour", NOON)
    session.flush()
    with pytest.raises(NotFound):
        reading_page(session, "harbour")


def test_a_fact_that_left_the_file_is_no_longer_told(session):
    load_bank(session, make_bank(harbour_facts()[1:]), NOON)
    session.flush()
    assert harbour_facts()[0].id not in told(reading_page(session, "harbour"))


def test_what_an_instructor_added_says_so(session):
    row = session.scalars(select(FactRow).where(FactRow.name == "catch-2")).one()
    row.origin = Origin.INSTRUCTOR
    session.flush()
    page = reading_page(session, "harbour")
    assert [name for name, fact in page.facts.items() if fact.added] == ["catch-2"]


def test_a_fact_says_whether_it_can_be_asked(session):
    page = reading_page(session, "harbour")
    asked = {question.fact for question in make_bank().questions}
    assert {name for name, fact in page.facts.items() if fact.has_question} == asked


def test_an_attempt_marks_the_facts_it_asked_and_no_others(session, guest):
    attempt_id = take(session, guest, 4, wrong=(2,))
    page = reading_page(session, "harbour", guest, attempt_id)
    facts = [
        quizzes.asked_question(session, guest, attempt_id, position).snapshot.question.fact for position in range(1, 5)
    ]
    assert page.attempt.marks == {
        fact: FactMark.MISSED if place == 2 else FactMark.RIGHT for place, fact in enumerate(facts, 1)
    }
    assert (page.attempt.right, page.attempt.length, page.attempt.finished) == (3, 4, True)
    assert set(page.attempt.missed) == {facts[1]}
    assert page.attempt.missed[facts[1]].given != page.attempt.missed[facts[1]].answer


def test_what_was_not_answered_counts_as_such_only_once_the_attempt_is_finished(session, guest):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", 3, seed=1, now=NOON)
    answer(session, guest, attempt_id, 1)
    assert len(reading_page(session, "harbour", guest, attempt_id).attempt.marks) == 1
    quizzes.finish_attempt(session, guest, attempt_id, NOON)
    marks = reading_page(session, "harbour", guest, attempt_id).attempt.marks
    assert sorted(marks.values()) == ["omitted", "omitted", "right"]


@pytest.mark.parametrize("right", [True, False])
def test_a_fact_asked_again_from_the_page_changes_its_mark(session, guest, right):
    attempt_id = take(session, guest, 3, wrong=(1,))
    (missed,) = reading_page(session, "harbour", guest, attempt_id).attempt.missed
    again = ask_fact(session, guest, "harbour", missed, seed=5, now=NOON, attempt_id=attempt_id)
    answer(session, guest, again, 1, right)
    marks = reading_page(session, "harbour", guest, attempt_id).attempt.marks
    assert marks[missed] is (FactMark.MENDED if right else FactMark.MISSED)


def test_the_attempt_of_somebody_else_or_of_another_bank_is_not_there(session, guest, stranger):
    attempt_id = take(session, guest, 2)
    load_bank(session, make_bank(name="quay"), NOON)
    session.flush()
    for actor, bank in ((stranger, "harbour"), (None, "harbour"), (guest, "quay")):
        with pytest.raises(NotFound):
            reading_page(session, bank, actor, attempt_id)


def test_asking_a_fact_starts_an_attempt_of_one_question_on_it(session, guest):
    new_id = ask_fact(session, guest, "harbour", "catch-3", seed=1, now=NOON)
    row = session.get_one(AttemptRow, new_id)
    assert (row.kind, row.length, row.follows_id) == (AttemptKind.FACT, 1, None)
    assert quizzes.asked_question(session, guest, new_id, 1).snapshot.question.fact == "catch-3"


def test_a_fact_asked_again_comes_in_another_form_until_all_were_asked(session, guest):
    forms = [question.id for question in make_bank().questions if question.fact == "catch-3"]
    assert len(forms) > 1
    origin = first = ask_fact(session, guest, "harbour", "catch-3", seed=0, now=NOON)
    asked = [quizzes.asked_question(session, guest, first, 1).snapshot.question.id]
    for seed in range(1, len(forms)):
        new_id = ask_fact(session, guest, "harbour", "catch-3", seed, NOON, attempt_id=origin)
        asked.append(quizzes.asked_question(session, guest, new_id, 1).snapshot.question.id)
    assert sorted(asked) == sorted(forms)


def test_a_question_on_the_fact_alone_is_asked_before_one_on_several(session, guest):
    bank = make_bank([*harbour_facts(), *boat_facts()])
    load_bank(session, bank, NOON)
    shared = {question.fact for question in bank.questions if len(question.facts) > 1}
    alone = {question.fact for question in bank.questions if len(question.facts) == 1}
    assert shared & alone
    for fact in sorted(shared & alone):
        for seed in range(6):
            new_id = ask_fact(session, guest, "harbour", fact, seed, NOON)
            assert quizzes.asked_question(session, guest, new_id, 1).snapshot.question.facts == (fact,)


def test_what_was_partly_right_says_what_went_wrong(session, guest):
    load_bank(session, make_bank([*harbour_facts(), *boat_facts()]), NOON)
    attempt_id = quizzes.start_attempt(session, guest, "harbour", None, seed=1, now=NOON)
    for position in quizzes.attempt_state(session, guest, attempt_id).open_positions:
        asked = quizzes.asked_question(session, guest, attempt_id, position)
        if asked.snapshot.other_facts and asked.snapshot.question.type == "matching":
            given = asked.read(partial_response_to(asked)).response
            quizzes.respond(session, guest, asked, given, NOON)
            break
    page = reading_page(session, "harbour", guest, attempt_id).attempt
    facts = asked.snapshot.question.facts
    assert [page.marks[fact] for fact in facts] == [FactMark.PARTLY] * len(facts)
    assert all(page.missed[fact].reason.startswith("“") and page.missed[fact].given for fact in facts)
    assert (page.answered, page.right) == (1, 0)


def test_only_facts_with_questions_and_ones_own_attempts_can_be_asked_from(session, guest, stranger):
    theirs = take(session, stranger, 2)
    load_bank(session, make_bank(name="quay"), NOON)
    session.flush()
    elsewhere = quizzes.start_attempt(session, guest, "quay", 2, seed=1, now=NOON)
    for bank, fact, attempt_id in (
        ("harbour", "no-such-fact", 0),
        ("nowhere", "catch-3", 0),
        ("harbour", "catch-3", theirs),
        ("harbour", "catch-3", elsewhere),
        ("harbour", "catch-3", 10**9),
    ):
        with pytest.raises(NotFound):
            ask_fact(session, guest, bank, fact, seed=1, now=NOON, attempt_id=attempt_id)
    assert not session.scalars(select(AttemptRow).where(AttemptRow.kind == AttemptKind.FACT)).all()


def test_what_counts_for_nothing_leaves_the_score_it_follows_alone(session, guest):
    attempt_id = take(session, guest, 3, wrong=(1,))
    before = session.get_one(AttemptRow, attempt_id).score
    (missed,) = reading_page(session, "harbour", guest, attempt_id).attempt.missed
    again = ask_fact(session, guest, "harbour", missed, seed=5, now=NOON, attempt_id=attempt_id)
    answer(session, guest, again, 1)
    session.expire_all()
    assert session.get_one(AttemptRow, attempt_id).score == before


def test_the_page_takes_one_statement_and_two_with_an_attempt(session, guest, statements):
    attempt_id = take(session, guest, 3)
    session.flush()
    statements()
    reading_page(session, "harbour")
    assert len(statements()) == 1
    reading_page(session, "harbour", guest, attempt_id)
    assert len(statements()) == 2
