from dataclasses import replace
from datetime import timedelta

from quizapp.domain.memory.session_plan import DailyLimit, LimitKind
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services import quizzes
from quizapp.services.bank_transfer import retire_bank
from quizapp.services.study import settings, today
from tests.factories import NOON
from tests.services.studying import BANK, study, take
from tests.services.taking import answer

DAY = timedelta(days=1)


def test_a_new_learner_has_nothing_due_and_no_cards(session, guest):
    found = today.today(session, guest, NOON)
    assert (found.plan.cards, found.has_cards, found.next_due, found.open_attempt) == (0, False, None, None)


def test_a_learner_comes_back_to_what_is_due(session, guest):
    study(session, guest)
    found = today.today(session, guest, NOON)
    assert found.plan.due == 0
    assert found.next_due is not None
    assert sum(cards for _, cards in found.coming) == 10
    assert found.days == {found.day: 10}
    later = today.today(session, guest, NOON + 4 * DAY)
    assert later.plan.due == 10
    assert later.plan.minutes >= 1


def test_what_is_over_the_limit_waits_and_the_day_says_until_when(session, guest):
    study(session, guest)
    chosen = replace(StudySettings(), limit=DailyLimit(LimitKind.CARDS, 4))
    settings.keep_settings(session, guest, chosen, chosen.day_of(NOON))
    found = today.today(session, guest, NOON + 4 * DAY)
    assert (found.plan.due, found.plan.waiting) == (4, 6)
    assert found.backlog.level_on == found.day + 2


def test_an_unfinished_quiz_is_offered_again(session, guest):
    attempt = quizzes.start_attempt(session, guest, BANK, 5, seed=1, now=NOON)
    answer(session, guest, attempt, 1)
    found = today.today(session, guest, NOON)
    assert (found.open_attempt.attempt_id, found.open_attempt.answered, found.open_attempt.length) == (attempt, 1, 5)


def test_a_session_that_runs_over_all_banks_goes_on(session, guest):
    take(session, guest)
    take(session, guest, now=NOON + 3 * DAY, bank="")
    found = today.today(session, guest, NOON + 3 * DAY)
    assert found.sitting_done == 1


def test_a_retired_bank_counts_for_nothing(session, guest):
    study(session, guest)
    retire_bank(session, BANK, NOON)
    session.flush()
    found = today.today(session, guest, NOON + 4 * DAY)
    assert found.plan.cards == 0
    assert today.progress(session, guest, found.day) == []


def test_progress_tells_met_seen_and_learned_apart(session, guest):
    take(session, guest, right=False)
    take(session, guest)
    (bank,) = today.progress(session, guest, today.today(session, guest, NOON).day)
    assert (bank.met, bank.seen, bank.learned, bank.set_aside) == (2, 1, 0, 0)


def test_the_day_takes_six_statements_however_many_cards_there_are(session, guest, statements):
    study(session, guest)
    statements()
    today.today(session, guest, NOON)
    assert len(statements()) <= 6
