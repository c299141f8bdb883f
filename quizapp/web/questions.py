"""Questions of an instructor's own: list, write, edit, try out, stop asking. Nobody else sees these pages."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.questions.authored import Authored, Draft, author, findings_on, problems_of
from quizapp.domain.questions.bank_lint.reading import shown, unquoted
from quizapp.domain.questions.bank_lint.registry import SUBJECTS
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.roles import Actor, Permission
from quizapp.runtime import runtime
from quizapp.services import quizzes
from quizapp.services.studio import questions
from quizapp.services.studio.questions import Editing
from quizapp.web.question_forms import QuestionForm, add_row, data_of, form_for, types_by_hand
from quizapp.web.visitors import require_actor

blueprint = Blueprint("questions", __name__, url_prefix="/questions")

BESIDE = {"stems": "stem", "wording": "stem", "attribution": "stem", "near_duplicates": "stem", "sources": "line"}
"""The field that the rules of each subject are about; those of the others are about the answers."""
ABOUT_THE_LINE = frozenset({"D-3", "D-12"})
ABOUT_WORDS = frozenset({"attribution", "wording"})
STRETCH = 40
"""A rule that quotes what it found gives at least so much of it."""
ABOUT_THE_ANSWERS = frozenset({"D-13", "D-14", "grammatical-cue"})


@dataclass
class Checked:
    """What was found wrong with a draft: what makes it impossible to ask, and what the rules of `bank check` say."""

    problems: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    authored: Authored | None = None

    def beside(self, name: str) -> list[Finding]:
        """Return the findings that stand beside a field: "line", "stem", or "answers" for those of the type."""
        return [finding for finding in self.findings if self.authored and _place_of(finding, self.authored) == name]

    def may_be_saved(self, anyway: bool) -> bool:
        """Say whether it may be saved: warnings may be passed over on purpose, errors never."""
        errors = any(finding.severity is Severity.ERROR for finding in self.findings)
        return not self.problems and not errors and (anyway or not self.findings)


@blueprint.get("/<bank_name>")
def list_own(bank_name: str) -> str:
    """List what instructors added to a bank."""
    actor = _instructor()
    with runtime().reading() as database:
        title, found = questions.own_questions(database, actor, bank_name)
    return render_template(
        "questions/list.html", bank_name=bank_name, bank_title=title, questions=found, types=types_by_hand()
    )


@blueprint.route("/<bank_name>/new/<type_name>", methods=["GET", "POST"])
def new(bank_name: str, type_name: str) -> str | Response | tuple[str, int]:
    """Write a new question of one type."""
    actor, kind = _instructor(), _type(type_name)
    with runtime().reading() as database:
        desk = questions.writing_desk(database, actor, bank_name)
    form = form_for(kind, desk.bank, {"nonce": sha256(runtime().new_token().encode()).hexdigest()[:16]})
    sent = _sent(form, kind, desk)
    if not isinstance(sent, Draft):
        return sent
    with runtime().writing() as database:
        questions.add_question(database, actor, bank_name, sent, _name(form), runtime().now())
    flash("Saved. It is asked from now on, and its fact stands in the article.")
    return redirect(url_for("questions.list_own", bank_name=bank_name), 303)


@blueprint.route("/<id:question_id>/edit", methods=["GET", "POST"])
def edit(question_id: int) -> str | Response | tuple[str, int]:
    """Edit a question that an instructor added; what was answered before keeps its words."""
    actor = _instructor()
    with runtime().reading() as database:
        editing = questions.edited_question(database, actor, question_id)
    if editing.question is None:
        raise NotFound("There is no such question.")
    kind = _type(editing.question.snapshot.question.type)
    nonce = sha256(runtime().new_token().encode()).hexdigest()[:16]
    data = data_of(editing.question.snapshot) | {"revision": editing.question.revision, "nonce": nonce}
    form = form_for(kind, editing.bank, data)
    sent = _sent(form, kind, editing)
    if not isinstance(sent, Draft):
        return sent
    try:
        with runtime().writing() as database:
            now, based_on = runtime().now(), int(form.revision.data or 0)
            changed = questions.edit_question(database, actor, question_id, sent, _name(form), based_on, now)
    except Conflict:
        form.revision.data = str(editing.question.revision)  # saving once more is done knowing what it replaces
        return _page(form, kind, editing, newer=True), 409
    flash("Saved as a new revision. Answers given before keep the old one." if changed else "Nothing was changed.")
    return redirect(url_for("questions.list_own", bank_name=editing.bank.name), 303)


@blueprint.post("/<id:question_id>/retire")
def retire(question_id: int) -> Response:
    """Stop asking a question, or ask it again."""
    actor = _instructor()
    retired = request.form.get("again") != "yes"
    with runtime().writing() as database:
        bank_name = questions.set_retired(database, actor, question_id, retired, runtime().now())
    flash("It is not asked any more. Answers given before stay." if retired else "It is asked again.")
    return redirect(url_for("questions.list_own", bank_name=bank_name), 303)


@blueprint.post("/<id:question_id>/play")
def play(question_id: int) -> Response:
    """Try a question out as a learner meets it; it counts for nothing."""
    actor = _instructor()
    with runtime().writing() as database:
        attempt_id = quizzes.try_question(database, actor, question_id, runtime().new_seed(), runtime().now())
    return redirect(url_for("quizzes.question", attempt_id=attempt_id, position=1), 303)


def _place_of(finding: Finding, authored: Authored) -> str:
    """Say beside which field a finding stands; where it is about a word, beside the one that has the word."""
    if finding.rule in ABOUT_THE_ANSWERS:
        return "answers"
    if finding.rule in ABOUT_THE_LINE:
        return "line"
    subject = SUBJECTS[finding.rule]
    texts = {"stem": authored.question.stem, "line": authored.fact.text, "answers": " ".join(shown(authored.question))}
    if finding.detail and subject in ABOUT_WORDS:
        for place, text in texts.items():
            if finding.detail in unquoted(text) or text[:STRETCH] in finding.detail:
                return place
    return BESIDE.get(subject, "answers")


def _instructor() -> Actor:
    """Return who is asking. Raises NotAllowed for a learner and NotFound for a stranger: both see no page."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    return actor


