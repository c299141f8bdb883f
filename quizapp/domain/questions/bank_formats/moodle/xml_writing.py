"""Write Moodle XML: all that can be seen in Moodle's own terms, and what it has no place for in one element beside."""

import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from quizapp.domain.questions.bank_formats.exchange.categories import category_path
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, Item
from quizapp.domain.questions.bank_formats.moodle.embedded_answers import text_with_answers
from quizapp.domain.questions.bank_formats.plain_words import html_of_words

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
FOOT = "</quiz>\n"
KEPT = "quizapp"
QTYPES = {
    "single_choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "short_answer": "shortanswer",
    "cloze": "cloze",
    "matching": "matching",
    "ordering": "ordering",
}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FEEDBACKS = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_NO_UNITS = (
    "    <unitgradingtype>0</unitgradingtype>\n    <unitpenalty>0.1</unitpenalty>\n    <showunits>3</showunits>\n"
)
_WITH_UNITS = _NO_UNITS.replace("<showunits>3", "<showunits>0") + "    <unitsleft>0</unitsleft>\n"


def category_element(label: str) -> str:
    """Return the element that begins a category."""
    return f'  <question type="category">\n    <category>{_text(category_path(label))}</category>\n  </question>\n'


def question_element(item: Item, kept: str) -> str:
    """Return one question."""
    stem = text_with_answers(item.stem, item.gaps) if item.type == "cloze" else html_of_words(item.stem)
    parts = [
        f'  <question type="{QTYPES[item.type]}">\n',
        f"    <name>{_text(' '.join(item.name.split()))}</name>\n",
        f'    <questiontext format="html">{_text(stem)}</questiontext>\n',
        f"    {_html('generalfeedback', item.feedback)}\n",
        "    <defaultgrade>1.0000000</defaultgrade>\n    <penalty>0.3333333</penalty>\n    <hidden>0</hidden>\n",
        f"    <idnumber>{_escaped(' '.join(item.name.split()))}</idnumber>\n",
        _PARTS[item.type](item),
        f"    <{KEPT}>{_escaped(kept)}</{KEPT}>\n" if kept else "",
        "  </question>\n",
    ]
    return "".join(parts)


def _choice(item: Item) -> str:
    single = "true" if item.type == "single_choice" else "false"
    shuffled = "false" if item.in_order else "true"
    head = f"    <single>{single}</single>\n    <shuffleanswers>{shuffled}</shuffleanswers>\n"
    return f"{head}    <answernumbering>abc</answernumbering>\n{_feedbacks()}{_answers(item, 'html')}"


def _true_false(item: Item) -> str:
    return _answers(item, "moodle_auto_format")


def _short(item: Item) -> str:
    starred = (Answer(one.text.replace("*", r"\*"), one.share, one.feedback) for one in item.answers)
    return "    <usecase>0</usecase>\n" + "".join(_answer(one, "moodle_auto_format") for one in starred)


def _numeric(item: Item) -> str:
    answers = "".join(
        _answer(one, "moodle_auto_format", f"      <tolerance>{one.tolerance}</tolerance>\n") for one in item.answers
    )
    if not item.unit:
        return answers + _NO_UNITS
    unit = f"      <unit><multiplier>1</multiplier><unit_name>{_escaped(item.unit)}</unit_name></unit>\n"
    return f"{answers}    <units>\n{unit}    </units>\n{_WITH_UNITS}"


def _cloze(item: Item) -> str:
    return ""


def _matching(item: Item) -> str:
    pairs = "".join(
        f'    <subquestion format="html">{_text(html_of_words(left))}<answer>{_text(right)}</answer></subquestion>\n'
        for left, right in item.pairs
    )
    return f"    <shuffleanswers>true</shuffleanswers>\n{_feedbacks()}{pairs}"


def _ordering(item: Item) -> str:
    head = (
        "    <layouttype>VERTICAL</layouttype>\n    <selecttype>ALL</selecttype>\n    <selectcount>0</selectcount>\n"
        "    <gradingtype>ABSOLUTE_POSITION</gradingtype>\n    <showgrading>SHOW</showgrading>\n"
        "    <numberingstyle>none</numberingstyle>\n"
    )
    answers = "".join(
        f'    <answer fraction="{place}.0000000" format="html">{_text(html_of_words(one.text))}</answer>\n'
        for place, one in enumerate(item.answers, 1)
    )
    return head + _feedbacks() + answers


def _answers(item: Item, form: str) -> str:
    return "".join(_answer(one, form) for one in item.answers)


def _answer(one: Answer, form: str, more: str = "") -> str:
    text = html_of_words(one.text) if form == "html" else one.text
    share = "100" if one.share >= RIGHT else f"{one.share:.7g}"
    return (
        f'    <answer fraction="{share}" format="{form}">\n      {_text(text)}\n'
        f"{more}      {_html('feedback', one.feedback)}\n    </answer>\n"
    )


def _feedbacks() -> str:
    return "".join(f"    {_html(name, '')}\n" for name in _FEEDBACKS)


def _html(name: str, words: str) -> str:
    return f'<{name} format="html">{_text(html_of_words(words))}</{name}>'


def _text(text: str) -> str:
    return f"<text>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    """Write text that XML can hold; where that would be hard to read, as it stands."""
    text = _ILLEGAL.sub("\ufffd", text)
    if ("&" in text or "<" in text) and "\r" not in text:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return escape(text, {"\r": "&#13;"})


_PARTS: dict[str, Callable[[Item], str]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
}
