from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.bank_tables import FactRow
from quizapp.database.memory_tables import CardRow
from quizapp.domain.errors import NotFound
from quizapp.domain.facts.fact import Status
from quizapp.domain.memory.scheduling import MemoryState, Rating
from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank
from quizapp.services.study import settings, turns
from tests.factories import NOON, harbour_facts, make_bank, make_fact
from tests.services.studying import BANK, PRACTICE, STUDY, card_of, everything_of, study, take, turn_of
from tests.services.taking import answer

DAY = timedelta(days=1)


def keep(session, actor, **changes):
    chosen = replace(StudySettings(), **changes)
    settings.keep_settings(session, actor, chosen, chosen.day_of(NOON))


def test_a_visitor_sees_a_card_and_nothing_is_stored_by_looking(session, statements):
    turn = turn_of(session, None)
    assert turn.face is not None
    assert turn.at.sitting is None
    assert [one for one in statements() if not one.startswith("SELECT")] == []


def test_a_visitor_cannot_study_all_banks_at_once(session):
    with pytest.raises(NotFound):
        turns.current_turn(session, None, "", STUDY, NOON)


def test_an_unknown_bank_is_not_found(session, guest):
    with pytest.raises(NotFound):
        turns.current_turn(session, guest, "nowhere", STUDY, NOON)


def test_looking_twice_shows_the_same_card_in_the_same_form_with_the_same_intervals(session, guest):
    take(session, guest)
    first, again = turn_of(session, guest), turn_of(session, guest)
    assert (first.fact_id, first.revision_id, first.offered) == (again.fact_id, again.revision_id, again.offered)


def test_the_first_session_meets_new_facts_up_to_the_days_number(session, guest):
    keep(session, guest, new_a_day=4)
    assert study(session, guest) == 4
    found = turns.current_turn(session, guest, BANK, STUDY, NOON)
    assert isinstance(found, turns.Finished)
    assert found.done == 4


def test_a_fact_not_recalled_comes_back_in_the_same_session_when_nothing_else_is_left(session, guest):
    keep(session, guest, new_a_day=3)
    first = take(session, guest, right=False)
    take(session, guest)
    take(session, guest)
    assert turn_of(session, guest).fact_id == first.fact_id


def test_what_was_not_recalled_waits_for_its_ten_minutes_while_there_is_something_else(session, guest):
    first = take(session, guest, right=False)
    assert turn_of(session, guest, NOON + timedelta(minutes=2)).fact_id != first.fact_id
    assert turn_of(session, guest, NOON + timedelta(minutes=11)).fact_id == first.fact_id


def test_a_known_fact_comes_back_on_its_day_and_not_before(session, guest):
    keep(session, guest, new_a_day=1)
    take(session, guest)
    row = card_of(session, guest, turn_name(session, guest))
    assert row.state is MemoryState.REVIEW
    assert isinstance(turns.current_turn(session, guest, BANK, STUDY, NOON), turns.Finished)
    later = NOON + DAY * (row.due_day - row.last_day)
    assert turn_of(session, guest, later).fact_id == row.fact_id


def turn_name(session, guest):
    return session.scalars(
        select(FactRow.name).join(CardRow, CardRow.fact_id == FactRow.id).where(CardRow.person_id == guest.id)
    ).first()


def test_the_next_time_a_fact_is_asked_in_another_form(session, guest):
    keep(session, guest, new_a_day=1)
    first = take(session, guest)
    assert first.face is not None
    again = turn_of(session, guest, NOON + 3 * DAY)
    assert again.fact_id == first.fact_id
    assert again.snapshot is not None


def test_who_wants_cards_only_never_has_to_type(session, guest):
    keep(session, guest, cards_only=True, new_a_day=200, limit=DailyLimit(LimitKind.CARDS, 500))
    forms = []
    for day in range(0, 30, 6):
        for _ in range(40):
            found = turns.current_turn(session, guest, BANK, STUDY, NOON + day * DAY)
            if isinstance(found, turns.Finished):
                break
            forms.append(found.face is not None)
            take(session, guest, now=NOON + day * DAY)
    assert forms
    assert all(forms)


