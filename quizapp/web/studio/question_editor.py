"""What comes of sending the form of a question: it is looked at, kept as a draft, saved, or gives way to another."""

from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.facts.passage import paragraphs_of
from quizapp.domain.questions.draft_labels import labelled
from quizapp.domain.questions.draft_text import DraftText, draft_of, text_of
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.roles import Actor
from quizapp.domain.word_diff import fields_diff
from quizapp.runtime import runtime
from quizapp.services.studio import questions, writing
from quizapp.services.studio.writing import Written
from quizapp.web.studio.question_checks import Checked, Named, check
from quizapp.web.studio.question_desk import (
    KEPT_FIELDS,
    MAX_NAME,
    Desk,
    Theirs,
    draft_desk,
    edit_desk,
    new_nonce,
    type_named,
    typed_in,
)
from quizapp.web.studio.question_forms import add_rows, form_for, with_its_words
from quizapp.web.studio.question_merging import take_over
from quizapp.web.studio.question_preview import Preview, preview
from quizapp.web.undoing import flash_step

Page = str | Response | tuple[str, int]


def show(desk: Desk, status: int = 200) -> Page:
    """Render the page of a desk, with the question as it stands in the form."""
    text = desk.form.text()
    if desk.preview is None:
        desk.preview = look(desk, text)
    if desk.checked.authored is None or not desk.checked.pressing:
        pressed = desk.checked if desk.checked.pressing else None
        desk.checked = desk.preview.checked
        desk.checked.problems, desk.checked.pressing = (pressed.problems, True) if pressed else ([], False)
    bank = desk.editing.bank
    page = render_template(
        "questions/edit.html",
        desk=desk,
        form=desk.form,
        kind=desk.kind,
        bank=bank,
        preview=desk.preview,
        checked=desk.checked,
        paragraphs=paragraphs_of(bank.text) if bank.text else [],
    )
    return page if status == 200 else (page, status)


def look(desk: Desk, text: DraftText) -> Preview:
    """Show the question as it stands in the form; where an answer is tried, with its feedback."""
    answer = request.form.to_dict() if request.form.get("do") == "check" else None
    return preview(text, desk.editing.bank, desk.named, desk.before, answer)


def act(desk: Desk) -> Page:
    """Do what the button says that was pressed: save, unless it says otherwise."""
    done = request.form.get("do", "")
    if "more" in request.form:
        add_rows(desk.form)
        return show(desk)
    if done == "take":
        take_over(desk.form, desk.carried)
        return show(desk)
    if done in ("look", "check"):
        return show(desk)
    if done.startswith("merge:"):
        return _merge(desk, done.removeprefix("merge:"))
    return _save(desk, go_on=done == "new")


def keep(desk: Desk) -> Page:
    """Keep what is typed as a draft, and go on with it."""
    typed = desk.typed()
    try:
        with runtime().writing() as database:
            stored = writing.keep_draft(database, desk.actor, desk.editing.bank.name, typed, runtime().now())
    except Conflict as error:
        return _conflict(desk, error)
    except InvalidContent as error:
        return _refused(desk, [problem.sentence for problem in error.problems])
    flash("Kept as a draft. Nobody is asked it yet.")
    return redirect(url_for("questions.draft", draft_id=stored.id), 303)


def _save(desk: Desk, go_on: bool) -> Page:
    form, typed = desk.form, desk.typed()
    sound = form.validate()
    if form.is_of_no_page:
        raise BadRequest
    bank, text = desk.editing.bank, typed.text
    if desk.stored is not None and desk.stored.is_published and desk.stored.text == text:
        return redirect(url_for("questions.list_own", bank_name=bank.name), 303)  # the same form, sent twice
    if _is_newer(desk):
        return _conflict(desk, Conflict(writing.SAVED_SINCE))
    if desk.editing.answered and not text.change:
        form.change.errors, sound = ["Say which of the two it is."], False
    try:
        draft_of(text, bank, desk.before)
        desk.checked = check(text, bank, desk.named, desk.before)
    except InvalidContent as error:
        return _refused(desk, form.refuse(error.problems))
    if not sound or not desk.checked.may_be_saved:
        return _refused(desk, desk.checked.problems)
    try:
        with runtime().writing() as database:
            written = writing.save_typed(database, desk.actor, bank.name, typed, runtime().now())
    except Conflict as error:
        return _conflict(desk, error)
    except InvalidContent as error:
        return _refused(desk, [problem.sentence for problem in error.problems])
    _tell(desk, written)
    if not go_on:
        return redirect(url_for("questions.list_own", bank_name=bank.name), 303)
    kept = {name: getattr(text, name) for name in KEPT_FIELDS}
    return redirect(url_for("questions.new", bank_name=bank.name, type_name=desk.kind.name, **kept), 303)


