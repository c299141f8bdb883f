"""Tables of questions, separated by commas or by tabs. What no column holds stands in the last one."""

from dataclasses import replace

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES, BankDraft, Loss
from quizapp.domain.questions.bank_formats.deck_text import deck_text
from quizapp.domain.questions.bank_formats.exchange.item import Item
from quizapp.domain.questions.bank_formats.exchange.kept import Told, kept_of
from quizapp.domain.questions.bank_formats.exchange.pool import Pool, pool_of
from quizapp.domain.questions.bank_formats.exchange.rows import rows_of
from quizapp.domain.questions.bank_formats.exchange.to_items import head_of, item_of
from quizapp.domain.questions.bank_formats.losses import losses_of
from quizapp.domain.questions.bank_formats.tables.columns import OURS, question_columns
from quizapp.domain.questions.bank_formats.tables.table_reading import item_of_cells, table_entries
from quizapp.domain.questions.bank_formats.tables.table_writing import row_of, table_of
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES

_COLUMNS = question_columns(OURS)
_BYTE_ORDER_MARK = "\ufeff"


class CsvFormat:
    """A table separated by commas, as spreadsheets open it; read with commas, semicolons or tabs."""

    name = "csv"
    label = "CSV table"
    suffix = ".csv"
    media_type = "text/csv"
    types = frozenset(QUESTION_TYPES)
    reads = True
    aside = "What has no column of its own stands in the last one, which only quizapp reads."
    separator = ","
    separators: tuple[str, ...] = (",", ";", "\t")

    def write(self, bank: Bank) -> bytes:
        """Return every question as a row, as UTF-8 with the mark that spreadsheets know it by."""
        pool, told = pool_of(bank), Told()
        rows = (row_of(_item(question, pool), kept_of(question, pool, told)) for question in bank.questions)
        return (_BYTE_ORDER_MARK + table_of(rows, self.separator)).encode()

    def read(self, data: bytes) -> BankDraft:
        """Read a file. Raises InvalidContent when it is no text, or its first line names no columns."""
        entries, notes = table_entries(deck_text(data, MAX_FILE_BYTES), self.separators)
        return BankDraft("", rows_of(entries, _again), notes)

    def losses(self, bank: Bank) -> list[Loss]:
        """Say what of each question would not come back."""
        return losses_of(self, bank, bank.questions)


class TsvFormat(CsvFormat):
    """A table separated by tabs, as it is copied out of a spreadsheet."""

    name = "tsv"
    label = "Tab-separated table"
    suffix = ".tsv"
    media_type = "text/tab-separated-values"
    separator = "\t"
    separators = ("\t",)


def _item(question: Question, pool: Pool) -> Item:
    return replace(item_of(question, pool), head=head_of(question, pool))


def _again(question: Question, pool: Pool) -> Item:
    if _COLUMNS is None:
        raise RuntimeError("our own columns name no question")
    cells = row_of(_item(question, pool), "")
    return item_of_cells({name: cells.get(name, "") for name in OURS}, _COLUMNS)
