"""Our own JSON made by hand to be read wrongly, and what must be said of it; nothing where it is sound."""

import copy
import json
from typing import Any

from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from tests.factories import make_bank

DATA: dict[str, Any] = json.loads(JsonFormat().write(make_bank()))
GONE = "take this field away"
CHOICE = next(number for number, one in enumerate(DATA["questions"]) if one["type"] == "single_choice")
FIRST = ["questions", CHOICE]


def _changed(path: list[Any], value: Any) -> str:
    data = copy.deepcopy(DATA)
    *way, last = path
    place: Any = data
    for step in way:
        place = place[step]
    if value == GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data, indent=1)


def _raw(text: str) -> str:
    return json.dumps(DATA).replace('"format": 1', text, 1)


CASES: dict[str, tuple[str, str]] = {
    "as it should be": (json.dumps(DATA), ""),
    "in one line": (json.dumps(DATA, separators=(",", ":")), ""),
    "no object": ("[]", "must hold an object"),
    "nothing in it": ("{}", "bank: it must be an object"),
    "words": ("Only words.", "not JSON"),
    "cut off": (json.dumps(DATA)[:-9], "not JSON"),
    "a comma too many": (json.dumps(DATA)[:-1] + ",}", "not JSON"),
    "comments": ("// mine\n" + json.dumps(DATA), "not JSON"),
    "single quotation marks": ("{'bank': {}}", "not JSON"),
    "100,000 deep": ("[" * 100_000, "not JSON"),
    "50,000 objects deep": ('{"a":' * 50_000, "not JSON"),
    "not a number": (_raw('"format": NaN'), "NaN is not a number"),
    "infinity": (_raw('"format": -Infinity'), "-Infinity is not a number"),
    "an endless number": (_raw(f'"format": {"9" * 5_000}'), "not JSON"),
    "a huge exponent": (_raw('"format": 1e999'), "`format` must be"),
    "another version": (_raw('"format": 2'), "`format` must be 1"),
    "a key twice": (_raw('"format": 1, "format": 1'), "the same key twice"),
    "half a character": (_raw('"format": "\\ud800"'), "not JSON"),
    "no bank": (_changed(["bank"], GONE), "bank: it must be an object"),
    "a bank that is a list": (_changed(["bank"], []), "bank: it must be an object"),
    "a name with a path": (_changed(["bank", "name"], "../secrets"), "lower case words"),
    "a title too long": (_changed(["bank", "title"], "x" * 201), "at most 200"),
    "a field of the bank nobody knows": (_changed(["bank", "colour"], "red"), "no field `colour`"),
    "topics that are no list": (_changed(["bank", "topics"], {}), "list of objects"),
    "no source": (_changed(["source"], None), "source: it must be an object"),
    "an outlet of nothing": (_changed(["source", "outlet"], ""), "must not be empty"),
    "paragraphs without end": (_changed(["source", "paragraphs"], 10**30), "one number from 1"),
    "no questions": (_changed(["questions"], GONE), "no list of questions"),
    "questions that are words": (_changed(["questions"], "none"), "no list of questions"),
    "questions that are null": (_changed(["questions"], None), "no list of questions"),
    "a question that is a number": (_changed([*FIRST[:1], CHOICE], 5), "must be an object"),
    "a question that is a list": (_changed(FIRST, [1]), "must be an object"),
    "a question that is empty": (_changed(FIRST, {}), "no question type"),
    "an id twice": (_changed([*FIRST, "id"], DATA["questions"][CHOICE - 1]["id"]), "two questions have the id"),
    "an id too long": (_changed([*FIRST, "id"], "x" * 101), "at most 100"),
    "an id that is a number": (_changed([*FIRST, "id"], 5), "must be text"),
    "an id that is a list": (_changed([*FIRST, "id"], ["a"]), "must be text"),
    "no id": (_changed([*FIRST, "id"], GONE), "`id` is missing"),
    "no such type": (_changed([*FIRST, "type"], "essay"), "no question type “essay”"),
    "a type that is a list": (_changed([*FIRST, "type"], []), "must be text"),
    "a stem that is a number": (_changed([*FIRST, "stem"], 5), "must be text"),
    "a stem too long": (_changed([*FIRST, "stem"], "x" * 501), "longer than 500"),
    "a stem with a NUL": (_changed([*FIRST, "stem"], "a\x00"), "must be text of at most"),
    "no stem": (_changed([*FIRST, "stem"], GONE), "`stem` is missing"),
    "no explanation": (_changed([*FIRST, "explanation"], ""), "must not be empty"),
    "no facts": (_changed([*FIRST, "facts"], []), "tests no fact"),
    "a fact that is not there": (_changed([*FIRST, "facts"], ["gone"]), "no fact “gone”"),
    "facts within facts": (_changed([*FIRST, "facts"], [["a"]]), "list of texts"),
    "no such topic": (_changed([*FIRST, "topic"], "nets"), "no topic “nets”"),
    "no such speaker": (_changed([*FIRST, "speaker"], "nobody"), "no speaker “nobody”"),
    "no such status": (_changed([*FIRST, "status"], "sure"), "`status` is “sure”"),
    "a flag in words": (_changed([*FIRST, "scored"], "yes"), "true or false"),
    "a field nobody knows": (_changed([*FIRST, "colour"], "red"), "no field `colour`"),
    "no body": (_changed([*FIRST, "body"], GONE), "`body` must be an object"),
    "a body that is a list": (_changed([*FIRST, "body"], []), "`body` must be an object"),
    "a body with a field too many": (_changed([*FIRST, "body", "x"], 1), "no field `x`"),
    "a key that is a number": (_changed([*FIRST, "body", "key"], 5), "`body.key` must be str"),
    "no wrong answers": (_changed([*FIRST, "body", "distractors"], []), "it has 1 option"),
    "a wrong answer that is text": (_changed([*FIRST, "body", "distractors", 0], "x"), "must be an object"),
    "a wrong answer of no fact": (_changed([*FIRST, "body", "distractors", 0, "fact"], "gone"), "no fact “gone”"),
    "a rank far away": (_changed([*FIRST, "body", "rank"], 10**30), "not a place"),
    "a rank that is a flag": (_changed([*FIRST, "body", "rank"], True), "must be int"),
    "facts that are words": (_changed(["facts"], "none"), "no fact “catch-1”"),
    "a fact that is a number": (_changed(["facts", 0], 5), "no fact “catch-1”"),
    "a fact of another paragraph": (_changed(["facts", 0, "paragraphs"], [99]), "no fact “catch-1”"),
    "a fact twice": (_changed(["facts", 1, "id"], "catch-1"), "no fact “catch-2”"),
    "a fact with a field too many": (_changed(["facts", 0, "x"], 1), "no fact “catch-1”"),
}  # fmt: skip
