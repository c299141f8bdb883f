"""The page of a bank."""

from flask import Blueprint, render_template, session

from quizapp.domain.roles import Permission
from quizapp.runtime import runtime
from quizapp.services import banks
from quizapp.web.quiz_forms import LENGTH, StartQuizForm, offered_lengths
from quizapp.web.visitors import current_actor

blueprint = Blueprint("banks", __name__, url_prefix="/banks")


@blueprint.get("/<name>")
def bank(name: str) -> str:
    """Show what the bank is, whose voice it is, and how to begin."""
    actor = current_actor()
    with runtime().reading() as database:
        found = banks.bank_overview(database, actor, name)
    form = StartQuizForm(bank=found.name)
    lengths = offered_lengths(found.scored_questions, session.get(LENGTH))
    may_write = actor is not None and actor.may(Permission.WRITE_QUESTIONS)
    return render_template("banks/bank.html", bank=found, form=form, lengths=lengths, may_write=may_write)
