"""Hostile input through every form and address that the app itself leads to: a clear page, never an error of ours.

Nothing here lists the forms of the app. `explored` follows every link, fills in every form as people of every role,
and whatever it finds is sent the values of `hostile_input.py`; after each of them the database has either changed as
a whole, to rows that both databases would take, or not at all. What a form needs that cannot be guessed is one line
of `FILLS`; pages that no link leads to are lines of `STARTS`.

Four in five of the values are left to `-m long`: which of them follows from the names of form, field and value, so that
the choice does not change with other forms.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Self, TypeVar
from zlib import crc32

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from quizapp.app import create_app
from quizapp.database.engine import opened_engine
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.roles import Actor, Role
from quizapp.services import quizzes
from quizapp.services.study.turns import Finished, current_turn
from quizapp.settings import Settings
from tests.domain.questions.drafting.corpus import TEXTS
from tests.exploring import Browser, Explorer, FoundForm
from tests.factories import StillClock
from tests.hostile_input import (
    COOKIES,
    FIELDS,
    FILES,
    HEADERS,
    IN_ADDRESSES,
    IN_SESSIONS,
    QUERIES,
    SHAPES,
    Value,
    form_body,
    multipart_body,
    values_for,
)
from tests.page_forms import is_told_beside, read_page
from tests.people import PASSWORD, sign_in_as, without_waiting
from tests.peopled import FOLDER, JOIN_CODE, LINK, SIGN_IN_NAME, begin_an_installation, people_an_installation
from tests.services.studying import STUDY, take
from tests.undoable import Rows, UndoableDatabase
from tests.web.writing import BY_TYPE, OF_ANY_TYPE, REASONS, in_any_bank

T = TypeVar("T")
LONG_FORM = 12
"""Forms with more fields than this take long to check; each of their fields gets fewer values."""
FILLS: Mapping[str, Mapping[str, Value]] = {
    **{rf"/questions/[^/]+/new/{kind}": in_any_bank(fields) | REASONS for kind, fields in BY_TYPE.items()},
    r"/questions/(drafts/[0-9]+|[^/]+/drafts)": in_any_bank(OF_ANY_TYPE),
    r"/questions/[0-9]+/edit": REASONS,
    r"/studio/questions/bulk": {"tag": "exam", "review_by": "2026-06-01", "weight": "2"},
    r"/questions/[0-9]+/restore": {"change": "typo"},
    r"/import": {"text": "front,back\nItaly?,Rome\n", "title": "More capitals"},
    r"/studio/paste": {"title": "Class notes", "text": TEXTS["history"].text},
    r"/studio/[^/]+/highlight/text": {"text": TEXTS["history"].text},
    r"/studio/[^/]+/highlight/drafts": {"line": "The old boat came home in 1754.", "value": "1754"}
    | {"words": "The stone bridge at Aldheim", "new_speaker": "Ada"},
    r"/studio/banks/new": {"title": "More ice", "outlet": "The Bay Times"},
    r"/studio/folder": {"file": FOLDER},
    r"/sign-in": {"username": SIGN_IN_NAME, "password": PASSWORD},
    r"/sign-up": {"password": "another otter lake"},
    r"/forgotten": {"email": SIGN_IN_NAME},
    r"/forgotten/.+": {"password": "another otter lake"},
    r"/settings": {"name": "Ada", "email": "ada@example.org"},
    r"/settings/password": {"password": PASSWORD, "new_password": "another otter lake"},
    r"/settings/data/delete": {"password": PASSWORD, "understood": "y"},
    r"/classes": {"name": "Latin", "own_name": "Ines"},
    r"/classes/[0-9]+/roster": {"text": "Cy\nDee\n"},
    r"/studio/review/[0-9]+/.+": {"reason": "Nobody needs it.", "reason-gratuitous-information": "It is meant so."},
    r"/join": {"code": JOIN_CODE, "name": "Ada"},
}
"""What to fill in where it cannot be guessed, by a pattern for the address that a form is sent to."""
STARTS: Mapping[Role | None, tuple[str, ...]] = {
    None: (f"/sign-up?next=/setup/{LINK}", "/", f"/setup/{LINK}", "/hello", "/favicon.ico"),
    Role.LEARNER: ("/", "/join/ABCD-EFGH"),
    Role.INSTRUCTOR: ("/", "/decks/import"),
    Role.ADMIN: ("/",),
}
"""Where a visitor and the people of each role begin."""
NEVER_OPENED = {"/static/<path:filename>", "/forgotten/<token>"}
"""The second is told by mail, or in words."""
SOME_PAGES = (
    "/banks/harbour /reading/harbour?mark=asked /questions/harbour/new/single_choice /questions/harbour/new/numeric"
    " /import /studio/banks/new /studio/folder /studio/banks/ice-in-the-bay/words"
    " /study/settings /study/cards/harbour /study/aside /history /study/facts/harbour/catch-1"
    " /study/forecast?on=2026-06-01&minutes=10 /sign-in /settings /settings/data/delete /classes /join"
)
"""Pages whose forms and addresses are sent to both databases."""
STUDIED = "every-type"

COUNTED = {"sign_in_failures", "security_events"}
"""What is refused may be counted, and written down."""
FINE = {200, 302, 303, 304, 400, 404, 405, 409, 412, 413, 416, 422, 429}
NOT_OURS = re.compile(r"Traceback|Werkzeug|Internal Server Error|<!doctype html>\s*<html lang=en>", re.I)


@dataclass
class Sweep:
    """What is sent, what came back, and what was wrong with it. One in `stride` of the values is sent."""

    app: Flask
    database: UndoableDatabase
    stride: int
    verdicts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    """The fields that were swept; of those that another form of the same pages has too, fewer values are sent."""

    @property
    def sparing(self) -> int:
        """By how much fewer values are sent to a field that others stand for."""
        return 1 if self.stride == 1 else 3

    def look(self, browser: Browser, found: FoundForm) -> None:
        """Send a form with each of its fields replaced, then misshapen as a whole, and with hostile files."""
        for one in found.sweepable():
            again = f"{found.rule.split('/')[1]} {re.sub('[0-9]+', '#', one.name)} {one.kind}"
            stride = self.stride * (self.sparing if again in self.met or len(found.sweepable()) > LONG_FORM else 1)
            self.met.add(again)
            for name, value in self._chosen(f"{found.name} {one.name}", values_for(one.kind), stride):
                self._send(browser, found, one.name, name, value)
        if found.form.method == "get":
            return
        for name, shape in self._chosen(f"{found.name} as", SHAPES):
            self.judge(f"{found.name} as {name}", lambda shape=shape: browser.post(found.path, shape(found.pairs)))
        for place in [one.name for one in found.form.fields if one.kind == "file"]:
            for name, (own, data) in self._chosen(f"{found.name} {place}", FILES, 1):
                body = multipart_body(found.pairs, [(place, own, data)])
                self.judge(f"{found.name} {place} {name}", lambda body=body: browser.post(found.path, body))

    def look_around(self, browser: Browser, address: str, rule: str) -> None:
        """Open a page with each part of its address replaced, and with queries that are none."""
        path, _, query = address.partition("?")
        for place, part in enumerate(rule.partition("?")[0].split("/")):
            if part.startswith("<"):
                for name, value in self._chosen(f"{rule} {part}", IN_ADDRESSES):
                    parts = path.split("/")
                    parts[place] = value
                    self._open(browser, f"GET {rule} {part} = {name}", "/".join(parts) + f"?{query}" * bool(query))
        pairs = query.split("&") if query else []
        for place, pair in enumerate(pairs):
            asked = pair.partition("=")[0]
            for name, value in self._chosen(f"{rule} {asked}", IN_ADDRESSES):
                changed = "&".join([*pairs[:place], f"{asked}={value}", *pairs[place + 1 :]])
                self._open(browser, f"GET {rule} {asked} = {name}", f"{path}?{changed}")
        for name, nonsense in self._chosen(f"{rule} with", QUERIES):
            self._open(browser, f"GET {rule} with {name}", f"{path}?{nonsense}")

    def _open(self, browser: Browser, label: str, address: str) -> None:
        self.judge(label, lambda: browser.get(address, keep=False))

    def _chosen(self, label: str, values: Mapping[str, T], stride: int = 0) -> Iterator[tuple[str, T]]:
        for name, value in values.items():
            if crc32(f"{label} {name}".encode()) % (stride or self.stride) == 0:
                self.used.add(name)
                yield name, value

    def _send(self, browser: Browser, found: FoundForm, field_name: str, name: str, value: Value) -> None:
        label, pairs = f"{found.name} {field_name} = {name}", found.with_value(field_name, value)
        if found.form.method == "get":
            query = form_body(pairs).data.decode()
            self.judge(label, lambda: browser.get(f"{found.path}?{query}", keep=False))
        else:
            self.judge(label, lambda: browser.post(found.path, found.body(pairs)), field_name)

    def judge(self, label: str, send: Callable[[], TestResponse], field_name: str = "") -> None:
        """Send something, note what is wrong with the answer and with what was stored, and take it back."""
        self.database.written.clear()
        after = None
        with self.database.undone():
            answer = send()
            written = set(self.database.written)
            if written and answer.status_code < 400:
                self.faults += [f"{label}: {fault}" for fault in self.database.faults(written)]
            elif written:
                after = self._rows()
        if after is not None and after != self._rows():
            self.faults.append(f"{label}: {answer.status_code}, and yet something was stored")
        self.verdicts[label] = answer.status_code
        self.faults += [f"{label}: {fault}" for fault in faults_of(answer, field_name)]

    def _rows(self) -> Rows:
        return {table: rows for table, rows in self.database.rows().items() if table not in COUNTED}


def faults_of(answer: TestResponse, field_name: str = "") -> Iterator[str]:
    """Say what is wrong with an answer to something hostile."""
    if answer.status_code not in FINE:
        yield f"is answered by {answer.status_code}"
    if answer.status_code in (302, 303) and not re.match(r"/(?![/\\])", answer.location or ""):
        yield f"leads to {answer.location!r}"
    if answer.mimetype != "text/html" or not answer.data or answer.status_code in (302, 303):
        return
    if NOT_OURS.search(answer.text):
        yield "shows what is no page of ours"
    page = read_page(answer.text, "/")
    if answer.text != "hello" and "quizapp" not in page.title:
        yield f"has the title {page.title!r}"
    if answer.status_code == 422 and not is_told_beside(page, field_name):
        yield "says nothing beside the field"


class World:
    """The app on a database whose every change is taken back, and the browsers of its people."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.clock = StillClock()
        self.database = UndoableDatabase(engine)
        self.runtime = self.database.runtime(self.clock)
        self.app = without_waiting(create_app(settings, self.runtime))
        self.app.testing = True
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        self.people: Mapping[Role, Actor] = {}
        with self.runtime.writing() as session:
            begin_an_installation(session)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def people_it(self) -> None:
        with self.runtime.writing() as session:
            self.people = people_an_installation(session)

    def browser(self, role: Role | None) -> Browser:
        """Return the browser of a person of this role; without one, a visitor's."""
        if role is None:
            return Browser(self.app)
        client, name = self.app.test_client(), self.app.config["SESSION_COOKIE_NAME"]
        sign_in_as(client, self.runtime, self.people[role])
        cookie = client.get_cookie(name)
        assert cookie is not None
        return Browser(self.app, {name: cookie.value})

    def explore(self, explorer: Explorer) -> None:
        """Go through the app as a visitor before there is anybody, then as people of each role, then while studying."""
        explorer.explore(self.browser(None), STARTS[None], set())
        self.people_it()
        for role in self.people:
            explorer.explore(self.browser(role), STARTS[role], set())
        with self.database.undone():
            for address in chain(self.questions_of_a_quiz(), self.turns_of_study()):
                explorer.explore(self.browser(Role.LEARNER), [address], set())

    def questions_of_a_quiz(self) -> list[str]:
        """Start a quiz of a bank that asks in every way; return the address of one question of each type."""
        learner, met, addresses = self.people[Role.LEARNER], set[str](), []
        with self.runtime.writing() as session:
            attempt_id = quizzes.start_attempt(session, learner, STUDIED, None, 7, self.clock())
            for position in quizzes.attempt_state(session, learner, attempt_id).open_positions:
                kind = quizzes.asked_question(session, learner, attempt_id, position).snapshot.question.type
                if kind not in met:
                    addresses.append(f"/quizzes/{attempt_id}/{position}")
                met.add(kind)
        return addresses

    def turns_of_study(self) -> Iterator[str]:
        """Study that bank, and stop before each question of a type not met before."""
        learner, met, began = self.people[Role.LEARNER], set[str](), self.clock.moment
        while len(met) < len(QUESTION_TYPES) and self.clock.moment < began + timedelta(days=30):
            with self.runtime.reading() as session:
                turn = current_turn(session, learner, STUDIED, STUDY, self.clock())
            if isinstance(turn, Finished):
                self.clock.advance(days=2)
                continue
            kind = turn.snapshot.question.type if turn.snapshot else ""
            if kind and kind not in met:
                met.add(kind)
                yield f"/study/cards/{STUDIED}"
            with self.runtime.writing() as session:
                take(session, learner, now=self.clock(), bank=STUDIED)
        self.clock.moment = began


