"""An app on the world, everybody's browser, and the way back to how things were."""

import itertools
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import Connection, create_engine, event, inspect, select

from quizapp.app import create_app, make_runtime
from quizapp.database.account_tables import SessionRow
from quizapp.database.engine import make_engine
from quizapp.services.signing_in import account_numbered
from quizapp.settings import CHECKOUT, Settings
from quizapp.web.accounts.store import for_a_link
from tests.authorisation.forms import (
    fingerprint_of_deck,
    fingerprint_of_folder,
    fingerprint_of_roster,
    fingerprint_of_tagging,
)
from tests.authorisation.world import ANONYMOUS, PRINCIPALS, SECRET_KEY, Principal, build
from tests.factories import StillClock
from tests.people import sign_in_as, without_waiting

SEED = 7
COOKIE = "quizapp"
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_HERE = re.compile(rb'name="back" value="[^"]*"| aria-current="page"')
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)", re.IGNORECASE)
_OF_ONE_ANSWER = {"Content-Length", "Set-Cookie", "Date"}
Dump = dict[str, list[tuple[tuple[str, object], ...]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, without the forms' token and what follows from the address alone; and what was stored for it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes
    location: str
    wrote: tuple[str, ...]
    tried: tuple[str, ...]
    """Writes that were sent to the database, also those that were taken back."""

    @property
    def same(self) -> tuple[object, ...]:
        """What must not differ between what is missing and what is forbidden."""
        return self.status, self.headers, self.cookies, self.body

    @property
    def message(self) -> bytes:
        """The main part of the page."""
        return self.body.partition(b"<main")[2].partition(b"</main>")[0]


class House:
    """One database; after a request that wrote, it is as it was before."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.file, self.kept = folder / "world.sqlite3", folder / "kept.sqlite3"
        shutil.copy(template, self.file)
        self.engine = make_engine(f"sqlite:///{self.file}")
        self.numbers, self.addresses = itertools.count(1), itertools.count(1)
        self.runtime = make_runtime(
            self.engine, StillClock(), new_seed=lambda: SEED, new_token=lambda: f"token-{next(self.numbers)}"
        )
        settings = Settings(folder, CHECKOUT / "questions", f"sqlite:///{self.file}", SECRET_KEY)
        self.app = without_waiting(create_app(settings, self.runtime))
        self.app.testing = True
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        with self.runtime.writing() as session:
            self.world = build(session)
            self.world.fingerprint = fingerprint_of_deck(session, self.world)
            for question_id in (*self.world.by_hand.values(), *self.world.from_file.values(), self.world.stopped):
                self.world.bulk_fingerprints[question_id] = fingerprint_of_tagging(session, self.world, question_id)
            self.world.folder_fingerprint = fingerprint_of_folder(session, self.world)
        self.wrote: list[str] = []
        self._pending: list[str] = []
        self._tried: list[str] = []
        event.listen(self.engine, "before_cursor_execute", self._see)
        event.listen(self.engine, "commit", self._stored)
        event.listen(self.engine, "rollback", self._dropped)
        self.cookies: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self.refusals: dict[tuple[Principal, object], Answer] = {}
        for who in PRINCIPALS:
            self._open_browser(who)
        self._look_up()
        self.engine.dispose()
        shutil.copy(self.file, self.kept)

    def _look_up(self) -> None:
        """Note what forms and addresses hold that only an app can make."""
        with self.runtime.reading() as session:
            for name, person in self.world.people.items():
                of = select(SessionRow.id).where(SessionRow.person_id == person.id)
                self.world.sessions[name] = session.scalars(of).one()
            for name, class_id in self.world.classes.items():
                if not name.startswith("archived"):
                    self.world.roster_fingerprints[class_id] = fingerprint_of_roster(session, self.world, class_id)
            account = account_numbered(session, self.world.people["learner"].id)
        with self.app.app_context():
            self.world.reset_token = generate_reset_password_token(for_a_link(account))

    def _open_browser(self, who: Principal) -> None:
        client = self.app.test_client()
        if who != ANONYMOUS:
            sign_in_as(client, self.runtime, self.world.people[who.name])
        found = _TOKEN.search(client.get("/about").data)
        cookie = client.get_cookie(COOKIE)
        assert found is not None and cookie is not None
        self.tokens[who.name], self.cookies[who.name] = found[1].decode(), cookie.value

    def _see(self, connection: Connection, cursor: object, statement: str, *_: object) -> None:
        if _WRITES.match(statement):
            self._pending.append(statement)
            self._tried.append(statement)

    def _stored(self, connection: Connection) -> None:
        self.wrote += self._pending
        self._pending.clear()

    def _dropped(self, connection: Connection) -> None:
        self._pending.clear()

    def ask(
        self,
        who: Principal,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        token: str | None = None,
        keep: bool = False,
    ) -> Answer:
        """Ask in somebody's browser, with their form token or the one given; `keep` leaves what was written."""
        self.wrote.clear()
        self._tried.clear()
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"10.0.{next(self.addresses) % 250}.1"  # nobody meets a limit here
        client.set_cookie(COOKIE, self.cookies[who.name])
        sent = None
        if method != "GET":
            token = self.tokens[who.name] if token is None else token
            sent = dict(form or {}) | ({"csrf_token": token} if token else {})
        response = client.open(path, method=method, data=sent, buffered=True)
        answer = Answer(
            status=response.status_code,
            headers=tuple(sorted(one for one in response.headers.items() if one[0] not in _OF_ONE_ANSWER)),
            cookies=tuple(one.partition("=")[0] for one in response.headers.getlist("Set-Cookie")),
            body=_HERE.sub(b"", _TOKEN.sub(b"", response.data)),
            location=response.location or "",
            wrote=tuple(self.wrote),
            tried=tuple(self._tried),
        )
        if self.wrote and not keep:
            self.restore()
        return answer

    def restore(self) -> None:
        """Bring the database back to how it was, and the tokens to the first."""
        self.engine.dispose()
        shutil.copy(self.kept, self.file)
        self.numbers = itertools.count(1)
        self.wrote.clear()

    def dump(self, without: frozenset[str] = frozenset()) -> Dump:
        """Return every row of every table, in order; `without` columns of these names."""
        engine = create_engine(f"sqlite:///{self.file}")
        with engine.connect() as connection:
            found = {}
            for table in inspect(connection).get_table_names():
                rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()  # noqa: S608 - of the schema
                kept = [tuple((name, value) for name, value in row.items() if name not in without) for row in rows]
                found[table] = sorted(kept, key=repr)
        engine.dispose()
        return found

    def close(self) -> None:
        """Leave no connection open."""
        self.engine.dispose()
