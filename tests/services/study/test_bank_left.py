"""Studying all banks when one of them is not seen any more: it is not asked, and no count counts it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import BankRow, FactRow, Visibility
from quizapp.database.memory_tables import CardRow, MixUpRow, ReviewRow
from quizapp.domain.errors import NotFound
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.services.quizzes import asked_question, attempt_state, respond, start_attempt
from quizapp.services.study import answers, export, feedback, forecasts, known_facts, set_aside, today, turns
from quizapp.services.study.counts import due_by_bank, loads_between
from quizapp.services.study.desk import desk
from quizapp.services.study.mixed_facts import open_mix_up
from quizapp.services.study.queue import done_today
from quizapp.services.study.sessions import plan
from tests.factories import NOON
from tests.players import mixing_response_to
from tests.services.studying import STUDY, place_of, take, turn_of
from tests.services.taking import given
from tests.services.taking import take as take_quiz
from tests.shelves import CANARY, SHELVED, join, leave, make_shelf

ALL_BANKS = ""
MONTH = timedelta(days=30)


@pytest.fixture
def shelf(session):
    return make_shelf(session, Visibility.CLASSES)


@pytest.fixture
def member(session, shelf):
    """A member with memories of both banks, who has left the class since."""
    for bank in (SHELVED, SHELVED, SHELVED, "harbour", "harbour"):
        take(session, shelf.member, bank=bank)
    leave(session, shelf.class_id, shelf.member)
    session.flush()
    return shelf.member


def bank_ids(session, facts):
    rows = select(BankRow.name).join(FactRow, FactRow.source_id == BankRow.source_id).where(FactRow.id.in_(facts))
    return set(session.scalars(rows))


def cards(session, actor, bank):
    own = select(func.count()).select_from(CardRow).join(BankRow, BankRow.id == CardRow.bank_id)
    return session.scalar(own.where(CardRow.person_id == actor.id, BankRow.name == bank))


def test_there_is_something_to_leave_out(session, member):
    assert cards(session, member, SHELVED) > 0 and cards(session, member, "harbour") > 0


def test_what_is_due_is_what_is_then_asked(session, member):
    now = NOON + MONTH
    at = desk(session, member, ALL_BANKS, STUDY, now)
    planned, fresh = plan(session, at)
    assert planned.due == cards(session, member, "harbour")
    assert bank_ids(session, fresh) <= {"harbour"}
    asked = set()
    for _ in range(60):
        turn = turns.current_turn(session, member, ALL_BANKS, STUDY, now)
        if isinstance(turn, turns.Finished):
            break
        asked.add(turn.fact_id)
        assert turn.bank_name == "harbour"
        take(session, member, now=now, bank=ALL_BANKS)
    assert len(asked) == planned.cards


def test_every_count_leaves_it_out(session, member):
    now = NOON + MONTH
    found = today.today(session, member, now)
    harbour = cards(session, member, "harbour")
    assert found.plan.due + found.plan.waiting == harbour
    assert [one.bank_name for one in today.progress(session, member, found.day)] == ["harbour"]
    assert sum(due_by_bank(session, member, found.day).values()) == harbour
    assert sum(loads_between(session, member, 0, found.day + 400).values()) == harbour
    foretold = forecasts.study_forecast(session, member, now)
    assert (foretold.met, foretold.unmet) == (harbour, foretold.unmet)
    assert foretold.unmet + harbour <= len(known_names(session, "harbour"))


def known_names(session, bank):
    rows = select(FactRow.name).join(BankRow, BankRow.source_id == FactRow.source_id).where(BankRow.name == bank)
    return session.scalars(rows).all()


def test_the_counts_come_back_with_the_bank(session, shelf, member):
    join(session, shelf.class_id, member)
    both = cards(session, member, "harbour") + cards(session, member, SHELVED)
    day = desk(session, member, ALL_BANKS, STUDY, NOON + MONTH).day
    assert sum(due_by_bank(session, member, day).values()) == both


def test_the_end_of_a_session_speaks_of_what_is_seen_alone(session, shelf):
    for _ in range(3):
        take(session, shelf.member, right=False, bank=SHELVED)
    leave(session, shelf.class_id, shelf.member)
    found = turns.current_turn(session, shelf.member, ALL_BANKS, STUDY, NOON + MONTH)
    assert isinstance(found, turns.Finished)
    assert (found.next_step_at, found.next_due, found.left_today) == (None, None, 0)


@pytest.mark.parametrize("kind", [SessionKind.STUDY, SessionKind.PRACTICE])
def test_its_own_desk_is_gone(session, member, kind):
    with pytest.raises(NotFound):
        turns.current_turn(session, member, SHELVED, kind, NOON)
    assert known_facts.known_facts(session, member, SHELVED, NOON) == {}


def test_a_card_that_was_open_cannot_be_graded(session, shelf):
    turn = turn_of(session, shelf.member, bank=SHELVED)
    leave(session, shelf.class_id, shelf.member)
    before = session.scalar(select(func.count()).select_from(ReviewRow))
    for bank in (SHELVED, ALL_BANKS):
        with pytest.raises(NotFound):
            answers.asked_in_study(session, shelf.member, place_of(turn, bank), turn.revision_id, {}, NOON)
    assert session.scalar(select(func.count()).select_from(ReviewRow)) == before


def test_a_mix_up_in_it_is_not_asked_again(session, shelf):
    attempt_id = start_attempt(session, shelf.member, SHELVED, None, 1, NOON)
    for position in attempt_state(session, shelf.member, attempt_id).open_positions:
        asked = asked_question(session, shelf.member, attempt_id, position)
        form = mixing_response_to(asked)
        if form:
            respond(session, shelf.member, asked, asked.read(form).response, NOON)
            break
    take(session, shelf.member, bank=SHELVED)  # the start of a session finds the questions that tell them apart
    mixed = session.execute(select(MixUpRow.low_fact_id).where(MixUpRow.low_question_id.is_not(None))).scalars().first()
    assert mixed is not None and open_mix_up(session, shelf.member, mixed) is not None
    leave(session, shelf.class_id, shelf.member)
    assert open_mix_up(session, shelf.member, mixed) is None


def test_what_was_set_aside_in_it_is_neither_listed_nor_brought_back(session, shelf, member):
    session.execute(update(CardRow).where(CardRow.person_id == member.id).values(postponed_on=1, due_day=99_999))
    card_ids = session.scalars(
        select(CardRow.id).join(BankRow, BankRow.id == CardRow.bank_id).where(BankRow.name == SHELVED)
    ).all()
    assert {one.bank_name for one in set_aside.set_aside(session, member, NOON)} == {"harbour"}
    for card_id in card_ids:
        with pytest.raises(NotFound):
            set_aside.bring_back(session, member, card_id, NOON)
    join(session, shelf.class_id, member)
    assert {one.bank_name for one in set_aside.set_aside(session, member, NOON)} == {"harbour", SHELVED}


def test_the_log_and_what_a_response_came_to_stay_readable(session, shelf):
    for day in range(0, 40, 4):
        turn = take(session, shelf.member, now=NOON + timedelta(days=day), bank=SHELVED)
        if turn.snapshot is not None:
            break
    review_id = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.person_id == shelf.member.id))
    assert feedback.study_feedback(session, shelf.member, review_id).is_open
    leave(session, shelf.class_id, shelf.member)
    found = feedback.study_feedback(session, shelf.member, review_id)
    assert CANARY in found.snapshot.fact.text
    assert (found.is_open, found.is_last, found.can_be_called_right) == (False, False, False)
    lines = list(export.review_log_csv(session, shelf.member))
    assert sum(SHELVED in line for line in lines) == len(lines) - 1 > 0


def test_a_left_quiz_is_not_offered_to_go_on(session, shelf):
    start_attempt(session, shelf.member, SHELVED, 5, 1, NOON)
    assert today.today(session, shelf.member, NOON).open_attempt is not None
    leave(session, shelf.class_id, shelf.member)
    assert today.today(session, shelf.member, NOON).open_attempt is None


def test_a_session_over_all_banks_that_runs_goes_on_without_it(session, shelf):
    take_quiz(session, shelf.member, wrong=(1, 2, 3))
    attempt_id = start_attempt(session, shelf.member, SHELVED, 5, 1, NOON)
    for position in range(1, 4):
        asked = asked_question(session, shelf.member, attempt_id, position)
        respond(session, shelf.member, asked, given(asked, right=False), NOON)
    now = NOON + timedelta(hours=1)
    take(session, shelf.member, now=now, bank=ALL_BANKS)
    leave(session, shelf.class_id, shelf.member)
    for _ in range(40):
        turn = turns.current_turn(session, shelf.member, ALL_BANKS, STUDY, now)
        if isinstance(turn, turns.Finished):
            break
        assert turn.bank_name == "harbour"
        take(session, shelf.member, now=now, bank=ALL_BANKS)
    assert done_today(session, desk(session, shelf.member, ALL_BANKS, STUDY, now)).facts