def swept(engine: Engine, settings: Settings, stride: int) -> tuple[Sweep, Explorer]:
    with World(engine, settings) as world:
        sweep = Sweep(world.app, world.database, stride)
        explorer = Explorer(world.app, world.database, FILLS, sweep.look, sweep.look_around)
        world.explore(explorer)
    return sweep, explorer


@pytest.mark.parametrize("stride", [12, pytest.param(1, marks=pytest.mark.long)])
def test_every_form_and_address_takes_hostile_values(engine, settings, stride):
    sweep, explorer = swept(engine, settings, stride)
    assert sorted(explorer.unfilled.values()) == [], "what cannot be guessed is a line of FILLS"
    sent = {rule for _, rule, _ in explorer.found} | NEVER_OPENED
    assert rules(explorer.app, "POST") - sent == set(), "no page leads to it: STARTS?"
    opened = {shape.partition("?")[0] for shape in explorer.opened}
    assert rules(explorer.app, "GET") - opened == NEVER_OPENED, "no page leads to it: STARTS?"
    assert {*FIELDS, *SHAPES, *FILES, *IN_ADDRESSES, *QUERIES} - sweep.used == set(), "each is sent somewhere"
    assert "\n".join(sweep.faults) == ""


def swept_briefly(engine: Engine, settings: Settings, stride: int) -> Sweep:
    """Sweep what stands on a few pages, and follow no links."""
    with World(engine, settings) as world:
        world.people_it()
        sweep = Sweep(world.app, world.database, stride)
        explorer = Explorer(world.app, world.database, FILLS, sweep.look, sweep.look_around, further=1)
        pages = SOME_PAGES.split()
        explorer.explore(world.browser(Role.ADMIN), pages, set(), at_most=len(pages))
    return sweep


