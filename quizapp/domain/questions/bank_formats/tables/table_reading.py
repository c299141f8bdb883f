"""Read a table of questions: ours, or one with options and the right one of them by letter, number or text."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from quizapp.domain.questions.bank_formats.deck_records import Record, records_of
from quizapp.domain.questions.bank_formats.deck_text import best_separator, refused
from quizapp.domain.questions.bank_formats.exchange.bodies import plain_number
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, CannotAsk, Head, Item
from quizapp.domain.questions.bank_formats.exchange.rows import Entry
from quizapp.domain.questions.bank_formats.tables.cells import parts, unescaped
from quizapp.domain.questions.bank_formats.tables.columns import QuestionColumns, question_columns
from quizapp.domain.questions.question_types.cloze import GAP
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.spreadsheet_text import restored

LONGEST_CELL = 100_000
MOST_LINES = 100_000
NO_COLUMNS = (
    "its first line does not name the columns. There must be one called “question” and one called “right answer”, or "
    "“option a”, “option b” and so on with “correct”."
)
_SNIFFED = 50
_BLANK = re.compile(r"_{3,}")
_CHOSEN = re.compile(r"\s*[,;|&/]\s*|\s+and\s+")
_TRUTHS = {"true": "true", "t": "true", "yes": "true", "false": "false", "f": "false", "no": "false"}
_TYPE_NAMES = {label: name for name, kind in QUESTION_TYPES.items() for label in (name, kind.label.casefold())} | {
    "multichoice": "single_choice", "mc": "single_choice", "mcq": "single_choice", "multiple choice": "single_choice",
    "truefalse": "true_false", "true/false": "true_false", "tf": "true_false", "numerical": "numeric",
    "number": "numeric", "shortanswer": "short_answer", "text": "short_answer", "fill in the blank": "cloze",
    "multiple response": "multiple_choice", "multiple answer": "multiple_choice", "checkbox": "multiple_choice",
    "match": "matching", "order": "ordering", "sequence": "ordering",
}  # fmt: skip


def table_entries(text: str, separators: tuple[str, ...]) -> tuple[list[Entry], tuple[str, ...]]:
    """Return the questions of a table, and what is to be said of all of it. Raises InvalidContent without columns."""
    records = _records(text, _separator(text, separators))
    first = next(records, None)
    columns = question_columns(first.fields) if first else None
    if columns is None:
        raise refused(NO_COLUMNS)
    notes = [f"“{name[:40]}”" for name in columns.unknown[:10]]
    said = (f"Columns that no question has were ignored: {', '.join(notes)}.",) if notes else ()
    return [_entry(record, columns) for record in records], said


def item_of_cells(cells: dict[str, str], columns: QuestionColumns) -> Item:
    """Read one row that was written as these cells. Raises CannotAsk."""
    return _item(tuple(text.replace("\r\n", "\n").replace("\r", "\n") for text in cells.values()), columns)


def _records(text: str, separator: str) -> Iterator[Record]:
    for number, one in enumerate(records_of(text, separator, longest=LONGEST_CELL)):
        if number > MOST_LINES:
            raise refused(f"it has more than {MOST_LINES:,} lines.")
        if not one.is_blank:
            yield one


def _separator(text: str, candidates: tuple[str, ...]) -> str:
    """Find out what separates the columns: what makes a first line with names of columns, else splits most."""
    tried = []
    for separator in candidates:
        first = [record for record, _ in zip(_records(text, separator), range(_SNIFFED), strict=False)]
        heads = bool(first) and question_columns(first[0].fields) is not None
        tried.append((separator, heads, [len(record.fields) for record in first]))
    return best_separator(tried)


def _entry(record: Record, columns: QuestionColumns) -> Entry:
    fields = tuple(map(restored, record.fields))
    stem, name, topic = (columns.read(fields, meaning)[:2_000] for meaning in ("question", "name", "topic"))
    if record.problem:
        return Entry(record.line, None, record.problem)
    try:
        if max(map(len, record.fields)) > LONGEST_CELL:
            raise CannotAsk(f"a cell is longer than {LONGEST_CELL:,} characters.")
        return Entry(record.line, _item(fields, columns), kept=columns.read(fields, "quizapp").strip())
    except CannotAsk as error:
        return Entry(record.line, None, str(error), stem=stem, name=name, topic=topic)


def _item(fields: tuple[str, ...], columns: QuestionColumns) -> Item:
    def read(meaning: str) -> str:
        return columns.read(fields, meaning)

    if not read("question").strip():
        raise CannotAsk("the question is empty.")
    options = columns.numbered(fields, columns.options)
    wrong = _wrong(fields, columns)
    kind = _type(read("type"))
    if options:
        values = _with_options(options, read("right answer"), kind)
    else:
        kind = kind or _guessed(read("question"), read("right answer"), wrong)
        values = _READERS[kind](read("right answer"), wrong, read)
    stem = read("question")
    if values["type"] == "cloze":
        stem = _BLANK.sub(GAP, stem)
    tags = tuple(tag for text in re.split(r"[|,;]", read("tags")) if (tag := " ".join(text.split())[:100]))
    return Item(
        name=read("name"),
        stem=stem,
        feedback=read("explanation"),
        topic=read("topic"),
        head=Head(read("fact"), _paragraphs(read("paragraph")), read("speaker"), read("status")),
        in_order=read("in order").strip().casefold() in ("yes", "true", "1", "x"),
        tags=tags[:50],
        **values,
    )


def _wrong(fields: tuple[str, ...], columns: QuestionColumns) -> tuple[Answer, ...]:
    reasons = columns.numbered(fields, columns.reasons)
    wrong = columns.numbered(fields, columns.wrongs)
    return tuple(Answer(text, 0.0, reasons.get(number, "")) for number, text in wrong.items())


def _type(text: str) -> str:
    word = " ".join(text.casefold().replace("-", " ").split())
    if not word:
        return ""
    found = _TYPE_NAMES.get(word.replace(" ", "_")) or _TYPE_NAMES.get(word)
    if found is None:
        raise CannotAsk(f"there is no question type “{text.strip()[:40]}”.")
    return found


def _guessed(stem: str, right: str, wrong: tuple[Answer, ...]) -> str:
    """Say what kind of question a row without a type is."""
    texts = parts(right, "|")
    if right.strip().casefold() in _TRUTHS:
        return "true_false"
    if len(wrong) > 1:
        return "multiple_choice" if len(texts) > 1 else "single_choice"
    if len(texts) > 1 and all(len(parts(text, "=")) == 2 for text in texts):
        return "matching"
    if len(_BLANK.findall(stem)) == 1:
        return "cloze"
    return "numeric" if _is_number(right) else "short_answer"


def _is_number(text: str) -> bool:
    try:
        plain_number(text)
    except CannotAsk:
        return False
    return True


def _with_options(options: dict[int, str], right: str, kind: str) -> dict[str, Any]:
    """Find the right ones among the options: by letter, by number or by their own words."""
    chosen = _chosen(options, right)
    several = kind == "multiple_choice" or len(chosen) > 1
    share = RIGHT / len(chosen) if several else RIGHT
    answers = tuple(Answer(text, share if number in chosen else 0.0) for number, text in options.items())
    return {"type": "multiple_choice" if several else "single_choice", "answers": answers}


def _chosen(options: dict[int, str], right: str) -> set[int]:
    by_words = {" ".join(text.casefold().split()): number for number, text in options.items()}
    words = " ".join(right.casefold().split())
    if not words:
        raise CannotAsk("no answer is marked as right.")
    if words in by_words:
        return {by_words[words]}
    found = set()
    for one in _CHOSEN.split(words):
        place = _place(one)
        number = by_words.get(one) or (place if place in options else None)
        if number is None:
            raise CannotAsk(f"“{right.strip()[:40]}” names none of its answers.")
        found.add(number)
    return found


def _place(word: str) -> int | None:
    """Read "b", "b)", "2" or "option 2" as the place of an option."""
    word = re.sub(r"^(?:option|answer|choice)\s*", "", word).strip("().: ")
    if re.fullmatch(r"[0-9]{1,2}", word):
        return int(word)
    return "abcdefghij".index(word) + 1 if len(word) == 1 and word in "abcdefghij" else None


def _paragraphs(text: str) -> tuple[int, ...]:
    numbers = re.findall(r"[0-9]{1,5}", text)
    if text.strip() and not re.fullmatch(r"[0-9]{1,5}(?:\s*[,;]\s*[0-9]{1,5}){0,50}", text.strip()):
        raise CannotAsk(f"“{text.strip()[:40]}” is no paragraph; write its number, such as 3.")
    if any(int(number) < 1 for number in numbers):
        raise CannotAsk("paragraphs are counted from 1.")
    return tuple(map(int, numbers))


Reader = Callable[[str, tuple[Answer, ...], Callable[[str], str]], dict[str, Any]]


def _texts(right: str) -> list[str]:
    found = [unescaped(text) for text in parts(right, "|")]
    if not any(found):
        raise CannotAsk("there is no right answer.")
    return [text for text in found if text]


def _single(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    return {"type": "single_choice", "answers": (Answer(unescaped(right), RIGHT), *wrong)} if right.strip() else _none()


def _multiple(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    texts = _texts(right)
    return {"type": "multiple_choice", "answers": (*(Answer(text, RIGHT / len(texts)) for text in texts), *wrong)}


def _true_false(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    truth = _TRUTHS.get(right.strip().casefold())
    if truth is None:
        raise CannotAsk("its right answer must be true or false.")
    reason = wrong[0].feedback if wrong else ""
    answers = (
        Answer(word, RIGHT if word == truth else 0.0, "" if word == truth else reason) for word in ("true", "false")
    )
    return {"type": "true_false", "answers": tuple(answers)}


def _numeric(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    tolerance = plain_number(read("tolerance").strip() or "0")
    near = tuple(Answer(plain_number(one.text), 0.0, one.feedback) for one in wrong)
    return {
        "type": "numeric",
        "answers": (Answer(plain_number(right), RIGHT, "", tolerance), *near),
        "unit": read("unit"),
    }


def _short(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    return {"type": "short_answer", "answers": (*_typed(right), *map(_starred, wrong))}


def _cloze(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    gaps = [_typed(gap) for gap in parts(right, "||")]
    return {"type": "cloze", "gaps": ((*gaps[0], *map(_starred, wrong)), *gaps[1:])}


def _matching(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    pairs = [tuple(map(unescaped, parts(text, "="))) for text in parts(right, "|")]
    if any(len(pair) != 2 for pair in pairs):
        raise CannotAsk("its right answer must be pairs, such as “France = Paris | Italy = Rome”.")
    return {"type": "matching", "pairs": (*pairs, *(("", one.text) for one in wrong))}


def _ordering(right: str, wrong: tuple[Answer, ...], read: Callable[[str], str]) -> dict[str, Any]:
    return {"type": "ordering", "answers": tuple(Answer(text, RIGHT) for text in _texts(right))}


def _typed(right: str) -> tuple[Answer, ...]:
    return tuple(_starred(Answer(text, RIGHT)) for text in _texts(right))


def _starred(one: Answer) -> Answer:
    """Escape a star: in a table it stands for itself."""
    return Answer(one.text.replace("*", r"\*"), one.share, one.feedback)


def _none() -> dict[str, Any]:
    raise CannotAsk("there is no right answer.")


_READERS: dict[str, Reader] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
}
