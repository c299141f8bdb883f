"""Filling in the form of a question as an instructor does in a browser."""

import re
from html import unescape

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
BY_TYPE = {"single_choice": CHOICE, "true_false": TRUE_FALSE, "numeric": NUMBER}


def hidden(page):
    """Return the hidden fields of the editor."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name[1] in ("nonce", "revision"):
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def write(visitor, kind="single_choice", anyway=True, **changes):
    """Fill in the form of a new question as a browser does, and send it."""
    path = f"/questions/harbour/new/{kind}"
    fields = {**hidden(visitor.get(path)), **BY_TYPE[kind], **changes}
    if anyway:
        fields["anyway"] = "y"
    return visitor.post(path, **fields)


def added(visitor):
    """Return the ids of the questions on the list, the newest first."""
    found = re.findall(r"/questions/(\d+)/retire", visitor.get("/questions/harbour").text)
    return [int(one) for one in found]
