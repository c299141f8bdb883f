from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound
from quizapp.domain.roles import Actor, Role
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank, retire_bank
from quizapp.services.reading import reading_page
from quizapp.services.studio import questions
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, make_bank
from tests.services.taking import answer

LATER = NOON + timedelta(days=1)


@pytest.fixture
def instructor(session, stranger) -> Actor:
    session.get_one(PersonRow, stranger.id).role = Role.INSTRUCTOR
    session.flush()
    return Actor(stranger.id, Role.INSTRUCTOR)


@pytest.fixture
def question_id(session, instructor) -> int:
    return questions.add_question(session, instructor, "harbour", DRAFT, "own-1", NOON)


def edit(session, actor, question_id, based_on=1, name="own-2", **changes):
    return questions.edit_question(
        session, actor, question_id, replace(DRAFT, **changes), name, based_on=based_on, now=LATER
    )


def revisions(session, question_id):
    return session.scalars(
        select(QuestionRevisionRow)
        .where(QuestionRevisionRow.question_id == question_id)
        .order_by(QuestionRevisionRow.number)
    ).all()


def fact_of(session, question_id) -> FactRow:
    session.flush()
    session.expire_all()
    return session.get_one(FactRow, session.get_one(QuestionRow, question_id).fact_id)


def test_a_question_is_stored_with_its_fact_and_its_author(session, instructor, question_id):
    row, fact = session.get_one(QuestionRow, question_id), fact_of(session, question_id)
    assert (row.name, row.origin, row.scored, row.type) == ("own-1", Origin.INSTRUCTOR, True, "single_choice")
    assert (fact.name, fact.origin, fact.content["statement"]) == ("own-1", Origin.INSTRUCTOR, DRAFT.line)
    (revision,) = revisions(session, question_id)
    assert (revision.author_id, revision.number, revision.created_at) == (instructor.id, 1, NOON)


def test_it_can_be_asked_and_read_at_once(session, guest, question_id):
    attempt_id = quizzes.try_question(session, guest, question_id, seed=1, now=NOON)
    assert answer(session, guest, attempt_id, 1).score == 1
    page = reading_page(session, "harbour")
    assert page.facts["own-1"].added and page.facts["own-1"].has_question


def test_a_wrong_answer_stores_the_fact_it_was_borrowed_from(session, guest, question_id):
    attempt_id = quizzes.try_question(session, guest, question_id, seed=1, now=NOON)
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    grade = quizzes.respond(session, guest, asked, {"option": 1}, NOON)
    assert grade.fact == "catch-4"


def test_sending_it_twice_stores_it_once(session, instructor, question_id):
    again = questions.add_question(session, instructor, "harbour", DRAFT, "own-1", LATER)
    assert again == question_id
    assert len(revisions(session, question_id)) == 1
    count = select(func.count()).select_from(FactRow).where(FactRow.origin == Origin.INSTRUCTOR)
    assert session.scalar(count) == 1


def test_a_line_the_bank_knows_makes_no_second_fact(session, instructor):
    known = make_bank().facts[1]
    draft = replace(DRAFT, line=known.text, paragraph=known.paragraphs[0])
    found = questions.add_question(session, instructor, "harbour", draft, "own-1", NOON)
    assert fact_of(session, found).name == known.id and fact_of(session, found).origin is Origin.FILE


def test_what_cannot_be_asked_is_refused_and_nothing_is_stored(session, instructor):
    before = session.scalar(select(func.count()).select_from(FactRow))
    with pytest.raises(InvalidContent, match="the stem is empty"):
        questions.add_question(session, instructor, "harbour", replace(DRAFT, stem=" "), "own-1", NOON)
    assert session.scalar(select(func.count()).select_from(FactRow)) == before
    assert questions.own_questions(session, instructor, "harbour")[1] == []


def test_an_edit_changes_its_own_fact_and_keeps_the_old_revision(session, guest, instructor, question_id):
    attempt_id = quizzes.try_question(session, guest, question_id, seed=1, now=NOON)
    assert edit(session, instructor, question_id, line="The report gives 70 tons as the very last catch.")
    fact = fact_of(session, question_id)
    assert (fact.name, "very last" in fact.content["statement"]) == ("own-1", True)
    assert [row.number for row in revisions(session, question_id)] == [1, 2]
    assert quizzes.asked_question(session, guest, attempt_id, 1).snapshot.fact.text == DRAFT.line


