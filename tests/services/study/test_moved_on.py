"""Forms that come too late, from elsewhere, or with made-up words: none is taken for what it is not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import FactRow
from quizapp.database.memory_tables import CardRow, MixUpRow, ReviewRow, StudyLoadRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.bank_transfer import load_bank
from quizapp.services.study import answers, settings, turns
from quizapp.services.study.desk import desk
from quizapp.services.study.starting import start_session
from quizapp.services.study.today import today
from tests.factories import NOON, harbour_facts, make_bank, make_fact
from tests.players import mixing_response_to
from tests.services.studying import BANK, STUDY, card_of, place_of, study, take, turn_of
from tests.services.taking_mixed import mix_up

DAY = timedelta(days=1)


def grade(session, actor, turn, bank=BANK, now=NOON, rating=Rating.GOOD):
    return answers.grade_card(session, actor, place_of(turn, bank), rating, None, seed=3, now=now)


def keep(session, actor, **changes):
    chosen = replace(StudySettings(), **changes)
    settings.keep_settings(session, actor, chosen, chosen.day_of(NOON))


def reviews(session):
    return session.scalar(select(func.count()).select_from(ReviewRow))


def test_a_form_of_an_ended_session_is_refused_in_the_next_one(session, guest):
    take(session, guest)
    old = turn_of(session, guest)
    start_session(session, guest, desk(session, guest, BANK, STUDY, NOON), seed=5, now=NOON)
    take(session, guest)
    with pytest.raises(Conflict):
        grade(session, guest, old)
    assert reviews(session) == 2


def test_a_card_open_at_two_desks_is_graded_at_one(session, guest):
    take(session, guest)
    later = NOON + 3 * DAY
    here, there = turn_of(session, guest, later), turn_of(session, guest, later, bank="")
    assert here.fact_id == there.fact_id
    asked = answers.asked_in_study(
        session, guest, place_of(here), here.revision_id, dict(mixing_response_to(here)), later
    )
    answers.respond(session, guest, place_of(here), asked, asked.reading.response, seed=3, now=later)
    with pytest.raises(Conflict):
        grade(session, guest, there, bank="", now=later)


def test_a_card_shown_before_the_day_ended_is_graded_after_it(session, guest):
    take(session, guest)
    turn = turn_of(session, guest, NOON + timedelta(hours=15, minutes=59))
    after = NOON + timedelta(hours=16, minutes=1)  # past four in the morning
    grade(session, guest, turn, now=after)
    row = session.scalars(select(ReviewRow).order_by(ReviewRow.id.desc())).first()
    assert row.study_day == turn.at.day + 1


def test_learning_the_zone_in_the_middle_of_a_session_refuses_no_answer(session, guest):
    take(session, guest)
    turn = turn_of(session, guest)
    settings.learn_zone(session, guest, StudySettings(), "Pacific/Kiritimati")
    grade(session, guest, turn)
    assert reviews(session) == 2


def test_a_contrast_that_is_none_is_not_believed(session, guest):
    take(session, guest)
    turn = turn_of(session, guest, NOON + 3 * DAY)
    asked = answers.asked_in_study(
        session, guest, place_of(turn), turn.revision_id, dict(mixing_response_to(turn)), NOON + 3 * DAY
    )
    answers.respond(
        session, guest, place_of(turn), asked, asked.reading.response, seed=3, now=NOON + 3 * DAY, is_contrast=True
    )
    row = session.scalars(select(ReviewRow).order_by(ReviewRow.id.desc())).first()
    assert (row.kind, row.contrast_fact_id) == (ReviewKind.STUDY, None)


def test_a_contrast_tells_facts_apart_and_changes_no_memory(session, guest):
    keep(session, guest, new_a_day=1)
    take(session, guest)
    day = NOON + 3 * DAY
    take(session, guest, now=day, mixing=True)
    before = {row.fact_id: (row.stability, row.repetitions) for row in session.scalars(select(CardRow))}
    for _ in range(2):
        assert turn_of(session, guest, day).against is not None
        take(session, guest, now=day)
    session.expire_all()
    assert {row.fact_id: (row.stability, row.repetitions) for row in session.scalars(select(CardRow))} == before
    assert session.scalars(select(MixUpRow.told)).one() == 3
    kinds = session.scalars(select(ReviewRow.kind).order_by(ReviewRow.id)).all()
    assert kinds[-2:] == [ReviewKind.CONTRAST] * 2


def test_facts_mixed_up_in_a_quiz_are_told_apart_in_study(session, guest):
    mix_up(session, guest)
    take(session, guest)
    pair = session.scalars(select(MixUpRow)).one()
    assert pair.low_question_id is not None
    assert turn_of(session, guest).against in (pair.low_fact_id, pair.high_fact_id)


def test_an_undo_leaves_a_mix_up_that_was_made_again_since(session, guest):
    keep(session, guest, new_a_day=1)
    take(session, guest)
    day = NOON + 3 * DAY
    wrong = take(session, guest, now=day, mixing=True)
    pair = session.scalars(select(MixUpRow)).one()
    first = session.scalars(select(ReviewRow).order_by(ReviewRow.id.desc())).first()
    again = {column.name: getattr(first, column.name) for column in ReviewRow.__table__.columns if column.name != "id"}
    other = pair.high_fact_id if wrong.fact_id == pair.low_fact_id else pair.low_fact_id
    session.add(ReviewRow(**again | {"fact_id": other, "kind": ReviewKind.QUIZ, "study_session_id": None}))
    session.execute(update(MixUpRow).values(times=2))  # the other one was taken for it in a quiz meanwhile
    answers.undo_last(session, guest, BANK, STUDY, turn_of(session, guest, day).at.stamp, day)
    assert session.scalars(select(MixUpRow.times)).all() == [2]


def test_a_fact_that_left_its_bank_is_due_no_more(session, guest):
    study(session, guest)
    load_bank(session, make_bank(harbour_facts()[:3]), NOON)
    found = today(session, guest, NOON + 4 * DAY)
    studied = sum(card_of(session, guest, f"catch-{number}") is not None for number in (1, 2, 3))
    assert found.plan.due == studied
    assert session.scalar(select(func.sum(StudyLoadRow.cards))) == studied


def test_a_form_about_a_fact_that_left_its_bank_is_not_taken(session, guest):
    turn = turn_of(session, guest)
    session.execute(update(FactRow).where(FactRow.id == turn.fact_id).values(retired_at=NOON))
    with pytest.raises(NotFound):
        grade(session, guest, turn)


def test_a_deck_with_few_distinct_answers_does_not_starve(session, guest):
    facts = [
        make_fact(f"word-{number}", value_text=f"{(10, 20, 30)[number % 3]} tons", relation=f"gender {number}")
        for number in range(30)
    ]
    load_bank(session, make_bank(facts, name="words"), NOON)
    keep(session, guest, new_a_day=25, cards_only=True)
    count = 0
    while isinstance(turns.current_turn(session, guest, "words", STUDY, NOON), turns.Turn):
        take(session, guest, bank="words")
        count += 1
    assert count == 25


def test_the_daily_limit_counts_what_comes_back_within_the_session_too(session, guest):
    keep(session, guest, limit=DailyLimit(LimitKind.CARDS, 6))
    taken = 0
    while isinstance(turns.current_turn(session, guest, BANK, STUDY, NOON), turns.Turn):
        take(session, guest, right=taken % 2 == 0)
        taken += 1
    assert taken == 6
    start_session(session, guest, desk(session, guest, BANK, STUDY, NOON), seed=5, now=NOON, more=True)
    assert isinstance(turns.current_turn(session, guest, BANK, STUDY, NOON), turns.Turn)


def test_the_button_of_an_eighth_lapse_says_for_how_long_the_fact_is_set_aside(session, guest):
    keep(session, guest, new_a_day=1, cards_only=True)
    take(session, guest)
    session.execute(update(CardRow).values(lapses=7))
    turn = turn_of(session, guest, NOON + 40 * DAY)
    assert turn.offered[Rating.AGAIN].interval == 7
    grade(session, guest, turn, now=NOON + 40 * DAY, rating=Rating.AGAIN)
    row = session.scalars(select(ReviewRow).order_by(ReviewRow.id.desc())).first()
    assert (row.interval, row.step_seconds) == (7, None)