def rules(app: Flask, method: str) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())}


@pytest.fixture
def world(engine: Engine, settings: Settings) -> Iterator[World]:
    with World(engine, settings) as made:
        made.people_it()
        yield made


@pytest.fixture
def sweep(world: World) -> Sweep:
    return Sweep(world.app, world.database, stride=1)


def token_of(page: TestResponse) -> str:
    form = next(form for form in read_page(page.text, "/").forms if form.method == "post")
    return next(one.value for one in form.fields if one.name == "csrf_token")


def test_every_header_may_be_nonsense(world, sweep):
    browser = world.browser(Role.LEARNER)
    token = token_of(browser.get("/study/settings"))
    bodies = {
        "/quizzes": form_body([("csrf_token", token), ("bank", "harbour"), ("length", "5")]),
        "/study/settings": form_body([("csrf_token", token), ("limit_amount", "x")]),
        "/theme": form_body([("csrf_token", token)]),
    }
    for number, headers in enumerate(HEADERS):
        for path in ("/", "/reading/harbour?mark=known", "/static/look.css", "/study/log.csv", "/nowhere"):
            sweep.judge(f"{number} GET {path}", partial(browser.get, path, headers, keep=False))
        for path, body in bodies.items():
            sweep.judge(f"{number} POST {path}", partial(browser.post, path, body, headers=headers))
    assert "\n".join(sweep.faults) == ""


