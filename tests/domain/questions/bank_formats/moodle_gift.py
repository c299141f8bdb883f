"""How Moodle reads a GIFT file, written from its rules and on its own: splitting, escapes, formats and weights.

It shares nothing with our reader, so that what our writer writes is checked by somebody else's rules. `read` refuses
what Moodle refuses, and what it takes without a word and makes nonsense of.
"""

import re

GRID = {
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
    11.11111, 10, 5, 0,
}  # fmt: skip
ESCAPES = [(r"\:", "&&058;"), (r"\#", "&&035;"), (r"\=", "&&061;"), (r"\{", "&&123;"), (r"\}", "&&125;")]
ESCAPES += [(r"\~", "&&126;"), (r"\n", "&&010")]
SIGNS = {"&&058;": ":", "&&035;": "#", "&&061;": "=", "&&123;": "{", "&&125;": "}", "&&126;": "~", "&&010": "\n"}
FORMATS = ("moodle", "html", "plain", "markdown")
SPACE = " \t\n\r\0\x0b"  # what PHP trims
WEIGHT = re.compile(r"%-*([0-9]{1,2})\.?([0-9]*)%")


class Refused(Exception):
    """Moodle takes no such question, or takes it for something else."""


def read(text):
    """The questions of a file, each as a dict; a category is a dict of its path."""
    found, lines = [], []
    for line in [*text.split("\n"), ""]:
        if line.strip(SPACE):
            lines.append(line.strip(SPACE))
        elif lines:
            found += [one] if (one := _question(lines)) else []
            lines = []
    return found


def _hide(text):
    text = text.replace("\\\\", "&&092;")
    for escape, sign in ESCAPES:
        text = text.replace(escape, sign)
    return text.replace("&&092;", "\\")


def _shown(text):
    for sign, plain in SIGNS.items():
        text = text.replace(sign, plain)
    return text


def _words(text, default):
    form = default
    if text.startswith("["):
        name = text[1 : text.find("]")]
        if name in FORMATS:
            form, text = name, text[text.find("]") + 1 :]
    return _shown(text).strip(SPACE), form


def _question(lines):
    text = "\n".join(" " if line.startswith("//") else line for line in lines).strip(SPACE)
    if not text:
        return None
    text = _hide(text)
    if text.startswith("$CATEGORY:"):
        return {"type": "category", "path": text[10:].strip(SPACE)}
    name = None
    if text.startswith("::"):
        name, ends, text = text[2:].partition("::")
        if not ends:
            raise Refused("a name that does not end")
        name, text = _shown(name), text.strip(SPACE)
    start, end = text.find("{"), text.find("}")
    if start < 0 or end < 0:
        raise Refused("no braces, or one of them")
    answers = text[start + 1 : end].strip(SPACE)
    stem = text[:start] + ("" if text.endswith("}") else "_____") + text[end + 1 :]
    if "{" in stem or "}" in stem:
        raise Refused("a second pair of braces")
    feedback = ""
    if "####" in answers:
        answers, _, feedback = answers.rpartition("####")
        answers = answers.strip(SPACE)
    stem, form = _words(stem, "moodle")
    question = {"name": name, "stem": stem, "format": form, "feedback": _words(feedback.strip(SPACE), form)[0]}
    return question | _answers(answers, form)


def _answers(text, form):
    if not text:
        raise Refused("an essay")
    if text.startswith("#"):
        return {"type": "numerical", "answers": _numbers(text[1:], form)}
    if "~" in text:
        parts = _parts(text.replace("=", "~="), "~")
        if len(parts) < 2:
            raise Refused("fewer than two answers")
        single = "=" in text
        answers = [(1.0, *_said(one[1:], form)) if one[0] == "=" else _weighed(one, 0.0, form) for one in parts]
        return {"type": "multichoice", "single": single, "answers": answers}
    if "=" in text and "->" in text:
        parts = _parts(text, "=")
        if len(parts) < 2:
            raise Refused("a pair alone, which breaks Moodle's import")
        if any("->" not in one for one in parts):
            raise Refused("no arrow")
        pairs = [one.split("->", 1) for one in parts]
        return {
            "type": "match",
            "pairs": [(_words(left.strip(SPACE), form)[0], _shown(right).strip(SPACE)) for left, right in pairs],
        }
    check = text.partition("#")[0].strip(SPACE) if text.find("#") > 0 else text
    if check in ("T", "TRUE", "F", "FALSE"):
        bits = [_words(one.strip(SPACE), form)[0] for one in text.split("#", 2)] + ["", ""]
        return {"type": "truefalse", "answer": check[0] == "T", "wrong": bits[1], "right": bits[2]}
    return {"type": "shortanswer", "answers": [_weighed(one, 1.0, form) for one in _parts(text, "=")]}


def _parts(text, sign):
    parts = text.split(sign)
    parts[0] = parts[0].strip(SPACE)
    return [one.strip(SPACE) for one in (parts if parts[0] not in ("", "0") else parts[1:])]


def _weighed(text, weight, form):
    found = WEIGHT.match(text)
    if found:
        weight, text = float(text[1 : text.find("%", 1)]) / 100, text[text.find("%", 1) + 1 :]
    if not any(abs(abs(weight) * 100 - one) < 1e-5 for one in GRID):
        raise Refused(f"{weight} is off the grid")
    return (weight, *_said(text, form))


def _said(text, form):
    answer, _, feedback = text.partition("#")
    return _words(answer.strip(SPACE), form)[0], _words(feedback.strip(SPACE), form)[0]


def _numbers(text, form):
    text, tilde, _ = text.partition("~")
    if tilde:
        raise Refused("ours write no catch-all")
    found = []
    for one in _parts(text, "="):
        weight, answer, feedback = _weighed(one, 1.0, form)
        number, _, tolerance = answer.partition(":")
        found.append((weight, float(number), float(tolerance or 0), feedback))
    return found
