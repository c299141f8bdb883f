"""Every bank format, by name. To add one: its file, its test, and a line here."""

from quizapp.domain.questions.bank_formats.aiken_format import AikenFormat
from quizapp.domain.questions.bank_formats.anki_text_format import AnkiTextFormat
from quizapp.domain.questions.bank_formats.bank_format import BankFormat
from quizapp.domain.questions.bank_formats.gift.gift_format import GiftFormat
from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from quizapp.domain.questions.bank_formats.moodle.moodle_xml_format import MoodleXmlFormat
from quizapp.domain.questions.bank_formats.tables.table_formats import CsvFormat, TsvFormat

_ALL: tuple[BankFormat, ...] = (
    JsonFormat(),
    MoodleXmlFormat(),
    GiftFormat(),
    CsvFormat(),
    TsvFormat(),
    AikenFormat(),
    AnkiTextFormat(),
)

BANK_FORMATS: dict[str, BankFormat] = {one.name: one for one in _ALL}
if len(BANK_FORMATS) < len(_ALL):
    raise RuntimeError("two bank formats have one name")
