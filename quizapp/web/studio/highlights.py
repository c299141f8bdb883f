"""Highlight to quiz: paste a text, mark a passage, say what it states, and keep the questions drafted from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.roles import Actor, Permission
from quizapp.runtime import runtime
from quizapp.services.studio import highlights, own_texts
from quizapp.services.studio.highlights import Desk, Offer, Outcome
from quizapp.web.studio.highlight_forms import HighlightForm, PasteForm, TextForm, highlight_form, reasons_in
from quizapp.web.studio.highlight_text import marked_paragraphs
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("highlights", __name__, url_prefix="/studio")

PART = "X-Part"
"""A header our script sends: it wants the drafts alone, not the page around them."""
_SAID = {
    Outcome.PUBLISHED: "Kept. It is asked from now on.",
    Outcome.WAITING: "Kept. It waits for somebody else to approve it.",
    Outcome.OPEN: "Stored as an open draft. Give a reason for each piece of advice, or edit it.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was done a moment ago, and the step that undoes it."""

    words: str
    step_id: int | None = None


@blueprint.get("/paste")
def offer() -> str:
    """Ask for a text to make a bank of."""
    _instructor()
    nonce = sha256(runtime().new_token().encode()).hexdigest()[:16]
    return render_template("highlights/paste.html", form=PasteForm(data={"nonce": nonce}))


@blueprint.post("/paste")
def make() -> Response | tuple[str, int]:
    """Make a bank of the text, and go on to highlighting in it."""
    actor, form = _instructor(), PasteForm()
    if not form.validate():
        if form.nonce.errors:  # no page of ours holds such a hidden field
            raise BadRequest
        return render_template("highlights/paste.html", form=form), 422
    title, text = " ".join((form.title.data or "").split()), form.text.data or ""
    with runtime().writing() as database:
        name = own_texts.make_bank_of_text(database, actor, title, text, form.nonce.data or "", runtime().now())
    flash("Your text is stored. Nobody else sees it until you open the bank.")
    return redirect(url_for("highlights.page", bank_name=name), 303)


@blueprint.get("/<bank_name>/highlight")
def page(bank_name: str) -> str:
    """Show the text beside the form, and the drafts on what the address says is highlighted."""
    actor = _instructor()
    with runtime().reading() as database:
        desk = highlights.desk(database, actor, bank_name)
    sent = request.args if request.args.get("line") else None
    form = highlight_form(desk, sent) if sent is not None else _empty(desk)
    if sent is None or not form.validate():
        return _page(desk, form)
    return _page(desk, form, _offer(actor, bank_name, form, desk))


@blueprint.post("/<bank_name>/highlight/text")
def keep_text(bank_name: str) -> Response | tuple[str, int]:
    """Store the text of a bank that has none."""
    actor, form = _instructor(), TextForm()
    with runtime().reading() as database:
        desk = highlights.desk(database, actor, bank_name)
    if not form.validate():
        return _page(desk, _empty(desk), text_form=form), 422
    with runtime().writing() as database:
        step_id = own_texts.store_text(database, actor, bank_name, form.text.data or "", runtime().now())
    flash_step("The text is stored.", step_id)
    return redirect(url_for("highlights.page", bank_name=bank_name), 303)


@blueprint.post("/<bank_name>/highlight/drafts")
def draft(bank_name: str) -> Response | str | tuple[str, int]:
    """Draft questions on what was sent: to our script the drafts alone, else by the address of their page."""
    actor = _instructor()
    with runtime().reading() as database:
        desk = highlights.desk(database, actor, bank_name)
    form = highlight_form(desk)
    sound = form.validate()
    form.find_passage(desk.bank.text)
    if not sound:
        form.want_passage(desk.bank.text)
    if not sound or form.words.errors:
        return (_drafts(desk, form) if _wants_part() else _page(desk, form)), 422
    if not _wants_part():
        return redirect(_address(bank_name, form), 303)
    return _drafts(desk, form, _offer(actor, bank_name, form, desk))


@blueprint.post("/<bank_name>/highlight/keep")
def keep(bank_name: str) -> Response | str | tuple[str, int]:
    """Keep a draft: it is published, waits for somebody else, or stays open where a rule is against it."""
    actor, form = _decided(bank_name)
    with runtime().writing() as database:
        kept = highlights.keep(
            database, actor, bank_name, form.highlight(), _name(), _reasons(), runtime().now(), _new_speaker(form)
        )
    return _after(actor, bank_name, form, Told(_SAID[kept.outcome], kept.step_id))


