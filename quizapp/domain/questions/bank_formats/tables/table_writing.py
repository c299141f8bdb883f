"""Write questions as a table: one question a row, in columns that a person can read and edit."""

import csv
import io
from collections.abc import Callable, Iterable

from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, Head, Item
from quizapp.domain.questions.bank_formats.tables.cells import GAPS, SIDES, cell_of, escaped
from quizapp.domain.questions.bank_formats.tables.columns import OURS, WRONG_SHOWN
from quizapp.domain.spreadsheet_text import defused


def table_of(rows: Iterable[dict[str, str]], separator: str) -> str:
    """Return a table with the names of its columns in the first line; no cell of it runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(OURS)
    writer.writerows([_cell(row.get(name, "")) for name in OURS] for row in rows)
    return out.getvalue()


def row_of(item: Item, kept: str) -> dict[str, str]:
    """Return one question as its cells."""
    head = item.head or Head()
    right, wrong = _CELLS[item.type](item)
    cells = {
        "name": item.name,
        "type": item.type,
        "question": item.stem,
        "right answer": right,
        "explanation": item.feedback,
        "fact": head.statement,
        "paragraph": ", ".join(map(str, head.paragraphs)),
        "speaker": head.speaker,
        "status": head.status,
        "topic": item.topic,
        "unit": item.unit,
        "tolerance": item.answers[0].tolerance if item.type == "numeric" else "",
        "in order": "yes" if item.in_order else "",
        "quizapp": kept,
    }
    for number, one in enumerate(wrong[:WRONG_SHOWN], 1):
        cells |= {f"wrong {number}": one.text, f"reason {number}": one.feedback}
    return cells


def _cell(text: str) -> str:
    """Keep a line break of a text from ending the row elsewhere than here."""
    return defused(text.replace("\r\n", "\n").replace("\r", "\n"))


Cells = tuple[str, list[Answer]]


def _choice(item: Item) -> Cells:
    return cell_of(escaped(one.text) for one in item.answers if one.share > 0), _wrong(item.answers)


def _truth(item: Item) -> Cells:
    return next(one.text for one in item.answers if one.share > 0), _wrong(item.answers)


def _number(item: Item) -> Cells:
    return item.answers[0].text, _wrong(item.answers)


def _cloze(item: Item) -> Cells:
    gaps = (cell_of(escaped(one.text) for one in gap if one.share >= RIGHT) for gap in item.gaps)
    return cell_of(gaps, GAPS), _wrong(item.gaps[0]) if len(item.gaps) == 1 else []


def _matching(item: Item) -> Cells:
    pairs = (cell_of((escaped(left), escaped(right)), SIDES) for left, right in item.pairs if left)
    return cell_of(pairs), [Answer(right) for left, right in item.pairs if not left]


def _ordering(item: Item) -> Cells:
    return cell_of(escaped(one.text) for one in item.answers), []


def _wrong(answers: Iterable[Answer]) -> list[Answer]:
    return [one for one in answers if one.share <= 0]


_CELLS: dict[str, Callable[[Item], Cells]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false": _truth,
    "numeric": _number,
    "short_answer": _choice,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
}