def _type(name: str) -> QuestionType[Any]:
    for kind in types_by_hand():
        if kind.name == name:
            return kind
    raise NotFound(f"There is no question type “{name}” that can be written by hand.")


def _name(form: QuestionForm) -> str:
    return f"own-{form.nonce.data}"


def _sent(form: QuestionForm, kind: QuestionType[Any], editing: Editing) -> Draft | str | tuple[str, int]:
    """Return the draft that was sent and may be saved; else the page to show instead. Raises BadRequest."""
    if request.method == "GET":
        return _page(form, kind, editing)
    if "more" in request.form:
        add_row(form)
        return _page(form, kind, editing)
    if not form.validate():
        if form.nonce.errors or form.revision.errors:  # no page of ours holds such hidden fields
            raise BadRequest
        return _page(form, kind, editing), 422
    draft = form.draft(kind)
    checked = _check(draft, form, editing)
    return draft if checked.may_be_saved(form.anyway.data) else (_page(form, kind, editing, checked), 422)


def _check(draft: Draft, form: QuestionForm, editing: Editing) -> Checked:
    name = _name(form)
    question_id = editing.question.snapshot.question.id if editing.question else name
    authored = author(draft, editing.bank, question_id, editing.own_fact or name)
    problems = problems_of(authored, editing.bank)
    return Checked(problems, [] if problems else findings_on(authored, editing.bank), authored)


def _page(
    form: QuestionForm,
    kind: QuestionType[Any],
    editing: Editing,
    checked: Checked | None = None,
    newer: bool = False,
) -> str:
    return render_template(
        "questions/edit.html",
        form=form,
        kind=kind,
        bank=editing.bank,
        question=editing.question,
        checked=checked or Checked(),
        newer=newer,
    )