def _tell(desk: Desk, written: Written) -> None:
    if written.question_id is None:
        flash("Handed in. Somebody else approves it before anybody is asked.")
    elif not desk.is_edit:
        flash_step("Saved. It is asked from now on, and its fact stands in the article.", written.step_id)
    elif written.changed:
        flash_step("Saved as a new revision. Answers given before keep the old one.", written.step_id)
    else:
        flash("Nothing was changed.")


def _refused(desk: Desk, problems: list[str]) -> Page:
    desk.checked.text, desk.checked.pressing = desk.form.text(), True
    desk.checked.problems = problems
    return show(desk, 422)


def _is_newer(desk: Desk) -> bool:
    """Say whether somebody has saved the question or the draft since this form was opened."""
    question, stored = desk.editing.question, desk.stored
    if question is not None and question.revision != int(desk.form.revision.data or 0):
        return True
    if stored is None or stored.text == desk.form.text():
        return False
    if not desk.goes_on:
        return bool(desk.form.version.data)
    return stored.version != int(desk.form.version.data or 0)


def _conflict(desk: Desk, error: Conflict) -> Page:
    """Show both texts; saving once more is done knowing what it replaces."""
    again = _again(desk)
    again.form, mine = desk.form, desk.form.text()
    question, stored = again.editing.question, again.stored
    of_the_question = question is not None and question.revision != int(desk.form.revision.data or 0)
    if question is not None and (of_the_question or stored is None):
        theirs = text_of(question.snapshot.question, question.snapshot.fact)
        desk.form.revision.data = str(question.revision)
    elif stored is not None:
        theirs = with_its_words(stored.text, again.editing.bank)
    else:
        raise error
    if stored is not None and again.goes_on:
        desk.form.version.data = str(stored.version)
    else:
        desk.form.version.data = ""
        desk.form.nonce.data = new_nonce()
    bank = again.editing.bank
    differences = fields_diff(labelled(theirs, bank), labelled(mine, bank))
    again.theirs = Theirs(theirs, differences, of_the_question)
    again.checked = Checked(mine, pressing=True)
    return show(again, 409)


def _again(desk: Desk) -> Desk:
    """Read anew what the desk is about; a form whose draft was begun meanwhile goes on with that draft."""
    with runtime().reading() as database:
        found = writing.draft_named(database, desk.actor, desk.editing.bank.name, desk.name)
    draft_id = desk.stored.id if desk.stored else found
    if draft_id is not None:
        return draft_desk(desk.actor, draft_id)
    return edit_desk(desk.actor, desk.question_id) if desk.question_id is not None else desk


def _merge(desk: Desk, other: str) -> Page:
    """Take another question instead: keep what is typed, drop it, and offer it to the other's editor."""
    typed, bank = desk.typed(), desk.editing.bank
    try:
        with runtime().writing() as database:
            merged = writing.merge_typed(database, desk.actor, bank.name, typed, other, runtime().now())
    except Conflict as error:
        return _conflict(desk, error)
    except InvalidContent as error:
        return _refused(desk, [problem.sentence for problem in error.problems])
    flash_step("Your draft is dropped; the other question stays.", merged.step_id)
    if merged.question_id is None:
        return redirect(url_for("questions.list_own", bank_name=bank.name), 303)
    address = url_for("questions.edit", question_id=merged.question_id, merged=merged.draft.id)
    return redirect(address, 303)


def look_along(actor: Actor, bank_name: str) -> Preview:
    """Show what is typed while its author goes on typing: four statements, and the form is not built."""
    kind = type_named(request.form.get("type", ""))
    with runtime().reading() as database:
        bank = questions.writing_desk(database, actor, bank_name).bank
    own = request.form.get("own_question", "")[:MAX_NAME] or f"own-{request.form.get('nonce', '')[:MAX_NAME]}"
    named = Named(own, request.form.get("own_fact", "")[:MAX_NAME] or own)
    before = next((one.body for one in bank.questions if one.id == own and one.type == kind.name), None)
    answer = request.form.to_dict() if request.form.get("do") == "check" else None
    return preview(form_for(kind, None).text(), bank, named, before, answer)


def keep_along(
    actor: Actor, bank_name: str, kind: QuestionType[Any], draft_id: int | None = None, question_id: int | None = None
) -> Page:
    """Keep what is typed while its author goes on typing; say in JSON how it goes on. Five statements, or four."""
    form = form_for(kind, None)
    typed = typed_in(form, f"own-{form.nonce.data}", draft_id, question_id)
    try:
        with runtime().writing() as database:
            stored = writing.keep_draft(database, actor, bank_name, typed, runtime().now(), by_itself=True)
    except (Conflict, InvalidContent) as error:
        problems = error.problems if isinstance(error, InvalidContent) else ()
        words = " ".join(problem.sentence for problem in problems) or str(error)
        return make_response(jsonify(words=words), 409 if isinstance(error, Conflict) else 422)
    address, keeps_at = (url_for(f"questions.{one}", draft_id=stored.id) for one in ("draft", "keep"))
    return jsonify(draft=stored.id, version=stored.version, address=address, keep=keeps_at)
