"""Read the questions of a Moodle XML file; what is wrong with one leaves the others alone."""

from collections.abc import Callable
from typing import Any

from quizapp.domain.questions.bank_formats.bank_format import MAX_QUESTIONS
from quizapp.domain.questions.bank_formats.exchange.bodies import plain_number
from quizapp.domain.questions.bank_formats.exchange.categories import category_label
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, CannotAsk, Item
from quizapp.domain.questions.bank_formats.exchange.rows import Entry, too_many
from quizapp.domain.questions.bank_formats.moodle.embedded_answers import read_answers
from quizapp.domain.questions.bank_formats.moodle.xml_tree import MAX_NODES, Node, TooLarge, walk
from quizapp.domain.questions.bank_formats.moodle.xml_writing import KEPT
from quizapp.domain.questions.bank_formats.plain_words import (
    PICTURE,
    NoCharacter,
    has_media,
    looks_like_html,
    words_of_html,
)

HINTS = "Its hints were left aside."
WORTH = "It was worth more or less than one mark; here every question counts alike."
CASE = "Upper and lower case do not matter here."
MARKDOWN = "Its Markdown was taken as plain words."
UNITS = "Only the first of its units was kept."
_NOT_HERE = {
    "essay": "it is an essay, and nothing here can grade it.",
    "description": "it is a text to read (a description), and nothing can be asked.",
}


def entries_of(data: bytes) -> list[Entry]:
    """Return the questions of a file. Raises InvalidContent when it is no XML of Moodle's."""
    entries: list[Entry] = []
    topic = ""

    def found(node: Node) -> None:
        nonlocal topic
        if node.attributes.get("type") == "category":
            topic = category_label(node.words("category", "text"))
        elif len(entries) < MAX_QUESTIONS:
            entries.append(_entry(node, topic))
        else:
            raise too_many()

    walk(data, "quiz", "question", found)
    return entries


def without_kept(raw: bytes) -> str:
    """Return an element as it was written, but for its last line and for what quizapp kept in it."""
    start, end = raw.rfind(f"    <{KEPT}>".encode()), raw.rfind(f"</{KEPT}>\n".encode())
    text = raw[:start] if 0 <= start < end else raw
    return text.decode("utf-8", "replace").rstrip()


def item_of_element(element: str, topic: str) -> Item:
    """Read one question element. Raises CannotAsk."""
    nodes: list[Node] = []
    walk(f"<quiz>{element}</quiz>".encode(), "quiz", "question", nodes.append)
    return _item(nodes[0], topic)


def _entry(node: Node, topic: str) -> Entry:
    if isinstance(node, TooLarge):
        return Entry(node.line, None, f"it holds more than {MAX_NODES:,} elements.", topic=topic)
    try:
        return Entry(node.line, _item(node, topic), kept=node.words(KEPT), topic=topic, text=without_kept(node.raw))
    except (CannotAsk, NoCharacter) as error:
        return Entry(node.line, None, str(error), stem=_shown(node), name=node.words("name", "text"), topic=topic)


def _shown(node: Node) -> str:
    try:
        return words_of_html(node.words("questiontext", "text")[:2_000])
    except NoCharacter:
        return ""


def _item(node: Node, topic: str) -> Item:
    kind = node.attributes.get("type", "")
    if kind not in _TYPES:
        raise CannotAsk(_NOT_HERE.get(kind, f"it is of the type “{kind[:40]}”, which there is not here."))
    remarks: list[str] = []
    values: dict[str, Any] = {}
    if kind != "cloze":
        values["stem"] = _words(node.first("questiontext"), remarks)
    values |= {"feedback": _words(node.first("generalfeedback"), remarks)} | _TYPES[kind](node, remarks)
    if any(_words(hint, []) for hint in node.all("hint")):
        remarks.append(HINTS)
    if _number(node.words("defaultgrade") or "1") not in (0.0, 1.0):
        remarks.append(WORTH)
    tags = tuple(tag for one in (node.first("tags") or node).all("tag") if (tag := one.words("text")))
    name = node.words("idnumber") or node.words("name", "text")
    return Item(name=name, topic=topic, remarks=tuple(dict.fromkeys(remarks)), tags=tags[:50], **values)


