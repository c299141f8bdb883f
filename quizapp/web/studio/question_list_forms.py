"""What the list of questions is asked for, and the forms that do one thing to many of them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from urllib.parse import parse_qsl

from flask import request, url_for
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind 3.3
from wtforms.validators import Length, Regexp
from wtforms.widgets import DateInput

from quizapp.domain.facts.fact import Status
from quizapp.domain.questions.bank_lint.registry import LINT_RULES
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.tag import tag_problem
from quizapp.domain.questions.weight import WEIGHTS, weight_words
from quizapp.services.studio.bulk_plan import Action, BulkPlan, Order
from quizapp.services.studio.question_list import ANY_RULE, BankChoice, Wanted
from quizapp.web.form_checks import InOurWords
from quizapp.web.ids import id_of

LONGEST_WORDS = 200
LONGEST_IDS = 110_000
"""The characters that the ids of as many questions as one step takes can have."""
STATES = {"asked": "Asked", "archived": "Not asked any more", "all": "All"}
REVIEWS = {"past": "Past", "soon": "Within 30 days", "none": "None set"}
ORIGINS = {"instructor": "Added here", "file": "From a file"}
SORTS = {
    "newest": "The newest first",
    "bank": "As in the banks",
    "changed": "Last changed first",
    "review": "By review date",
    "type": "By type",
}
VALUE_FIELDS = {
    Action.TAG: "tag",
    Action.UNTAG: "tag",
    Action.MOVE: "bank",
    Action.WEIGH: "weight",
    Action.REVIEW: "review_by",
}
"""The field that an action takes its value from."""


def wanted_of(asked: Mapping[str, str], bank_name: str = "") -> Wanted:
    """Read what is looked for from a query; what nobody can look for is left out."""
    text = {one.name: asked.get(one.name, "") for one in fields(Wanted)}
    tag = "" if tag_problem(text["tag"]) else text["tag"]
    return Wanted(
        words="".join(one for one in text["words"] if one.isprintable())[:LONGEST_WORDS].strip(),
        bank=bank_name or text["bank"],
        type=_one_of(text["type"], QUESTION_TYPES),
        topic=text["topic"],
        status=_one_of(text["status"], [status.value for status in Status]),
        state={"archived": "archived", "all": ""}.get(text["state"], "asked"),
        tag=tag,
        rule=_one_of(text["rule"], [ANY_RULE, *(rule.id for rule in LINT_RULES)]),
        review=_one_of(text["review"], REVIEWS),
        origin=_one_of(text["origin"], ORIGINS),
        sort=_one_of(text["sort"], SORTS) or "newest",
    )


def query_of(wanted: Wanted, **more: str | int) -> dict[str, str | int]:
    """Return the query that leads to what is wanted; `more` stands beside it."""
    asked = {one.name: getattr(wanted, one.name) for one in fields(Wanted)}
    asked["state"] = wanted.state or "all"
    plain = {"state": "asked", "sort": "newest"}
    return {name: text for name, text in asked.items() if text and text != plain.get(name)} | more


def address_of(wanted: Wanted, bank_name: str, **more: str | int) -> str:
    """Return the address of the list of what is wanted: of all banks, or of the one called `bank_name`."""
    query = query_of(wanted, **more)
    if not bank_name:
        return url_for("question_lists.every", **query)  # type: ignore[arg-type]  # it takes whatever a query holds
    query.pop("bank", None)
    return url_for("question_lists.of_bank", bank_name=bank_name, **query)  # type: ignore[arg-type]


def chosen_ids() -> tuple[int, ...]:
    """Return the questions that were ticked, each once; what is no number is 0, which no question has."""
    return tuple(dict.fromkeys(id_of(text) for text in request.form.getlist("question")))


class BulkForm(FlaskForm):
    """What to do to the questions that are ticked, and the list that they were ticked in."""

    class Meta(InOurWords, FlaskForm.Meta):
        """Our sentences."""

    found = HiddenField(validators=[Length(max=2_000)])
    place = HiddenField(validators=[Length(max=100)])
    page = HiddenField()
    tag = StringField("Tag", description="One or a few words, to find them again.")
    bank = SelectField("Move to", description="Only questions that were added here can move.")
    weight = SelectField(
        "Weight in a score",
        choices=[SelectChoice(f"{weight:g}", f"{weight:g}: {weight_words(weight)}") for weight in WEIGHTS],
        default="1",
        description="For attempts that start from now on.",
    )
    review_by = StringField(
        "Review date", widget=DateInput(), description="The day to look at their facts again. Empty: none."
    )

    def offer(self, banks: Sequence[BankChoice]) -> None:
        """Offer the banks to move to."""
        self.bank.choices = [SelectChoice("", "Choose a bank"), *(SelectChoice(one.name, one.title) for one in banks)]

    def order(self, action: Action, ids: tuple[int, ...]) -> Order:
        """Return the order that was given."""
        name = VALUE_FIELDS.get(action)
        return Order(action, ids, (self[name].data or "").strip() if name else "")

    def wanted(self) -> Wanted:
        """Return what the list that it was sent from was asked for."""
        return wanted_of(dict(parse_qsl(self.found.data or "")))


class ConfirmBulkForm(FlaskForm):
    """An order again, with the fingerprint of the plan that was shown."""

    found = HiddenField(validators=[Length(max=2_000)])
    place = HiddenField(validators=[Length(max=100)])
    action = HiddenField()
    value = HiddenField(validators=[Length(max=200)])
    question = HiddenField(validators=[Length(max=LONGEST_IDS), Regexp(r"[0-9]{1,10}(,[0-9]{1,10})*\Z")])
    shown = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])

    def order(self) -> Order:
        """Return the order. Raises ValueError when it is no action."""
        ids = tuple(dict.fromkeys(map(id_of, (self.question.data or "").split(","))))
        return Order(Action(self.action.data or ""), ids, self.value.data or "")

    def wanted(self) -> Wanted:
        """Return what the list that it began from was asked for."""
        return wanted_of(dict(parse_qsl(self.found.data or "")))


def confirm_form(plan: BulkPlan, found: str, place: str) -> ConfirmBulkForm:
    """Make the form that has a plan carried out as it was shown."""
    order = plan.order
    return ConfirmBulkForm(
        formdata=None,
        data={
            "found": found,
            "place": place,
            "action": order.action.value,
            "value": order.value,
            "question": ",".join(map(str, order.ids)),
            "shown": plan.fingerprint,
        },
    )


def _one_of(text: str, allowed: Sequence[str] | Mapping[str, object]) -> str:
    return text if text in allowed else ""
