"""What people write is text on every page that shows it: nothing runs, nothing is loaded, nothing is swallowed.

Every payload is stored once in every field that people can fill in; then each page that shows them is opened in a real
Chromium. `FIELDS` is the table of the fields: a new one is a line there, and a line of `PAGES` if its page is new.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.class_tables import ClassMemberRow, JoinCodeRow
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor, Given
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import classes, quizzes
from quizapp.services.studio import imports, questions
from quizapp.services.studio.import_plan import Upload, Verdict
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer, serve
from tests.browser.payloads import PAYLOADS
from tests.browser.study_states import flip, grade
from tests.factories import NOON, make_bank
from tests.people import add_person, open_browser
from tests.players import response_to

COUNT = len(PAYLOADS)
NAMES = [one for one in PAYLOADS if len(one) <= 100 and one.isprintable()]
"""Those that can be a name."""
BANK = "harbour"
DECK_TITLE = PAYLOADS[0]
HEAR = """
for (const kind of ["alert", "confirm", "prompt", "print", "open"])
  window[kind] = () => console.error(`${kind} was called`);
document.addEventListener("securitypolicyviolation", seen =>
  console.error(`policy: ${seen.violatedDirective} ${seen.blockedURI}`));
"""
SHOWN = """() => [document.body.textContent, document.title,
  ...[...document.querySelectorAll("input, textarea")].map(one => one.value)].join(" ")"""


def payload(row: int, column: int) -> str:
    """Return what stands in a column of a row: over all rows, every payload stands in every column."""
    return PAYLOADS[(row * 7 + column * 11) % COUNT]


FIELDS: dict[str, Callable[[int], str]] = {
    name: (lambda row, column=column: payload(row, column))
    for column, name in enumerate(
        (
            "front", "back", "topic", "source", "speaker", "note",
            "line", "stem", "key", "first wrong", "second wrong", "first reason", "second reason",
            "statement line", "statement", "statement reason", "unit", "hedge", "number line", "number stem",
        )
    )
}  # fmt: skip
DECK = ("front", "back", "topic", "source", "speaker", "note")


@dataclass
class World:
    """A served app in which people have written nothing but payloads."""

    server: LiveServer
    instructor: Actor
    cookie: dict[str, str]
    deck: str = ""
    attempt_id: int = 0
    deck_attempt_id: int = 0
    question_ids: list[int] = field(default_factory=list)
    """Three of each row: single choice, true or false, number."""

    def positions(self) -> dict[str, int]:
        """Return where the attempt asks each question, by its name."""
        return {one.snapshot.question.id: one.position for one in self.server.questions(self.attempt_id)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("injected"), make_bank()) as server:
        with server.runtime.writing() as session:
            instructor = add_person(session, Role.ADMIN, PAYLOADS[1])
            token = open_browser(session, instructor)
        made = World(server, instructor, _cookie(server, token))
        with server.runtime.writing() as session:
            made.deck = _import(session, instructor)
            made.question_ids = list(_written(session, instructor))
        with server.runtime.writing() as session:
            made.attempt_id = _taken(session, instructor, BANK)
            made.deck_attempt_id = _taken(session, instructor, made.deck)
        yield made


def _cookie(server: LiveServer, token: str) -> dict[str, str]:
    app: Flask = server.app
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": signer.dumps({"token": token}), "url": server.url}


def _deck() -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(DECK)
    table.writerows([FIELDS[name](row) for name in DECK] for row in range(COUNT))
    return text.getvalue().encode()


def _import(session: Session, actor: Actor) -> str:
    upload = Upload(_deck(), PAYLOADS[2], DECK_TITLE)
    plan = imports.plan_import(session, actor, upload)
    assert plan.count(Verdict.NEW) == COUNT, [row for row in plan.rows if row.verdict is not Verdict.NEW]
    imports.carry_out(session, actor, upload, plan.fingerprint, NOON)
    return plan.bank.name


def _written(session: Session, actor: Actor) -> Iterator[int]:
    for row in range(COUNT):
        at = {name: fill(row) for name, fill in FIELDS.items()}
        wrong = (
            Distractor(at["first wrong"], at["first reason"]),
            Distractor(at["second wrong"], at["second reason"]),
        )
        for draft in (
            Draft("single_choice", at["line"], 3, None, "trade", at["stem"], SingleChoiceBody(at["key"], wrong)),
            Draft(
                "true_false",
                at["statement line"],
                4,
                None,
                "trade",
                at["statement"],
                TrueFalseBody(False, at["statement reason"]),
            ),
            Draft(
                "numeric",
                at["number line"],
                5,
                None,
                "trade",
                at["number stem"],
                NumericBody("7", at["unit"], at["hedge"]),
            ),
        ):
            yield questions.add_question(session, actor, BANK, draft, f"own-{draft.type}-{row}", NOON)


def _taken(session: Session, actor: Actor, bank: str) -> int:
    """Answer every question of a bank wrongly, so that the result shows what was right and why."""
    attempt_id = quizzes.start_attempt(session, actor, bank, None, 7, NOON)
    for position in quizzes.attempt_state(session, actor, attempt_id).open_positions:
        asked = quizzes.asked_question(session, actor, attempt_id, position)
        reading = asked.read(response_to(asked, right=False))
        assert isinstance(reading, Given)
        quizzes.respond(session, actor, asked, reading.response, NOON)
    return attempt_id


@pytest.fixture
def opened(open_page: Callable[..., Page], world: World) -> Page:
    """A page of the instructor's browser; whatever a payload does is among its complaints."""
    page = open_page(world.server, viewport={"width": 1280, "height": 800})
    page.context.add_cookies([world.cookie])  # type: ignore[list-item]
    page.add_init_script(HEAR)
    page.on("dialog", lambda dialog: page.complaints.append(f"dialog: {dialog.message}"))  # type: ignore[attr-defined]
    return page


