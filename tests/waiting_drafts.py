"""Drafts that wait for a decision, as an author hands them in."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.roles import Actor
from quizapp.services.studio.drafts import StoredDraft, begin_draft, submit_draft
from tests.factories import NOON

REASON = "The report says it so."


def text_of_boat(number: int, **changes: object) -> DraftText:
    """A whole draft in which no rule finds anything: each number asks about another boat."""
    values: dict[str, object] = {
        "type": "short_answer",
        "line": f"The report gives {NAMES[number % len(NAMES)]} {number} as the name of the boat at berth {number}.",
        "paragraph": str(1 + number % 12),
        "topic": "trade",
        "stem": f"In the report, what is the name of the boat at berth {number}?",
        "body": {"answer": f"{NAMES[number % len(NAMES)]} {number}", "accepted": []},
    }
    return DraftText(**values | changes)  # type: ignore[arg-type]


NAMES = ("Puffin", "Tern", "Skua", "Auk", "Gull", "Heron")


def waiting_draft(
    session: Session,
    author: Actor,
    number: int = 1,
    bank: str = "harbour",
    now: datetime = NOON,
    text: DraftText | None = None,
    **changes: object,
) -> StoredDraft:
    """Begin a draft and hand it in."""
    typed = text or text_of_boat(number, **changes)
    begun = begin_draft(session, author, bank, typed, f"own-{number:016x}", now)
    return submit_draft(session, author, begun.id, now)
