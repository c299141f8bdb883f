"""Make a bank, and change its words: the source, topics, speakers, the text. Instructors only."""

from dataclasses import dataclass
from hashlib import sha256

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest
from wtforms import FieldList

from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.facts.passage import Paragraph, paragraphs_of
from quizapp.domain.roles import Permission
from quizapp.runtime import runtime
from quizapp.services.studio import bank_editor
from quizapp.services.studio.bank_editor import EditedBank
from quizapp.web.studio.bank_words_forms import BankForm, data_of, form_of
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("bank_editor", __name__, url_prefix="/studio/banks")

START_OF_PARAGRAPH = 90
MAX_TOLD = 3


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that somebody else has saved otherwise: what is stored, and what was typed here."""

    label: str
    stored: str
    typed: str


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> str | Response | tuple[str, int]:
    """Make a bank."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    form = form_of({"nonce": sha256(runtime().new_token().encode()).hexdigest()[:16], "language": "en"})
    refused = _refused(form)
    if refused is not None:
        return refused
    try:
        with runtime().writing() as database:
            name = bank_editor.new_bank(database, actor, form.words(), form.nonce.data or "", runtime().now())
    except InvalidContent as error:
        return _wrong(form, error)
    flash("Made. It is a draft that only you see, until you say who else can see it.")
    return redirect(url_for("studio_home.bank", bank_name=name), 303)


@blueprint.route("/<bank_name>/words", methods=["GET", "POST"])
def edit(bank_name: str) -> str | Response | tuple[str, int]:
    """Change the words of a bank that was made here; of another, say where they are changed."""
    actor = require_actor()
    with runtime().reading() as database:
        edited = bank_editor.edited_bank(database, actor, bank_name)
    if not edited.made_here:
        return render_template("banks/of_a_file.html", bank=edited)
    form = form_of(data_of(edited.words))
    refused = _refused(form, edited)
    if refused is not None:
        return refused
    try:
        with runtime().writing() as database:
            words, version = form.words(edited.words), form.version.data or ""
            saved = bank_editor.change_bank(database, actor, bank_name, words, version, runtime().now())
    except InvalidContent as error:
        return _wrong(form, error, edited)
    except Conflict:
        form.version.data = edited.words.version  # saving once more is done knowing what it replaces
        return _page(form, edited, newer=True), 409
    flash_step("Saved." if saved.step_id else "Nothing was changed.", saved.step_id)
    if saved.lost:
        flash(_lost([fact.text for fact in saved.lost]))
    return redirect(url_for("studio_home.bank", bank_name=bank_name), 303)


def _wrong(form: BankForm, error: InvalidContent, edited: EditedBank | None = None) -> tuple[str, int]:
    """Show the page with each problem beside its field."""
    for problem in error.problems:
        form[problem.place].errors = [*form[problem.place].errors, problem.sentence]
    return _page(form, edited), 422


def _lost(texts: list[str]) -> str:
    """Name the facts whose words are gone from the text."""
    named = "; ".join(f"“{text}”" for text in texts[:MAX_TOLD])
    more = f" and {len(texts) - MAX_TOLD} more" if len(texts) > MAX_TOLD else ""
    return f"To be marked anew, since their words are not in the text any more: {named}{more}."


def _refused(form: BankForm, edited: EditedBank | None = None) -> str | tuple[str, int] | None:
    """Return the page to show instead of saving; None where the form may be saved. Raises BadRequest."""
    if request.method == "GET":
        return _page(form, edited)
    if "more" in request.form:
        form.add_speaker()
        return _page(form, edited, opened="speakers")
    if "preview" in request.form:
        return _page(form, edited, opened="text")
    sound = form.validate()
    if form.nonce.errors or form.version.errors or not (edited or form.nonce.data):
        raise BadRequest  # no page of ours holds such hidden fields
    return None if sound else (_page(form, edited), 422)


def _page(form: BankForm, edited: EditedBank | None, newer: bool = False, opened: str = "") -> str:
    return render_template(
        "banks/edit.html",
        form=form,
        bank=edited,
        newer=newer,
        opened=opened,
        differing=_differing(form, edited) if newer and edited else [],
        paragraphs=_paragraphs(form),
        start=START_OF_PARAGRAPH,
    )


def _paragraphs(form: BankForm) -> list[Paragraph]:
    return paragraphs_of(form.plain_text)


def _differing(form: BankForm, edited: EditedBank) -> list[Differing]:
    """List the fields in which what was typed is not what is stored now."""
    stored = form_of_stored(edited)
    found = []
    for field in form:
        if field.name in ("csrf_token", "nonce", "version"):
            continue
        mine, theirs = _shown(field), _shown(stored[field.name])
        if mine != theirs:
            found.append(Differing(field.label.text, theirs, mine))
    return found


def form_of_stored(edited: EditedBank) -> BankForm:
    """Build the form as it would be opened now."""
    return BankForm(formdata=None, data=data_of(edited.words))


def _shown(field: object) -> str:
    """Write the value of a field as it is compared and shown."""
    if isinstance(field, FieldList):
        rows = [row.form for row in field if row.form.name.data]
        return "; ".join(", ".join(_shown(one) for one in row if one.name.rpartition("-")[2] != "id") for row in rows)
    value = getattr(field, "data", None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