def plain(text: str) -> str:
    """Write a text in one line; the braces that a card's statement marks its value with are widened in the others."""
    return " ".join(text.translate(str.maketrans("｛｝", "{}")).split())


def look(page: Page, address: str, shown: Iterable[str] = (), times: int = 1) -> None:
    """Open a page; each of the payloads must stand on it as text, so many times."""
    answer = page.goto(address)
    assert answer is not None and answer.status == 200, address
    check(page, shown, times)


def check(page: Page, shown: Iterable[str] = (), times: int = 1) -> None:
    text = plain(page.evaluate(SHOWN))
    swallowed = [one for one in shown if text.count(plain(one)) < times]
    assert swallowed == [], page.url
    assert page.complaints == [], page.url  # type: ignore[attr-defined]


def rows_that_show_all(*names: str) -> list[int]:
    """Return a few rows whose fields together hold every payload."""
    rows, missing = [], set(PAYLOADS)
    while missing:
        best = max(range(COUNT), key=lambda row: len(missing & {FIELDS[name](row) for name in names}))
        missing -= {FIELDS[name](best) for name in names}
        rows.append(best)
    return rows


CHOICE = ("line", "stem", "key", "first wrong", "second wrong", "first reason", "second reason")


def test_the_browser_would_tell(opened):
    opened.goto("/about")
    opened.evaluate("document.body.innerHTML = `${document.body.innerHTML}<img src='//evil.example' onerror=alert(1)>`")
    opened.wait_for_function("() => document.images.length > 0 && document.images[0].complete")
    assert any("policy" in one for one in opened.complaints)
    opened.complaints.clear()
    opened.evaluate("alert(1)")
    assert opened.complaints == ["alert was called"]


def test_pages_that_list_what_was_written_show_it_as_text(opened, world):
    look(opened, "/", [DECK_TITLE])
    look(opened, f"/banks/{world.deck}", [DECK_TITLE, PAYLOADS[2]])
    look(opened, f"/reading/{world.deck}", PAYLOADS, 3)
    look(opened, f"/reading/{world.deck}?mark=asked&attempt={world.deck_attempt_id}", PAYLOADS, 2)
    look(opened, f"/results/{world.deck_attempt_id}")
    look(opened, f"/reading/{BANK}", PAYLOADS, 3)
    look(opened, f"/reading/{BANK}?mark=asked&attempt={world.attempt_id}", PAYLOADS, 3)
    look(opened, f"/questions/{BANK}", PAYLOADS, 3)
    look(opened, f"/results/{world.attempt_id}", PAYLOADS, 8)
    for address in ("/history", "/study", "/study/aside", f"/study/aside/{world.deck}", "/study/forecast"):
        look(opened, address)


def test_a_question_shows_it_as_text_before_and_after_the_answer(opened, world):
    open_attempt = open_quiz(world)
    positions = world.positions()
    for row in rows_that_show_all(*CHOICE):
        shown, position = [FIELDS[name](row) for name in CHOICE], positions[f"own-single_choice-{row}"]
        look(opened, f"/quizzes/{open_attempt}/{position}", shown[1:5])
        look(opened, f"/quizzes/{world.attempt_id}/{position}", [*shown[:3], reason_told(world, position)])
    for row in rows_that_show_all("statement", "statement reason", "unit", "hedge", "number stem")[::3]:
        told = [FIELDS[name](row) for name in ("statement line", "statement", "statement reason")]
        look(opened, f"/quizzes/{world.attempt_id}/{positions[f'own-true_false-{row}']}", told[1:])
        asked = [FIELDS[name](row) for name in ("number stem", "unit", "hedge")]
        look(opened, f"/quizzes/{open_attempt}/{positions[f'own-numeric-{row}']}", asked)


