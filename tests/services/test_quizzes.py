from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import FactRow, QuestionRow
from quizapp.database.study_tables import AttemptRow, ResponseRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor
from quizapp.runtime import Runtime
from quizapp.services import quizzes, results
from quizapp.services.accounts import start_guest
from quizapp.services.bank_transfer import load_bank
from quizapp.services.history import past_attempts
from tests.factories import NOON, make_bank
from tests.services.taking import answer, given, take

BANK = make_bank()


@pytest.fixture
def attempt_id(session, guest) -> int:
    return quizzes.start_attempt(session, guest, "harbour", 5, seed=1, now=NOON)


def test_an_attempt_asks_as_many_questions_as_were_wanted(session, guest, attempt_id):
    assert quizzes.attempt_state(session, guest, attempt_id).open_positions == (1, 2, 3, 4, 5)


def test_the_same_seed_draws_the_same_questions(session, guest, stranger):
    first, second = (quizzes.start_attempt(session, who, "harbour", 5, seed=3, now=NOON) for who in (guest, stranger))
    assert [quizzes.asked_question(session, guest, first, n).snapshot for n in range(1, 6)] == [
        quizzes.asked_question(session, stranger, second, n).snapshot for n in range(1, 6)
    ]


def test_a_right_response_scores_one_and_is_kept(session, guest, attempt_id):
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    quizzes.respond(session, guest, asked, given(asked), NOON)
    again = quizzes.asked_question(session, guest, attempt_id, 1)
    assert (again.score, again.response) == (1.0, given(asked))


def test_a_second_response_is_a_conflict(session, guest, attempt_id):
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    quizzes.respond(session, guest, asked, given(asked), NOON)
    with pytest.raises(Conflict), session.begin_nested():
        quizzes.respond(session, guest, asked, given(asked), NOON)


def test_the_last_response_finishes_the_attempt_with_its_score(session, guest, attempt_id):
    for position in range(1, 6):
        asked = quizzes.asked_question(session, guest, attempt_id, position)
        quizzes.respond(session, guest, asked, given(asked), NOON + timedelta(minutes=position))
    assert quizzes.attempt_state(session, guest, attempt_id).finished


def test_somebody_elses_attempt_is_not_there(session, stranger, attempt_id):
    with pytest.raises(NotFound):
        quizzes.asked_question(session, stranger, attempt_id, 1)


def test_an_unknown_bank_is_not_there(session, guest):
    with pytest.raises(NotFound):
        quizzes.start_attempt(session, guest, "nowhere", 5, seed=1, now=NOON)


def test_a_bank_without_scored_questions_has_nothing_to_ask(session, guest):
    load_bank(session, replace(BANK, questions=tuple(replace(one, scored=False) for one in BANK.questions)), NOON)
    with pytest.raises(Conflict, match="no questions"):
        quizzes.start_attempt(session, guest, "harbour", 5, seed=1, now=NOON)


def test_retired_and_unscored_questions_are_not_drawn(session, guest):
    _retired, unscored, *asked = BANK.questions
    load_bank(session, replace(BANK, questions=(replace(unscored, scored=False), *asked)), NOON)
    attempt_id = quizzes.start_attempt(session, guest, "harbour", None, seed=1, now=NOON)
    drawn = {
        quizzes.asked_question(session, guest, attempt_id, position).snapshot.question.id
        for position in quizzes.attempt_state(session, guest, attempt_id).open_positions
    }
    assert drawn == {one.id for one in asked}


@pytest.mark.parametrize("length", [None, 500, 10**9])
def test_a_length_beyond_the_bank_asks_all_of_it_once(session, guest, length):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", length, seed=1, now=NOON)
    assert quizzes.attempt_state(session, guest, attempt_id).length == len(BANK.questions)


