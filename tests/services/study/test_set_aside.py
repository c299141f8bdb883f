from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.domain.errors import NotAllowed, NotFound
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.roles import Actor, Role
from quizapp.services.study import set_aside, settings, turns
from tests.factories import NOON
from tests.services.studying import BANK, STUDY, card_of, take, turn_of

DAY = timedelta(days=1)


@pytest.fixture
def forgotten(session, guest):
    """A fact forgotten eight times; return its name and the moment of the last lapse."""
    chosen = replace(StudySettings(), new_a_day=1, cards_only=True)
    settings.keep_settings(session, guest, chosen, chosen.day_of(NOON))
    name, now = turn_of(session, guest).fact.id, NOON
    take(session, guest)
    for _ in range(8):
        now += 40 * DAY
        take(session, guest, right=False, now=now)
        if card_of(session, guest, name).postponed_on is None:
            take(session, guest, now=now + timedelta(minutes=11))
    return name, now


def test_a_fact_set_aside_is_listed_with_why_and_until_when(session, guest, forgotten):
    name, now = forgotten
    (one,) = set_aside.set_aside(session, guest, now)
    card = card_of(session, guest, name)
    assert (one.fact.id, one.lapses, one.until) == (name, 8, card.due_day)
    assert one.source.outlet == "The Quayside Times"


def test_one_click_brings_it_back_with_its_memory_untouched(session, guest, forgotten):
    name, now = forgotten
    (one,) = set_aside.set_aside(session, guest, now)
    before = card_of(session, guest, name)
    kept = (before.stability, before.difficulty, before.lapses, before.repetitions)
    set_aside.bring_back(session, guest, one.card_id, now)
    after = card_of(session, guest, name)
    assert (after.stability, after.difficulty, after.lapses, after.repetitions) == kept
    assert after.postponed_on is None
    found = turns.current_turn(session, guest, BANK, STUDY, now + timedelta(hours=1))
    assert isinstance(found, turns.Turn)
    assert set_aside.set_aside(session, guest, now) == []


def test_nobody_brings_back_what_is_somebody_elses_or_not_set_aside(session, guest, stranger, forgotten):
    _, now = forgotten
    (one,) = set_aside.set_aside(session, guest, now)
    with pytest.raises(NotFound):
        set_aside.bring_back(session, stranger, one.card_id, NOON)
    set_aside.bring_back(session, guest, one.card_id, NOON)
    with pytest.raises(NotFound):
        set_aside.bring_back(session, guest, one.card_id, NOON)


def test_an_instructor_sees_what_to_rewrite_and_a_learner_does_not(session, guest, stranger, forgotten):
    name, _ = forgotten
    title, facts = set_aside.to_rewrite(session, Actor(stranger.id, Role.INSTRUCTOR), BANK)
    assert title == "The harbour"
    assert [(one.fact.id, one.learners, one.lapses) for one in facts] == [(name, 1, 8)]
    with pytest.raises(NotAllowed):
        set_aside.to_rewrite(session, guest, BANK)
    with pytest.raises(NotFound):
        set_aside.to_rewrite(session, Actor(stranger.id, Role.INSTRUCTOR), "nowhere")
