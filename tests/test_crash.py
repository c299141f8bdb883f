"""kill -9 under load: whatever was acknowledged is there afterwards, and a client may send its last request again."""

import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.app import make_runtime
from quizapp.database.engine import make_engine
from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.roles import Actor, Role
from quizapp.services import quizzes
from quizapp.settings import DATABASE_FILE
from tests.served import Browser, ServedApp, filled_in, hidden_fields

CLIENTS = 8
BANK = "karabakh-talks"
START = "/quizzes"


@dataclass
class Learner:
    """Takes quizzes until the connection breaks; remembers what was acknowledged and what it was about to send."""

    browser: Browser
    chance: random.Random
    acknowledged: dict[str, dict[str, str]] = field(default_factory=dict)
    last: tuple[str, dict[str, str]] | None = None
    refused: list[tuple[str, int]] = field(default_factory=list)

    def run(self) -> None:
        try:
            while True:
                self._take_a_quiz()
        except OSError:
            return

    def send(self, path: str, fields: dict[str, str]) -> str:
        self.last = (path, fields)
        status, location = self.browser.post(path, fields)
        if status != 303:
            self.refused.append((path, status))
        elif path != START:
            self.acknowledged[path] = fields
        self.last = None
        return location

    def _take_a_quiz(self) -> None:
        token = hidden_fields(self.browser.get("/")[1])["csrf_token"]
        start = self.send(START, {"csrf_token": token, "bank": BANK, "length": "10"}).rpartition("/")[0]
        for position in range(1, 11):
            path = f"{start}/{position}"
            _, page = self.browser.get(path)
            self.send(path, {"csrf_token": hidden_fields(page)["csrf_token"], **filled_in(page, self.chance)})


@dataclass(frozen=True)
class Findings:
    """What the database holds of what was acknowledged."""

    acknowledged: int
    missing: int
    wrong: int
    unacknowledged: int
    miscounted: int
    integrity: str


def look(instance: Path, acknowledged: dict[str, dict[str, str]]) -> Findings:
    """Compare the database with what the learners were told."""
    engine = make_engine(f"sqlite:///{instance / DATABASE_FILE}")
    missing = wrong = 0
    with make_runtime(engine).reading() as session:
        people = dict(session.execute(text("SELECT id, person_id FROM attempts")).all())
        for path, sent in acknowledged.items():
            attempt_id, position = map(int, path.split("/")[2:])
            asked = quizzes.asked_question(session, Actor(people[attempt_id], Role.GUEST), attempt_id, position)
            reading = asked.read(sent)
            missing += asked.response is None
            wrong += asked.response is not None and reading != Given(asked.response)
        rows = session.execute(text("SELECT count(*) FROM responses")).scalar()
        miscounted = session.execute(
            text(
                "SELECT count(*) FROM attempts WHERE answered <>"
                " (SELECT count(*) FROM responses WHERE attempt_id = attempts.id)"
            )
        ).scalar()
        integrity = session.execute(text("PRAGMA integrity_check")).scalar()
    engine.dispose()
    return Findings(len(acknowledged), missing, wrong, rows - len(acknowledged), miscounted, integrity)


def crash(
    instance: Path, port: int, chance: random.Random, acknowledged: dict[str, dict[str, str]]
) -> tuple[Findings, int]:
    """Serve, load, kill at a random moment, look, restart, repeat what was cut off; return findings and repeats."""
    with ServedApp(instance, port) as served:
        learners = [Learner(Browser(port), random.Random(chance.random())) for _ in range(CLIENTS)]
        threads = [threading.Thread(target=learner.run) for learner in learners]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 20
        while not any(learner.acknowledged for learner in learners) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.3, 1.2))
        served.kill()
        for thread in threads:
            thread.join(30)
    for learner in learners:
        assert learner.refused == []
        acknowledged |= learner.acknowledged
    findings = look(instance, acknowledged)

    cut_off = [(learner, *learner.last) for learner in learners if learner.last is not None]
    with ServedApp(instance, port):
        for learner, path, fields in cut_off * 2:  # a browser may send it again more than once
            learner.send(path, fields)
    for learner, *_ in cut_off:
        assert learner.refused == []
        acknowledged |= learner.acknowledged
    return findings, len(cut_off)


def check(instance: Path, kills: int, seed: int) -> None:
    chance, acknowledged = random.Random(seed), {}
    port = ServedApp(instance).port
    repeats = 0
    for _ in range(kills):
        findings, cut_off = crash(instance, port, chance, acknowledged)
        repeats += cut_off
        print(findings, f"{cut_off} requests cut off and sent again")
        assert findings.acknowledged > 0
        assert (findings.missing, findings.wrong, findings.miscounted) == (0, 0, 0)
        assert findings.integrity == "ok"
        assert 0 <= findings.unacknowledged <= CLIENTS * kills
        after = look(instance, acknowledged)
        assert (after.missing, after.wrong, after.miscounted, after.integrity) == (0, 0, 0, "ok")
    print(f"{kills} kills, {len(acknowledged)} acknowledged, {repeats} requests sent again")


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path):
    check(tmp_path / "instance", kills=1, seed=1)


@pytest.mark.long
def test_kill_after_kill_loses_nothing_that_was_acknowledged(tmp_path):
    check(tmp_path / "instance", kills=6, seed=2)
