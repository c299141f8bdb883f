"""The page of a bank."""

from flask import Blueprint, render_template, session

from quizapp.runtime import runtime
from quizapp.services import banks
from quizapp.web.quiz_forms import LENGTH, StartQuizForm, offered_lengths

blueprint = Blueprint("banks", __name__, url_prefix="/banks")


@blueprint.get("/<name>")
def bank(name: str) -> str:
    """Show what the bank is, whose voice it is, and how to begin."""
    with runtime().reading() as database:
        found = banks.bank_overview(database, name)
    form = StartQuizForm(bank=found.name)
    lengths = offered_lengths(found.scored_questions, session.get(LENGTH))
    return render_template("banks/bank.html", bank=found, form=form, lengths=lengths)