def test_a_wrong_response_is_stored_with_the_fact_it_was_mixed_up_with(session, guest):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", None, seed=1, now=NOON)
    expected = set()
    for position in quizzes.attempt_state(session, guest, attempt_id).open_positions:
        asked = quizzes.asked_question(session, guest, attempt_id, position)
        question = asked.snapshot.question
        if question.type == "single_choice":
            grade = quizzes.respond(session, guest, asked, {"option": 1}, NOON)
            assert grade.fact == question.body.distractors[0].fact
            if grade.fact is not None:
                expected.add((question.fact, grade.fact))
    tested, chosen = (select(FactRow.id, FactRow.name).subquery() for _ in range(2))
    mix_ups = session.execute(
        select(tested.c.name, chosen.c.name, func.count())
        .select_from(ResponseRow)
        .join(tested, tested.c.id == ResponseRow.fact_id)
        .join(chosen, chosen.c.id == ResponseRow.chosen_fact_id)
        .group_by(tested.c.name, chosen.c.name)
    ).all()
    assert {(fact, other) for fact, other, _ in mix_ups} == expected
    assert sum(count for *_, count in mix_ups) == session.scalar(
        select(func.count()).select_from(ResponseRow).where(ResponseRow.chosen_fact_id.is_not(None))
    )


def test_omitted_is_not_wrong(session, guest, attempt_id):
    answer(session, guest, attempt_id, 1, right=False)
    quizzes.finish_attempt(session, guest, attempt_id, NOON)
    score = results.attempt_result(session, guest, attempt_id).score
    assert (score.right, score.wrong, score.omitted, score.score) == (0, 1, 4, 0.0)


def test_finishing_counts_omitted_questions_as_nothing(session, guest, attempt_id):
    answer(session, guest, attempt_id, 1)
    answer(session, guest, attempt_id, 3)
    quizzes.finish_attempt(session, guest, attempt_id, NOON + timedelta(minutes=9))
    row = session.execute(select(AttemptRow.answered, AttemptRow.score, AttemptRow.finished_at)).one()
    assert tuple(row) == (2, 0.4, NOON + timedelta(minutes=9))


def test_finishing_twice_is_the_same_as_once(session, guest, attempt_id):
    answer(session, guest, attempt_id, 1)
    for minutes in (1, 2):
        quizzes.finish_attempt(session, guest, attempt_id, NOON + timedelta(minutes=minutes))
    assert session.scalars(select(AttemptRow.finished_at)).one() == NOON + timedelta(minutes=1)


def test_a_response_after_the_end_is_refused_and_not_stored(session, guest, attempt_id):
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    quizzes.finish_attempt(session, guest, attempt_id, NOON)
    with pytest.raises(Conflict, match="finished"), session.begin_nested():
        quizzes.respond(session, guest, asked, given(asked), NOON)
    assert session.scalar(select(func.count()).select_from(ResponseRow)) == 0


def test_nobody_finishes_or_answers_somebody_elses_quiz(session, guest, stranger, attempt_id):
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    with pytest.raises(NotFound):
        quizzes.finish_attempt(session, stranger, attempt_id, NOON)
    with pytest.raises(NotFound):
        quizzes.attempt_state(session, stranger, attempt_id)
    with pytest.raises(Conflict), session.begin_nested():
        quizzes.respond(session, stranger, asked, given(asked), NOON)
    assert quizzes.attempt_state(session, guest, attempt_id).open_positions == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("position", [0, 6, 10**6])
def test_a_position_outside_the_quiz_is_not_there(session, guest, attempt_id, position):
    with pytest.raises(NotFound):
        quizzes.asked_question(session, guest, attempt_id, position)


def test_the_order_of_options_stays_the_same_for_the_whole_attempt(session, guest, attempt_id):
    seen = [quizzes.asked_question(session, guest, attempt_id, 1).presented() for _ in range(2)]
    answer(session, guest, attempt_id, 1)
    assert [*seen, quizzes.asked_question(session, guest, attempt_id, 1).presented()] == [seen[0]] * 3


def test_seeing_a_question_takes_one_statement_answering_it_two_remembering_it_five(
    session, guest, attempt_id, statements
):
    statements()
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    assert len(statements()) == 1
    quizzes.respond(session, guest, asked, given(asked), NOON)
    assert [one.split()[0] for one in statements()] == [
        "INSERT",  # the response
        "UPDATE",  # how far the attempt is
        "SELECT",  # how the learner studies, and their card of the fact
        "INSERT",  # the card
        "INSERT",  # the day it is due
        "INSERT",  # the day it was answered
        "INSERT",  # the review
    ]


def test_the_score_of_many_attempts_is_the_sum_of_their_responses(session, guest):
    for wrong in ((), (1,), (1, 2, 3), (1, 2, 3, 4, 5)):
        attempt_id = take(session, guest, 5, wrong)
        stored = session.scalar(select(AttemptRow.score).where(AttemptRow.id == attempt_id))
        assert stored == pytest.approx(results.attempt_result(session, guest, attempt_id).score.score)
        assert stored == pytest.approx(1 - len(wrong) / 5)


