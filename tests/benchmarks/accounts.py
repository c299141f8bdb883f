"""Whether the time of an answer tells who has an account: paired trials of known and unknown names.

The aim is a ratio of the medians between 0.9 and 1.1. `make bench` prints it; no test asserts on time.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from flask import Flask
from flask_security.utils import hash_password
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from quizapp.domain.sign_in_names import sign_in_name_of
from quizapp.runtime import EXTENSION, Runtime
from quizapp.services.signing_in import NewAccount, add_account
from tests.people import HASH, PASSWORD

TRIALS = 200
ADDRESS = "known@example.org"


class Trials:
    """One app with one account, and a browser for each try, so that no limit is met."""

    def __init__(self, app: Flask) -> None:
        self.app, self.number = app, 0
        runtime: Runtime = app.extensions[EXTENSION]
        with runtime.writing() as session:
            self.known = self._account(session, runtime)

    def _account(self, session: Session, runtime: Runtime) -> str:
        name = sign_in_name_of("of the benchmark")
        with self.app.app_context():
            hashed = hash_password(PASSWORD)
        assert hashed != HASH
        add_account(session, NewAccount(name, "Known", ADDRESS, hashed, "of the benchmark"), runtime.now())
        return name

    def seconds(self, path: str, fields: dict[str, str]) -> float:
        """Return how long the answer to a form takes."""
        self.number += 1
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"10.{self.number % 250}.{self.number // 250}.1"
        token = client.get(path).text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
        started = perf_counter()
        answer = client.post(path, data={"csrf_token": token, **fields})
        spent = perf_counter() - started
        assert answer.status_code == 200, (path, answer.status_code)
        return spent

    def sign_in(self, known: bool) -> float:
        name = self.known if known else f"nobody-at-{self.number}"
        return self.seconds("/sign-in", {"username": name, "password": "not the password"})

    def forgotten(self, known: bool) -> float:
        return self.seconds("/forgotten", {"email": ADDRESS if known else f"nobody{self.number}@example.org"})

    def sign_up(self, known: bool) -> float:
        """Try an address that an account has; the password is refused, so that only the answer is measured."""
        proposal = URLSafeTimedSerializer(str(self.app.secret_key), salt="sign-in name").dumps("quiet-otter-4821")
        address = ADDRESS if known else f"nobody{self.number}@example.org"
        return self.seconds("/sign-up", {"proposal": str(proposal), "password": "short", "email": address})


def ratio(attempt: Callable[[bool], float], trials: int) -> tuple[float, float]:
    """Return the median seconds for an unknown name, and by how much the known one takes longer."""
    pairs = [(attempt(True), attempt(False)) for _ in range(trials)]
    known, unknown = (median(column) for column in zip(*pairs, strict=True))
    return unknown, known / unknown


def main(app: Flask, trials: int = TRIALS) -> None:
    """Print the table."""
    made = Trials(app)
    print(f"\n{'form':16}{'ms unknown':>12}{'known/unknown':>15}{'aim':>12}")
    for name, attempt in (("sign in", made.sign_in), ("forgotten", made.forgotten), ("sign up", made.sign_up)):
        ratio(attempt, 5)  # the first ones warm up
        unknown, times = ratio(attempt, trials)
        print(f"{name:16}{unknown * 1000:12.1f}{times:15.3f}{'0.9 to 1.1':>12}")
