"""A study session: one card or question a page. Every POST ends in a redirect, or in the next page for our script."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.errors import Conflict
from quizapp.domain.memory.scheduling import Rating
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.questions.question_types.question_type import Given, NotGradable
from quizapp.domain.roles import Actor
from quizapp.runtime import runtime
from quizapp.services import reports
from quizapp.services.study import answers, feedback, settings, turns
from quizapp.web.ids import id_of
from quizapp.web.visitors import current_actor, require_actor, write_as_somebody

blueprint = Blueprint("study_cards", __name__, url_prefix="/study")

BY_SCRIPT = "X-Next-Card"
_NOTHING_CHOSEN = "Answer first, or skip it by choosing what you think is nearest."
_GRADES = {"again": Rating.AGAIN, "hard": Rating.HARD, "good": Rating.GOOD, "easy": Rating.EASY}
_MOST_DAYS = 5  # digits


@blueprint.get("/cards", defaults={"name": "", "kind": "study"})
@blueprint.get("/cards/<name>", defaults={"kind": "study"})
@blueprint.get("/practice/<name>", defaults={"kind": "practice"})
def card(name: str, kind: str) -> str | Response:
    """Show what is asked now, its front first; nothing is stored by looking, so that a link opens on a card."""
    return _page(name, SessionKind(kind), shown=request.args.get("shown", ""), began=request.args.get("began", ""))


@blueprint.post("/cards", defaults={"name": "", "kind": "study"})
@blueprint.post("/cards/<name>", defaults={"kind": "study"})
@blueprint.post("/practice/<name>", defaults={"kind": "practice"})
def answer(name: str, kind: str) -> str | Response | tuple[str, int]:
    """Take a grade or a response, exactly once, or the last one back; a visitor becomes a guest by the first."""
    if not name:
        require_actor()  # a visitor has begun no bank
    place = _place(name, SessionKind(kind))
    if "undo" in request.form:
        return _undo(place)
    return _grade(place) if "grade" in request.form else _respond(place)


@blueprint.get("/reviews/<id:review_id>")
def review(review_id: int) -> str:
    """Show what a response came to."""
    actor = require_actor()
    with runtime().reading() as database:
        found = feedback.study_feedback(database, actor, review_id)
        own = reports.own_report(database, actor, found.revision_id)
    return render_template(
        "study/feedback.html",
        asked=found,
        question=found.snapshot.question,
        presented=found.presented(),
        grade=found.grade,
        message="",
        sent={},
        own_report=own,
        onward=_onward(found),
    )


@blueprint.post("/reviews/<id:review_id>/right")
def was_right(review_id: int) -> Response:
    """Count an answer typed last as right: the learner knows best what they meant."""
    actor = require_actor()
    with runtime().writing() as database:
        new_id = answers.was_right(database, actor, review_id, runtime().now())
    return redirect(url_for("study_cards.review", review_id=new_id), 303)


def address(bank_name: str, kind: SessionKind) -> str:
    """Return where a session at a bank (empty: all banks) goes on."""
    return url_for("study_cards.card", name=bank_name, kind=kind.value)


def _onward(found: feedback.StudyFeedback) -> str:
    """Return where the session goes on; the study day where its bank is not open to the learner any more."""
    if found.desk_bank and not found.is_open:
        return url_for("study_today.overview")
    return address(found.desk_bank, found.kind)


def _undo(place: answers.Place) -> str | Response | tuple[str, int]:
    actor = require_actor()
    try:
        with runtime().writing() as database:
            answers.undo_last(database, actor, place.bank_name, place.kind, place.stamp, runtime().now())
    except Conflict as error:
        return _moved_on(str(error), place.bank_name, place.kind)
    return _next(place.bank_name, place.kind)


def _grade(place: answers.Place) -> str | Response | tuple[str, int]:
    word, _, days = request.form["grade"].partition("-")
    rating = _GRADES.get(word)
    if rating is None:
        flash("Choose one of the buttons.")
        return redirect(address(place.bank_name, place.kind), 303)
    shown = int(days) if days.isascii() and days.isdigit() and len(days) <= _MOST_DAYS else None
    seed, now = runtime().new_seed(), runtime().now()

    def take(database: Any, who: Actor) -> int:
        return answers.grade_card(database, who, place, rating, shown, seed, now)

    try:
        write_as_somebody(_with_zone(place, take))
    except Conflict as error:
        return _moved_on(str(error), place.bank_name, place.kind)
    return _next(place.bank_name, place.kind)


def _respond(place: answers.Place) -> str | Response | tuple[str, int]:
    actor, now = current_actor(), runtime().now()
    revision_id = id_of(request.form.get("revision", ""))
    with runtime().reading() as database:
        asked = answers.asked_in_study(database, actor, place, revision_id, request.form.to_dict(), now)
    if not isinstance(asked.reading, Given):
        message = asked.reading.message if isinstance(asked.reading, NotGradable) else _NOTHING_CHOSEN
        return _page(place.bank_name, place.kind, message=message, sent=request.form.to_dict()), 422
    response, seed = asked.reading.response, runtime().new_seed()

    def take(database: Any, who: Actor) -> int:
        return answers.respond(database, who, place, asked, response, seed, now, is_contrast="against" in request.form)

    try:
        review_id = write_as_somebody(_with_zone(place, take))
    except Conflict as error:
        return _moved_on(str(error), place.bank_name, place.kind)
    return redirect(url_for("study_cards.review", review_id=review_id) + "#feedback", 303)


def _with_zone(place: answers.Place, take: Callable[[Any, Actor], int]) -> Callable[[Any, Actor], int]:
    """Also keep the time zone that the browser tells: before a first session, since its study day follows from it.

    In a session that runs it is kept after the answer, which belongs to the day it was shown on.
    """
    zone = request.form.get("zone", "")

    def learn(database: Any, who: Actor) -> None:
        settings.learn_zone(database, who, settings.study_settings(database, who), zone)

    def taken(database: Any, who: Actor) -> int:
        if zone and not place.sitting_id:
            learn(database, who)
        review_id = take(database, who)
        if zone and place.sitting_id:
            learn(database, who)
        return review_id

    return taken


def _place(name: str, kind: SessionKind) -> answers.Place:
    sent = {field: id_of(request.form.get(field, "")) for field in ("sitting", "stamp", "fact", "repetitions")}
    taken = _milliseconds_since(request.form.get("began", ""), runtime().now())
    return answers.Place(name, kind, sent["sitting"], sent["stamp"], sent["fact"], sent["repetitions"], taken)


def _milliseconds_since(began: str, now: datetime) -> int | None:
    """Return the time since a moment in milliseconds that the form brought along; None where it brought none."""
    if not _is_moment(began):
        return None
    return min(answers.LONGEST_MILLISECONDS, max(0, int(now.timestamp() * 1000) - int(began)))


def _is_moment(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15


def _next(name: str, kind: SessionKind) -> str | Response:
    """Go on: our script gets the next card at once, a browser is sent there."""
    if BY_SCRIPT in request.headers:
        return _page(name, kind)
    return redirect(address(name, kind), 303)


def _moved_on(message: str, name: str, kind: SessionKind) -> tuple[str, int]:
    """Show the card that is asked now to somebody whose form came too late."""
    flash(message)
    page = _page(name, kind)
    return (page, 409) if isinstance(page, str) else ("", 409)


def _page(
    name: str,
    kind: SessionKind,
    *,
    shown: str = "",
    began: str = "",
    message: str = "",
    sent: Mapping[str, str] = MappingProxyType({}),
) -> str:
    actor, now = current_actor(), runtime().now()
    with runtime().reading() as database:
        turn = turns.current_turn(database, actor, name, kind, now)
    here = address(name, kind)
    if isinstance(turn, turns.Finished):
        return render_template("study/finished.html", finished=turn, at_desk=here, now=now)
    moment = began if _is_moment(began) else str(int(now.timestamp() * 1000))
    if turn.snapshot is None:
        is_back = shown == turn.name
        return render_template("study/card.html", turn=turn, at_desk=here, began=moment, is_back=is_back)
    return render_template(
        "study/question.html",
        turn=turn,
        asked=turn,
        question=turn.snapshot.question,
        presented=turn.presented(),
        message=message,
        sent=sent,
        at_desk=here,
        began=moment,
    )