@blueprint.post("/<bank_name>/highlight/edit")
def edit(bank_name: str) -> Response:
    """Store a draft and open it in the editor."""
    actor, form = _decided(bank_name)
    with runtime().writing() as database:
        draft_id = highlights.edit(
            database, actor, bank_name, form.highlight(), _name(), runtime().now(), _new_speaker(form)
        )
    return redirect(editor_of(draft_id, bank_name), 303)


@blueprint.post("/<bank_name>/highlight/drop")
def drop(bank_name: str) -> Response | str | tuple[str, int]:
    """Drop a draft; it is not offered again."""
    actor, form = _decided(bank_name)
    with runtime().writing() as database:
        highlights.drop(database, actor, bank_name, form.highlight(), _name(), runtime().now(), _new_speaker(form))
    return _after(actor, bank_name, form, Told("Dropped. It is not offered again."))


def editor_of(draft_id: int, bank_name: str) -> str:
    """Return the address where a stored draft is edited."""
    if "questions.draft" in current_app.view_functions:
        return url_for("questions.draft", draft_id=draft_id)
    return url_for("questions.list_own", bank_name=bank_name)


def _instructor() -> Actor:
    """Return who is asking. Raises NotAllowed for a learner and NotFound for a stranger: both see no page."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    return actor


def _empty(desk: Desk) -> HighlightForm:
    form = HighlightForm(formdata=None)
    form.offer(desk)
    return form


def _decided(bank_name: str) -> tuple[Actor, HighlightForm]:
    """Return who decides and the highlight of the draft. Raises BadRequest for what no card of ours sends."""
    actor = _instructor()
    with runtime().reading() as database:
        form = highlight_form(highlights.desk(database, actor, bank_name))
    if not form.validate():
        raise BadRequest
    return actor, form


def _offer(actor: Actor, bank_name: str, form: HighlightForm, desk: Desk | None = None) -> Offer:
    with runtime().reading() as database:
        return highlights.offer(database, actor, bank_name, form.highlight(), _new_speaker(form), desk)


def _after(actor: Actor, bank_name: str, form: HighlightForm, told: Told) -> Response | str:
    """Show the drafts that are left: to our script at once, else on their page."""
    if not _wants_part():
        flash_step(told.words, told.step_id)
        return redirect(_address(bank_name, form, ""), 303)  # the message stands above
    found = _offer(actor, bank_name, form)
    return _drafts(found.desk, form, found, told)


def _address(bank_name: str, form: HighlightForm, place: str = "drafts") -> str:
    """Return the address of the page that shows the drafts on what was typed."""
    state: dict[str, Any] = form.state()
    return url_for("highlights.page", bank_name=bank_name, _anchor=place or None, **state)


def _wants_part() -> bool:
    return request.headers.get(PART) == "drafts"


def _name() -> str:
    return request.form.get("name", "")[:60]


def _new_speaker(form: HighlightForm) -> str:
    return form.new_speaker.data or ""


def _reasons() -> Mapping[str, str]:
    return reasons_in(request.form)


def _drafts(desk: Desk, form: HighlightForm, found: Offer | None = None, told: Told | None = None) -> str:
    return render_template("highlights/drafts.html", **_shown(desk, form, found, told))


def _page(desk: Desk, form: HighlightForm, found: Offer | None = None, text_form: TextForm | None = None) -> str:
    bank = desk.bank
    marked = form.marked
    return render_template(
        "highlights/highlight.html",
        paragraphs=marked_paragraphs(bank.text, bank.facts, marked),
        passage=bank.text[slice(*marked)] if marked else "",
        facts=[fact for fact in bank.facts if fact.passage],
        text_form=text_form or TextForm(formdata=None),
        **_shown(desk, form, found, None),
    )


def _shown(desk: Desk, form: HighlightForm, found: Offer | None, told: Told | None) -> dict[str, object]:
    """Return what the drafts and the page around them show."""
    problems = found.drafting.problems if found else ()
    return {
        "desk": desk,
        "bank": desk.bank,
        "form": form,
        "found": found,
        "problems": problems,
        "told": told,
        "state": form.state(),
        "editor_of": editor_of,
    }