def test_nothing_changed_is_no_revision(session, instructor, question_id):
    assert not edit(session, instructor, question_id)
    assert len(revisions(session, question_id)) == 1


def test_a_fact_that_another_question_tests_too_is_not_changed_but_a_new_one_made(session, instructor, question_id):
    other = questions.add_question(
        session,
        instructor,
        "harbour",
        replace(DRAFT, stem="In the report, how much was the last catch?"),
        "own-9",
        NOON,
    )
    assert fact_of(session, other).id == fact_of(session, question_id).id
    assert edit(session, instructor, question_id, line="The report gives 70 tons as the very last catch.")
    assert fact_of(session, question_id).name == "own-2"
    assert fact_of(session, other).content["statement"] == DRAFT.line


def test_an_edit_to_a_line_the_bank_knows_takes_that_fact_and_retires_its_own(session, instructor, question_id):
    own, known = fact_of(session, question_id).id, make_bank().facts[1]
    assert edit(session, instructor, question_id, line=known.text, paragraph=known.paragraphs[0])
    assert fact_of(session, question_id).name == known.id
    assert session.get_one(FactRow, own).retired_at == LATER
    assert "own-1" not in reading_page(session, "harbour").facts


def test_who_edits_an_older_revision_is_told_and_nothing_is_stored(session, instructor, question_id):
    edit(session, instructor, question_id, stem="In the report, what was the last catch?")
    with pytest.raises(Conflict):
        edit(session, instructor, question_id, based_on=1, stem="In the report, what did they catch last?")
    assert len(revisions(session, question_id)) == 2


def test_retiring_takes_its_own_fact_along_and_both_come_back(session, instructor, question_id):
    assert questions.set_retired(session, instructor, question_id, True, LATER) == "harbour"
    session.flush()
    assert "own-1" not in reading_page(session, "harbour").facts
    assert questions.own_questions(session, instructor, "harbour")[1][0].retired
    questions.set_retired(session, instructor, question_id, False, LATER)
    session.flush()
    assert "own-1" in reading_page(session, "harbour").facts


def test_a_fact_of_the_file_stays_when_the_question_on_it_is_retired(session, instructor):
    known = make_bank().facts[1]
    draft = replace(DRAFT, line=known.text, paragraph=known.paragraphs[0])
    found = questions.add_question(session, instructor, "harbour", draft, "own-1", NOON)
    questions.set_retired(session, instructor, found, True, LATER)
    assert fact_of(session, found).retired_at is None


def test_loading_the_bank_again_changes_nothing_of_it(session, instructor, question_id):
    load_bank(session, make_bank(make_bank().facts[2:]), LATER)
    session.flush()
    (found,) = questions.own_questions(session, instructor, "harbour")[1]
    assert (found.question_id, found.revision, found.retired) == (question_id, 1, False)
    assert edit(session, instructor, question_id, stem="In the report, what was the last catch?")


def test_questions_of_the_file_are_not_edited_here(session, instructor):
    from_file = session.scalars(select(QuestionRow.id).where(QuestionRow.origin == Origin.FILE)).first()
    with pytest.raises(NotFound):
        questions.edited_question(session, instructor, from_file)
    with pytest.raises(NotFound):
        questions.set_retired(session, instructor, from_file, True, NOON)


def test_an_unknown_or_retired_bank_takes_no_questions(session, instructor):
    with pytest.raises(NotFound):
        questions.writing_desk(session, instructor, "nowhere")
    retire_bank(session, "harbour", NOON)
    session.flush()
    for call in (
        lambda: questions.own_questions(session, instructor, "harbour"),
        lambda: questions.add_question(session, instructor, "harbour", DRAFT, "own-1", NOON),
    ):
        with pytest.raises(NotFound):
            call()


@pytest.mark.parametrize("role", [Role.GUEST, Role.LEARNER])
def test_learners_may_do_none_of_this(session, guest, question_id, role):
    actor = Actor(guest.id, role)
    for call in (
        lambda: questions.own_questions(session, actor, "harbour"),
        lambda: questions.writing_desk(session, actor, "harbour"),
        lambda: questions.edited_question(session, actor, question_id),
        lambda: questions.add_question(session, actor, "harbour", DRAFT, "own-3", NOON),
        lambda: edit(session, actor, question_id, stem="Mine now?"),
        lambda: questions.set_retired(session, actor, question_id, True, NOON),
    ):
        with pytest.raises(NotAllowed):
            call()