def test_every_cookie_may_be_nonsense(world, sweep):
    stranger, name = Browser(world.app), world.app.config["SESSION_COOKIE_NAME"]
    body = form_body([("bank", "harbour"), ("length", "5")])
    for number, cookie in enumerate(COOKIES):
        headers = {"Cookie": cookie.replace("{name}", name)}
        for path in ("/", "/history", "/reading/harbour"):
            sweep.judge(f"cookie {number} {path}", partial(stranger.get, path, headers, keep=False))
        sweep.judge(f"cookie {number} post", partial(stranger.post, "/quizzes", body, headers=headers))
    assert "\n".join(sweep.faults) == ""


def test_a_signed_cookie_may_hold_anything(world, sweep):
    name = world.app.config["SESSION_COOKIE_NAME"]
    browser = world.browser(Role.LEARNER)
    token = token_of(browser.get("/banks/harbour"))
    body = form_body([("csrf_token", token), ("bank", "harbour"), ("length", "5"), ("remember", "yes")])
    assert browser.post("/quizzes", body, keep=True).status_code == 303
    signer = world.app.session_interface.get_signing_serializer(world.app)
    sound = signer.loads(browser.cookies[name])
    assert {"token", "csrf_token", "length"} <= set(sound)
    for changed in {*sound, "_flashes", "_permanent"}:
        for value in IN_SESSIONS:
            other = Browser(world.app, {name: signer.dumps({**sound, changed: value})})
            label = f"{changed} = {value!r:.20}"
            for path in ("/", "/banks/harbour"):
                sweep.judge(f"{label} {path}", partial(other.get, path, keep=False))
            sweep.judge(f"{label} post", partial(other.post, "/quizzes", body))
    assert "\n".join(sweep.faults) == ""


@pytest.mark.postgres
@pytest.mark.parametrize("stride", [pytest.param(4, marks=pytest.mark.long), 35])
def test_both_databases_give_the_same_verdicts(engine, settings, postgres_server, postgres_template, stride):
    with opened_engine(postgres_server.new_database(postgres_template)) as other:
        here, there = swept_briefly(engine, settings, stride), swept_briefly(other, settings, stride)
    assert there.faults == []
    both = here.verdicts.keys() & there.verdicts.keys()  # rows without an order lead to other pages first
    assert {one: there.verdicts[one] for one in both} == {one: here.verdicts[one] for one in both}
    assert len(both) > 100 and len(both) > 0.9 * len(here.verdicts)
