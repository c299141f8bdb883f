"""The gaps of a Moodle text (“Cloze”): `{1:SHORTANSWER:=right~%0%wrong#feedback}`, within HTML."""

import re
from collections.abc import Sequence

from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, CannotAsk
from quizapp.domain.questions.bank_formats.plain_words import html_of_words, words_of_html
from quizapp.domain.questions.question_types.cloze import GAP

CHOICES_TYPED = "Choices within the text became gaps to type into."
NUMBERS_TYPED = "A number within the text is compared as it is typed, without its tolerance."
_GAP = re.compile(r"\{(?:[0-9]{0,3}):([A-Z_]{2,20}):((?:[^\\{}]|\\.)*+)\}", re.S)
_SPLIT = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<![\\&])#")
_SHARE = re.compile(r"=|%(-?[0-9]{1,3}(?:[.,][0-9]{0,10})?)%")
_BACKSLASH = re.compile(r"\\([~#}/\"\\])")
_TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_NUMBERS = frozenset({"NUMERICAL", "NM"})
_CHOICES = frozenset({"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS"})
_CHOICES |= {"MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"}
_ENTITIES = str.maketrans({"{": "&#123;", "}": "&#125;", "~": "&#126;", "#": "&#35;", "\\": "&#92;", '"': "&quot;"})


def text_with_answers(sentence: str, gaps: Sequence[Sequence[Answer]]) -> str:
    """Return the HTML of a sentence with the answers in its gaps."""
    parts = [html_of_words(part).translate(_ENTITIES) for part in sentence.split(GAP)]
    written = [f"{{1:SHORTANSWER:{'~'.join(_alternative(one) for one in gap if one.text.strip())}}}" for gap in gaps]
    pieces = [piece for pair in zip(parts, [*written, ""], strict=False) for piece in pair]
    return "".join(pieces)


def read_answers(text: str, remarks: list[str]) -> tuple[str, tuple[tuple[Answer, ...], ...]]:
    """Return the words of a text with a mark for each gap, and the answers of each. Raises CannotAsk."""
    gaps = []
    pieces, end = [], 0
    for found in _GAP.finditer(text):
        pieces += [text[end : found.start()], GAP]
        end = found.end()
        gaps.append(_answers(found[1], found[2], remarks))
    if not gaps:
        raise CannotAsk("there is no gap in its text that can be read.")
    return words_of_html("".join([*pieces, text[end:]])), tuple(gaps)


def _alternative(one: Answer) -> str:
    share = "=" if one.share >= RIGHT else "%0%"
    # Moodle takes a bare star for any words.
    text = html_of_words(one.text.replace("*", "\0")).translate(_ENTITIES).replace("\0", r"\*")
    feedback = f"#{html_of_words(one.feedback).translate(_ENTITIES)}" if one.feedback.strip() else ""
    return f"{share}{text}{feedback}"


def _answers(kind: str, text: str, remarks: list[str]) -> tuple[Answer, ...]:
    if kind in _CHOICES:
        remarks.append(CHOICES_TYPED)
    elif kind in _NUMBERS:
        remarks.append(NUMBERS_TYPED)
    elif kind not in _TYPED:
        raise CannotAsk(f"“{kind}” in its text is no gap that can be typed into.")
    return tuple(_answer(one, kind) for one in _SPLIT.split(text.strip()) if one.strip())


def _answer(text: str, kind: str) -> Answer:
    found = _SHARE.match(text)
    share = 0.0
    if found:
        share = RIGHT if found[0] == "=" else float(found[1].replace(",", "."))
        text = text[found.end() :]
    parts = _FEEDBACK.split(text, maxsplit=1)
    answer, feedback = parts[0], parts[1] if len(parts) > 1 else ""
    if kind in _NUMBERS:
        answer = answer.partition(":")[0]
    return Answer(_plain(answer), share, _plain(feedback))


def _plain(text: str) -> str:
    return words_of_html(_BACKSLASH.sub(r"\1", text))
