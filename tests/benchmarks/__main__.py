"""What a page costs as a multiple of the same app's `/hello` in the same run: `make bench`.

Everything runs in one process through the test client, on a copy of the shipped bank. Each round measures every page
once, so that a busy moment of the machine hits all of them; the table shows the median over the rounds.

After it come the seconds that a forecast of a year takes, by the number of facts, and those of an import of 10,000
questions.
"""

import re
import sys
from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient

from quizapp.domain.memory.forecast import forecast
from quizapp.domain.memory.study_ahead import StudyPlan
from tests.benchmarks import accounts, imports, study
from tests.browser.live_server import prepare_article

ROUNDS = 300
FORECAST_FACTS = (500, 2_000, 5_000)
GOALS = {"question page": 5, "answer": 6}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Learner:
    """A guest in the middle of a quiz on all questions, who starts another when one is done."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.quiz, self.position, self.length = "", 0, 0
        self.token = ""
        self.next_quiz()

    def next_quiz(self) -> None:
        self.token = _TOKEN.findall(self.client.get("/").text)[0]
        form = {"csrf_token": self.token, "bank": "karabakh-talks", "length": "all"}
        first = self.client.post("/quizzes", data=form).location
        self.quiz, self.position = first.rsplit("/", 1)[0], 0
        self.length = int(re.search(r"of (\d+)</p>", self.client.get(first).text)[1])  # type: ignore[index]

    def turn(self) -> None:
        self.position += 1
        if self.position > self.length:
            self.next_quiz()
            self.position = 1

    def hello(self) -> None:
        self.client.get("/hello")

    def question(self) -> None:
        assert self.client.get(f"{self.quiz}/{self.position}").status_code == 200

    def answer(self) -> None:
        form = {"csrf_token": self.token, "response": "1"}
        assert self.client.post(f"{self.quiz}/{self.position}", data=form).status_code in (303, 422)

    def history(self) -> None:
        assert self.client.get("/history").status_code == 200

    def home(self) -> None:
        assert self.client.get("/").status_code == 200

    def bank(self) -> None:
        assert self.client.get("/banks/karabakh-talks").status_code == 200

    def reading(self) -> None:
        assert self.client.get("/reading/karabakh-talks").status_code == 200

    def reading_with_marks(self) -> None:
        attempt = self.quiz.rsplit("/", 1)[1]
        assert self.client.get(f"/reading/karabakh-talks?attempt={attempt}").status_code == 200


def milliseconds(action: Callable[[], None]) -> float:
    started = perf_counter()
    action()
    return (perf_counter() - started) * 1000


def measure(app: Flask, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each page."""
    learner = Learner(app)
    actions = {
        "hello": learner.hello,
        "question page": learner.question,
        "answer": learner.answer,
        "feedback page": learner.question,
        "history": learner.history,
        "bank": learner.bank,
        "home": learner.home,
        "reading": learner.reading,
        "reading, marks": learner.reading_with_marks,
    }
    times: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(-20, rounds):  # the first twenty warm up and do not count
        learner.turn()
        for name, action in actions.items():
            spent = milliseconds(action)
            if number >= 0:
                times[name].append(spent)
    return {name: median(spent) for name, spent in times.items()}


def seconds_of_forecasts() -> dict[int, float]:
    """Return the seconds in which a year of some facts is played forward, met within the first half of it."""
    return {facts: milliseconds(partial(a_year_of, facts)) / 1000 for facts in FORECAST_FACTS}


def a_year_of(facts: int) -> None:
    forecast([], 20_000, 365, StudyPlan(new_facts=facts, new_a_day=ceil(facts / 180)), seed=1)


def main(rounds: int = ROUNDS) -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        app, _, engine = prepare_article(Path(folder))
        medians = measure(app, rounds)
        accounts.main(app, rounds)
        engine.dispose()
    print(f"Medians of {rounds} rounds, in process\n\n{'page':16}{'ms':>8}{'x hello':>10}{'goal':>7}")
    for name, spent in medians.items():
        goal = GOALS.get(name, "")
        print(f"{name:16}{spent:8.2f}{spent / medians['hello']:10.1f}{goal:>7}")
    print()
    study.main()
    print(f"\n{'facts, a year':16}{'seconds':>8}")
    for facts, seconds in seconds_of_forecasts().items():
        print(f"{facts:<16}{seconds:8.2f}")
    print()
    imports.main()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
