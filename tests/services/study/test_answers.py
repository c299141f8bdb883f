from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.database.memory_tables import ReviewRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.memory.evidence import Strength
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study import answers, settings, turns
from tests.factories import NOON
from tests.players import response_to
from tests.services.studying import BANK, STUDY, card_of, everything_of, place_of, take, turn_of

DAY = timedelta(days=1)


def reviews(session, actor):
    return session.scalar(select(func.count()).select_from(ReviewRow).where(ReviewRow.person_id == actor.id))


def last_review(session, actor):
    own = select(ReviewRow).where(ReviewRow.person_id == actor.id).order_by(ReviewRow.id.desc()).limit(1)
    return session.scalars(own.execution_options(populate_existing=True)).one()


def grade(session, actor, turn, rating=Rating.GOOD, shown=None, now=NOON):
    return answers.grade_card(session, actor, place_of(turn), rating, shown, seed=3, now=now)


def test_the_interval_on_the_button_is_the_one_that_is_given(session, guest):
    for number in range(8):
        turn = turn_of(session, guest)
        if turn.face is None:
            take(session, guest)
            continue
        rating = Rating.GOOD if number % 3 else Rating.AGAIN
        offered = turn.offered[rating]
        grade(session, guest, turn, rating, offered.interval)
        assert last_review(session, guest).interval == offered.interval


def test_a_grade_without_an_interval_gets_the_one_that_was_offered(session, guest):
    turn = turn_of(session, guest)
    grade(session, guest, turn, Rating.GOOD, None)
    assert last_review(session, guest).interval == turn.offered[Rating.GOOD].interval


@pytest.mark.parametrize("shown", [0, 400, 99_999])
def test_an_interval_that_no_longer_stands_is_not_given_in_silence(session, guest, shown):
    turn = turn_of(session, guest)
    with pytest.raises(Conflict, match="no longer holds"), session.begin_nested():
        grade(session, guest, turn, Rating.GOOD, shown)
    assert reviews(session, guest) == 0


def test_the_same_form_sent_five_times_counts_once(session, guest):
    turn = turn_of(session, guest)
    ids = {grade(session, guest, turn) for _ in range(5)}
    assert len(ids) == 1
    assert reviews(session, guest) == 1


def test_another_answer_to_a_card_that_has_moved_on_is_refused_and_nothing_is_lost(session, guest):
    turn = turn_of(session, guest)
    grade(session, guest, turn)
    before = everything_of(session, guest)
    with pytest.raises(Conflict, match="another tab"):
        grade(session, guest, turn, Rating.AGAIN)
    assert everything_of(session, guest) == before


def test_a_form_from_before_an_undo_does_not_count_again(session, guest):
    turn = turn_of(session, guest)
    grade(session, guest, turn)
    answers.undo_last(session, guest, BANK, STUDY, turn_of(session, guest).at.stamp, NOON)
    with pytest.raises(Conflict):
        grade(session, guest, turn)
    assert reviews(session, guest) == 0


def test_a_fact_of_another_bank_or_none_is_refused(session, guest):
    turn = turn_of(session, guest)
    with pytest.raises(NotFound):
        answers.grade_card(session, guest, replace(place_of(turn), fact_id=99_999), Rating.GOOD, None, 1, NOON)


def test_a_question_of_another_fact_is_refused(session, guest):
    turn = turn_of(session, guest)
    with pytest.raises(NotFound):
        answers.asked_in_study(session, guest, place_of(turn), 99_999, {"response": "1"}, NOON)


def test_a_stranger_cannot_take_back_somebody_elses_answer(session, guest, stranger):
    take(session, guest)
    with pytest.raises(Conflict):
        answers.undo_last(session, stranger, BANK, STUDY, 1, NOON)
    with pytest.raises(NotFound):
        answers.was_right(session, stranger, last_review(session, guest).id, NOON)