def _words(node: Node | None, remarks: list[str], default: str = "moodle_auto_format") -> str:
    """Return the plain words of an element with a text and perhaps files in it."""
    if node is None:
        return ""
    inner = node.first("text")
    text = (inner.text if inner else node.text).strip()
    form = node.attributes.get("format", default)
    if node.first("file") is not None or has_media(text):
        remarks.append(PICTURE)
    if form == "html" or (form == "moodle_auto_format" and looks_like_html(text)):
        return words_of_html(text)
    if form == "markdown":
        remarks.append(MARKDOWN)
    return text


def _answers(node: Node, remarks: list[str], form: str = "html") -> tuple[Answer, ...]:
    return tuple(
        Answer(
            _words(one, remarks, form),
            _number(one.attributes.get("fraction", "0")),
            _words(one.first("feedback"), remarks, "html"),
        )
        for one in node.all("answer")
    )


def _typed(node: Node, remarks: list[str]) -> tuple[Answer, ...]:
    """Return answers whose words stand as they are typed."""
    return tuple(
        Answer(
            one.words("text"),
            _number(one.attributes.get("fraction", "0")),
            _words(one.first("feedback"), remarks, "html"),
            one.words("tolerance") or "0",
        )
        for one in node.all("answer")
    )


def _number(text: str) -> float:
    try:
        number = float(text.strip()[:40] or 0)
    except ValueError as error:
        raise CannotAsk(f"“{text.strip()[:40]}” is no share of the marks.") from error
    if not abs(number) <= 1_000_000:
        raise CannotAsk(f"“{text.strip()[:40]}” is no share of the marks.")
    return number


def _choice(node: Node, remarks: list[str]) -> dict[str, Any]:
    single = node.words("single") not in ("false", "0")
    in_order = node.words("shuffleanswers") in ("false", "0")
    kind = "single_choice" if single else "multiple_choice"
    return {"type": kind, "answers": _answers(node, remarks), "in_order": in_order and single}


def _true_false(node: Node, remarks: list[str]) -> dict[str, Any]:
    answers = _answers(node, remarks, "moodle_auto_format")
    return {"type": "true_false", "answers": tuple(sorted(answers, key=lambda one: one.text.casefold() != "true"))}


def _short(node: Node, remarks: list[str]) -> dict[str, Any]:
    if node.words("usecase") == "1":
        remarks.append(CASE)
    return {"type": "short_answer", "answers": _typed(node, remarks)}


def _numeric(node: Node, remarks: list[str]) -> dict[str, Any]:
    units = [one.words("unit_name") for one in (node.first("units") or node).all("unit")]
    if len(units) > 1:
        remarks.append(UNITS)
    answers = tuple(
        Answer(
            one.text if one.text.strip() == "*" else plain_number(one.text),
            one.share,
            one.feedback,
            plain_number(one.tolerance),
        )
        for one in _typed(node, remarks)
    )
    return {"type": "numeric", "answers": answers, "unit": units[0] if units else ""}


def _cloze(node: Node, remarks: list[str]) -> dict[str, Any]:
    text = node.words("questiontext", "text")
    if has_media(text):
        remarks.append(PICTURE)
    stem, gaps = read_answers(text, remarks)
    return {"type": "cloze", "stem": stem, "gaps": gaps}


def _matching(node: Node, remarks: list[str]) -> dict[str, Any]:
    pairs = ((_words(one, remarks, "html"), one.words("answer", "text")) for one in node.all("subquestion"))
    return {"type": "matching", "pairs": tuple(pair for pair in pairs if any(pair))}


def _ordering(node: Node, remarks: list[str]) -> dict[str, Any]:
    """Take the things in the order of their fractions, which are their places, where each has one."""
    answers = _answers(node, remarks)
    if len({one.share for one in answers}) == len(answers):
        answers = tuple(sorted(answers, key=lambda one: one.share))
    return {"type": "ordering", "answers": tuple(Answer(one.text, RIGHT) for one in answers)}


_TYPES: dict[str, Callable[[Node, list[str]], dict[str, Any]]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "match": _matching,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ordering": _ordering,
}
