"""Questions across all banks of an instructor, or of one: found, opened, and changed many at once after a look."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import Conflict, InvalidContent
from quizapp.domain.questions.bank_lint.registry import LINT_RULES
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.revision_texts import texts_of
from quizapp.runtime import runtime
from quizapp.services.studio import bulk, bulk_plan, question_list
from quizapp.services.studio.bulk_plan import Action, BulkPlan
from quizapp.services.studio.question_list import Wanted
from quizapp.web.filters import STATUS_LABELS
from quizapp.web.ids import id_of
from quizapp.web.studio.question_list_forms import (
    ORIGINS,
    REVIEWS,
    SORTS,
    STATES,
    BulkForm,
    ConfirmBulkForm,
    address_of,
    chosen_ids,
    confirm_form,
    query_of,
    wanted_of,
)
from quizapp.web.undoing import flash_step
from quizapp.web.visitors import require_actor

blueprint = Blueprint("question_lists", __name__, url_prefix="/studio")

MAX_SHOWN = 500
"""Questions named on the page that asks to confirm; those that nothing is done to come first."""


@blueprint.get("/questions")
def every() -> str:
    """List the questions of all banks that may be changed."""
    return _list(wanted_of(request.args), "", id_of(request.args.get("page", "")) or 1)


@blueprint.get("/<bank_name>/questions")
def of_bank(bank_name: str) -> str:
    """List the questions of one bank."""
    return _list(wanted_of(request.args, bank_name), bank_name, id_of(request.args.get("page", "")) or 1)


@blueprint.post("/questions/bulk")
def look() -> str | tuple[str, int]:
    """Show what an order would do to the questions that are ticked, or to all that were found; nothing is written."""
    actor, form = require_actor(), BulkForm()
    try:
        action = Action(request.form.get("action", ""))
    except ValueError as error:
        raise BadRequest from error
    place = (form.place.data or "")[:100]
    with runtime().reading() as database:
        banks = question_list.banks_to_search(database, actor)
        form.offer(banks)
        valid, ids = form.validate(), chosen_ids()
        if form.found.errors or form.place.errors:  # no page of ours holds such hidden fields
            raise BadRequest
        if request.form.get("all") == "yes":
            ids = question_list.found_ids(database, actor, form.wanted(), banks, runtime().now())
        if valid:
            try:
                return _plan(bulk_plan.plan_bulk(database, actor, form.order(action, ids)), form.wanted(), place)
            except InvalidContent as error:
                for problem in error.problems:
                    _tell(form, problem.place, problem.sentence)
    return _list(form.wanted(), place, id_of(form.page.data or "") or 1, form, ids), 422


@blueprint.post("/questions/bulk/confirm")
def confirm() -> Response | tuple[str, int]:
    """Carry an order out exactly as it was shown."""
    actor, form = require_actor(), ConfirmBulkForm()
    if not form.validate():
        raise BadRequest
    wanted, place = form.wanted(), form.place.data or ""
    try:
        order = form.order()
        with runtime().writing() as database:
            plan, step_id = bulk.carry_out_bulk(database, actor, order, str(form.shown.data), runtime().now())
    except (InvalidContent, ValueError) as error:
        raise BadRequest from error
    except Conflict:
        with runtime().reading() as database:
            return _plan(bulk_plan.plan_bulk(database, actor, order), wanted, place, newer=True), 409
    flash_step(f"{plan.done}.", step_id)
    return redirect(address_of(wanted, place), 303)


def _tell(form: BulkForm, place: str, sentence: str) -> None:
    """Put a problem beside the field that it is about; about what is chosen it stands at the head of them."""
    if place in form:
        form[place].errors = [sentence]
    else:
        form.form_errors = [sentence]


def _list(
    wanted: Wanted, bank_name: str, page: int, form: BulkForm | None = None, chosen: tuple[int, ...] | None = None
) -> str:
    """Render the list; `form` and `chosen` are what was sent, if that could not be taken."""
    actor = require_actor()
    with runtime().reading() as database:
        banks = question_list.banks_to_search(database, actor, bank_name or wanted.bank)
        found = question_list.find_questions(database, actor, wanted, banks, page, runtime().now())
    if form is None:
        form = BulkForm(
            formdata=None, data={"found": urlencode(query_of(wanted)), "place": bank_name, "page": found.page}
        )
        form.offer(banks)
    if chosen is None:
        chosen = tuple(one.id for one in found.questions) if request.args.get("chosen") == "page" else ()
    searched = [bank for bank in banks if wanted.bank in ("", bank.name)]
    return render_template(
        "studio/questions.html",
        wanted=wanted,
        found=found,
        form=form,
        chosen=frozenset(chosen),
        place=bank_name,
        bank_title=next((bank.title for bank in banks if bank.name == bank_name), ""),
        banks=banks,
        topics=sorted({label for bank in searched for label in bank.topics.values()}),
        tags=sorted({tag for bank in searched for tag in bank.tags}),
        choices={
            "types": {name: kind.label for name, kind in QUESTION_TYPES.items()},
            "statuses": {status.value: label for status, label in STATUS_LABELS.items()},
            "rules": {"any": "Any rule"} | {rule.id: f"{rule.id}: {rule.advice}" for rule in LINT_RULES},
            "states": STATES,
            "reviews": REVIEWS,
            "origins": ORIGINS,
            "sorts": SORTS,
        },
        address=lambda **more: address_of(wanted, bank_name, **more),
        clear=url_for("question_lists.of_bank", bank_name=bank_name) if bank_name else url_for("question_lists.every"),
        texts_of=texts_of,
        today=runtime().now().date(),
    )


def _plan(plan: BulkPlan, wanted: Wanted, place: str, newer: bool = False) -> str:
    room = max(0, MAX_SHOWN - len(plan.refused))
    return render_template(
        "studio/bulk.html",
        plan=plan,
        form=confirm_form(plan, urlencode(query_of(wanted)), place),
        refused=plan.refused[:MAX_SHOWN],
        changes=plan.changes[:room],
        hidden=len(plan.refused) + len(plan.changes) - len(plan.refused[:MAX_SHOWN]) - len(plan.changes[:room]),
        back=address_of(wanted, place),
        newer=newer,
    )