def test_a_review_holds_all_that_was_there(session, guest):
    turn = turn_of(session, guest)
    grade(session, guest, turn, Rating.GOOD, turn.offered[Rating.GOOD].interval)
    row = last_review(session, guest)
    assert (row.strength, row.rating, row.weight) == (Strength.SELF_GRADED, 3, 1.0)
    assert (row.before_state, row.milliseconds, row.stamp) == (None, 4_000, 0)
    assert (row.reviewed_at, row.study_day, row.offset_minutes) == (NOON, turn.at.day, 0)
    assert row.parameter_set == "fsrs-6 defaults"


def typed_turn(session, guest):
    """Bring one fact to where it is asked by typing; return the turn and its day."""
    chosen = StudySettings(new_a_day=1)
    settings.keep_settings(session, guest, chosen, chosen.day_of(NOON))
    now = NOON
    for _ in range(80):
        found = turns.current_turn(session, guest, BANK, STUDY, now)
        if isinstance(found, turns.Finished):
            assert found.next_due is not None
            now += DAY * (found.next_due[0] - found.at.day)
            continue
        kind = found.snapshot.question.type if found.snapshot else ""
        if kind in ("short_answer", "numeric", "cloze"):
            return found, now
        take(session, guest, now=now)
    raise AssertionError("nothing is ever typed")


def test_a_typed_answer_can_be_called_right(session, guest):
    turn, now = typed_turn(session, guest)
    before = card_of(session, guest, turn.fact.id).stability
    take(session, guest, right=False, now=now)
    wrong = last_review(session, guest)
    assert (wrong.rating, wrong.strength) == (1, Strength.PRODUCED)
    answers.was_right(session, guest, wrong.id, now)
    row = last_review(session, guest)
    assert (row.rating, row.overridden, row.given) == (3, True, wrong.given)
    assert card_of(session, guest, turn.fact.id).stability > before
    assert card_of(session, guest, turn.fact.id).lapses == 0


def test_a_typed_answer_called_right_twice_is_called_right_once(session, guest):
    _, now = typed_turn(session, guest)
    take(session, guest, right=False, now=now)
    wrong_id = last_review(session, guest).id
    called = [answers.was_right(session, guest, wrong_id, now) for _ in range(2)]
    assert called == [last_review(session, guest).id] * 2


def test_only_the_last_typed_answer_can_be_called_right(session, guest):
    take(session, guest)
    with pytest.raises(Conflict):
        answers.was_right(session, guest, last_review(session, guest).id, NOON)


def test_a_right_choice_counts_by_the_chance_that_it_was_known(session, guest):
    take(session, guest)
    for day in range(2, 12):
        found = turns.current_turn(session, guest, BANK, STUDY, NOON + day * DAY)
        if isinstance(found, turns.Turn) and found.snapshot and found.snapshot.question.type == "single_choice":
            take(session, guest, now=NOON + day * DAY)
            row = last_review(session, guest)
            assert row.strength is Strength.CHOSEN
            assert 0.5 < row.weight < 1
            return
        if isinstance(found, turns.Turn):
            take(session, guest, now=NOON + day * DAY)
    raise AssertionError("nothing was ever chosen")


def test_a_response_that_is_read_is_the_one_that_is_graded(session, guest):
    turn, now = typed_turn(session, guest)
    form = response_to(turn)
    asked = answers.asked_in_study(session, guest, place_of(turn), turn.revision_id, dict(form), now)
    assert turn.snapshot.grade(asked.reading.response).score == 1


def test_a_fact_forgotten_eight_times_is_set_aside_with_its_memory_as_it_was(session, guest):
    chosen = StudySettings(new_a_day=1, cards_only=True)
    settings.keep_settings(session, guest, chosen, chosen.day_of(NOON))
    now, name = NOON, turn_of(session, guest).fact.id
    take(session, guest)
    for _ in range(8):
        now += DAY * 40
        take(session, guest, right=False, now=now)
        row = card_of(session, guest, name)
        if row.postponed_on is None:
            take(session, guest, now=now + timedelta(minutes=11))
    assert (row.lapses, row.due_day - row.last_day, row.due_at) == (8, 7, None)
    assert row.postponed_on == row.last_day
    assert turn_of(session, guest, now + timedelta(minutes=30)).fact.id != name
