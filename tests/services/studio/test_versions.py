"""Tests of the history of a question and of bringing a saved state back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, Change, FactRow, QuestionRevisionRow, QuestionRow
from quizapp.domain.errors import Conflict, InvalidContent, NotFound
from quizapp.domain.roles import Role
from quizapp.services import quizzes
from quizapp.services.askable import current_questions
from quizapp.services.studio import questions
from quizapp.services.studio.restoring import restore
from quizapp.services.studio.steps import undo_step
from quizapp.services.studio.storing import Saving
from quizapp.services.studio.versions import history_of
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person
from tests.services.taking import answer

LATER = NOON + timedelta(hours=1)
OTHER_LINE = "The report gives 70 tons as what the last boat landed."


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR, "Ines")


@pytest.fixture
def question_id(session, instructor):
    saving = Saving({"D-7": "It is about this very word."})
    return questions.add_question(session, instructor, "harbour", DRAFT, "own-1", NOON, saving)


def edit(session, actor, question_id, based_on, change=None, **changes):
    return questions.edit_question(
        session, actor, question_id, replace(DRAFT, **changes), "own-2", based_on, LATER, Saving({}, change)
    )


def asked_once(session, actor, question_id):
    asked = session.execute(current_questions(actor).where(QuestionRow.id == question_id)).all()
    answer(session, actor, quizzes.store_attempt(session, actor, asked, None, 1, NOON), 1)


def fact_of(session, question_id):
    session.flush()
    session.expire_all()
    return session.get_one(FactRow, session.get_one(QuestionRow, question_id).fact_id)


def test_every_state_says_who_saved_it_when_and_why_advice_was_passed_over(session, instructor, question_id):
    edit(session, instructor, question_id, 1, Change.TYPO, stem="In the report, how big was the last catch?")
    history = history_of(session, instructor, question_id)
    newest, first = history.versions
    assert (newest.number, newest.who, newest.saved_at, newest.change) == (2, "Ines", LATER, Change.TYPO)
    assert (first.number, first.change, first.reasons) == (1, None, {"D-7": "It is about this very word."})
    (changed,) = history.difference(first, newest)
    assert changed.label == "Question" and ("removed", "large") in changed.parts and ("added", "big") in changed.parts
    assert (history.by_hand, history.answered, history.cards) == (True, False, 0)


def test_it_says_where_each_state_is_used_and_by_how_many(session, instructor, guest, stranger, question_id):
    for actor in (guest, guest, stranger):
        asked_once(session, actor, question_id)
    quizzes.try_question(session, guest, question_id, 1, NOON)
    edit(session, instructor, question_id, 1, stem="In the report, how big was the last catch?")
    asked_once(session, guest, question_id)
    history = history_of(session, instructor, question_id)
    used = [(one.attempts, one.responses, one.learners) for one in history.versions]
    assert used == [(1, 1, 1), (4, 3, 2)]
    assert (history.learners, history.cards, history.answered) == (2, 2, True)


def test_a_question_of_a_file_has_a_history_that_is_read_only(session, instructor):
    row = session.scalars(select(QuestionRow).order_by(QuestionRow.id)).first()
    history = history_of(session, instructor, row.id)
    assert (history.by_hand, history.newest.from_file, history.newest.who) == (False, True, "")
    with pytest.raises(NotFound):
        restore(session, instructor, row.id, 1, 1, None, LATER)


def test_only_who_may_change_the_bank_sees_it(session, instructor, question_id):
    other = add_person(session, Role.INSTRUCTOR, "Otto")
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=instructor.id))
    for asked in (question_id, 2**30):
        with pytest.raises(NotFound):
            history_of(session, other, asked)
    with pytest.raises(NotFound):
        restore(session, other, question_id, 1, 1, None, LATER)


def test_a_state_is_brought_back_with_its_fact_as_a_new_revision(session, instructor, question_id):
    edit(session, instructor, question_id, 1, line=OTHER_LINE, stem="In the report, how big was the last catch?")
    step_id = restore(session, instructor, question_id, 1, 2, None, LATER)
    history = history_of(session, instructor, question_id)
    assert (history.newest.number, history.newest.change, history.newest.same_as) == (3, Change.RESTORED, 1)
    assert history.newest.snapshot == history.version(1).snapshot
    assert history.newest.reasons == history.version(1).reasons
    assert fact_of(session, question_id).content["statement"] == DRAFT.line
    undo_step(session, instructor, step_id, LATER)
    assert fact_of(session, question_id).content["statement"] == OTHER_LINE
    assert history_of(session, instructor, question_id).newest.snapshot.fact.text == OTHER_LINE


def test_a_fact_that_was_left_for_another_comes_back_with_the_state(session, instructor, question_id):
    known = fact_of(session, session.scalars(select(QuestionRow.id).order_by(QuestionRow.id)).first())
    line, paragraph = known.content["statement"], known.content["paragraphs"][0]
    edit(session, instructor, question_id, 1, line=line, paragraph=paragraph)
    own = session.scalars(select(FactRow).where(FactRow.name == "own-1")).one()
    assert fact_of(session, question_id).id == known.id and own.retired_at == LATER
    restore(session, instructor, question_id, 1, 2, None, LATER)
    assert (fact_of(session, question_id).id, own.retired_at) == (own.id, None)
    assert session.get_one(FactRow, known.id).retired_at is None


def test_where_learners_have_answered_it_is_asked_what_kind_of_change_it_is(session, instructor, guest, question_id):
    edit(session, instructor, question_id, 1, stem="In the report, how big was the last catch?")
    asked_once(session, guest, question_id)
    with pytest.raises(InvalidContent) as refused:
        restore(session, instructor, question_id, 1, 2, None, LATER)
    assert [problem.place for problem in refused.value.problems] == ["change"]
    restore(session, instructor, question_id, 1, 2, Change.DIFFERENT, LATER)
    newest = history_of(session, instructor, question_id).newest
    assert (newest.change, newest.same_as) == (Change.DIFFERENT, 1)


def test_what_says_the_same_already_is_left_alone(session, instructor, question_id):
    assert restore(session, instructor, question_id, 1, 1, None, LATER) is None
    assert len(history_of(session, instructor, question_id).versions) == 1


def test_whoever_looked_at_an_older_state_is_told(session, instructor, question_id):
    edit(session, instructor, question_id, 1, stem="In the report, how big was the last catch?")
    with pytest.raises(Conflict):
        restore(session, instructor, question_id, 1, 1, None, LATER)


def test_a_topic_that_is_gone_cannot_come_back(session, instructor, question_id):
    edit(session, instructor, question_id, 1, topic="weather")
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(topics={"weather": "Weather"}))
    with pytest.raises(Conflict):
        restore(session, instructor, question_id, 1, 2, None, LATER)


def test_the_history_takes_one_statement_however_long_it_is(session, instructor, question_id, statements):
    for number in range(1, 4):
        edit(session, instructor, question_id, number, stem=f"In the report, how big was catch {number}?")
    session.flush()
    statements()
    assert len(history_of(session, instructor, question_id).versions) == 4
    assert len(statements()) == 1
    assert session.scalar(select(QuestionRevisionRow.number).order_by(QuestionRevisionRow.number.desc()).limit(1)) == 4
