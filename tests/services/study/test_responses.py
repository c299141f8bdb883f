from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.memory_tables import MixUpRow, ReviewRow, StudiedDayRow
from quizapp.domain.memory.evidence import ReviewKind, Strength
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services import contrasts, quizzes, reading
from quizapp.services.bank_transfer import load_bank
from tests.every_type import NAME, every_type_bank
from tests.factories import NOON
from tests.services.studying import BANK, card_of, everything_of
from tests.services.taking import answer
from tests.services.taking_mixed import mix_up


def reviews(session, actor, **where):
    return session.scalars(select(ReviewRow).where(ReviewRow.person_id == actor.id).order_by(ReviewRow.id)).all()


def one_question(session, actor, right, kind=AttemptKind.QUIZ):
    """Answer the first question on a single fact of an attempt; return it."""
    attempt = quizzes.start_attempt(session, actor, BANK, None, seed=5, now=NOON, kind=kind)
    for position in quizzes.attempt_state(session, actor, attempt).open_positions:
        asked = quizzes.asked_question(session, actor, attempt, position)
        if not asked.snapshot.other_facts:
            answer(session, actor, attempt, position, right)
            return asked
    raise AssertionError("every question tests several facts")


def test_a_right_response_is_a_review_of_its_fact_in_a_quiz(session, guest):
    asked = one_question(session, guest, right=True)
    (row,) = reviews(session, guest)
    assert (row.kind, row.rating, row.score) == (ReviewKind.QUIZ, 3, 1.0)
    assert (row.attempt_id, row.position, row.question_revision_id) == (
        asked.attempt_id,
        asked.position,
        asked.revision_id,
    )
    card = card_of(session, guest, asked.snapshot.question.fact)
    assert card.due_at is None
    assert card.recalled_days == 1


def test_a_wrong_response_makes_the_fact_due_at_once(session, guest):
    asked = one_question(session, guest, right=False)
    card = card_of(session, guest, asked.snapshot.question.fact)
    assert card.due_at == NOON
    assert card.recalled_days == 0


def test_a_choice_weighs_less_than_what_was_typed(session, guest):
    attempt = quizzes.start_attempt(session, guest, BANK, None, seed=5, now=NOON)
    for position in quizzes.attempt_state(session, guest, attempt).open_positions:
        answer(session, guest, attempt, position)
    weights = {row.strength: row.weight for row in reversed(reviews(session, guest)) if row.before_state is None}
    assert weights[Strength.CHOSEN] < 1
    assert all(row.weight == 1 for row in reviews(session, guest) if row.strength is Strength.PRODUCED)


def test_a_pretest_is_logged_and_changes_no_memory(session, guest):
    asked = one_question(session, guest, right=False, kind=AttemptKind.PRETEST)
    (row,) = reviews(session, guest)
    assert row.kind is ReviewKind.PRETEST
    assert card_of(session, guest, asked.snapshot.question.fact) is None
    found = everything_of(session, guest)
    assert (found["cards"], found["study_loads"], found["studied_days"], found["mix_ups"]) == ([], [], [], [])


def test_a_fact_tapped_in_the_article_is_logged_and_changes_no_memory(session, guest):
    attempt = reading.ask_fact(session, guest, BANK, "catch-1", seed=2, now=NOON)
    answer(session, guest, attempt, 1)
    (row,) = reviews(session, guest)
    assert row.kind is ReviewKind.OPEN_BOOK
    assert everything_of(session, guest)["cards"] == []


def test_a_mix_up_in_a_quiz_is_open_until_its_contrasts_are_right(session, guest):
    attempt, position = mix_up(session, guest)
    (row,) = session.scalars(select(MixUpRow)).all()
    assert (row.times, row.told) == (1, 0)
    contrast = contrasts.start_contrast(session, guest, attempt, position, seed=3, now=NOON)
    answer(session, guest, contrast, 1)
    session.expire_all()
    assert row.told in (1, 2)
    answer(session, guest, contrast, 2)
    session.expire_all()
    assert row.told == 3


def test_a_right_response_to_several_facts_counts_for_each_of_them(session, guest):
    load_bank(session, every_type_bank(), NOON)
    attempt = quizzes.start_attempt(session, guest, NAME, None, seed=5, now=NOON)
    for position in quizzes.attempt_state(session, guest, attempt).open_positions:
        asked = quizzes.asked_question(session, guest, attempt, position)
        answer(session, guest, attempt, position, now=NOON + timedelta(minutes=position))
        if len(asked.snapshot.question.facts) > 1:
            rows = [row for row in reviews(session, guest) if row.position == position]
            assert {row.fact_id for row in rows} == {asked.fact_ids[name] for name in asked.snapshot.question.facts}
            return
    raise AssertionError("no question tests several facts")


def test_a_day_with_a_quiz_is_a_day_with_something_done_and_takes_nothing_from_the_limit(session, guest):
    one_question(session, guest, right=True)
    day = session.scalars(select(StudiedDayRow)).one()
    assert (day.responses, day.reviews, day.new_facts) == (1, 0, 0)


@pytest.mark.parametrize("kind", list(AttemptKind))
def test_every_kind_of_attempt_is_a_kind_of_review(kind):
    assert ReviewKind.of_attempt(kind) in ReviewKind