def open_quiz(world: World) -> int:
    with world.server.runtime.writing() as session:
        return quizzes.start_attempt(session, world.instructor, BANK, None, 7, NOON)


def reason_told(world: World, position: int) -> str:
    with world.server.runtime.reading() as session:
        asked = quizzes.asked_question(session, world.instructor, world.attempt_id, position)
    assert asked.grade is not None and asked.grade.reason.rstrip(".") in PAYLOADS
    return asked.grade.reason


def test_forms_show_it_in_their_fields_also_when_they_come_back(opened, world):
    for row in rows_that_show_all(*CHOICE)[::2]:
        look(opened, f"/questions/{world.question_ids[3 * row]}/edit", [FIELDS[name](row) for name in CHOICE])
    for name in ("line", "stem", "body_key", "body_distractors-0-text"):
        opened.locator(f"[name={name}]").fill(PAYLOADS[5])
    opened.locator("[name=paragraph]").fill("99")
    follow(opened.get_by_role("button", name="Save"))
    check(opened, [PAYLOADS[5]], 4)
    for number in (1, 2):
        row = rows_that_show_all(*CHOICE)[0]
        look(opened, f"/questions/{world.question_ids[3 * row + number]}/edit")


def test_a_deck_shows_it_before_it_is_imported_and_card_by_card(opened, world):
    opened.goto("/import")
    opened.locator("[name=title]").fill(PAYLOADS[3])
    follow(opened.get_by_role("button", name="Look before importing"))
    check(opened, [PAYLOADS[3]])
    opened.locator("[name=text]").fill(_deck().decode().replace(" p", " q"))
    follow(opened.get_by_role("button", name="Look before importing"))
    check(opened, [PAYLOADS[3], *(one.replace(" p", " q") for one in PAYLOADS)])
    for row, fact in enumerate(facts_of(world)[:12]):
        look(opened, f"/study/facts/{world.deck}/{fact}", [FIELDS["front"](row), FIELDS["back"](row)])
    opened.goto(f"/study/cards/{world.deck}")
    for _ in range(4):
        check(opened)
        flip(opened)
        check(opened)
        grade(opened, 2)


def facts_of(world: World) -> list[str]:
    with world.server.runtime.reading() as session:
        bank = select(BankRow.source_id).where(BankRow.name == world.deck).scalar_subquery()
        return list(session.scalars(select(FactRow.name).where(FactRow.source_id == bank).order_by(FactRow.place)))


def _peopled(world: World) -> int:
    """Call people, their classes and places on a roster so; return the id of the class."""
    with world.server.runtime.writing() as session:
        class_id = classes.make_class(session, world.instructor, PAYLOADS[4][:100], PAYLOADS[5][:100], NOON)
        for number, name in enumerate(NAMES):
            member = add_person(session, name=name)
            learner = {"class_id": class_id, "role": ClassRole.LEARNER, "name": name}
            session.add(ClassMemberRow(person_id=member.id, joined_at=NOON, **learner))
            code = f"{number:08d}"
            session.add(JoinCodeRow(code=code, created_at=NOON, expires_at=NOON + timedelta(days=9), **learner))
    return class_id


def test_names_of_people_and_classes_are_text(opened, world):
    class_id = _peopled(world)
    look(opened, "/people", NAMES)
    look(opened, f"/people/{world.instructor.id + 5}")
    look(opened, "/classes", [PAYLOADS[4][:100]])
    look(opened, f"/classes/{class_id}", NAMES, 2)
    look(opened, f"/classes/{class_id}/roster/handout", NAMES)
    look(opened, "/settings", [PAYLOADS[1]])
    for address in ("/settings/data", "/settings/data/delete", "/join", f"/banks/{world.deck}/access"):
        look(opened, address)
    opened.goto(f"/classes/{class_id}/roster")
    opened.get_by_label("The names").fill("\n".join(f'"{one.replace(chr(34), chr(34) * 2)} x"' for one in NAMES[:60]))
    follow(opened.get_by_role("button", name="Look before importing"))
    check(opened, [f"{one} x" for one in NAMES[:60] if len(one) < 97])
