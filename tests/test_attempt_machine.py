"""Whatever people do in whatever order: what is stored of an attempt is what its responses come to."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from quizapp.services.bank_transfer import load_bank
from tests.attempt_machine import AttemptMachine
from tests.every_type import every_type_bank
from tests.factories import NOON, StillClock
from tests.undoable import UndoableDatabase


@pytest.fixture
def machine(engine: Engine) -> Iterator[type[AttemptMachine]]:
    database, clock = UndoableDatabase(engine), StillClock()
    with database.runtime(clock).writing() as session:
        load_bank(session, every_type_bank(), NOON)

    class OnThisDatabase(AttemptMachine):
        pass

    OnThisDatabase.database, OnThisDatabase.clock = database, clock
    yield OnThisDatabase
    database.close()


@pytest.mark.parametrize(("examples", "steps"), [(20, 30), pytest.param(150, 60, marks=pytest.mark.long)])
def test_the_score_is_what_the_responses_come_to(machine, examples, steps):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert machine.steps >= examples * steps / 3
    assert machine.responses > examples and machine.finished > examples / 2
