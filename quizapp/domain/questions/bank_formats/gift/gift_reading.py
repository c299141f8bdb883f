"""Read the questions of a GIFT file: a blank line ends one, and what is wrong with one leaves the others alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from quizapp.domain.questions.bank_formats.exchange.bodies import MOST_ANSWERS, TOO_MANY_ANSWERS, plain_number
from quizapp.domain.questions.bank_formats.exchange.categories import category_label
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, CannotAsk, Item
from quizapp.domain.questions.bank_formats.exchange.rows import Entry
from quizapp.domain.questions.bank_formats.gift.gift_writing import COMMENT
from quizapp.domain.questions.bank_formats.gift.marked import Marked, unescaped
from quizapp.domain.questions.bank_formats.plain_words import (
    PICTURE,
    NoCharacter,
    has_media,
    looks_like_html,
    words_of_html,
)
from quizapp.domain.questions.question_types.cloze import GAP

CATEGORY = "$CATEGORY:"
MARKDOWN = "Its Markdown was taken as plain words."
MAX_BLOCK = 200_000
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]{0,10})?)%")
_TAG = re.compile(r"\[tag:([^\]\x00-\x1f\x7f]{1,100})\]")
_ID = re.compile(r"\[id:([^\]\x00-\x1f\x7f]{1,100})\]")
_BLANK = re.compile(r"_{3,}")
_TRUTHS = {"t": "true", "true": "true", "f": "false", "false": "false"}


@dataclass
class _Block:
    """The lines of one question, and what the comments above it say."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    kept: str = ""
    name: str = ""
    tags: tuple[str, ...] = ()

    def comment(self, line: str) -> None:
        if line.startswith(COMMENT.strip()):
            self.kept = line.removeprefix(COMMENT.strip()).strip()
            return
        self.tags += tuple(_TAG.findall(line))
        found = _ID.search(line)
        self.name = found[1].strip() if found else self.name


def entries_of(text: str) -> Iterator[Entry]:
    """Yield the questions of a file."""
    topic = ""
    for block in _blocks(text):
        joined = "\n".join(block.lines).strip()
        if joined.startswith(CATEGORY):
            first, _, rest = joined.partition("\n")
            topic = category_label(first.removeprefix(CATEGORY))
            if not rest.strip():
                continue
            block.line, joined = block.line + 1, rest.strip()
        yield _entry(block, joined, topic)


def item_of_block(text: str, topic: str) -> Item:
    """Read one block without the comments in it. Raises CannotAsk."""
    return _item(_Block(lines=[text]), unescaped(text), topic)


def _blocks(text: str) -> Iterator[_Block]:
    block, nothing = _Block(), _Block()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith("//"):
            block.comment(line)
            if block.lines:
                block.lines.append(" ")  # as Moodle reads it
        elif line:
            block.line = block.line or number
            block.lines.append(line)
        elif block != nothing:
            if block.lines:
                yield block
            block = _Block()
    if block.lines:
        yield block


def _entry(block: _Block, text: str, topic: str) -> Entry:
    if len(text) > MAX_BLOCK:
        problem = f"it is longer than {MAX_BLOCK:,} characters. A blank line ends a question."
        return Entry(block.line, None, problem, stem=text[:200], topic=topic)
    marked = unescaped(text)
    try:
        return Entry(block.line, _item(block, marked, topic), kept=block.kept, topic=topic, text=text)
    except (CannotAsk, NoCharacter) as error:
        name, rest = _named(marked)
        shown = rest.parted("{")[0].text
        return Entry(block.line, None, str(error), stem=_FORMAT.sub("", shown, count=1), name=name, topic=topic)


def _named(marked: Marked) -> tuple[str, Marked]:
    if not marked.mask.startswith("::"):
        return "", marked
    name, rest = marked.cut(2).parted("::")
    return ("", name) if rest is None else (" ".join(name.text.split()), rest.stripped())


def _item(block: _Block, marked: Marked, topic: str) -> Item:
    name, marked = _named(marked)
    start, end = marked.mask.find("{"), marked.mask.find("}")
    if start < 0 and end < 0:
        raise CannotAsk(
            "there are no answers in braces: it is a text to read (a description), and nothing can be asked."
        )
    if start < 0 or end < start:
        raise CannotAsk("a brace is closed that was not opened, or opened and not closed before the blank line.")
    before, answers, after = marked.cut(0, start), marked.cut(start + 1, end).stripped(), marked.cut(end + 1)
    if "{" in after.mask or "}" in after.mask:
        raise CannotAsk("a second brace stands in it. Put a blank line between two questions.")
    reader = _Reader()
    default = reader.format_of(before, "moodle")
    missing_word = bool(after.text.strip())
    whole = Marked(before.text + GAP + after.text, before.mask + GAP + after.mask) if missing_word else before
    stem = reader.words(whole, "moodle")
    feedback = ""
    place = answers.mask.rfind("####")
    if place >= 0:
        feedback = reader.words(answers.cut(place + 4), default)
        answers = answers.cut(0, place).stripped()
    values = reader.answers(answers, default)
    if values["type"] == "short_answer" and len(_BLANK.findall(stem)) == 1:
        stem = _BLANK.sub(GAP, stem)
        values = {"type": "cloze", "gaps": (values["answers"],)}
    return Item(
        name=block.name or name,
        stem=stem,
        feedback=feedback,
        topic=topic,
        remarks=tuple(dict.fromkeys(reader.remarks)),
        tags=block.tags,
        **values,
    )


