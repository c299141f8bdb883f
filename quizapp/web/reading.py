"""The living article: a bank's source as its facts, each with who says it; a tap on a fact asks it."""

from enum import StrEnum

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.runtime import runtime
from quizapp.services import reading
from quizapp.web.ids import id_of
from quizapp.web.notes_told import NotesTold
from quizapp.web.quiz_forms import StartQuizForm
from quizapp.web.visitors import current_actor, write_as_somebody

blueprint = Blueprint("reading", __name__, url_prefix="/reading")

PRETEST_LENGTH = 5


class Marking(StrEnum):
    """What each fact on the page is marked with."""

    PLAIN = "plain"
    VOICES = "voices"
    ASKED = "asked"


@blueprint.get("/<name>")
def page(name: str) -> str:
    """Show the article; `?mark=` chooses the marking, `?attempt=` shows how the facts went in it."""
    attempt_id = id_of(request.args.get("attempt", ""))
    actor = current_actor() if attempt_id else None  # who asks for no attempt is nobody's business
    with runtime().reading() as database:
        found = reading.reading_page(database, name, actor, attempt_id)
    return render_template(
        "reading/reading.html",
        page=found,
        noted=NotesTold(),
        marking=_marking(request.args.get("mark", ""), found),
        pretest=StartQuizForm(bank=found.bank_name, kind=AttemptKind.PRETEST.value, formdata=None),
        pretest_length=PRETEST_LENGTH,
    )


@blueprint.post("/<name>")
def ask(name: str) -> Response:
    """Ask the fact that was tapped, by itself and counting for nothing; a visitor becomes a guest by it."""
    fact, attempt_id = request.form.get("fact", ""), id_of(request.form.get("attempt", ""))
    seed, now = runtime().new_seed(), runtime().now()
    new_id = write_as_somebody(lambda database, who: reading.ask_fact(database, who, name, fact, seed, now, attempt_id))
    return redirect(url_for("quizzes.question", attempt_id=new_id, position=1), 303)


def _marking(text: str, found: reading.ReadingPage) -> Marking:
    """Return the marking asked for; without one, what was missed where there is an attempt, else who says what."""
    try:
        return Marking(text)
    except ValueError:
        return Marking.ASKED if found.attempt else Marking.VOICES
