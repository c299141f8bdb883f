"""A learner who answered in a bank and does not see it any more: their past is theirs, nothing new of it is."""

import pytest
from sqlalchemy import func, select

from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services import history, quizzes, results
from quizapp.services.bank_transfer import load_bank
from quizapp.services.contrasts import start_contrast
from quizapp.services.mix_ups import common_mix_ups
from quizapp.services.reading import ask_fact, reading_page
from tests.factories import NOON, make_bank, make_fact
from tests.players import mixing_response_to
from tests.services.taking import answer, given
from tests.shelves import CANARY, SHELVED, WEIGHTS, join, leave, make_shelf, put


@pytest.fixture
def shelf(session):
    return make_shelf(session, Visibility.CLASSES)


def attempts(session):
    return session.scalar(select(func.count()).select_from(AttemptRow))


def answered(session, shelf, *positions, right=True, kind=AttemptKind.QUIZ):
    """Start a quiz of five as the member, answer at some positions, and leave the class."""
    attempt_id = quizzes.start_attempt(session, shelf.member, SHELVED, 5, 1, NOON, kind)
    for position in positions:
        answer(session, shelf.member, attempt_id, position, right)
    leave(session, shelf.class_id, shelf.member)
    return attempt_id


def test_a_result_stays_as_it_was(session, shelf):
    attempt_id = answered(session, shelf, 1, 2, 3, 4, 5)
    found = results.attempt_result(session, shelf.member, attempt_id)
    assert (found.score.right, len(found.lines), found.is_open) == (5, 5, False)
    assert CANARY in found.lines[0].snapshot.fact.text


def test_what_was_not_answered_is_not_there(session, shelf):
    attempt_id = answered(session, shelf, 2)
    assert quizzes.asked_question(session, shelf.member, attempt_id, 2).next_open is None
    for position in (1, 3):
        with pytest.raises(NotFound):
            quizzes.asked_question(session, shelf.member, attempt_id, position)
    assert not quizzes.attempt_state(session, shelf.member, attempt_id).is_open


def test_what_was_answered_is_readable(session, shelf):
    attempt_id = answered(session, shelf, 2)
    asked = quizzes.asked_question(session, shelf.member, attempt_id, 2)
    assert asked.score == 1 and not asked.is_open


def test_finishing_tells_no_answer_that_was_not_given(session, shelf):
    attempt_id = answered(session, shelf, 2)
    quizzes.finish_attempt(session, shelf.member, attempt_id, NOON)
    found = results.attempt_result(session, shelf.member, attempt_id)
    assert [line.position for line in found.lines] == [2]
    assert (found.score.right, found.score.questions, found.score.omitted) == (1, 5, 4)


def test_a_result_does_not_tell_how_a_question_reads_today(session, shelf):
    attempt_id = answered(session, shelf, 1, 2, 3, 4, 5)
    facts = [make_fact(f"{CANARY}-{n}", value_text="99 tons", paragraphs=(n,)) for n in range(1, len(WEIGHTS) + 1)]
    load_bank(session, make_bank(facts, SHELVED), NOON)
    session.flush()
    assert all(line.today is None for line in results.attempt_result(session, shelf.member, attempt_id).lines)
    join(session, shelf.class_id, shelf.member)
    assert any(line.today for line in results.attempt_result(session, shelf.member, attempt_id).lines)


def test_nothing_is_retried(session, shelf):
    attempt_id = answered(session, shelf, 1, 2, 3, 4, 5, right=False)
    before = attempts(session)
    with pytest.raises(Conflict, match="not open to you any more"):
        results.retry_missed(session, shelf.member, attempt_id, 1, NOON)
    assert attempts(session) == before


def test_mix_ups_are_neither_listed_nor_told_apart(session, shelf):
    mixed = mixed_up(session, shelf)
    assert [one.bank_name for one in common_mix_ups(session, shelf.member)] == [SHELVED]
    leave(session, shelf.class_id, shelf.member)
    before = attempts(session)
    assert common_mix_ups(session, shelf.member) == []
    with pytest.raises(Conflict):
        start_contrast(session, shelf.member, *mixed, seed=1, now=NOON)
    assert attempts(session) == before


def mixed_up(session, shelf):
    attempt_id = quizzes.start_attempt(session, shelf.member, SHELVED, None, 1, NOON)
    for position in quizzes.attempt_state(session, shelf.member, attempt_id).open_positions:
        asked = quizzes.asked_question(session, shelf.member, attempt_id, position)
        form = mixing_response_to(asked)
        if form:
            quizzes.respond(session, shelf.member, asked, asked.read(form).response, NOON)
            return attempt_id, position
    raise AssertionError("nothing can be mixed up")


def test_the_history_says_what_can_go_on(session, shelf):
    attempt_id = answered(session, shelf, 1)
    (past,) = history.past_attempts(session, shelf.member)
    assert (past.attempt_id, past.finished, past.is_open) == (attempt_id, False, False)
    join(session, shelf.class_id, shelf.member)
    assert history.past_attempts(session, shelf.member)[0].is_open


def test_an_attempt_opens_neither_the_article_nor_a_question_of_it(session, shelf):
    attempt_id = answered(session, shelf, 1)
    with pytest.raises(NotFound):
        reading_page(session, SHELVED, shelf.member, attempt_id)
    with pytest.raises(NotFound):
        ask_fact(session, shelf.member, SHELVED, f"{CANARY}-1", 1, NOON, attempt_id)


@pytest.mark.parametrize("hide", ["leave", "draft", "retire"])
def test_it_goes_on_where_it_was_left_once_the_bank_is_seen_again(session, shelf, hide):
    attempt_id = quizzes.start_attempt(session, shelf.member, SHELVED, 5, 1, NOON)
    asked = quizzes.asked_question(session, shelf.member, attempt_id, 1)
    bank = session.scalars(select(BankRow).where(BankRow.name == SHELVED)).one()
    if hide == "leave":
        leave(session, shelf.class_id, shelf.member)
    elif hide == "draft":
        put(session, Visibility.PRIVATE, shelf.owner)
    else:
        bank.retired_at = NOON
    session.flush()
    with pytest.raises(NotFound):
        quizzes.asked_question(session, shelf.member, attempt_id, 1)
    if hide == "leave":
        join(session, shelf.class_id, shelf.member)
    elif hide == "draft":
        put(session, Visibility.PUBLIC, shelf.owner)
    else:
        bank.retired_at = None
    session.flush()
    again = quizzes.asked_question(session, shelf.member, attempt_id, 1)
    assert again.snapshot == asked.snapshot
    assert quizzes.respond(session, shelf.member, again, given(again), NOON).score == 1