def test_a_fact_missed_in_a_quiz_is_first_in_the_next_session_in_another_form(session, guest):
    attempt = quizzes.start_attempt(session, guest, BANK, 5, seed=4, now=NOON)
    for position in range(1, 6):
        answer(session, guest, attempt, position, right=position != 3)
    missed = quizzes.asked_question(session, guest, attempt, 3)
    turn = turn_of(session, guest, NOON + timedelta(seconds=30))
    assert turn.fact_id == missed.fact_ids[missed.snapshot.question.fact]
    assert turn.revision_id != missed.revision_id


def test_the_daily_limit_is_kept_over_several_sessions(session, guest):
    keep(session, guest, new_a_day=10, limit=DailyLimit(LimitKind.CARDS, 3))
    assert study(session, guest) == 3
    assert isinstance(turns.current_turn(session, guest, BANK, STUDY, NOON), turns.Finished)


def test_a_mix_up_is_followed_by_both_facts_each_against_the_other(session, guest):
    keep(session, guest, new_a_day=1)
    take(session, guest)
    wrong = take(session, guest, now=NOON + 3 * DAY, mixing=True)
    assert wrong.snapshot is not None
    sides = []
    for _ in range(2):
        turn = turn_of(session, guest, NOON + 3 * DAY)
        assert turn.against is not None
        assert turn.against != turn.fact_id
        sides.append((turn.fact_id, turn.against))
        take(session, guest, now=NOON + 3 * DAY)
    assert sides[0] == sides[1][::-1]
    assert wrong.fact_id in sides[0]
    following = turns.current_turn(session, guest, BANK, STUDY, NOON + 3 * DAY)
    assert isinstance(following, turns.Finished) or following.against is None


def test_mixed_up_facts_come_together_until_they_are_told_apart(session, guest):
    keep(session, guest, new_a_day=1)
    take(session, guest)
    day = NOON + 3 * DAY
    take(session, guest, now=day, mixing=True)
    for _ in range(4):  # the contrasts, all wrong: no more than four in a row
        assert turn_of(session, guest, day).against is not None
        take(session, guest, right=False, now=day)
    turn = turns.current_turn(session, guest, BANK, STUDY, day + timedelta(minutes=11))
    assert isinstance(turn, turns.Turn)
    assert turn.against is None
    take(session, guest, now=day + timedelta(minutes=11))
    assert turn_of(session, guest, day + timedelta(minutes=11)).against is not None


def test_practice_asks_the_least_known_and_changes_no_memory(session, guest):
    for _ in range(3):
        take(session, guest)
    before = rows_of(session, guest)
    turn = turn_of(session, guest, kind=PRACTICE)
    assert turn.offered == {}
    for _ in range(5):
        take(session, guest, right=False, kind=PRACTICE)
    assert rows_of(session, guest) == before


def rows_of(session, actor):
    found = everything_of(session, actor)
    return [found[name] for name in ("cards", "study_loads", "studied_days", "mix_ups")]


def test_what_reference_works_contradict_is_not_studied(session, guest):
    wrong = make_fact("catch-wrong", value_text="7 tons", status=Status.CONTRADICTED, note="Others say 70.")
    load_bank(session, make_bank([*harbour_facts(), wrong]), NOON)
    keep(session, guest, new_a_day=200, limit=DailyLimit(LimitKind.CARDS, 500))
    study(session, guest)
    assert card_of(session, guest, "catch-wrong") is None
    assert card_of(session, guest, "catch-1") is not None


def test_a_card_offers_two_buttons_or_four_and_says_what_each_leads_to(session, guest):
    assert tuple(turn_of(session, guest).offered) == (Rating.AGAIN, Rating.GOOD)
    keep(session, guest, four_buttons=True)
    assert tuple(turn_of(session, guest).offered) == tuple(Rating)


def test_a_turn_takes_few_statements_however_many_cards_there_are(session, guest, statements):
    for _ in range(4):
        take(session, guest)
    statements()
    turn_of(session, guest)
    assert len(statements()) <= 12
