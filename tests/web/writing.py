"""Filling in the form of a question as an instructor does in a browser."""

import re
from html import unescape

from quizapp.domain.questions.bank_lint.registry import LINT_RULES

CHOICE = {
    "line": "The report gives 70 tons as the catch of the last boat.",
    "paragraph": "4",
    "speaker": "",
    "topic": "trade",
    "stem": "In the report, how much did the last boat catch?",
    "body_key": "70 tons",
    "body_in_order": "y",
    "body_distractors-0-text": "40 tons",
    "body_distractors-0-reason": "The report gives 40 tons as the catch of another pier.",
    "body_distractors-1-text": "55 tons",
    "body_distractors-1-reason": "The report does not have this figure.",
    "body_distractors-2-text": "85 tons",
    "body_distractors-2-reason": "The report does not have this figure.",
}
TRUE_FALSE = {
    "line": "The report says that the last boat came home at night.",
    "paragraph": "5",
    "speaker": "",
    "topic": "trade",
    "stem": "True or false, according to the report: the last boat came home at night.",
    "body_is_true": "true",
    "body_reason": "The report does say this.",
}
NUMBER = {
    "line": "The report gives 9 boats as the number that stayed at home.",
    "paragraph": "6",
    "speaker": "",
    "topic": "trade",
    "stem": "In the report, how many boats stayed at home?",
    "body_number": "nine",
    "body_unit": "boats",
    "body_hedge": "",
    "body_tolerance": "",
}
SHORT_ANSWER = {
    "line": "The report names Wick as the home of the youngest crew.",
    "paragraph": "6",
    "speaker": "",
    "topic": "trade",
    "stem": "In the report, where does the youngest crew live?",
    "body_answer": "Wick",
    "body_accepted": "the town of Wick\nWick harbour",
}
CLOZE = {
    "line": "The report says that the youngest crew painted its boat green.",
    "paragraph": "7",
    "speaker": "",
    "topic": "trade",
    "body_sentence": "By the report, the youngest crew painted its boat ____.",
    "body_gaps": "green | dark green",
}
MULTIPLE_CHOICE = {
    "line": "The report lists salt and tar among the goods of the last ship.",
    "paragraph": "8",
    "speaker": "",
    "topic": "trade",
    "stem": "In the report, which of these goods came with the last ship?",
    "body_keys": "salt\ntar",
    "body_distractors-0-text": "wool",
    "body_distractors-0-reason": "The report does not have wool on that ship.",
    "body_distractors-1-text": "tea",
    "body_distractors-1-reason": "The report does not have tea on that ship.",
}
MATCHING = {
    "line": "The report says which crew rows which boat: Ann the Tern, Bo the Gull, Cy the Auk.",
    "paragraph": "9",
    "speaker": "",
    "topic": "trade",
    "stem": "In the report, who rows which boat?",
    "body_pairs-0-left": "Ann",
    "body_pairs-0-right": "the Tern",
    "body_pairs-1-left": "Bo",
    "body_pairs-1-right": "the Gull",
    "body_pairs-2-left": "Cy",
    "body_pairs-2-right": "the Auk",
    "body_extras-0-text": "the Ibis",
    "body_extras-0-reason": "The report says of nobody that they row the Ibis.",
}
ORDERING = {
    "line": "The report tells that the boat was built, then painted, then sold.",
    "paragraph": "10",
    "speaker": "",
    "topic": "trade",
    "stem": "In the report, in which order did these happen to the boat?",
    "body_items": "It was built\nIt was painted\nIt was sold",
}
BY_TYPE = {
    "single_choice": CHOICE,
    "multiple_choice": MULTIPLE_CHOICE,
    "true_false": TRUE_FALSE,
    "numeric": NUMBER,
    "short_answer": SHORT_ANSWER,
    "cloze": CLOZE,
    "matching": MATCHING,
    "ordering": ORDERING,
}
REASONS = {
    f"reason-{rule.id}": "It is what the exercise is about." for rule in LINT_RULES if rule.severity == "warning"
}
"""Why each piece of advice is passed over."""
OF_ANY_TYPE = {name: text for fields in BY_TYPE.values() for name, text in fields.items()} | CHOICE | REASONS
"""A question of whatever type: each reads its own fields."""

BY_SCRIPT = {"X-Fragment": "yes"}


def in_any_bank(fields):
    """Leave the topic to what the bank offers, and name the paragraph that every text has."""
    return {name: text for name, text in fields.items() if name != "topic"} | {"paragraph": "1"}


def by_script(visitor, path, **fields):
    """Send a form as the page's script does."""
    return visitor.client.post(path, data={"csrf_token": visitor.token, **fields}, headers=BY_SCRIPT)


def hidden(page):
    """Return the hidden fields of the editor."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and 'type="hidden"' in tag and name[1] not in ("csrf_token", "back"):
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def write(visitor, kind="single_choice", anyway=True, **changes):
    """Fill in the form of a new question as a browser does, and send it; `anyway` gives a reason for all advice."""
    path = f"/questions/harbour/new/{kind}"
    fields = {**hidden(visitor.get(path)), **BY_TYPE[kind], **changes}
    return visitor.post(path, **fields, **(REASONS if anyway else {}))


def added(visitor):
    """Return the ids of the questions on the list, the newest first."""
    found = re.findall(r"/questions/(\d+)/retire", visitor.get("/questions/harbour").text)
    return [int(one) for one in found]