def test_a_question_counts_as_much_as_it_weighed_when_the_attempt_started(session, guest, attempt_id):
    state = quizzes.attempt_state(session, guest, attempt_id)
    heavy = quizzes.asked_question(session, guest, attempt_id, 2).snapshot.question.id
    session.execute(update(QuestionRow).values(weight=0.0))
    session.execute(update(QuestionRow).where(QuestionRow.name == heavy).values(weight=3.0))
    weighed = quizzes.start_attempt(session, guest, "harbour", 5, seed=1, now=NOON)
    for started, expected in ((attempt_id, 0.2), (weighed, 1.0)):
        for position in state.open_positions:
            asked = quizzes.asked_question(session, guest, started, position)
            answer(session, guest, started, position, asked.snapshot.question.id == heavy)
        stored = session.scalar(select(AttemptRow.score).where(AttemptRow.id == started))
        result = results.attempt_result(session, guest, started)
        assert (stored, result.score.score) == (pytest.approx(expected), pytest.approx(expected))
        (listed,) = (one for one in past_attempts(session, guest) if one.attempt_id == started)
        assert (listed.range.low, listed.range.high) == pytest.approx((result.range.low, result.range.high))
    assert result.counts_differently and result.score.effective == 1


def test_where_no_question_weighs_anything_all_count_the_same(session, guest):
    session.execute(update(QuestionRow).values(weight=0.0))
    attempt_id = take(session, guest, 4, wrong=(2,))
    assert session.scalar(select(AttemptRow.score).where(AttemptRow.id == attempt_id)) == 0.75
    assert results.attempt_result(session, guest, attempt_id).score.score == 0.75


@pytest.mark.parametrize("last", ["response", "finish"])
def test_what_two_windows_do_at_the_same_moment_is_counted_and_scored_together(runtime: Runtime, last):
    with runtime.writing() as session:
        guest = start_guest(session, "token", NOON)
        attempt_id = quizzes.start_attempt(session, guest, "harbour", 2, seed=1, now=NOON)
    answered, waiting = Event(), Event()
    failures: list[BaseException] = []

    def second_window(actor: Actor) -> None:
        try:
            answered.wait(5)
            waiting.set()
            with runtime.writing() as session:
                if last == "response":
                    answer(session, actor, attempt_id, 2)
                else:
                    quizzes.finish_attempt(session, actor, attempt_id, NOON)
        except BaseException as error:
            failures.append(error)

    thread = Thread(target=second_window, args=(guest,))
    thread.start()
    with runtime.writing() as session:
        answer(session, guest, attempt_id, 1)
        answered.set()
        waiting.wait(5)
        thread.join(0.2)  # it must wait for this transaction, and see what it stored
        assert thread.is_alive()
    thread.join(10)
    assert failures == []
    with runtime.reading() as session:
        row = session.execute(select(AttemptRow.answered, AttemptRow.score)).one()
        assert tuple(row) == ((2, 1.0) if last == "response" else (1, 0.5))


def test_a_question_is_tried_by_itself_and_counts_for_nothing(session, guest):
    question_id = session.scalars(select(QuestionRow.id).where(QuestionRow.name == make_bank().questions[0].id)).one()
    attempt_id = quizzes.try_question(session, guest, question_id, seed=1, now=NOON)
    row = session.get_one(AttemptRow, attempt_id)
    assert (row.kind, row.length, row.kind.counts) == (AttemptKind.FACT, 1, False)
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    assert asked.snapshot.question.id == make_bank().questions[0].id and asked.kind is AttemptKind.FACT


def test_what_is_retired_or_unknown_cannot_be_tried(session, guest):
    row = session.scalars(select(QuestionRow)).first()
    row.retired_at = NOON
    session.flush()
    for question_id in (row.id, 10**8):
        with pytest.raises(NotFound):
            quizzes.try_question(session, guest, question_id, seed=1, now=NOON)


def test_a_pretest_asks_scored_questions_like_a_quiz(session, guest):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", 5, 1, NOON, AttemptKind.PRETEST)
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    assert asked.kind is AttemptKind.PRETEST and asked.length == 5 and asked.snapshot.question.scored
