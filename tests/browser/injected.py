"""A world in which people write nothing but payloads, and what a page that shows them is held to."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor, Given
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from quizapp.domain.roles import Actor
from quizapp.services import quizzes
from quizapp.services.studio import imports, questions
from quizapp.services.studio.drafts import begin_draft
from quizapp.services.studio.import_plan import Upload, Verdict
from tests.browser.live_server import LiveServer
from tests.browser.payloads import PAYLOADS
from tests.factories import NOON
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
            "drafted line", "drafted stem", "explanation", "status note", "asked words", "asked as", "why it stays",
            "pair left", "pair right", "listed",
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
    draft_ids: dict[str, list[int]] = field(default_factory=dict)
    """By type, a draft of each row."""
    question_ids: list[int] = field(default_factory=list)
    """Three of each row: single choice, true or false, number."""

    def positions(self) -> dict[str, int]:
        """Return where the attempt asks each question, by its name."""
        return {one.snapshot.question.id: one.position for one in self.server.questions(self.attempt_id)}


def cookie_of(server: LiveServer, token: str) -> dict[str, str]:
    app: Flask = server.app
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": signer.dumps({"token": token}), "url": server.url}


def deck_text() -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(DECK)
    table.writerows([FIELDS[name](row) for name in DECK] for row in range(COUNT))
    return text.getvalue().encode()


def import_deck(session: Session, actor: Actor) -> str:
    upload = Upload(deck_text(), PAYLOADS[2], DECK_TITLE, "deck")
    plan = imports.plan_import(session, actor, upload)
    assert plan.count(Verdict.NEW) == COUNT, [row for row in plan.rows if row.verdict is not Verdict.NEW]
    imports.carry_out(session, actor, upload, plan.fingerprint, NOON)
    return plan.bank.name


def write_questions(session: Session, actor: Actor) -> Iterator[int]:
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


def begin_drafts(session: Session, actor: Actor, kind: str) -> Iterator[int]:
    for row in range(COUNT):
        yield begin_draft(session, actor, BANK, _draft_text(kind, row), f"draft-{kind}-{row}", NOON).id


def _draft_text(kind: str, row: int) -> DraftText:
    at = {name: fill(row) for name, fill in FIELDS.items()}
    values = {
        "text": at["key"],
        "number": "7",
        "flag": False,
        "truth": "false",
        "fact": "",
        "lines": [at["listed"], at["first wrong"], at["second wrong"]],
        "distractors": [{"text": at["first wrong"], "reason": at["first reason"], "fact": ""}],
        "pairs": [{"left": at["pair left"], "right": at["pair right"], "fact": ""}],
    }
    return DraftText(
        kind,
        line=at["drafted line"],
        paragraph="3",
        topic="trade",
        stem=at["drafted stem"],
        explanation=at["explanation"],
        status="disputed",
        note=at["status note"],
        value=at["asked words"],
        ask=at["asked as"],
        reasons={"negative-stem": at["why it stays"]},
        body={one.name: values[one.kind] for one in QUESTION_TYPES[kind].author_fields},
    )


def take_quiz(session: Session, actor: Actor, bank: str) -> int:
    """Answer every question of a bank wrongly, so that the result shows what was right and why."""
    attempt_id = quizzes.start_attempt(session, actor, bank, None, 7, NOON)
    for position in quizzes.attempt_state(session, actor, attempt_id).open_positions:
        asked = quizzes.asked_question(session, actor, attempt_id, position)
        reading = asked.read(response_to(asked, right=False))
        assert isinstance(reading, Given)
        quizzes.respond(session, actor, asked, reading.response, NOON)
    return attempt_id


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
