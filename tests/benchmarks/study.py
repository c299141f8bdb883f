"""How the cost of studying grows with the cards a learner has: `python -m tests.benchmarks.study`.

One answer and the next card with its intervals, in one round trip through the test client, for learners with 500,
5,000 and 50,000 cards of which a fifth is due. The three are measured in turn, so that a busy moment hits all of them.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizapp.app import create_app, make_runtime
from quizapp.database.bank_tables import BankRow, FactRow, SourceRow
from quizapp.database.engine import make_engine
from quizapp.database.memory_tables import CardRow, StudyLoadRow, StudySettingRow
from quizapp.database.upgrade import upgrade
from quizapp.domain.facts.fact import Status, Tier
from quizapp.domain.memory.calibration import Calibration
from quizapp.domain.memory.scheduling import MemoryState
from quizapp.domain.memory.session_plan import LimitKind
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, source_to_json
from quizapp.services.accounts import start_guest
from quizapp.services.kin_columns import kin_columns
from quizapp.settings import CHECKOUT, Settings
from tests.factories import NOON, StillClock, make_fact, make_source

SIZES = (500, 5_000, 50_000)
ROUNDS = 80  # a fifth of 500 cards is due, and each round answers one
WARM_UP = 10
GOAL = 1.3
DUE_SHARE = 5
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(sitting|stamp|fact|repetitions|began)" value="([^"]*)"')
_GRADE = re.compile(r'name="grade" value="(good[^"]*)"')
CARDS = "/study/cards/large"


def fill(session: Session, cards: int) -> str:
    """Store a bank of facts and a learner who knows all of them; return the learner's session token."""
    token = "the learner's token"
    actor = start_guest(session, token, NOON)
    source = make_source(id="large-article")
    row = SourceRow(name=source.id, outlet=source.outlet, details=source_to_json(source))
    session.add(row)
    session.flush()
    words = {"title": "A large bank", "summary": "", "language": "en", "licence": "MIT", "topics": {"trade": "Trade"}}
    bank = BankRow(name="large", source_id=row.id, loaded_at=NOON, **words)
    session.add(bank)
    session.flush()
    facts = [make_fact(f"fact-{number}", value_text=f"{number} tons") for number in range(cards)]
    session.execute(
        insert(FactRow),
        [
            {
                "source_id": row.id,
                "name": fact.id,
                "place": place,
                "topic": fact.topic,
                "tier": Tier.SHOULD,
                "status": Status.UNCONTESTED,
                "content": fact_to_json(fact, source),
                **kin_columns(fact),
            }
            for place, fact in enumerate(facts)
        ],
    )
    today = StudySettings().day_of(NOON)
    due = [today - number % 30 if number % DUE_SHARE == 0 else today + 1 + number % 200 for number in range(cards)]
    memory = {
        "state": MemoryState.REVIEW,
        "step": None,
        "stability": 30.0,
        "difficulty": 5.0,
        "repetitions": 5,
        "lapses": 0,
        "recalled_days": 4,
        "recalled_on": today - 40,
        "last_day": today - 40,
        "due_at": None,
        "postponed_on": None,
    }
    session.execute(
        insert(CardRow),
        [
            {"person_id": actor.id, "bank_id": bank.id, "fact_id": number + 1, "due_day": day, **memory}
            for number, day in enumerate(due)
        ],
    )
    loads = [{"person_id": actor.id, "bank_id": bank.id, "day": day, "cards": due.count(day)} for day in set(due)]
    session.execute(insert(StudyLoadRow), loads)
    session.add(
        StudySettingRow(
            person_id=actor.id,
            zone="UTC",
            rollover_hour=4,
            four_buttons=True,
            cards_only=True,
            limit_kind=LimitKind.CARDS,
            limit_amount=2_000,
            new_a_day=0,
            weekday_loads=",".join(["100"] * 7),
            retention=0.9,
            memory_factor=Calibration().factor,
            factor_spread=Calibration().spread,
        )
    )
    return token


class Learner:
    """A learner with many cards, who answers one after the other."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        with client.session_transaction() as cookie:
            cookie["token"] = token
        self.page = client.get(CARDS).text

    def turn_over(self) -> None:
        """Look at the back of the card; answering it and getting the next one is what is timed."""
        shown = re.search(r'name="shown" value="([^"]+)"', self.page)
        assert shown is not None, "the session is over"
        self.page = self.client.get(f"{CARDS}?shown={shown[1]}").text

    def answer(self) -> None:
        form = dict(_HIDDEN.findall(self.page)) | {"csrf_token": _TOKEN.findall(self.page)[0]}
        form["grade"] = _GRADE.findall(self.page)[0]
        answer = self.client.post(CARDS, data=form, headers={"X-Next-Card": "yes"})
        assert answer.status_code == 200
        self.page = answer.text

    def day(self) -> None:
        assert self.client.get("/study").status_code == 200


@contextmanager
def learner_with(cards: int, folder: Path) -> Iterator[Learner]:
    settings = Settings(folder, CHECKOUT / "questions", f"sqlite:///{folder / f'{cards}.sqlite3'}", "not a secret")
    engine = make_engine(settings.database)
    upgrade(engine)
    runtime = make_runtime(engine, now=StillClock())
    with runtime.writing() as session:
        token = fill(session, cards)
    yield Learner(create_app(settings, runtime).test_client(), token)
    engine.dispose()


def timed(action: Callable[[], None]) -> float:
    started = perf_counter()
    action()
    return (perf_counter() - started) * 1_000


def main(rounds: int = ROUNDS) -> None:
    """Print the medians and what they grow by."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        learners = [stack.enter_context(learner_with(cards, Path(folder))) for cards in SIZES]
        answers: list[list[float]] = [[] for _ in SIZES]
        days: list[list[float]] = [[] for _ in SIZES]
        for number in range(-WARM_UP, rounds):
            for place, learner in enumerate(learners):
                learner.turn_over()
                spent, day = timed(learner.answer), timed(learner.day)
                if number >= 0:
                    answers[place].append(spent)
                    days[place].append(day)
    print(f"{'cards':>8}{'answer + next card, p50 ms':>30}{'p99':>8}{'x 500':>8}{'study day, p50 ms':>20}{'x 500':>8}")
    for cards, spent_all, day_all in zip(SIZES, answers, days, strict=True):
        growth, day_growth = median(spent_all) / median(answers[0]), median(day_all) / median(days[0])
        worst = quantiles(spent_all, n=100)[98]
        print(f"{cards:8}{median(spent_all):30.1f}{worst:8.1f}{growth:8.2f}{median(day_all):20.1f}{day_growth:8.2f}")
    print(f"goal: answer + next card with {SIZES[-1]:,} cards at most {GOAL} times that with {SIZES[0]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