class _Reader:
    """Reads the answers of one question and keeps what was left aside."""

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def format_of(self, marked: Marked, default: str) -> str:
        found = _FORMAT.match(marked.mask.lstrip())
        return found[1] if found else default

    def words(self, marked: Marked | None, default: str) -> str:
        """Return the plain words of a text that may name its own format."""
        if marked is None:
            return ""
        marked = marked.stripped()
        found = _FORMAT.match(marked.mask)
        form, text = (found[1], marked.text[found.end() :]) if found else (default, marked.text)
        if form == "html" or (form == "moodle" and looks_like_html(text)):
            if has_media(text):
                self.remarks.append(PICTURE)
            return words_of_html(text)
        if form == "markdown":
            self.remarks.append(MARKDOWN)
        return text.strip()

    def answers(self, marked: Marked, default: str) -> dict[str, Any]:
        """Find out what kind of question it is, by the rules of Moodle, and read its answers."""
        if not marked:
            raise CannotAsk("there are no answers between the braces: it is an essay, and nothing here can grade it.")
        if marked.mask.startswith("#"):
            return {"type": "numeric", "answers": self._numbers(marked.cut(1).stripped(), default)}
        if marked.mask.startswith(">"):
            raise CannotAsk("it is an ordering question in the words of a plug-in, which cannot be read.")
        if "~" in marked.mask:
            kind = "single_choice" if "=" in marked.mask else "multiple_choice"
            return {"type": kind, "answers": tuple(self._choices(marked, default))}
        if "=" in marked.mask and "->" in marked.mask:
            return {"type": "matching", "pairs": tuple(self._pairs(marked, default))}
        word, said = marked.parted("#")
        if (truth := _TRUTHS.get(word.text.strip().casefold())) and word.mask == word.text:
            return {"type": "true_false", "answers": self._truths(truth, said, default)}
        typed = (self._answer(one, default, RIGHT) for _, one in _split(marked, "=", bare=True))
        return {"type": "short_answer", "answers": tuple(typed)}

    def _choices(self, marked: Marked, default: str) -> Iterator[Answer]:
        for sign, one in _split(marked, "=~"):
            yield self._answer(one, default, RIGHT if sign == "=" else 0.0)

    def _answer(self, marked: Marked, default: str, share: float) -> Answer:
        found = _WEIGHT.match(marked.mask)
        if found:
            share, marked = float(found[1]), marked.cut(found.end())
            if abs(share) > RIGHT:
                raise CannotAsk(f"the weight {found[0]} is not between -100 and 100.")
        text, said = marked.parted("#")
        return Answer(self.words(text, default), share, self.words(said, default))

    def _truths(self, truth: str, said: Marked | None, default: str) -> tuple[Answer, ...]:
        wrong, right = said.parted("#") if said is not None else (None, None)
        feedback = {truth: self.words(right, default)}
        return tuple(
            Answer(word, RIGHT if word == truth else 0.0, feedback.get(word, self.words(wrong, default)))
            for word in ("true", "false")
        )

    def _pairs(self, marked: Marked, default: str) -> Iterator[tuple[str, str]]:
        for _, one in _split(marked, "="):
            left, right = one.parted("->")
            if right is None:
                raise CannotAsk(f"“{one.text[:40]}” is no pair: there is no arrow (->) in it.")
            yield self.words(left, default), self.words(right, "plain")

    def _numbers(self, marked: Marked, default: str) -> tuple[Answer, ...]:
        marked, said = marked.parted("~")
        found = [self._number(one, default) for _, one in _split(marked.stripped(), "=", bare=True)] if marked else []
        if said is not None:
            found.append(Answer("*", 0.0, self.words(said.parted("#")[1], default)))
        return tuple(found)

    def _number(self, marked: Marked, default: str) -> Answer:
        answer = self._answer(marked, default, RIGHT)
        low, dots, high = answer.text.partition("..")
        if dots:
            least, most = Decimal(plain_number(low)), Decimal(plain_number(high))
            middle = (least + most) / 2
            return Answer(f"{middle:f}", answer.share, answer.feedback, f"{most - middle:f}")
        number, _, tolerance = answer.text.partition(":")
        return Answer(plain_number(number), answer.share, answer.feedback, plain_number(tolerance or "0"))


def _split(marked: Marked, signs: str, *, bare: bool = False) -> Iterator[tuple[str, Marked]]:
    """Yield each answer with the sign before it; `bare` allows the first to stand without one."""
    places = [place for place, one in enumerate(marked.mask) if one in signs]
    if len(places) > MOST_ANSWERS:
        raise CannotAsk(TOO_MANY_ANSWERS)
    first = marked.cut(0, places[0] if places else None).stripped()
    if first and not bare:
        raise CannotAsk(f"“{first.text[:40]}” stands before the first answer.")
    if first:
        yield "=", first
    for place, end in zip(places, [*places[1:], None], strict=False):
        answer = marked.cut(place + 1, end).stripped()
        if answer:
            yield marked.mask[place], answer
        else:
            raise CannotAsk("an answer is empty.")
