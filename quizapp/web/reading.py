"""The living article: a bank's source as its facts, each with who says it; a tap on a fact asks it."""

from enum import StrEnum

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.runtime import runtime
from quizapp.services import reading
from quizapp.services.study.known_facts import known_facts
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
    KNOWN = "known"
    """How likely this learner recalls it now."""


@blueprint.get("/<name>")
def page(name: str) -> str:
    """Show the article; `?mark=` chooses the marking, `?attempt=` shows how the facts went in it.

    Without an attempt a learner may see what they know; until something of theirs counted there is no such choice.
    """
    attempt_id, actor = id_of(request.args.get("attempt", "")), current_actor()
    with runtime().reading() as database:
        found = reading.reading_page(database, name, actor, attempt_id)
        recall = known_facts(database, actor, name, runtime().now()) if actor and not attempt_id else {}
    return render_template(
        "reading/reading.html",
        page=found,
        noted=NotesTold(),
        marking=_marking(request.args.get("mark", ""), found, bool(recall)),
        recall=recall,
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


def _marking(text: str, found: reading.ReadingPage, has_recall: bool) -> Marking:
    """Return the marking asked for; without one, what was missed where there is an attempt, else who says what."""
    usual = Marking.ASKED if found.attempt else Marking.VOICES
    try:
        asked_for = Marking(text)
    except ValueError:
        return usual
    return usual if asked_for is Marking.KNOWN and not has_recall else asked_for
