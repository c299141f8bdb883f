"""What a draft that gave way to another question still has to offer to that one."""

from dataclasses import dataclass

from flask import request

from quizapp.domain.errors import NotFound
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.questions.question_types.short_answer import is_accepted
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services.studio.drafts import draft
from quizapp.services.studio.questions import Editing
from quizapp.web.studio.question_forms import QuestionForm

_LISTS = {"short_answer": "accepted"}
"""By type, the author field that lists further right answers."""
_KEYS = {"short_answer": "answer", "single_choice": "key"}
"""By type, the author field with the right answer in words."""


_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Carried:
    """The draft that gave way, and of its words those that the other question does not have."""

    draft_id: int
    line: str
    explanation: str
    accepted: tuple[str, ...]


def carried(actor: Actor, editing: Editing) -> Carried | None:
    """Return what the draft that the address or the form names has to offer; None where it names none of this bank."""
    draft_id = number_sent("merged")
    if editing.question is None or draft_id is None:
        return None
    try:
        with runtime().reading() as database:
            found = draft(database, actor, draft_id)
    except NotFound:
        return None
    if found.bank_name != editing.bank.name:
        return None
    question, fact, text = editing.question.snapshot.question, editing.question.snapshot.fact, found.text
    mine = {question.explanation, fact.text}
    return Carried(
        found.id,
        text.line if text.line not in mine else "",
        text.explanation if text.explanation not in mine else "",
        tuple(one for one in _answers(text) if not is_accepted(one, question.body)) if question.type in _LISTS else (),
    )


def number_sent(name: str) -> int | None:
    """Return the id that a hidden field or the address holds; None where it holds none."""
    sent = request.values.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < _LONGEST else None


def take_over(form: QuestionForm, offered: Carried | None) -> None:
    """Put what is offered into the form: the fact's line and the explanation in place of its own, answers besides."""
    if offered is None:
        return
    form.line.data = offered.line or form.line.data
    form.explanation.data = offered.explanation or form.explanation.data
    if form.kind.name in _LISTS and offered.accepted:
        accepted = form[f"body_{_LISTS[form.kind.name]}"]
        lines = [*(accepted.data or "").splitlines(), *offered.accepted]
        accepted.data = "\n".join(dict.fromkeys(line for line in lines if line.strip()))


def _answers(text: DraftText) -> tuple[str, ...]:
    """Return every right answer of a draft."""
    listed = text.body.get(_LISTS.get(text.type, ""), [])
    answers = [text.body.get(_KEYS.get(text.type, ""), ""), *listed]
    return tuple(dict.fromkeys(one for one in answers if isinstance(one, str) and one.strip()))
