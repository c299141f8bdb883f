"""Aiken: single choice and nothing else: a line for the question, one for each answer, and the right one's letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from string import ascii_uppercase
from typing import TypeVar

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES, MAX_QUESTIONS, BankDraft, Loss
from quizapp.domain.questions.bank_formats.deck_text import deck_text, refused
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, Item
from quizapp.domain.questions.bank_formats.exchange.pool import Pool, pool_of
from quizapp.domain.questions.bank_formats.exchange.rows import Entry, rows_of
from quizapp.domain.questions.bank_formats.exchange.to_items import item_of
from quizapp.domain.questions.bank_formats.losses import losses_of
from quizapp.domain.questions.question import Bank, Question

_OPTION = re.compile(r"([A-Z])[.)](?:\s+(.*))?")
_ANSWER = re.compile(r"ANSWER:\s*(.*)")
_LOOKS_LIKE_ANSWER = re.compile(r"answer\s*:", re.I)
_GUARD = "Question: "
_MOST_LINES = 501  # each has a letter at least, and a stem has 500
T = TypeVar("T")


class AikenFormat:
    """The plainest form there is: no feedback, no names, nothing of the source."""

    name = "aiken"
    label = "Aiken"
    suffix = ".txt"
    media_type = "text/plain"
    types = frozenset({"single_choice", "true_false"})
    reads = True
    aside = "It has no place for explanations, reasons or facts."

    def write(self, bank: Bank) -> bytes:
        """Return the questions that offer one right answer, as UTF-8."""
        pool = pool_of(bank)
        return "\n".join(_block(item_of(one, pool)) for one in bank.questions if one.type in self.types).encode()

    def read(self, data: bytes) -> BankDraft:
        """Read a file. Raises InvalidContent when it is no text, or no line of it names a right answer."""
        blocks = list(islice(_blocks(deck_text(data, MAX_FILE_BYTES)), MAX_QUESTIONS + 1))
        if not any(block.answer or block.options for block in blocks):
            raise refused("no line of it begins with a letter and a full stop, or says ANSWER: and a letter.")
        return BankDraft("", rows_of([_entry(block) for block in blocks], _again))

    def losses(self, bank: Bank) -> list[Loss]:
        """Say what of each question would not come back."""
        return losses_of(self, bank, [question for question in bank.questions if question.type in self.types])


@dataclass
class _Block:
    """The lines of one question."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None
    strange: str = ""

    def take(self, lines: list[T], line: T) -> None:
        """Add to the stem or to the options, as long as a question could still be made of them."""
        if len(lines) < _MOST_LINES:
            lines.append(line)

    @property
    def is_empty(self) -> bool:
        return not self.stem and not self.options and self.answer is None


def _block(item: Item) -> str:
    stem = " ".join(item.stem.split())
    if _OPTION.match(stem) or _ANSWER.match(stem):
        stem = _GUARD + stem
    lines = [stem]
    for letter, one in zip(ascii_uppercase, item.answers, strict=False):
        lines.append(f"{letter}. {' '.join((one.text.title() if item.type == 'true_false' else one.text).split())}")
    right = next(place for place, one in enumerate(item.answers) if one.share >= RIGHT)
    return "\n".join([*lines, f"ANSWER: {ascii_uppercase[right]}", ""])


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the questions: one ends with its ANSWER line, or with a blank line after its options."""
    block = _Block()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line:
            if block.options or block.answer is not None:
                yield block
                block = _Block()
            continue
        option, answer = _OPTION.fullmatch(line), _ANSWER.fullmatch(line)
        if not option and not answer and block.options:
            if _LOOKS_LIKE_ANSWER.match(line):
                block.strange = "ANSWER: is written in capitals, with one letter behind it."
                continue
            yield block  # the next question begins without an answer to this one
            block = _Block()
        block.line = block.line or number
        if answer:
            block.answer = answer[1].strip()
            yield block
            block = _Block()
        elif option:
            block.take(block.options, (option[1], (option[2] or "").strip()))
        else:
            block.take(block.stem, line)
    if not block.is_empty:
        yield block


def _entry(block: _Block) -> Entry:
    stem = " ".join(" ".join(block.stem).split())
    problem = _problem(block)
    if problem:
        return Entry(block.line, None, problem, stem=stem)
    answers = tuple(Answer(text, RIGHT if letter == block.answer else 0.0) for letter, text in block.options)
    return Entry(block.line, Item("single_choice", "", stem, answers=answers))


def _problem(block: _Block) -> str:
    letters = [letter for letter, _ in block.options]
    if not block.stem:
        return "there is no question before the answers."
    if not letters:
        return "there are no answers: each stands in a line of its own, as in “A. Paris”."
    if letters != list(ascii_uppercase[: len(letters)]):
        return f"its answers are lettered {', '.join(letters[:10])}; they must be A, B, C and so on."
    if block.strange or block.answer is None:
        return block.strange or "no line says which answer is right, as in “ANSWER: A”."
    if block.answer not in letters:
        return f"ANSWER: “{block.answer[:20]}” names none of its answers, which are {', '.join(letters)}."
    return ""


def _again(question: Question, pool: Pool) -> Item:
    raise NotImplementedError("nothing is kept beside a question in an Aiken file")
