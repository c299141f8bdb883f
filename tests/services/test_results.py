from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.plausible_range import plausible_range
from quizapp.services import quizzes, results
from quizapp.services.bank_transfer import load_bank
from tests.factories import NOON, make_bank
from tests.services.taking import answer, take

LATER = NOON + timedelta(days=1)


@pytest.fixture
def mixed(session, guest) -> int:
    """Six questions: 1, 3 and 6 right, 2 and 4 wrong, 5 omitted."""
    attempt_id = quizzes.start_attempt(session, guest, "harbour", 6, seed=1, now=NOON)
    for position in (1, 2, 3, 4, 6):
        answer(session, guest, attempt_id, position, right=position not in (2, 4))
    quizzes.finish_attempt(session, guest, attempt_id, NOON + timedelta(minutes=5))
    return attempt_id


def names_of(session, actor, attempt_id):
    state = quizzes.attempt_state(session, actor, attempt_id)
    return {
        quizzes.asked_question(session, actor, attempt_id, position).snapshot.question.id
        for position in range(1, state.length + 1)
    }


def test_right_wrong_and_omitted_are_told_apart(session, guest, mixed):
    found = results.attempt_result(session, guest, mixed)
    assert (found.score.right, found.score.wrong, found.score.omitted) == (3, 2, 1)
    assert found.score.score == 0.5
    assert found.range == plausible_range(0.5, 6)
    assert [line.position for line in found.missed] == [2, 4, 5]
    assert (found.started_at, found.finished_at) == (NOON, NOON + timedelta(minutes=5))


def test_a_line_says_what_was_given_and_what_was_right(session, guest, mixed):
    right, wrong, *_, omitted, _ = results.attempt_result(session, guest, mixed).lines
    assert right.response_text
    assert right.grade.score == 1
    assert wrong.response_text != wrong.answer_text
    assert wrong.grade.score == 0
    assert (omitted.response_text, omitted.grade, omitted.score) == ("", None, None)


def reword_the_bank(session):
    bank = make_bank()
    reworded = tuple(replace(one, stem="New words?", explanation="New.") for one in bank.questions)
    load_bank(session, replace(bank, questions=reworded), LATER)
    session.flush()


def test_the_result_is_as_it_was_then_whatever_became_of_the_bank(session, guest, mixed):
    before = results.attempt_result(session, guest, mixed)
    reword_the_bank(session)
    after = results.attempt_result(session, guest, mixed)
    assert [replace(line, today=None) for line in after.lines] == list(before.lines)
    assert (after.score, after.range) == (before.score, before.range)


def test_a_line_tells_how_the_question_reads_today_only_where_it_was_changed(session, guest, mixed):
    assert {line.today for line in results.attempt_result(session, guest, mixed).lines} == {None}
    reword_the_bank(session)
    today = [line.today.question.stem for line in results.attempt_result(session, guest, mixed).lines]
    assert set(today) == {"New words?"}


def test_the_result_of_a_running_quiz_is_a_conflict(session, guest):
    attempt_id = quizzes.start_attempt(session, guest, "harbour", 2, seed=1, now=NOON)
    for ask in (
        lambda: results.attempt_result(session, guest, attempt_id),
        lambda: results.retry_missed(session, guest, attempt_id, seed=1, now=NOON),
    ):
        with pytest.raises(Conflict, match="not finished"):
            ask()


def test_somebody_elses_result_is_not_there(session, guest, stranger, mixed):
    with pytest.raises(NotFound):
        results.attempt_result(session, stranger, mixed)
    with pytest.raises(NotFound):
        results.retry_missed(session, stranger, mixed, seed=1, now=NOON)


def test_a_retry_asks_exactly_what_was_missed(session, guest, mixed):
    missed = {line.snapshot.question.id for line in results.attempt_result(session, guest, mixed).missed}
    retry = results.retry_missed(session, guest, mixed, seed=2, now=LATER)
    assert names_of(session, guest, retry) == missed
    state = quizzes.attempt_state(session, guest, retry)
    assert (state.length, state.finished) == (3, False)


def test_a_retry_leaves_the_first_result_alone(session, guest, mixed):
    before = results.attempt_result(session, guest, mixed)
    retry = results.retry_missed(session, guest, mixed, seed=2, now=LATER)
    for position in (1, 2, 3):
        answer(session, guest, retry, position, now=LATER)
    assert results.attempt_result(session, guest, mixed) == before
    second = results.attempt_result(session, guest, retry)
    assert (second.score.score, second.follows_id) == (1.0, mixed)


def test_a_retry_is_put_in_the_words_of_today(session, guest, mixed):
    bank = make_bank()
    load_bank(session, replace(bank, questions=tuple(replace(one, stem="New?") for one in bank.questions)), LATER)
    retry = results.retry_missed(session, guest, mixed, seed=2, now=LATER)
    assert quizzes.asked_question(session, guest, retry, 1).snapshot.question.stem == "New?"


@pytest.mark.parametrize("fate", ["retired", "not scored any more"])
def test_a_missed_question_that_is_not_asked_any_more_is_left_out_of_the_retry(session, guest, mixed, fate):
    first, *others = (line.snapshot.question.id for line in results.attempt_result(session, guest, mixed).missed)
    bank = make_bank()
    if fate == "retired":
        questions = tuple(one for one in bank.questions if one.id != first)
    else:
        questions = tuple(replace(one, scored=one.id != first) for one in bank.questions)
    load_bank(session, replace(bank, questions=questions), LATER)
    retry = results.retry_missed(session, guest, mixed, seed=2, now=LATER)
    assert names_of(session, guest, retry) == set(others)


def test_nothing_missed_is_nothing_to_retry(session, guest):
    attempt_id = take(session, guest, 3)
    with pytest.raises(Conflict, match="nothing missed"):
        results.retry_missed(session, guest, attempt_id, seed=1, now=NOON)


def test_a_result_takes_one_statement(session, guest, mixed, statements):
    statements()
    results.attempt_result(session, guest, mixed)
    assert len(statements()) == 1
