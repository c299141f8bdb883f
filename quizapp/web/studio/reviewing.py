"""The review queue: one draft a page, approved, edited or rejected by a key or a button, and taken back by another."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.domain.errors import Conflict, InvalidContent, Problem
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.domain.questions.draft_text import stem_of_text
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.recipes.registry import RECIPES
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.seeded_order import SeededOrder
from quizapp.runtime import runtime
from quizapp.services.studio import questions, reviewing
from quizapp.services.studio.drafts import StoredDraft
from quizapp.services.studio.reviewing import Queue, ReviewedDraft
from quizapp.web.studio.review_forms import ReviewForm
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("reviewing", __name__, url_prefix="/studio")

ONLY_BANK = "bank"
"""What the query or field `only` says where the queue is that of one bank."""


@blueprint.get("/review")
def queue() -> Response | str:
    """Lead to the first draft that waits in any bank, or say that none does."""
    actor = _instructor()
    with runtime().reading() as database:
        found = reviewing.review_queue(database, actor)
    return _first(found)


@blueprint.get("/<bank_name>/review")
def queue_of_bank(bank_name: str) -> Response | str:
    """Lead to the first draft that waits in one bank."""
    actor = _instructor()
    with runtime().reading() as database:
        title = questions.bank_title(database, actor, bank_name)
        found = reviewing.review_queue(database, actor, bank_name)
    return _first(found, title, bank_name)


@blueprint.get("/review/<id:draft_id>")
def draft(draft_id: int) -> str:
    """Show a draft beside its source, as a learner will see it, with what the rules say."""
    return _page(_instructor(), draft_id, ReviewForm(formdata=None))


@blueprint.post("/review/<id:draft_id>/approve")
def approve(draft_id: int) -> Response | tuple[str, int]:
    """Publish a draft and go on with the next."""
    actor, form = _instructor(), ReviewForm()
    if form.reason_problems:
        return _page(actor, draft_id, form, form.reason_problems), 422
    try:
        with runtime().writing() as database:
            published = reviewing.approve(
                database, actor, draft_id, form.seen, form.reasons, form.change.data or "", runtime().now()
            )
    except InvalidContent as error:
        return _page(actor, draft_id, form, error.problems), 422
    except Conflict as error:
        return _changed(actor, draft_id, error)
    told = f"Approved: “{stem_of_text(published.draft.text)}” is asked from now on."
    return _onward(actor, published.draft, told, published.step_id)


@blueprint.post("/review/<id:draft_id>/reject")
def reject(draft_id: int) -> Response | tuple[str, int]:
    """Reject a draft for a reason and go on with the next."""
    actor, form = _instructor(), ReviewForm()
    if not form.validate_on_submit():
        return _page(actor, draft_id, form, (Problem("reason", " ".join(form.reason.errors)),)), 422
    try:
        with runtime().writing() as database:
            reason = " ".join((form.reason.data or "").split())
            rejected = reviewing.reject(database, actor, draft_id, form.seen, reason, runtime().now())
    except Conflict as error:
        return _changed(actor, draft_id, error)
    return _onward(actor, rejected.draft, f"Rejected: {reason}", rejected.step_id)


def _instructor() -> Actor:
    """Return who is asking. Raises NotAllowed for a learner and NotFound for a stranger: both see no page."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    return actor


def _first(found: Queue, bank_title: str = "", bank_name: str = "") -> Response | str:
    only = ONLY_BANK if bank_name else None
    if found.waiting:
        return redirect(url_for("reviewing.draft", draft_id=found.waiting[0], only=only))
    return render_template("reviewing/none.html", queue=found, bank_title=bank_title, bank_name=bank_name)


def _page(actor: Actor, draft_id: int, form: ReviewForm, problems: tuple[Problem, ...] = ()) -> str:
    """Render a draft; `problems` are what keeps a decision that was sent from being taken."""
    with runtime().reading() as database:
        found = reviewing.reviewed_draft(database, actor, draft_id)
        queue = reviewing.review_queue(database, actor, found.bank.name if _only() else "")
    return render_template(
        "reviewing/draft.html",
        found=found,
        queue=queue,
        only=_only(),
        form=form,
        problems={problem.place: problem.sentence for problem in problems},
        rules=_by_rule(found, form),
        recipe=_recipe_words(found.draft.recipe),
        **_answered(found),
    )


def _answered(found: ReviewedDraft) -> dict[str, object]:
    """Return what the templates of question types need to show it as after the right answer."""
    if found.snapshot is None:
        return {}
    question = found.snapshot.question
    kind = question_type(question.type)
    response = kind.right_response(question.body)
    return {
        "question": question,
        "presented": kind.present(question.body, SeededOrder(found.draft.id)),
        "asked": {"response": response},
        "answered": True,
        "nobodys": True,
        "grade": kind.grade(question.body, response),
        "message": "",
        "sent": {},
    }


def _by_rule(found: ReviewedDraft, form: ReviewForm) -> list[tuple[list[Finding], str]]:
    """Return the findings of each rule, errors first, with the reason for passing a warning over, as it was typed."""
    kept, rules = {**found.draft.text.reasons, **form.reasons}, dict[str, list[Finding]]()
    for finding in sorted(found.findings, key=lambda one: one.severity is not Severity.ERROR):
        rules.setdefault(finding.rule, []).append(finding)
    return [(findings, kept.get(rule, "")) for rule, findings in rules.items()]


def _recipe_words(name: str) -> str:
    """Say what made a draft."""
    if name == "by-hand":
        return "By hand"
    made_by = next((one.label for one in RECIPES if one.name == name), "")
    return f"By the recipe “{made_by}”" if made_by else f"From an import: {name}"


def _only() -> str | None:
    """Return what keeps the queue to the bank of the draft, from the address or the form."""
    return ONLY_BANK if request.values.get("only") == ONLY_BANK else None


def _onward(actor: Actor, stored: StoredDraft, told: str, step_id: int | None) -> Response:
    """Tell what was done, with the way back, on the page of the next draft."""
    here = url_for("reviewing.draft", draft_id=stored.id, only=_only())
    flash_step(told, step_id, back=here)
    with runtime().reading() as database:
        found = reviewing.review_queue(database, actor, stored.bank_name if _only() else "")
    following = found.after(stored.id)
    if following is not None:
        return redirect(url_for("reviewing.draft", draft_id=following, only=_only()), 303)
    if _only():
        return redirect(url_for("reviewing.queue_of_bank", bank_name=stored.bank_name), 303)
    return redirect(url_for("reviewing.queue"), 303)


def _changed(actor: Actor, draft_id: int, error: Conflict) -> tuple[str, int]:
    """Show a draft as it is now to somebody whose decision came too late."""
    flash(str(error))
    return _page(actor, draft_id, ReviewForm(formdata=None)), 409
