import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from quizapp.domain.errors import Conflict
from quizapp.runtime import Runtime
from quizapp.services import quizzes
from quizapp.services.accounts import start_guest
from quizapp.services.study import answers, turns
from tests.factories import NOON
from tests.services.studying import BANK, STUDY, everything_of, take, turn_of
from tests.services.taking import answer

# A step: take a turn rightly, wrongly, by mixing something up, take one back, or let time go by.
steps = st.lists(st.sampled_from(["right", "wrong", "mix", "undo", "minutes", "days"]), min_size=1, max_size=14)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path, template_database) -> str:
    """SQLite alone: the property runs many times, and PostgreSQL is asked by the example below."""
    path = tmp_path / "quizapp.sqlite3"
    shutil.copy(template_database, path)
    return f"sqlite:///{path}"


@with_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_undo_leaves_every_row_as_it_was_whatever_was_done(runtime: Runtime, taken):
    with runtime.writing() as session:
        person = start_guest(session, runtime.new_token(), NOON)
        kept = [everything_of(session, person)]
        now = NOON
        for step in taken:
            if step == "minutes":
                now += timedelta(minutes=11)
            elif step == "days":
                now, kept = now + timedelta(days=3), [everything_of(session, person)]
            elif step == "undo":
                if len(kept) > 1:
                    undo(session, person, now)
                    kept.pop()
                    assert everything_of(session, person) == kept[-1]
            elif isinstance(turns.current_turn(session, person, BANK, STUDY, now), turns.Turn):
                act(session, person, step, now)
                kept.append(everything_of(session, person))
        while len(kept) > 1:
            undo(session, person, now)
            kept.pop()
            assert everything_of(session, person) == kept[-1]


def act(session, person, step, now):
    turn = turn_of(session, person, now)
    mixing = (
        step == "mix" and turn.snapshot is not None and turn.snapshot.question.distractor_facts[:1] not in ((), (None,))
    )
    try:
        take(session, person, right=step == "right", now=now, mixing=mixing)
    except (StopIteration, AssertionError):  # this question has nothing to mix up with
        take(session, person, right=False, now=now)


def undo(session, person, now):
    found = turns.current_turn(session, person, BANK, STUDY, now)
    answers.undo_last(session, person, BANK, STUDY, found.at.stamp, now)


def test_nothing_can_be_taken_back_before_anything_was_given(session, guest):
    with pytest.raises(Conflict):
        answers.undo_last(session, guest, BANK, STUDY, 0, NOON)


def test_an_answer_is_not_taken_back_once_a_quiz_asked_the_fact_again(session, guest):
    turn = take(session, guest)
    attempt = quizzes.start_attempt(session, guest, BANK, None, seed=1, now=NOON)
    state = quizzes.attempt_state(session, guest, attempt)
    for position in state.open_positions:
        asked = quizzes.asked_question(session, guest, attempt, position)
        if asked.fact_ids[asked.snapshot.question.fact] == turn.fact_id and not asked.snapshot.other_facts:
            answer(session, guest, attempt, position, now=NOON + timedelta(minutes=1))
            break
    before = everything_of(session, guest)
    with pytest.raises(Conflict, match="again since"), session.begin_nested():
        answers.undo_last(session, guest, BANK, STUDY, turn_of(session, guest).at.stamp, NOON)
    assert everything_of(session, guest) == before
